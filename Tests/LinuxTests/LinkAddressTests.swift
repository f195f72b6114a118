import Testing

@testable import Linux

/// Addresses as the kernel lists them, rtnetlink(7).
struct LinkAddressTests {
    /// A message about interface 5: family, prefix length, flags (0x80 lasting), scope, index, then attributes.
    private static func message(
        flags: UInt8 = 0x80, scope: UInt8 = 0, length: UInt8 = 24,
        _ attributes: (type: UInt8, bytes: [UInt8])...
    ) -> [UInt8] {
        [2, length, flags, scope, 5, 0, 0, 0]
            + attributes.flatMap { [UInt8($0.bytes.count + 4), 0, $0.type, 0] + $0.bytes }
    }

    private static func address(_ text: String, broadcast: String? = nil) throws -> LinkAddress {
        LinkAddress(try NetworkPrefix(text), broadcast: try broadcast.map { try NetworkAddress($0) })
    }

    @Test func theBroadcastAddressIsKept() throws {
        let own: (UInt8, [UInt8]) = (2, [10, 1, 2, 3])
        #expect(
            LinkAddress(lasting: Self.message(own), ofLink: 5) == (try Self.address("10.1.2.3/24")))
        #expect(
            LinkAddress(lasting: Self.message(own, (4, [10, 1, 2, 254])), ofLink: 5)
                == (try Self.address("10.1.2.3/24", broadcast: "10.1.2.254")))
    }

    /// Of another link, of the link alone, not for good, by the wider flags too; with a length that no address has.
    @Test(
        arguments: [
            (message((2, [10, 1, 2, 3])), 6), (message(scope: 253, (2, [10, 1, 2, 3])), 5),
            (message(flags: 0, (2, [10, 1, 2, 3])), 5),
            (message((2, [10, 1, 2, 3]), (8, [0, 0, 0, 0])), 5),
            (message(length: 33, (2, [10, 1, 2, 3])), 5),
            (message((2, [10, 1, 2])), 5), (message(), 5), ([], 5),
        ] as [([UInt8], Int32)])
    func othersAreNotTaken(payload: [UInt8], index: Int32) {
        #expect(LinkAddress(lasting: payload, ofLink: index) == nil)
    }
}
