/// An address of a network interface, as the kernel tells it.
package struct LinkAddress: Equatable {
    package let prefix: NetworkPrefix
    /// Where packets for the whole network go; nil when it has none.
    package let broadcast: NetworkAddress?

    package init(_ prefix: NetworkPrefix, broadcast: NetworkAddress? = nil) {
        self.prefix = prefix
        self.broadcast = broadcast
    }

    /// The address in a message of a dump, when somebody gave it to that link for good and for the whole network.
    /// rtnetlink(7), struct ifaddrmsg: family, prefix length, flags, scope, index; then attributes.
    init?(lasting payload: [UInt8], ofLink index: Int32) {
        let place = 4
        guard payload.count >= 8,
            payload.withUnsafeBytes({ $0.loadUnaligned(fromByteOffset: place, as: Int32.self) }) == index,
            payload[3] == 0
        else { return nil }
        let attributes = NetlinkReply.attributes(payload, from: 8)
        // IFA_F_PERMANENT, also in an attribute where there are more flags than fit.
        let flags = attributes.first { $0.type == Attribute.flags }?.payload.first ?? payload[2]
        let bytes =
            attributes.first { $0.type == Attribute.local }
            ?? attributes.first { $0.type == Attribute.address }
        guard flags & 0x80 != 0, let bytes, let address = NetworkAddress(bytes: bytes.payload),
            let prefix = NetworkPrefix(address, checkedLength: payload[1])
        else { return nil }
        let all = attributes.first { $0.type == Attribute.broadcast }
        self.init(prefix, broadcast: all.flatMap { NetworkAddress(bytes: $0.payload) })
    }

    /// linux/if_addr.h, `IFA_`.
    enum Attribute {
        static let address: UInt16 = 1
        static let local: UInt16 = 2
        static let broadcast: UInt16 = 4
        static let flags: UInt16 = 8
    }
}
