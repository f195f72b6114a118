/// A template in the language of Go's text/template: fields, variables, `if`, `with`, `range` and the functions that
/// compare, count and print. Templates that define or call others are refused.
struct TextTemplate {
    /// Why a template is none, or cannot be executed.
    enum Failure: Error {
        case invalid(String)
        case stopped(RegoError)
    }

    /// What is written between braces, or the text outside.
    indirect enum Node {
        case text([UInt8])
        case output(Pipeline)
        case condition(Pipeline, [Node], [Node])
        case with(Pipeline, [Node], [Node])
        case range(Pipeline, [Node], [Node])
        case leave(isBreak: Bool)
    }

    /// Calls whose results go on as last operands, and the variables that take the last result.
    struct Pipeline {
        var variables: [String] = []
        var isDeclaration = false
        var calls: [[Operand]] = []
    }

    indirect enum Operand {
        case dot([String])
        case variable(String, [String])
        case constant(Value)
        case function(String)
        case nested(Pipeline, [String])
    }

    let nodes: [Node]

    init(_ text: [UInt8], _ context: Context) throws(Failure) {
        var parser = TextTemplateParser(try TextTemplateLexer.pieces(text), context)
        nodes = try parser.template()
    }
}

/// Splits a template into texts and the tokens of its actions.
enum TextTemplateLexer {
    enum Piece {
        case text([UInt8])
        case action([Token])
    }

    enum Token: Equatable {
        /// A word, with its dots: `.a.b`, `$x.y`, `range`.
        case word(String)
        case number(String)
        case string([UInt8])
        case symbol(UInt8)
        case declare

        func isSymbol(_ byte: UInt8) -> Bool { self == .symbol(byte) }
    }

    static func pieces(_ text: [UInt8]) throws(TextTemplate.Failure) -> [Piece] {
        var pieces: [Piece] = []
        var start = 0
        var position = 0
        var trims = false
        func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (byte >= 9 && byte <= 13 && byte != 11) }
        func literal(_ end: Int, trimsEnd: Bool) {
            var part = text[start..<end]
            while trims, let first = part.first, isSpace(first) { part.removeFirst() }
            while trimsEnd, let last = part.last, isSpace(last) { part.removeLast() }
            if !part.isEmpty { pieces.append(.text(Array(part))) }
        }
        while position + 1 < text.count {
            guard text[position] == 123, text[position + 1] == 123 else {
                position += 1
                continue
            }
            let inner = position + 2
            let trimsBefore = inner + 1 < text.count && text[inner] == 45 && isSpace(text[inner + 1])
            literal(position, trimsEnd: trimsBefore)
            let body = inner + (trimsBefore ? 2 : 0)
            if text[body...].starts(with: [47, 42]) {
                guard let end = close(text, body + 2, [42, 47]) else { throw .invalid("unclosed comment") }
                position = end + 2
                trims = false
                if position + 1 < text.count, isSpace(text[position]), text[position + 1] == 45 {
                    position += 2
                    trims = true
                }
                guard text[position...].starts(with: [125, 125]) else {
                    throw .invalid("comment ends before closing delimiter")
                }
            } else {
                var tokens: [Token] = []
                position = try action(text, body, &tokens, &trims)
                pieces.append(.action(tokens))
            }
            position += 2
            start = position
        }
        literal(text.count, trimsEnd: false)
        return pieces
    }

    private static func close(_ text: [UInt8], _ start: Int, _ mark: [UInt8]) -> Int? {
        var position = start
        while position + mark.count <= text.count {
            if text[position...].starts(with: mark) { return position }
            position += 1
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte == 95 || byte >= 128 || (byte >= 48 && byte <= 57) || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
    }

    /// The tokens up to `}}`, and the place where that stands.
    private static func action(
        _ text: [UInt8], _ start: Int, _ tokens: inout [Token], _ trims: inout Bool
    ) throws(TextTemplate.Failure) -> Int {
        var position = start
        trims = false
        while position < text.count {
            let byte = text[position]
            if byte == 125, position + 1 < text.count, text[position + 1] == 125 { return position }
            if text[position...].starts(with: [32, 45, 125, 125]) {
                trims = true
                return position + 2
            }
            switch byte {
            case 9, 10, 13, 32:
                position += 1
                // Space separates: `.a .b` are two operands.
                if tokens.last?.isSymbol(32) != true { tokens.append(.symbol(32)) }
            case 34, 96: tokens.append(.string(try quoted(text, &position)))
            case 58 where position + 1 < text.count && text[position + 1] == 61:
                tokens.append(.declare)
                position += 2
            case 40, 41, 44, 61, 124:
                tokens.append(.symbol(byte))
                position += 1
            case 43, 45, 48...57:
                let first = position
                position += 1
                while position < text.count, isWord(text[position]) || text[position] == 46 { position += 1 }
                tokens.append(.number(String(decoding: text[first..<position], as: UTF8.self)))
            default:
                guard isWord(byte) || byte == 46 || byte == 36 else {
                    throw .invalid("unexpected \"\(String(decoding: [byte], as: UTF8.self))\" in command")
                }
                let first = position
                position += 1
                while position < text.count, isWord(text[position]) || text[position] == 46 { position += 1 }
                tokens.append(.word(String(decoding: text[first..<position], as: UTF8.self)))
            }
        }
        throw .invalid("unclosed action")
    }

    private static func quoted(
        _ text: [UInt8], _ position: inout Int
    ) throws(TextTemplate.Failure) -> [UInt8] {
        let quote = text[position]
        var out: [UInt8] = []
        position += 1
        while position < text.count, text[position] != quote {
            if quote == 34, text[position] == 92, position + 1 < text.count {
                position += 1
                switch text[position] {
                case 110: out.append(10)
                case 116: out.append(9)
                case 114: out.append(13)
                case 34, 92: out.append(text[position])
                default: throw .invalid("unterminated quoted string")
                }
            } else {
                out.append(text[position])
            }
            position += 1
        }
        guard position < text.count else { throw .invalid("unterminated quoted string") }
        position += 1
        return out
    }
}
