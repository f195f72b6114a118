extension JSONReader {
    mutating func string() throws(RegoError) -> Value {
        position += 1
        let start = position
        try skipPlain()
        if byte(position) == 34, position < count {
            let length = position - start
            position += 1
            return context.string(at: base + start, count: length)
        }
        return try escapedString(start)
    }

    /// Goes to the next quote, backslash or end, checking what it passes.
    @inline(__always)
    private mutating func skipPlain() throws(RegoError) {
        while true {
            while position + 8 <= count {
                let chunk = base.loadUnaligned(fromByteOffset: position, as: UInt64.self)
                if JSONReader.isSpecial(chunk) { break }
                position += 8
            }
            while position < count, case let next = byte(position), next != 34, next != 92, next >= 32,
                next < 128
            {
                position += 1
            }
            if position >= count { throw failure("'\"' at the end of a string") }
            let next = byte(position)
            if next == 34 || next == 92 { return }
            if next < 32 { throw failure("no control character inside a string") }
            let length = UTF8Text.sequenceLength(UnsafeRawBufferPointer(start: base, count: count), position)
            if length == 0 { throw failure("valid UTF-8") }
            position += length
        }
    }

    /// Where the bytes end that stand for themselves in a string: printable ASCII but quote and backslash.
    static func endOfPlain(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        guard let base = bytes.baseAddress else { return start }
        var position = start
        while position + 8 <= bytes.count {
            if isSpecial(base.loadUnaligned(fromByteOffset: position, as: UInt64.self)) { break }
            position += 8
        }
        while position < bytes.count, case let next = base.load(fromByteOffset: position, as: UInt8.self),
            next != 34, next != 92, next >= 32, next < 128
        {
            position += 1
        }
        return position
    }

    /// Whether any of eight bytes is a quote, a backslash, a control character or not ASCII.
    @inline(__always)
    private static func isSpecial(_ chunk: UInt64) -> Bool {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        let quote = chunk ^ (ones &* 34)
        let slash = chunk ^ (ones &* 92)
        let found =
            ((quote &- ones) & ~quote) | ((slash &- ones) & ~slash) | ((chunk &- ones &* 32) & ~chunk) | chunk
        return found & highs != 0
    }

    /// The rest of a string that has escapes, moved together in place.
    private mutating func escapedString(_ start: Int) throws(RegoError) -> Value {
        var out = position
        while byte(position) != 34 {
            try unescape(&out)
            let from = position
            try skipPlain()
            let length = position - from
            for offset in 0..<length {
                base.storeBytes(of: byte(from + offset), toByteOffset: out + offset, as: UInt8.self)
            }
            out += length
        }
        position += 1
        return context.string(at: base + start, count: out - start)
    }

    private mutating func unescape(_ out: inout Int) throws(RegoError) {
        position += 1
        let plain: UInt8
        switch byte(position) {
        case 34: plain = 34
        case 92: plain = 92
        case 47: plain = 47
        case 98: plain = 8
        case 102: plain = 12
        case 110: plain = 10
        case 114: plain = 13
        case 116: plain = 9
        case 117:
            position += 1
            let scalar = try unicodeEscape()
            UTF8Text.encode(scalar) { unit in
                base.storeBytes(of: unit, toByteOffset: out, as: UInt8.self)
                out += 1
            }
            return
        default: throw failure("an escape: one of \" \\ / b f n r t u")
        }
        position += 1
        base.storeBytes(of: plain, toByteOffset: out, as: UInt8.self)
        out += 1
    }

    /// Four hexadecimal digits, or two such escapes for a surrogate pair; a lone surrogate is U+FFFD.
    private mutating func unicodeEscape() throws(RegoError) -> UInt32 {
        let first = try hexadecimal()
        if first < 0xd800 || first > 0xdfff { return first }
        if first < 0xdc00, byte(position) == 92, byte(position + 1) == 117 {
            let back = position
            position += 2
            let second = try hexadecimal()
            if second >= 0xdc00, second <= 0xdfff {
                return 0x10000 + (first - 0xd800) << 10 + (second - 0xdc00)
            }
            position = back
        }
        return 0xfffd
    }

    private mutating func hexadecimal() throws(RegoError) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            let next = byte(position)
            switch next {
            case 48...57: number = number << 4 | UInt32(next - 48)
            case 65...70: number = number << 4 | UInt32(next - 55)
            case 97...102: number = number << 4 | UInt32(next - 87)
            default: throw failure("four hexadecimal digits")
            }
            position += 1
        }
        return number
    }
}
