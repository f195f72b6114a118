import Testing

@testable import Linux

struct NetworkAddressTests {
    @Test(arguments: [
        ("10.0.2.15", [UInt8](arrayLiteral: 10, 0, 2, 15)), ("0.0.0.0", [0, 0, 0, 0]),
        ("::1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]),
    ])
    func textAndBytes(text: String, bytes: [UInt8]) throws {
        let address = try NetworkAddress(text)
        #expect(address.bytes == bytes)
        #expect(address.description == text)
        #expect(address.isVersion6 == (bytes.count == 16))
    }

    @Test(arguments: [
        "", "10.0.2", "10.0.2.256", "010.0.0.1", "1.2.3.4 ", "::g", "1.2.3.4\0x", "host", "1.2.3.4/24",
    ])
    func whatIsNoAddress(text: String) {
        #expect(throws: NetlinkError.address(text)) { try NetworkAddress(text) }
    }

    @Test func prefixes() throws {
        let prefix = try NetworkPrefix("10.0.2.0/24")
        #expect(prefix.length == 24)
        #expect(try NetworkPrefix("::/0").address.isVersion6)
    }

    @Test(arguments: ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/8/8", "::/129", "/8"])
    func whatIsNoPrefix(text: String) {
        #expect(throws: NetlinkError.self) { try NetworkPrefix(text) }
    }
}
