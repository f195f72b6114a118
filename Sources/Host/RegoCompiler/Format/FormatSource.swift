/// A module's text with the places of its tokens, for the formatter.
struct FormatSource {
    let comments: [Lexer.Comment]
    private let bytes: [UInt8]
    private let lines: [Substring]
    private let tokens: [Token]
    private var indexes: [Int: Int] = [:]
    /// For each token the bracket around it, and for each bracket the one that closes it.
    private var outer: [Int?] = []
    private var closers: [Int: Int] = [:]

    init(_ text: String, file: String, comments: [Lexer.Comment]) throws(CompilationError) {
        self.comments = comments
        bytes = Array(text.utf8)
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        var lexer = Lexer(file: file, bytes: bytes)
        tokens = try lexer.tokens()
        var open: [Int] = []
        for (index, token) in tokens.enumerated() {
            indexes[token.position.offset] = index
            switch token.kind {
            case .symbol(.rightBrace), .symbol(.rightBracket), .symbol(.rightParenthesis):
                if let last = open.popLast() { closers[last] = index }
                outer.append(open.last)
            case .symbol(.leftBrace), .symbol(.leftBracket), .symbol(.leftParenthesis):
                outer.append(open.last)
                open.append(index)
            default: outer.append(open.last)
            }
        }
    }

    /// Whether the line before is empty.
    func isBlank(before line: Int) -> Bool {
        guard line >= 2, line - 2 < lines.count else { return false }
        return lines[line - 2].allSatisfy { $0 == " " || $0 == "\t" || $0 == "\r" }
    }

    /// Whether code stands before the comment on its line.
    func isTrailing(_ comment: Lexer.Comment) -> Bool {
        let line = lines[comment.position.line - 1].utf8.prefix(comment.position.column - 1)
        return !line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    }

    /// The text of the token that begins there.
    func token(at position: Position) -> String {
        guard let index = indexes[position.offset] else { return "" }
        return String(decoding: bytes[position.offset..<tokens[index].end], as: UTF8.self)
    }

    func byte(at position: Position) -> UInt8 {
        position.offset < bytes.count ? bytes[position.offset] : 0
    }

    /// The places of the bracket around what begins there, and of the one that closes it.
    func brackets(around position: Position) -> (open: Position, close: Position)? {
        guard let index = indexes[position.offset], let open = outer[index] else { return nil }
        return closers[open].map { (tokens[open].position, tokens[$0].position) }
    }

    /// The places of a bracket that stands there, or is the first behind it, and of the one that closes it.
    func brackets(
        from position: Position, _ symbol: Token.Symbol
    ) -> (open: Position, close: Position)? {
        guard var index = indexes[position.offset] else { return nil }
        while index < tokens.count, tokens[index].kind != .symbol(symbol) { index += 1 }
        return closers[index].map { (tokens[index].position, tokens[$0].position) }
    }
}
