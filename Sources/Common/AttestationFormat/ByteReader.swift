/// Reads little-endian fields one after the other and never past the end.
package struct ByteReader {
    private let bytes: ArraySlice<UInt8>
    private let what: StaticString
    /// Bytes consumed so far.
    package private(set) var offset = 0

    /// - Parameter what: the structure's name for errors.
    package init(_ bytes: ArraySlice<UInt8>, of what: StaticString) {
        self.bytes = bytes
        self.what = what
    }

    /// Bytes not consumed yet.
    package var remaining: Int { bytes.count - offset }

    /// The next `count` bytes, as a view of the input.
    package mutating func slice(_ count: Int) throws(AttestationFormatError) -> ArraySlice<UInt8> {
        guard count >= 0, count <= remaining else {
            throw .truncated(what: what, offset: offset, needed: count, available: remaining)
        }
        let start = bytes.startIndex + offset
        offset += count
        return bytes[start..<(start + count)]
    }

    /// The next `count` bytes, copied.
    package mutating func take(_ count: Int) throws(AttestationFormatError) -> [UInt8] {
        [UInt8](try slice(count))
    }

    /// The next byte; `truncated` at the end.
    package mutating func u8() throws(AttestationFormatError) -> UInt8 {
        UInt8(truncatingIfNeeded: try unsigned(1))
    }

    /// The next two bytes, least significant first.
    package mutating func u16() throws(AttestationFormatError) -> UInt16 {
        UInt16(truncatingIfNeeded: try unsigned(2))
    }

    /// The next four bytes, least significant first.
    package mutating func u32() throws(AttestationFormatError) -> UInt32 {
        UInt32(truncatingIfNeeded: try unsigned(4))
    }

    /// The next eight bytes, least significant first.
    package mutating func u64() throws(AttestationFormatError) -> UInt64 { try unsigned(8) }

    private mutating func unsigned(_ count: Int) throws(AttestationFormatError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        for byte in try slice(count) {
            value |= UInt64(byte) << shift
            shift += 8
        }
        return value
    }
}

extension [UInt8] {
    /// Appends the `count` (at most 8) low bytes of a number, least significant first.
    package mutating func appendLittleEndian(_ value: UInt64, count: Int) {
        var rest = value
        for _ in 0..<count {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }

    /// Appends zeros until there are `count` bytes; nothing when there are as many already.
    package mutating func padZeros(to count: Int) {
        while self.count < count { append(0) }
    }
}
