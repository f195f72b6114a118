/// UTF-8 by hand: checking, decoding, encoding.
enum UTF8Text {
    /// Bytes of the valid sequence that starts at a position; 0 when there is none.
    static func sequenceLength(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Int {
        guard position < bytes.count else { return 0 }
        let first = bytes[position]
        if first < 0x80 { return 1 }
        func continuation(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xbf) -> Bool {
            position + offset < bytes.count && range.contains(bytes[position + offset])
        }
        switch first {
        case 0xc2...0xdf: return continuation(1) ? 2 : 0
        case 0xe0: return continuation(1, 0xa0...0xbf) && continuation(2) ? 3 : 0
        case 0xed: return continuation(1, 0x80...0x9f) && continuation(2) ? 3 : 0
        case 0xe1...0xef: return continuation(1) && continuation(2) ? 3 : 0
        case 0xf0: return continuation(1, 0x90...0xbf) && continuation(2) && continuation(3) ? 4 : 0
        case 0xf4: return continuation(1, 0x80...0x8f) && continuation(2) && continuation(3) ? 4 : 0
        case 0xf1...0xf3: return continuation(1) && continuation(2) && continuation(3) ? 4 : 0
        default: return 0
        }
    }

    /// The scalar at a position and its length; (U+FFFD, 1) where the bytes are not UTF-8.
    @inline(__always)
    static func decode(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> (UInt32, Int) {
        let first = bytes[position]
        if first < 0x80 { return (UInt32(first), 1) }
        let length = sequenceLength(bytes, position)
        switch length {
        case 2: return (UInt32(first & 0x1f) << 6 | UInt32(bytes[position + 1] & 0x3f), 2)
        case 3:
            let high = UInt32(first & 0x0f) << 12 | UInt32(bytes[position + 1] & 0x3f) << 6
            return (high | UInt32(bytes[position + 2] & 0x3f), 3)
        case 4:
            let high = UInt32(first & 0x07) << 18 | UInt32(bytes[position + 1] & 0x3f) << 12
            return (high | UInt32(bytes[position + 2] & 0x3f) << 6 | UInt32(bytes[position + 3] & 0x3f), 4)
        default: return (0xfffd, 1)
        }
    }

    /// The bytes of a scalar, one by one. What is no scalar becomes U+FFFD.
    @inline(__always)
    static func encode(_ scalar: UInt32, _ write: (UInt8) -> Void) {
        let scalar = scalar > 0x10ffff || (scalar >= 0xd800 && scalar <= 0xdfff) ? 0xfffd : scalar
        func low(_ shift: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: 0x80 | (scalar >> shift) & 0x3f) }
        if scalar < 0x80 {
            write(UInt8(truncatingIfNeeded: scalar))
        } else if scalar < 0x800 {
            write(UInt8(truncatingIfNeeded: 0xc0 | scalar >> 6))
            write(low(0))
        } else if scalar < 0x10000 {
            write(UInt8(truncatingIfNeeded: 0xe0 | scalar >> 12))
            write(low(6))
            write(low(0))
        } else {
            write(UInt8(truncatingIfNeeded: 0xf0 | scalar >> 18))
            write(low(12))
            write(low(6))
            write(low(0))
        }
    }

    /// Appends a scalar's bytes.
    static func append(_ scalar: UInt32, to out: inout [UInt8]) {
        encode(scalar) { out.append($0) }
    }

    /// Scalars in a text.
    static func count(_ bytes: UnsafeRawBufferPointer) -> Int {
        var scalars = 0
        for byte in bytes where byte & 0xc0 != 0x80 { scalars += 1 }
        return scalars
    }

    /// Whether all of it is UTF-8.
    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var position = 0
        while position < bytes.count {
            let length = sequenceLength(bytes, position)
            if length == 0 { return false }
            position += length
        }
        return true
    }
}
