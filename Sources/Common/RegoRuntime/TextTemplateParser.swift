/// Reads the pieces of a template into its tree.
struct TextTemplateParser {
    private let pieces: [TextTemplateLexer.Piece]
    private let context: Context
    private var index = 0
    private var tokens: [TextTemplateLexer.Token] = []
    private var place = 0
    /// Names that `{{$x := ...}}` has declared so far.
    private var variables: [String] = ["$"]
    private var loops = 0

    init(_ pieces: [TextTemplateLexer.Piece], _ context: Context) {
        self.pieces = pieces
        self.context = context
    }

    private enum End {
        case end, otherwise, text
    }

    mutating func template() throws(TextTemplate.Failure) -> [TextTemplate.Node] {
        let (nodes, end) = try list()
        switch end {
        case .end: throw .invalid("unexpected {{end}}")
        case .otherwise: throw .invalid("unexpected {{else}}")
        case .text: return nodes
        }
    }

    /// Nodes up to `{{end}}`, `{{else}}` (whose tokens stay) or the end of the text.
    private mutating func list() throws(TextTemplate.Failure) -> ([TextTemplate.Node], End) {
        do throws(RegoError) {
            try context.tick()
            try context.enter()
        } catch { throw .stopped(error) }
        defer { context.leave() }
        var nodes: [TextTemplate.Node] = []
        while index < pieces.count {
            let piece = pieces[index]
            index += 1
            guard case .action(let found) = piece else {
                if case .text(let text) = piece { nodes.append(.text(text)) }
                continue
            }
            tokens = found
            place = 0
            skipSpace()
            guard case .word(let word)? = token else {
                nodes.append(.output(try pipeline()))
                continue
            }
            switch word {
            case "end":
                place += 1
                try finish()
                return (nodes, .end)
            case "else":
                place += 1
                return (nodes, .otherwise)
            case "if", "with", "range":
                place += 1
                nodes.append(try control(word))
            case "break", "continue":
                place += 1
                guard loops > 0 else { throw .invalid("{{\(word)}} outside {{range}}") }
                try finish()
                nodes.append(.leave(isBreak: word == "break"))
            case "define", "template", "block":
                throw .invalid("{{\(word)}} is not supported")
            default: nodes.append(.output(try pipeline()))
            }
        }
        return (nodes, .text)
    }

    private mutating func control(_ word: String) throws(TextTemplate.Failure) -> TextTemplate.Node {
        let known = variables.count
        defer { variables.removeLast(variables.count - known) }
        let subject = try pipeline()
        if word == "range" { loops += 1 }
        let (body, end) = try list()
        if word == "range" { loops -= 1 }
        var otherwise: [TextTemplate.Node] = []
        switch end {
        case .end: break
        case .text: throw .invalid("unexpected EOF")
        case .otherwise:
            skipSpace()
            if case .word(let next)? = token, next == word, word != "range" {
                place += 1
                otherwise = [try control(word)]
            } else {
                try finish()
                let (nodes, last) = try list()
                guard case .end = last else { throw .invalid("expected end; found {{else}}") }
                otherwise = nodes
            }
        }
        switch word {
        case "if": return .condition(subject, body, otherwise)
        case "with": return .with(subject, body, otherwise)
        default: return .range(subject, body, otherwise)
        }
    }

    // MARK: Pipelines

    private var token: TextTemplateLexer.Token? { place < tokens.count ? tokens[place] : nil }

    private mutating func skipSpace() {
        while token?.isSymbol(32) == true { place += 1 }
    }

    private mutating func finish() throws(TextTemplate.Failure) {
        skipSpace()
        if token != nil { throw .invalid("unexpected token in action") }
    }

    private mutating func pipeline() throws(TextTemplate.Failure) -> TextTemplate.Pipeline {
        var result = TextTemplate.Pipeline()
        try declarations(&result)
        try calls(&result)
        try finish()
        return result
    }

    /// `$i, $x :=` or `$x =`
    private mutating func declarations(_ result: inout TextTemplate.Pipeline) throws(TextTemplate.Failure) {
        let start = place
        var names: [String] = []
        while true {
            skipSpace()
            guard case .word(let name)? = token, name.utf8.first == 36, !name.utf8.contains(46) else { break }
            names.append(name)
            place += 1
            skipSpace()
            if token == .declare || token?.isSymbol(61) == true {
                result.isDeclaration = token == .declare
                place += 1
                if result.isDeclaration {
                    variables += names
                } else {
                    for name in names { try check(variable: name) }
                }
                result.variables = names
                return
            }
            guard token?.isSymbol(44) == true, names.count < 2 else { break }
            place += 1
        }
        place = start
    }

    private func check(variable name: String) throws(TextTemplate.Failure) {
        guard variables.contains(name) else { throw .invalid("undefined variable \"\(name)\"") }
    }

    private mutating func calls(_ result: inout TextTemplate.Pipeline) throws(TextTemplate.Failure) {
        do throws(RegoError) { try context.enter() } catch { throw .stopped(error) }
        defer { context.leave() }
        while true {
            var operands: [TextTemplate.Operand] = []
            skipSpace()
            while let next = token, !next.isSymbol(124), !next.isSymbol(41) {
                operands.append(try operand())
                skipSpace()
            }
            guard !operands.isEmpty else { throw .invalid("missing value for command") }
            result.calls.append(operands)
            guard token?.isSymbol(124) == true else { return }
            place += 1
        }
    }

    private mutating func operand() throws(TextTemplate.Failure) -> TextTemplate.Operand {
        guard let found = token else { throw .invalid("missing value for command") }
        place += 1
        switch found {
        case .string(let text): return .constant(context.string(text))
        case .number(let text):
            do throws(RegoError) { return .constant(try JSONReader.parse(Array(text.utf8), context)) } catch {
                throw .invalid("bad number syntax: \"\(text)\"")
            }
        case .symbol(40):
            var inner = TextTemplate.Pipeline()
            try calls(&inner)
            guard token?.isSymbol(41) == true else { throw .invalid("unclosed left paren") }
            place += 1
            guard case .word(let rest)? = token, rest.utf8.first == 46 else { return .nested(inner, []) }
            place += 1
            return .nested(inner, Self.path(rest))
        case .word(let word): return try named(word)
        case .symbol, .declare: throw .invalid("unexpected token in operand")
        }
    }

    private func named(_ word: String) throws(TextTemplate.Failure) -> TextTemplate.Operand {
        if word.utf8.first == 46 { return .dot(Self.path(word)) }
        if word.utf8.first == 36 {
            let parts = word.split(separator: ".", omittingEmptySubsequences: true).map { String($0) }
            try check(variable: parts[0])
            return .variable(parts[0], Array(parts.dropFirst()))
        }
        switch word {
        case "true": return .constant(.true)
        case "false": return .constant(.false)
        case "nil": return .constant(.null)
        default:
            guard TextTemplateFunctions.names.contains(word) else {
                throw .invalid("function \"\(word)\" not defined")
            }
            return .function(word)
        }
    }

    private static func path(_ word: String) -> [String] {
        word.split(separator: ".", omittingEmptySubsequences: true).map { String($0) }
    }
}
