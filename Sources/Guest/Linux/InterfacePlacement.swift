internal import CLinux

/// A network in text form, `ADDRESS/BITS`, with the bits in the range of its family.
package struct NetworkPrefix: Equatable {
    /// The whole address, with the bits of the host part as they were written.
    package let address: NetworkAddress
    /// Length of the network part in bits.
    package let length: UInt8

    package init(_ address: NetworkAddress, length: UInt8) throws(NetlinkError) {
        guard Int(length) <= address.bytes.count * 8 else {
            throw .prefix("\(address.description)/\(length)")
        }
        self.address = address
        self.length = length
    }

    /// A network of the kernel's; nil for a length that does not fit.
    init?(_ address: NetworkAddress, checkedLength length: UInt8) {
        if Int(length) > address.bytes.count * 8 { return nil }
        self.address = address
        self.length = length
    }

    /// Reads `ADDRESS/BITS`.
    package init(_ text: String) throws(NetlinkError) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let length = UInt8(String(decoding: Array(parts[1]), as: UTF8.self)) else {
            throw .prefix(text)
        }
        try self.init(NetworkAddress(String(decoding: Array(parts[0]), as: UTF8.self)), length: length)
    }
}

/// A route of an interface.
package struct InterfaceRouting: Equatable {
    /// The network that the route leads to; length 0 is the default route.
    package var destination: NetworkPrefix
    /// nil for a destination on the link itself.
    package var gateway: NetworkAddress?
    /// 0 leaves the choice to the kernel.
    package var metric: UInt32

    package init(destination: NetworkPrefix, gateway: NetworkAddress?, metric: UInt32) {
        self.destination = destination
        self.gateway = gateway
        self.metric = metric
    }
}

/// A network interface that is to live in another network namespace, with its addresses and routes.
package struct InterfacePlacement: Equatable {
    /// As it is in the network namespace that the interface comes from, and stays.
    package var name: String
    /// Added in this order; the network on the link comes with each.
    package var addresses: [NetworkPrefix]
    /// Added in this order, after all addresses.
    package var routes: [InterfaceRouting]
    /// Bytes taken off the interface's MTU.
    package var encapsulationOverhead: UInt16

    package init(
        name: String, addresses: [NetworkPrefix], routes: [InterfaceRouting], encapsulationOverhead: UInt16
    ) {
        self.name = name
        self.addresses = addresses
        self.routes = routes
        self.encapsulationOverhead = encapsulationOverhead
    }

    /// The smallest MTU that an IPv6 link may have.
    private static let minimumMTU: UInt32 = 1280

    /// Moves the interface from this process's network namespace to the one that the file `namespacePath` stands
    /// for, and configures it and the loopback interface there. After an error it is back where it was.
    ///
    /// The caller is single-threaded: for the time of the call this process is in the other namespace.
    package func apply(namespacePath: String) throws(NetlinkError) {
        let target = try openNetworkNamespace(namespacePath)
        let own = try openNetworkNamespace(ownNetworkNamespace)
        var route = try RouteSocket()
        let index = try route.linkIndex(named: name)
        let mtu = try reducedMTU()
        try route.setLink(index, up: false)
        try route.moveLink(index, toNamespace: target)
        try enterNetworkNamespace(target, namespacePath)
        do throws(NetlinkError) {
            try configure(mtu: mtu, returningTo: own)
        } catch {
            try enterNetworkNamespace(own, ownNetworkNamespace)
            throw error
        }
        try enterNetworkNamespace(own, ownNetworkNamespace)
    }

    /// In the other namespace: everything, or nothing and the interface sent back.
    private func configure(mtu: UInt32?, returningTo own: borrowing Descriptor) throws(NetlinkError) {
        var route = try RouteSocket()
        let index = try route.linkIndex(named: name)
        do throws(NetlinkError) {
            try route.setLink(route.linkIndex(named: "lo"), up: true)
            if let mtu { try route.setLink(index, mtu: mtu) }
            try route.setLink(index, up: true)
            for address in addresses {
                try route.add(LinkAddress(address), toLink: index)
            }
            for entry in routes { try add(entry, &route, index) }
        } catch {
            try route.moveLink(index, toNamespace: own)
            throw error
        }
    }

    /// Adds a route; a gateway outside every network of the interface is first made reachable on the link.
    private func add(
        _ entry: InterfaceRouting, _ route: inout RouteSocket, _ index: Int32
    ) throws(NetlinkError) {
        let destination = entry.destination
        do throws(NetlinkError) {
            try route.addRoute(
                to: destination.address, prefixLength: destination.length, gateway: entry.gateway,
                metric: entry.metric, link: index)
        } catch {
            guard case .refused(_, Errno(ENETUNREACH)) = error, let gateway = entry.gateway else {
                throw error
            }
            try route.addRoute(
                to: gateway, prefixLength: UInt8(gateway.bytes.count * 8), gateway: nil, metric: 0,
                link: index)
            try route.addRoute(
                to: destination.address, prefixLength: destination.length, gateway: gateway,
                metric: entry.metric, link: index)
        }
    }

    private func reducedMTU() throws(NetlinkError) -> UInt32? {
        if encapsulationOverhead == 0 { return nil }
        let text: [UInt8]
        do throws(Errno) {
            text = try readFile("/sys/class/net/\(name)/mtu", limit: 32)
        } catch {
            throw .readMTU(name, error)
        }
        let digits = String(decoding: text.filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        guard let mtu = UInt32(digits), mtu >= Self.minimumMTU + UInt32(encapsulationOverhead) else {
            throw .overheadTooLarge(name, encapsulationOverhead)
        }
        return mtu - UInt32(encapsulationOverhead)
    }
}
