/// Reads little-endian numbers out of bytes that the caller has sized: an offset past the end reads as zero bits,
/// it never traps.
struct LittleEndian {
    let bytes: [UInt8]

    func uint16(_ offset: Int) -> UInt16 { UInt16(truncatingIfNeeded: number(offset, 2)) }
    func uint32(_ offset: Int) -> UInt32 { UInt32(truncatingIfNeeded: number(offset, 4)) }
    func uint64(_ offset: Int) -> UInt64 { number(offset, 8) }

    /// Whether every byte of a range is zero.
    func isZero(_ range: Range<Int>) -> Bool { range.allSatisfy { $0 < bytes.count && bytes[$0] == 0 } }

    private func number(_ offset: Int, _ size: Int) -> UInt64 {
        var value: UInt64 = 0
        for index in 0..<size where offset + index < bytes.count {
            value |= UInt64(bytes[offset + index]) << UInt64(8 * index)
        }
        return value
    }
}
