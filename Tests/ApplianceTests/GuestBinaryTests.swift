import Testing

@testable import Appliance

struct GuestBinaryTests {
    /// A 64-bit little-endian ELF file with program headers of the given types.
    static func executable(headers: [UInt8], appended: String = "") -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 64 + 56 * headers.count)
        bytes.replaceSubrange(0..<6, with: [0x7F, 0x45, 0x4C, 0x46, 2, 1])
        bytes[32] = 64
        bytes[54] = 56
        bytes[56] = UInt8(headers.count)
        for (index, type) in headers.enumerated() { bytes[64 + 56 * index] = type }
        return bytes + Array(appended.utf8)
    }

    @Test func aStaticExecutableIsAccepted() throws {
        try GuestBinary.check(Self.executable(headers: [1, 1, 4]), path: "x", kind: .production)
    }

    @Test func anInterpreterIsRefused() {
        #expect(throws: ApplianceError.guestNotStatic("x")) {
            try GuestBinary.check(Self.executable(headers: [1, 3]), path: "x", kind: .development)
        }
    }

    @Test(arguments: [[], [0x7F, 0x45, 0x4C, 0x46], [UInt8](repeating: 0, count: 200)])
    func whatIsNoExecutableIsRefused(bytes: [UInt8]) {
        #expect(throws: ApplianceError.guestNotStatic("x")) {
            try GuestBinary.check(bytes, path: "x", kind: .development)
        }
    }

    /// Program headers that lie outside of the file.
    @Test func headersOutsideTheFileAreRefused() {
        var bytes = Self.executable(headers: [1])
        bytes[39] = 0x7F
        #expect(throws: ApplianceError.guestNotStatic("x")) {
            try GuestBinary.check(bytes, path: "x", kind: .development)
        }
        bytes = Self.executable(headers: [1])
        bytes[56] = 200
        #expect(throws: ApplianceError.guestNotStatic("x")) {
            try GuestBinary.check(bytes, path: "x", kind: .development)
        }
    }

    @Test func theSimulatorIsRefusedInProductionOnly() throws {
        let bytes = Self.executable(headers: [1], appended: GuestBinary.simulatorMark)
        try GuestBinary.check(bytes, path: "x", kind: .development)
        #expect(throws: ApplianceError.guestHoldsSimulator("x")) {
            try GuestBinary.check(bytes, path: "x", kind: .production)
        }
    }
}
