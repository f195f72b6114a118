/// Why a GraphQL document is refused, or why reading it had to stop.
enum GraphQLFailure: Error {
    /// The document is wrong; line and column count from 1, 0 where the place is not known.
    case invalid(message: String, line: Int, column: Int)
    /// A limit of the query was reached.
    case stopped(RegoError)
}

/// One word of a GraphQL document.
struct GraphQLToken {
    enum Kind {
        case invalid, end, punctuator, spread, name, int, float, string, blockString
    }

    var kind: Kind
    /// The bytes of a name, number or punctuator, or a string's value.
    var text: [UInt8]
    var line: Int
    var column: Int

    /// The token as messages of GraphQL's tools name it.
    var described: String {
        let value = String(decoding: text, as: UTF8.self)
        switch kind {
        case .invalid: return "<Invalid>"
        case .end: return "<EOF>"
        case .punctuator, .spread: return value
        case .name: return "Name \"" + value + "\""
        case .int: return "Int \"" + value + "\""
        case .float: return "Float \"" + value + "\""
        case .string: return "String \"" + value + "\""
        case .blockString: return "BlockString \"" + value + "\""
        }
    }

    func isPunctuator(_ byte: UInt8) -> Bool { kind == .punctuator && text[0] == byte }
    func isName(_ name: StaticString) -> Bool { kind == .name && text.isText(name) }
}

extension [UInt8] {
    /// Whether the bytes are that text.
    func isText(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount else { return false }
        for index in indices where self[index] != text.utf8Start[index] { return false }
        return true
    }
}
