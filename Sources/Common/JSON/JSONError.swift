/// Why a text is not the JSON that was asked for.
public struct JSONError: Error, Equatable, Sendable {
    /// What was wrong.
    public enum Reason: Equatable, Sendable {
        /// The text ended inside a value.
        case unexpectedEnd
        /// A byte that cannot stand here; what could was `expected`.
        case unexpectedByte(UInt8, expected: String)
        /// Bytes after the value.
        case trailingBytes
        /// A string with an unescaped control character, a bad escape or an unpaired surrogate.
        case badString(String)
        /// A string that is not UTF-8.
        case notUTF8
        /// Not a number by RFC 8259: a leading zero or plus, a bare point.
        case badNumber
        /// Arrays and objects nested deeper than the limit.
        case tooDeep(limit: Int)
        /// More values than the limit.
        case tooManyValues(limit: Int)
        /// A name that the object already has.
        case duplicateKey(String)
    }

    /// What was wrong.
    public let reason: Reason
    /// Where, in bytes from the start.
    public let offset: Int

    /// An error at a byte.
    public init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String { "JSON at byte \(offset): \(text)" }

    private var text: String {
        switch reason {
        case .unexpectedEnd: "the text ends inside a value"
        case .unexpectedByte(let byte, let expected): "byte \(byte) where \(expected) was expected"
        case .trailingBytes: "bytes after the end of the value"
        case .badString(let what): what
        case .notUTF8: "a string is not valid UTF-8"
        case .badNumber: "not a number: expected -?(0|[1-9][0-9]*)(.[0-9]+)?([eE][+-]?[0-9]+)?"
        case .tooDeep(let limit): "nested deeper than \(limit) levels"
        case .tooManyValues(let limit): "more than \(limit) values"
        case .duplicateKey(let key): "the name \"\(key)\" is given twice in one object"
        }
    }
}

/// How much a reader accepts, so that a hostile text cannot exhaust stack or memory.
public struct JSONLimits: Sendable {
    /// Deepest nesting of arrays and objects.
    public var depth = 128
    /// Most values in one text, counting every element and member.
    public var values = 1_000_000
    /// Whether a repeated name is accepted; the last one counts.
    public var allowDuplicateKeys = false

    /// The limits above.
    public init() {}
}
