/// Writes values as JSON, sets as arrays in order.
public enum JSONWriter {
    /// How JSON is laid out.
    public struct Style: Sendable {
        /// Writes `<`, `>` and `&` as escapes, as Go's encoder does.
        public var escapesHTML = false
        /// Starts every line but the first; empty with an empty `indent` means one line.
        public var prefix: [UInt8] = []
        /// One level of indentation.
        public var indent: [UInt8] = []
        /// Members and elements on lines of their own.
        public var isPretty = false

        /// One line, no needless escapes.
        public init() {}
    }

    /// Appends a value's JSON text.
    @inline(never)
    public static func write(_ value: Value, into out: inout [UInt8], style: Style = Style(), level: Int = 0)
    {
        switch value.kind {
        case .undefined, .null: out.append(text: "null")
        case .boolean: out.append(text: value.isTrue ? "true" : "false")
        case .number: writeNumber(value, into: &out)
        case .string: writeString(value.utf8, into: &out, escapesHTML: style.escapesHTML)
        case .array, .set: writeElements(value, into: &out, style, level)
        case .object: writeMembers(value, into: &out, style, level)
        }
    }

    static func writeNumber(_ value: Value, into out: inout [UInt8]) {
        if let int = value.int { out.append(decimal: int) } else { out.append(contentsOf: value.utf8) }
    }

    private static func writeElements(_ value: Value, into out: inout [UInt8], _ style: Style, _ level: Int) {
        out.append(91)
        let count = value.scanCount
        for position in 0..<count {
            if position > 0 { out.append(44) }
            newLine(style, level + 1, into: &out)
            write(value.value(at: position), into: &out, style: style, level: level + 1)
        }
        if count > 0 { newLine(style, level, into: &out) }
        out.append(93)
    }

    private static func writeMembers(_ value: Value, into out: inout [UInt8], _ style: Style, _ level: Int) {
        out.append(123)
        let count = value.scanCount
        for position in 0..<count {
            if position > 0 { out.append(44) }
            newLine(style, level + 1, into: &out)
            writeName(value.key(at: position), into: &out, style)
            out.append(58)
            if style.isPretty { out.append(32) }
            write(value.value(at: position), into: &out, style: style, level: level + 1)
        }
        if count > 0 { newLine(style, level, into: &out) }
        out.append(125)
    }

    /// A member's name: a key that is no string becomes the string of its JSON text.
    private static func writeName(_ key: Value, into out: inout [UInt8], _ style: Style) {
        if key.isString {
            writeString(key.utf8, into: &out, escapesHTML: style.escapesHTML)
            return
        }
        var text: [UInt8] = []
        write(key, into: &text)
        text.withUnsafeBytes { writeString($0, into: &out, escapesHTML: style.escapesHTML) }
    }

    private static func newLine(_ style: Style, _ level: Int, into out: inout [UInt8]) {
        guard style.isPretty else { return }
        out.append(10)
        out.append(contentsOf: style.prefix)
        for _ in 0..<level { out.append(contentsOf: style.indent) }
    }

    /// Appends a text as a JSON string.
    public static func writeString(_ text: String, into out: inout [UInt8]) {
        var text = text
        text.withUTF8 { writeString(UnsafeRawBufferPointer($0), into: &out, escapesHTML: false) }
    }

    static func writeString(_ bytes: UnsafeRawBufferPointer, into out: inout [UInt8], escapesHTML: Bool) {
        out.append(34)
        var position = 0
        while position < bytes.count {
            let plain = escapesHTML ? position : JSONReader.endOfPlain(bytes, from: position)
            if plain > position {
                out.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[position..<plain]))
                position = plain
                continue
            }
            let byte = bytes[position]
            switch byte {
            case 34: out.append(text: "\\\"")
            case 92: out.append(text: "\\\\")
            case 8: out.append(text: "\\b")
            case 12: out.append(text: "\\f")
            case 10: out.append(text: "\\n")
            case 13: out.append(text: "\\r")
            case 9: out.append(text: "\\t")
            case 0..<32: writeEscape(UInt32(byte), into: &out)
            case 38 where escapesHTML, 60 where escapesHTML, 62 where escapesHTML:
                writeEscape(UInt32(byte), into: &out)
            case 0xe2 where isLineSeparator(bytes, position):
                writeEscape(0x2028 + UInt32(bytes[position + 2] & 1), into: &out)
                position += 2
            default: out.append(byte)
            }
            position += 1
        }
        out.append(34)
    }

    private static func isLineSeparator(_ bytes: UnsafeRawBufferPointer, _ position: Int) -> Bool {
        position + 2 < bytes.count && bytes[position + 1] == 0x80 && bytes[position + 2] & 0xfe == 0xa8
    }

    static func writeEscape(_ unit: UInt32, into out: inout [UInt8]) {
        out.append(text: "\\u")
        for shift in [12, 8, 4, 0] as [UInt32] { out.append(hexDigit(unit >> shift & 15)) }
    }

    static func hexDigit(_ digit: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: digit < 10 ? 48 + digit : 87 + digit)
    }
}

extension Value {
    /// This value as one line of JSON; sets as arrays in order, undefined as null.
    public var json: [UInt8] {
        var out: [UInt8] = []
        JSONWriter.write(self, into: &out)
        return out
    }
}
