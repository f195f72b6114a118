extension JSONParser {
    /// Reads a string whose opening quote is at `offset`.
    mutating func string() throws(JSONError) -> String {
        let start = offset
        offset += 1
        let first = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "\""), bytes[offset] != UInt8(ascii: "\\") {
            try refuseControl()
            offset += 1
        }
        guard offset < bytes.count else { throw JSONError(.unexpectedEnd, at: offset) }
        var decoded = Array(bytes[first..<offset])
        while try peek() != UInt8(ascii: "\"") {
            if bytes[offset] == UInt8(ascii: "\\") {
                try escape(into: &decoded)
            } else {
                try refuseControl()
                decoded.append(bytes[offset])
                offset += 1
            }
        }
        offset += 1
        guard isValidUTF8(decoded) else { throw JSONError(.notUTF8, at: start) }
        return String(decoding: decoded, as: UTF8.self)
    }

    private func refuseControl() throws(JSONError) {
        guard bytes[offset] >= 0x20 else {
            throw JSONError(.badString("a control character in a string must be escaped"), at: offset)
        }
    }

    private mutating func escape(into decoded: inout [UInt8]) throws(JSONError) {
        let start = offset
        offset += 1
        let kind = try peek()
        offset += 1
        switch kind {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): decoded.append(kind)
        case UInt8(ascii: "b"): decoded.append(0x08)
        case UInt8(ascii: "f"): decoded.append(0x0C)
        case UInt8(ascii: "n"): decoded.append(0x0A)
        case UInt8(ascii: "r"): decoded.append(0x0D)
        case UInt8(ascii: "t"): decoded.append(0x09)
        case UInt8(ascii: "u"): try unicodeEscape(into: &decoded, start: start)
        default: throw JSONError(.badString("unknown escape in a string"), at: start)
        }
    }

    private mutating func unicodeEscape(into decoded: inout [UInt8], start: Int) throws(JSONError) {
        var scalar = try hexUnit()
        if scalar >= 0xD800 && scalar <= 0xDBFF {
            let escape: [UInt8] = [UInt8(ascii: "\\"), UInt8(ascii: "u")]
            guard bytes[offset...].starts(with: escape) else {
                throw JSONError(.badString("a high surrogate without its low one"), at: start)
            }
            offset += 2
            let low = try hexUnit()
            guard low >= 0xDC00 && low <= 0xDFFF else {
                throw JSONError(.badString("a high surrogate without its low one"), at: start)
            }
            scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let unicode = Unicode.Scalar(scalar) else {
            throw JSONError(.badString("a low surrogate without its high one"), at: start)
        }
        decoded.append(contentsOf: Array(String(Character(unicode)).utf8))
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let byte = try peek()
            guard let digit = hexDigit(byte) else {
                throw JSONError(.unexpectedByte(byte, expected: "a hexadecimal digit"), at: offset)
            }
            value = value << 4 | digit
            offset += 1
        }
        return value
    }

    private func hexDigit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}

/// Whether the bytes are well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
func isValidUTF8(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
        let lead = bytes[index]
        index += 1
        if lead < 0x80 { continue }
        let (count, low, high): (Int, UInt8, UInt8)
        switch lead {
        case 0xC2...0xDF: (count, low, high) = (1, 0x80, 0xBF)
        case 0xE0: (count, low, high) = (2, 0xA0, 0xBF)
        case 0xED: (count, low, high) = (2, 0x80, 0x9F)
        case 0xE1...0xEF: (count, low, high) = (2, 0x80, 0xBF)
        case 0xF0: (count, low, high) = (3, 0x90, 0xBF)
        case 0xF1...0xF3: (count, low, high) = (3, 0x80, 0xBF)
        case 0xF4: (count, low, high) = (3, 0x80, 0x8F)
        default: return false
        }
        guard index + count <= bytes.count, bytes[index] >= low, bytes[index] <= high else { return false }
        for next in bytes[(index + 1)..<(index + count)] where next & 0xC0 != 0x80 { return false }
        index += count
    }
    return true
}
