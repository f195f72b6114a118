/// Finding bytes in bytes.
enum ByteSearch {
    /// Where a text first occurs from a position on, or -1. The empty text occurs everywhere.
    static func find(_ needle: UnsafeRawBufferPointer, in text: UnsafeRawBufferPointer, from start: Int = 0)
        -> Int
    {
        guard let pattern = needle.baseAddress, needle.count > 0 else {
            return start <= text.count ? start : -1
        }
        guard let base = text.baseAddress else { return -1 }
        let first = needle[0]
        var position = start
        while position <= text.count - needle.count {
            if base.load(fromByteOffset: position, as: UInt8.self) == first,
                Bytes.equal(base + position, pattern, needle.count)
            {
                return position
            }
            position += 1
        }
        return -1
    }

    /// Whether a text starts with another.
    @inline(__always)
    static func hasPrefix(_ text: UnsafeRawBufferPointer, _ prefix: UnsafeRawBufferPointer) -> Bool {
        guard let b = prefix.baseAddress, prefix.count > 0 else { return true }
        guard let a = text.baseAddress, text.count >= prefix.count else { return false }
        return Bytes.equal(a, b, prefix.count)
    }

    /// Whether a text ends with another.
    @inline(__always)
    static func hasSuffix(_ text: UnsafeRawBufferPointer, _ suffix: UnsafeRawBufferPointer) -> Bool {
        guard let b = suffix.baseAddress, suffix.count > 0 else { return true }
        guard let a = text.baseAddress, text.count >= suffix.count else { return false }
        return Bytes.equal(a + (text.count - suffix.count), b, suffix.count)
    }
}

extension Value {
    /// A piece of a string, sharing its bytes.
    func slice(_ from: Int, _ to: Int, _ context: Context) -> Value {
        guard let address, from >= 0, from < to, to <= length else { return .emptyString }
        if from == 0 && to == length { return self }
        return context.string(at: UnsafeRawPointer(address + from), count: to - from)
    }

    /// Where the scalar of a number starts, counted from a byte that starts a scalar; the end when there are fewer.
    func byteOffset(ofScalar number: Int, from start: Int = 0) -> Int {
        let bytes = utf8
        var position = start
        var left = number
        while left > 0, position < bytes.count {
            position += 1
            while position < bytes.count, bytes[position] & 0xc0 == 0x80 { position += 1 }
            left -= 1
        }
        return position
    }
}
