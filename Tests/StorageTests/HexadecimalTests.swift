import Testing

@testable import Storage

struct HexadecimalTests {
    @Test func sixtyFourDigitsAreAHash() {
        let text = String(repeating: "0f", count: 32)
        #expect(Hexadecimal.hash(text) == [UInt8](repeating: 15, count: 32))
    }

    @Test(arguments: [
        "", "0", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
        String(repeating: "0F", count: 32), String(repeating: "0g", count: 32),
        String(repeating: " 0", count: 32),
        String(repeating: "é", count: 32),
    ])
    func everythingElseIsNot(text: String) {
        #expect(Hexadecimal.hash(text) == nil)
    }
}
