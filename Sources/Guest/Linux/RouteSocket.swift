internal import CLinux

/// A routing netlink socket of the network namespace that the thread was in when it was opened. rtnetlink(7).
package struct RouteSocket: ~Copyable {
    private let socket: Descriptor
    private var sequence: UInt32 = 0

    private enum Kind {
        static let newLink: UInt16 = 16
        static let getLink: UInt16 = 18
        static let newAddress: UInt16 = 20
        static let getAddress: UInt16 = 22
        static let newRoute: UInt16 = 24
    }
    private enum Flag {
        static let request: UInt16 = 0x1
        static let acknowledge: UInt16 = 0x4
        static let replace: UInt16 = 0x100
        static let dump: UInt16 = 0x300
        static let exclusive: UInt16 = 0x200
        static let create: UInt16 = 0x400
    }
    private enum LinkAttribute {
        static let name: UInt16 = 3
        static let mtu: UInt16 = 4
        static let namespaceDescriptor: UInt16 = 28
    }

    /// Opens the socket. The corresponding C function is `socket`.
    package init() throws(NetlinkError) {
        do throws(Errno) {
            socket = Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(coffer_netlink_route())))
        } catch {
            throw .socket(error)
        }
    }

    /// The index of an interface by name, or `noSuchLink`.
    package mutating func linkIndex(named name: String) throws(NetlinkError) -> Int32 {
        let step = "finding \(name)"
        var message = begin(Kind.getLink, Flag.request)
        appendLink(&message, index: 0, flags: 0, mask: 0)
        message.attribute(LinkAttribute.name, name)
        switch try exchange(message.finished, step) {
        case .verdict(ENODEV): throw .noSuchLink(name)
        case .verdict(let code): throw .refused(step, Errno(code))
        case .object(Kind.newLink, let payload):
            guard payload.count >= 16 else { throw .malformedReply(step) }
            return payload.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: 4, as: Int32.self) }
        case .object(let type, _): throw .unexpectedReply(step, type: type)
        }
    }

    /// Takes a link up or down.
    package mutating func setLink(_ index: Int32, up: Bool) throws(NetlinkError) {
        var message = begin(Kind.newLink, Flag.request | Flag.acknowledge)
        let upFlag: UInt32 = 1
        appendLink(&message, index: index, flags: up ? upFlag : 0, mask: upFlag)
        try request(message.finished, up ? "taking interface \(index) up" : "taking interface \(index) down")
    }

    /// Sets the largest packet of a link, in bytes.
    package mutating func setLink(_ index: Int32, mtu: UInt32) throws(NetlinkError) {
        var message = begin(Kind.newLink, Flag.request | Flag.acknowledge)
        appendLink(&message, index: index, flags: 0, mask: 0)
        message.attribute(LinkAttribute.mtu, mtu)
        try request(message.finished, "setting the MTU of interface \(index) to \(mtu)")
    }

    /// Moves a link to another network namespace, given an open descriptor of it.
    package mutating func moveLink(
        _ index: Int32, toNamespace namespace: borrowing Descriptor
    ) throws(NetlinkError) {
        var message = begin(Kind.newLink, Flag.request | Flag.acknowledge)
        appendLink(&message, index: index, flags: 0, mask: 0)
        message.attribute(LinkAttribute.namespaceDescriptor, UInt32(bitPattern: namespace.raw))
        try request(message.finished, "moving interface \(index) to another network namespace")
    }

    /// Moves a link to another network namespace and gives it another name there.
    package mutating func moveLink(
        _ index: Int32, toNamespace namespace: borrowing Descriptor, named name: String
    ) throws(NetlinkError) {
        var message = begin(Kind.newLink, Flag.request | Flag.acknowledge)
        appendLink(&message, index: index, flags: 0, mask: 0)
        message.attribute(LinkAttribute.name, name)
        message.attribute(LinkAttribute.namespaceDescriptor, UInt32(bitPattern: namespace.raw))
        try request(message.finished, "moving interface \(index) to another network namespace as \(name)")
    }

    /// The addresses of a link that somebody gave it for good and for the whole network. rtnetlink(7), RTM_GETADDR.
    package mutating func lastingAddresses(ofLink index: Int32) throws(NetlinkError) -> [LinkAddress] {
        let step = "listing the addresses of interface \(index)"
        var message = begin(Kind.getAddress, Flag.request | Flag.dump)
        for _ in 0..<8 { message.append(UInt8(0)) }
        try send(message.finished, step)
        var found: [LinkAddress] = []
        while true {
            guard let replies = NetlinkReply.all(try receive(step)) else { throw .malformedReply(step) }
            for reply in replies {
                switch reply {
                case .object(3, _), .verdict(0): return found
                case .verdict(let code): throw .refused(step, Errno(code))
                case .object(Kind.newAddress, let payload):
                    if let address = LinkAddress(lasting: payload, ofLink: index) { found.append(address) }
                case .object(let type, _): throw .unexpectedReply(step, type: type)
                }
            }
        }
    }

    /// Adds an address to a link.
    package mutating func add(_ added: LinkAddress, toLink index: Int32) throws(NetlinkError) {
        let address = added.prefix.address
        var message = begin(
            Kind.newAddress, Flag.request | Flag.acknowledge | Flag.create | Flag.exclusive)
        message.append(address.family)
        message.append(added.prefix.length)
        // IFA_F_NODAD: there is nobody on the link whom duplicate address detection could ask.
        message.append(UInt8(address.isVersion6 ? 0x02 : 0))
        message.append(UInt8(0))
        message.append(index)
        message.attribute(LinkAddress.Attribute.address, address.bytes)
        message.attribute(LinkAddress.Attribute.local, address.bytes)
        if let broadcast = added.broadcast {
            message.attribute(LinkAddress.Attribute.broadcast, broadcast.bytes)
        }
        try request(message.finished, "adding address \(address.description)/\(added.prefix.length)")
    }

    /// Adds a route through a link: `gateway` nil for a destination on the link itself, `metric` 0 for the kernel's
    /// choice. A zero prefix length is the default route.
    package mutating func addRoute(
        to destination: NetworkAddress, prefixLength: UInt8, gateway: NetworkAddress?, metric: UInt32,
        link index: Int32
    ) throws(NetlinkError) {
        var message = begin(Kind.newRoute, Flag.request | Flag.acknowledge | Flag.create)
        message.append(destination.family)
        message.append(prefixLength)
        message.append(UInt8(0))
        message.append(UInt8(0))
        // Table main, protocol boot, scope universe or link, type unicast. rtnetlink(7), struct rtmsg.
        message.append(UInt8(254))
        message.append(UInt8(3))
        message.append(UInt8(gateway == nil ? 253 : 0))
        message.append(UInt8(1))
        message.append(UInt32(0))
        if prefixLength > 0 { message.attribute(1, destination.bytes) }
        message.attribute(4, UInt32(bitPattern: index))
        if let gateway { message.attribute(5, gateway.bytes) }
        if metric > 0 { message.attribute(6, metric) }
        try request(message.finished, "adding the route to \(destination.description)/\(prefixLength)")
    }

    private mutating func begin(_ type: UInt16, _ flags: UInt16) -> NetlinkMessage {
        sequence &+= 1
        return NetlinkMessage(type: type, flags: flags, sequence: sequence)
    }

    /// struct ifinfomsg.
    private func appendLink(_ message: inout NetlinkMessage, index: Int32, flags: UInt32, mask: UInt32) {
        message.append(UInt8(0))
        message.append(UInt8(0))
        message.append(UInt16(0))
        message.append(index)
        message.append(flags)
        message.append(mask)
    }

    private func request(_ message: [UInt8], _ step: String) throws(NetlinkError) {
        switch try exchange(message, step) {
        case .verdict(0): return
        case .verdict(let code): throw .refused(step, Errno(code))
        case .object(let type, _): throw .unexpectedReply(step, type: type)
        }
    }

    private func exchange(_ message: [UInt8], _ step: String) throws(NetlinkError) -> NetlinkReply {
        try send(message, step)
        guard let reply = NetlinkReply(try receive(step)) else { throw .malformedReply(step) }
        return reply
    }

    private func send(_ message: [UInt8], _ step: String) throws(NetlinkError) {
        do throws(Errno) {
            try valueOrErrno(message.withUnsafeBytes { coffer_send(socket.raw, $0.baseAddress, $0.count) })
        } catch {
            throw .send(step, error)
        }
    }

    private func receive(_ step: String) throws(NetlinkError) -> [UInt8] {
        var buffer = [UInt8](repeating: 0, count: 32768)
        do throws(Errno) {
            let size = buffer.count
            let received = try valueOrErrno(
                buffer.withUnsafeMutableBytes { coffer_receive(socket.raw, $0.baseAddress, size) })
            buffer.removeLast(size - received)
        } catch {
            throw .receive(step, error)
        }
        return buffer
    }
}
