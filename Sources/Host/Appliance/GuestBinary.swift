/// What a guest binary must be before it goes into an image.
enum GuestBinary {
    /// A text that only the simulated security processor's client has.
    static let simulatorMark = "simulated security processor"

    /// Refuses an executable that needs a dynamic loader, and in production one that holds the simulator.
    static func check(_ bytes: [UInt8], path: String, kind: ApplianceKind) throws(ApplianceError) {
        guard try !hasInterpreter(bytes, path: path) else { throw .guestNotStatic(path) }
        if kind == .production, bytes.firstRange(of: Array(simulatorMark.utf8)) != nil {
            throw .guestHoldsSimulator(path)
        }
    }

    /// Whether a 64-bit little-endian ELF file has a PT_INTERP program header. elf(5).
    private static func hasInterpreter(_ bytes: [UInt8], path: String) throws(ApplianceError) -> Bool {
        guard bytes.count >= 64, bytes[0..<6].elementsEqual([0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
            throw .guestNotStatic(path)
        }
        let start = number(bytes, at: 32, size: 8)
        let size = number(bytes, at: 54, size: 2)
        let count = number(bytes, at: 56, size: 2)
        guard size >= 56, start < bytes.count, count * size <= bytes.count - start else {
            throw .guestNotStatic(path)
        }
        return (0..<count).contains { number(bytes, at: start + $0 * size, size: 4) == 3 }
    }

    private static func number(_ bytes: [UInt8], at offset: Int, size: Int) -> Int {
        let value = bytes[offset..<offset + size].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Int(exactly: value) ?? Int.max
    }
}
