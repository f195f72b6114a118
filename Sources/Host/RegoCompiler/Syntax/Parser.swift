/// Turns the text of a module or query into a syntax tree.
struct Parser {
    let file: String
    let bytes: [UInt8]
    private(set) var tokens: [Token]
    var index = 0
    let comments: [Lexer.Comment]
    /// Keywords in force besides those every version has.
    var keywords: Set<String>
    var version: RegoVersion
    private var depth = 0
    private static let maximumDepth = 400
    var wildcards = 0
    /// Whether keywords that are not part of the language yet may be imported.
    let allowsExperiments: Bool
    /// An operand that was read already: the next call of ``operand()`` answers it.
    var pending: Term?
    /// Places where an operand of `and` or `or` does not begin with a group, so that nobody tries twice.
    var plainOperands: Set<Int> = []

    static let baseKeywords: Set<String> = [
        "as", "default", "else", "false", "import", "not", "null", "package", "some", "true", "with",
    ]
    static let futureKeywords: Set<String> = ["in", "every", "contains", "if"]

    init(
        _ text: String, file: String, version: RegoVersion, allowsExperiments: Bool = false
    ) throws(CompilationError) {
        self.file = file
        self.allowsExperiments = allowsExperiments
        self.version = version
        bytes = Array(text.utf8)
        var lexer = Lexer(file: file, bytes: bytes)
        tokens = try lexer.tokens()
        comments = lexer.comments
        keywords = version == .v1 ? Self.futureKeywords : []
    }

    /// A parser of one embedded term of a template string.
    init(embedded range: Range<Int>, in outer: Parser, position: Position) throws(CompilationError) {
        file = outer.file
        bytes = outer.bytes
        version = outer.version
        keywords = outer.keywords
        allowsExperiments = outer.allowsExperiments
        comments = []
        var lexer = Lexer(
            file: file, bytes: bytes, range: range, line: position.line,
            lineStart: position.offset - position.column + 1)
        tokens = try lexer.tokens()
    }

    var token: Token { tokens[index] }

    func peek(_ distance: Int = 1) -> Token { tokens[min(index + distance, tokens.count - 1)] }

    mutating func advance() {
        if index < tokens.count - 1 { index += 1 }
    }

    func isSymbol(_ symbol: Token.Symbol) -> Bool { token.kind == .symbol(symbol) }

    func isKeyword(_ word: String) -> Bool {
        guard case .identifier(word) = token.kind, !headsReference else { return false }
        return Self.baseKeywords.contains(word) || keywords.contains(word)
    }

    /// Whether a reference begins here: `every.x` and `if.x` are references, not statements.
    var headsReference: Bool { peek().kind == .symbol(.dot) && !peek().afterSpace }

    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard isSymbol(symbol) else { return false }
        advance()
        return true
    }

    mutating func takeKeyword(_ word: String) -> Bool {
        guard isKeyword(word) else { return false }
        advance()
        return true
    }

    mutating func expect(_ symbol: Token.Symbol, _ context: String) throws(CompilationError) {
        guard take(symbol) else {
            throw unexpected("expected \(symbol.rawValue) \(context)")
        }
    }

    func failure(_ message: String, at position: Position? = nil, hint: String? = nil) -> CompilationError {
        CompilationError(.parse, message, at: position ?? token.position, hint: hint)
    }

    func unexpected(_ expectation: String) -> CompilationError {
        failure("unexpected \(describedToken): \(expectation)")
    }

    private var describedToken: String {
        switch token.kind {
        case .end: "eof token"
        case .identifier(let name) where isKeyword(name): "\(name) keyword"
        case .identifier(let name): "identifier token \(name)"
        case .string: "string token"
        case .number: "number token"
        default: "\(token.described) token"
        }
    }

    /// Refuses nesting deeper than any person writes, so that no input exhausts the stack.
    mutating func nested<T>(
        _ body: (inout Parser) throws(CompilationError) -> T
    ) throws(CompilationError) -> T {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.maximumDepth else {
            throw failure("expression is nested too deeply (more than \(Self.maximumDepth) levels)")
        }
        return try body(&self)
    }

    mutating func freshWildcard() -> String {
        wildcards += 1
        return "$\(wildcards)"
    }
}
