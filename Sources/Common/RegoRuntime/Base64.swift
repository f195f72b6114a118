/// RFC 4648 encodings.
public enum Base64 {
    private static func letter(_ value: UInt32, url: Bool) -> UInt8 {
        let value = UInt8(truncatingIfNeeded: value & 63)
        switch value {
        case 0..<26: return 65 + value
        case 26..<52: return 71 + value
        case 52..<62: return value - 4
        case 62: return url ? 45 : 43
        default: return url ? 95 : 47
        }
    }

    /// The text of bytes.
    public static func encode(_ bytes: UnsafeRawBufferPointer, url: Bool, padded: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity((bytes.count + 2) / 3 * 4)
        var position = 0
        while position < bytes.count {
            let count = min(3, bytes.count - position)
            var group: UInt32 = 0
            for offset in 0..<3 {
                group = group << 8 | (offset < count ? UInt32(bytes[position + offset]) : 0)
            }
            for digit in 0..<4 {
                if digit <= count {
                    out.append(letter(group >> UInt32(18 - digit * 6), url: url))
                } else if padded {
                    out.append(61)
                }
            }
            position += 3
        }
        return out
    }

    private static func value(_ letter: UInt8, url: Bool) -> UInt32? {
        switch letter {
        case 65...90: return UInt32(letter - 65)
        case 97...122: return UInt32(letter - 71)
        case 48...57: return UInt32(letter + 4)
        case 43 where !url, 45 where url: return 62
        case 47 where !url, 95 where url: return 63
        default: return nil
        }
    }

    /// Bytes or, where the text is not Base64, the position of the first bad character. Line ends are skipped.
    public static func decode(_ text: [UInt8], url: Bool, padded: Bool) -> (bytes: [UInt8], bad: Int?) {
        var out: [UInt8] = []
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for (position, letter) in text.enumerated() where letter != 10 && letter != 13 {
            if letter == 61, padded {
                if digits < 2 || digits + padding >= 4 { return (out, position) }
                padding += 1
                continue
            }
            guard padding == 0, let value = value(letter, url: url) else { return (out, position) }
            group = group << 6 | value
            digits += 1
            if digits == 4 {
                out.append(UInt8(truncatingIfNeeded: group >> 16))
                out.append(UInt8(truncatingIfNeeded: group >> 8))
                out.append(UInt8(truncatingIfNeeded: group))
                digits = 0
                group = 0
            }
        }
        if digits == 1 || (padded && digits + padding != 4 && digits + padding != 0) {
            return (out, text.count)
        }
        if digits == 2 { out.append(UInt8(truncatingIfNeeded: group >> 4)) }
        if digits == 3 {
            out.append(UInt8(truncatingIfNeeded: group >> 10))
            out.append(UInt8(truncatingIfNeeded: group >> 2))
        }
        return (out, nil)
    }
}

extension Context {
    /// A string of bytes that may not be UTF-8: what is not becomes U+FFFD.
    func string(repairing bytes: [UInt8]) -> Value {
        if bytes.withUnsafeBytes({ UTF8Text.isValid($0) }) { return string(bytes) }
        var out: [UInt8] = []
        bytes.withUnsafeBytes { raw in
            var position = 0
            while position < raw.count {
                let (scalar, length) = UTF8Text.decode(raw, position)
                UTF8Text.append(scalar, to: &out)
                position += length
            }
        }
        return string(out)
    }
}
