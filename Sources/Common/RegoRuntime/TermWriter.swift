/// Writes values as Rego writes them: `{"a": [1, true]}`, `{1, 2}`, `set()`.
enum TermWriter {
    @inline(never)
    static func write(_ value: Value, into out: inout [UInt8]) {
        switch value.kind {
        case .undefined: out.append(text: "<undefined>")
        case .null, .boolean, .number: JSONWriter.write(value, into: &out)
        case .string: writeQuoted(value.utf8, into: &out)
        case .array: writeList(value, 91, 93, into: &out)
        case .set:
            if value.count == 0 { out.append(text: "set()") } else { writeList(value, 123, 125, into: &out) }
        case .object: writeMembers(value, into: &out)
        }
    }

    private static func writeList(_ value: Value, _ open: UInt8, _ close: UInt8, into out: inout [UInt8]) {
        out.append(open)
        for position in 0..<value.scanCount {
            if position > 0 { out.append(text: ", ") }
            write(value.value(at: position), into: &out)
        }
        out.append(close)
    }

    private static func writeMembers(_ value: Value, into out: inout [UInt8]) {
        out.append(123)
        for position in 0..<value.scanCount {
            if position > 0 { out.append(text: ", ") }
            write(value.key(at: position), into: &out)
            out.append(text: ": ")
            write(value.value(at: position), into: &out)
        }
        out.append(125)
    }

    /// A string in double quotes with Go's escapes (strconv.Quote).
    static func writeQuoted(_ bytes: UnsafeRawBufferPointer, into out: inout [UInt8]) {
        out.append(34)
        var position = 0
        while position < bytes.count {
            let (scalar, length) = UTF8Text.decode(bytes, position)
            writeQuoted(scalar, into: &out)
            position += length
        }
        out.append(34)
    }

    private static func writeQuoted(_ scalar: UInt32, into out: inout [UInt8]) {
        switch scalar {
        case 34: out.append(text: "\\\"")
        case 92: out.append(text: "\\\\")
        case 7: out.append(text: "\\a")
        case 8: out.append(text: "\\b")
        case 12: out.append(text: "\\f")
        case 10: out.append(text: "\\n")
        case 13: out.append(text: "\\r")
        case 9: out.append(text: "\\t")
        case 11: out.append(text: "\\v")
        case 0..<32, 127:
            out.append(text: "\\x")
            out.append(JSONWriter.hexDigit(scalar >> 4))
            out.append(JSONWriter.hexDigit(scalar & 15))
        case 0x80..<0xa0, 0xad, 0x2028...0x202e, 0x200b...0x200f, 0xfeff, 0xe000...0xf8ff:
            JSONWriter.writeEscape(scalar, into: &out)
        default: UTF8Text.append(scalar, to: &out)
        }
    }
}

extension Value: CustomStringConvertible {
    /// This value as Rego text.
    public var description: String {
        var out: [UInt8] = []
        TermWriter.write(self, into: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
