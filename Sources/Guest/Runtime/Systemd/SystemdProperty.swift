/// A property of a unit that an annotation `org.systemd.property.NAME` sets, its value as text of GVariant. systemd has
/// the say about names and values. docs/systemd.md of runc; gvariant-text of GLib.
package struct SystemdProperty: Equatable {
    let name: String
    let value: DBusValue

    private static let prefix = "org.systemd.property."

    /// The properties among annotations, by name.
    static func read(_ annotations: [String: String]) throws(RuntimeError) -> [SystemdProperty] {
        var found: [SystemdProperty] = []
        for key in annotations.keys.sorted() where key.hasPrefix(prefix) {
            found.append(
                try SystemdProperty(
                    String(key.dropFirst(prefix.utf8.count)), annotations[key] ?? "",
                    field: "annotation " + key))
        }
        return found
    }

    /// A name that ends in Sec means seconds, and systemd wants microseconds.
    private init(_ name: String, _ text: String, field: String) throws(RuntimeError) {
        let isWord = name.utf8.allSatisfy {
            ($0 | 0x20) >= UInt8(ascii: "a") && ($0 | 0x20) <= UInt8(ascii: "z")
        }
        if name.utf8.count < 3 || !isWord {
            throw .refused("\(field) name incorrect: expected three letters or more, found \"\(name)\"")
        }
        guard let value = Self.parse(text) else {
            throw .refused(
                "\(field)=\(text) value parse error: expected a boolean, a number such as uint32 5, a string in quotes, or a list of such strings"
            )
        }
        let stem = name.dropLast(3)
        guard name.hasSuffix("Sec"), let last = stem.utf8.last, last >= UInt8(ascii: "a") else {
            self.name = name
            self.value = value
            return
        }
        guard let microseconds = Self.microseconds(value) else {
            throw .refused("\(field)=\(text) value parse error: not a number of seconds")
        }
        self.name = stem + "USec"
        self.value = .number(microseconds)
    }

    private static func parse(_ text: String) -> DBusValue? {
        let words = text.split(separator: " ", omittingEmptySubsequences: true).map { String($0) }
        guard let first = words.first else { return nil }
        if let string = quoted(trimmed(text)) { return .string(string) }
        if first.utf8.first == UInt8(ascii: "[") { return list(trimmed(text)) }
        if words.count == 2 { return typed(first, words[1]) }
        if words.count != 1 { return nil }
        if first == "true" || first == "false" { return .bool(first == "true") }
        if let number = Int32(first) { return .integer32(number) }
        return decimal(first).map { .real($0) }
    }

    private static func typed(_ type: String, _ text: String) -> DBusValue? {
        switch type {
        case "boolean": text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
        case "byte": UInt8(text).map { .byte($0) }
        case "int16": Int16(text).map { .integer16($0) }
        case "uint16": UInt16(text).map { .unsigned16($0) }
        case "int32": Int32(text).map { .integer32($0) }
        case "uint32": UInt32(text).map { .unsigned32($0) }
        case "int64": Int64(text).map { .integer64($0) }
        case "uint64": UInt64(text).map { .number($0) }
        case "double": decimal(text).map { .real($0) }
        default: nil
        }
    }

    private static func microseconds(_ value: DBusValue) -> UInt64? {
        func scaled(_ number: Int64) -> UInt64? {
            let (result, overflow) = number.multipliedReportingOverflow(by: 1_000_000)
            return overflow ? nil : UInt64(exactly: result)
        }
        switch value {
        case .byte(let number): return scaled(Int64(number))
        case .integer16(let number): return scaled(Int64(number))
        case .unsigned16(let number): return scaled(Int64(number))
        case .integer32(let number): return scaled(Int64(number))
        case .unsigned32(let number): return scaled(Int64(number))
        case .integer64(let number): return scaled(number)
        case .number(let number): return Int64(exactly: number).flatMap { scaled($0) }
        case .real(let number): return number >= 0 && number < 1e12 ? UInt64(number * 1_000_000) : nil
        case .string, .strings, .bool, .numbers: return nil
        }
    }

    /// Digits with a point among them; no exponents.
    private static func decimal(_ text: String) -> Double? {
        var digits = Substring(text)
        let isNegative = digits.utf8.first == UInt8(ascii: "-")
        if isNegative { digits = digits.dropFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let whole = UInt64(parts[0]), parts[1].utf8.count <= 15,
            let fraction = UInt64(parts[1])
        else { return nil }
        var value = Double(fraction)
        for _ in 0..<parts[1].utf8.count { value /= 10 }
        value += Double(whole)
        return isNegative ? -value : value
    }

    private static func trimmed(_ text: String) -> [UInt8] {
        let space = UInt8(ascii: " ")
        var bytes = Array(text.utf8.drop { $0 == space })
        while bytes.last == space { bytes.removeLast() }
        return bytes
    }

    /// The text between two equal quotes, when that is all; escapes are refused.
    private static func quoted(_ bytes: [UInt8]) -> String? {
        guard let quote = bytes.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
            bytes.count >= 2, bytes.last == quote
        else { return nil }
        let inner = bytes[1..<(bytes.count - 1)]
        if inner.contains(quote) || inner.contains(UInt8(ascii: "\\")) || inner.contains(0) { return nil }
        return String(decoding: inner, as: UTF8.self)
    }

    /// Strings in quotes between brackets, with commas; none contains one.
    private static func list(_ bytes: [UInt8]) -> DBusValue? {
        guard bytes.count > 2, bytes.last == UInt8(ascii: "]") else { return nil }
        var texts: [String] = []
        for part in bytes[1..<(bytes.count - 1)].split(
            separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
        {
            guard let text = quoted(trimmed(String(decoding: part, as: UTF8.self))) else { return nil }
            texts.append(text)
        }
        return .strings(texts)
    }
}
