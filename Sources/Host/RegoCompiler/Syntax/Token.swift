/// One word of Rego source.
struct Token {
    enum Kind: Hashable {
        case identifier(String)
        case string(String)
        case rawString(String)
        case number(String)
        /// The undecoded parts of `$"...{term}..."`: literal text and the byte ranges of the terms.
        case template([TemplatePiece])
        case symbol(Symbol)
        case end
    }

    enum TemplatePiece: Hashable {
        case text(String)
        case source(Range<Int>)
    }

    enum Symbol: String {
        case leftBrace = "{"
        case rightBrace = "}"
        case leftBracket = "["
        case rightBracket = "]"
        case leftParenthesis = "("
        case rightParenthesis = ")"
        case comma = ","
        case colon = ":"
        case semicolon = ";"
        case dot = "."
        case assign = ":="
        case unify = "="
        case equal = "=="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case remainder = "%"
        case and = "&"
        case or = "|"
    }

    var kind: Kind
    var position: Position
    /// Offset of the first byte after the token.
    var end: Int
    /// Whether white space (or the start of the file) stands before the token.
    var afterSpace: Bool
    /// Whether a line break stands before the token.
    var afterNewline: Bool

    /// The token as an error message names it.
    var described: String {
        switch kind {
        case .identifier(let name): name
        case .string(let text), .rawString(let text): "\"\(text)\""
        case .number(let text): text
        case .template: "template string"
        case .symbol(let symbol): symbol.rawValue
        case .end: "end of file"
        }
    }
}
