/// Splits Rego source into tokens. Comments are kept apart: only metadata annotations read them.
struct Lexer {
    /// A comment's text after `#`, with its place.
    struct Comment {
        var text: String
        var position: Position
    }

    private let file: String
    private let bytes: [UInt8]
    private var offset: Int
    private let limit: Int
    private var line: Int
    private var lineStart: Int
    private(set) var comments: [Comment] = []

    init(file: String, bytes: [UInt8]) {
        self.init(file: file, bytes: bytes, range: 0..<bytes.count, line: 1, lineStart: 0)
    }

    /// Scans only `range`: an embedded term of a template string.
    init(file: String, bytes: [UInt8], range: Range<Int>, line: Int, lineStart: Int) {
        self.file = file
        self.bytes = bytes
        self.offset = range.lowerBound
        self.limit = range.upperBound
        self.line = line
        self.lineStart = lineStart
    }

    /// All tokens up to and including `.end`.
    mutating func tokens() throws(CompilationError) -> [Token] {
        var result: [Token] = []
        while true {
            let token = try next()
            result.append(token)
            if token.kind == .end { return result }
        }
    }

    private var here: Position {
        Position(file: file, line: line, column: offset - lineStart + 1, offset: offset)
    }

    private func peek(_ distance: Int = 0) -> UInt8 {
        offset + distance < limit ? bytes[offset + distance] : 0
    }

    private func failure(_ message: String, _ position: Position, hint: String? = nil) -> CompilationError {
        CompilationError(.parse, message, at: position, hint: hint)
    }

    private mutating func next() throws(CompilationError) -> Token {
        let (space, newline) = skipSpace()
        let start = here
        guard offset < limit else {
            return Token(kind: .end, position: start, end: offset, afterSpace: true, afterNewline: true)
        }
        let kind = try scan(from: start)
        return Token(
            kind: kind, position: start, end: offset, afterSpace: space || start.offset == 0,
            afterNewline: newline)
    }

    private mutating func scan(from start: Position) throws(CompilationError) -> Token.Kind {
        let byte = peek()
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
            return .identifier(identifier())
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .number(try number(start))
        case UInt8(ascii: "\""):
            return .string(try quoted(start))
        case UInt8(ascii: "`"):
            return .rawString(try raw(start))
        case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "\"") || peek(1) == UInt8(ascii: "`"):
            return .template(try template(start))
        default:
            return .symbol(try symbol(start))
        }
    }

    private mutating func skipSpace() -> (space: Bool, newline: Bool) {
        var space = false
        var newline = false
        while offset < limit {
            switch peek() {
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                offset += 1
                space = true
            case UInt8(ascii: "\n"):
                offset += 1
                line += 1
                lineStart = offset
                space = true
                newline = true
            case UInt8(ascii: "#"):
                comment()
                space = true
            default:
                return (space, newline)
            }
        }
        return (space, newline)
    }

    private mutating func comment() {
        let position = here
        let start = offset + 1
        while offset < limit, peek() != UInt8(ascii: "\n") { offset += 1 }
        var end = offset
        if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
        comments.append(
            Comment(text: String(decoding: bytes[start..<end], as: UTF8.self), position: position))
    }

    private mutating func identifier() -> String {
        let start = offset
        while true {
            switch peek() {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                offset += 1
            default:
                return String(decoding: bytes[start..<offset], as: UTF8.self)
            }
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private mutating func number(_ position: Position) throws(CompilationError) -> String {
        let start = offset
        if peek() == 0x30, isDigit(peek(1)) {
            throw failure("illegal number format", position, hint: "numbers have no leading zeros")
        }
        while isDigit(peek()) { offset += 1 }
        if peek() == UInt8(ascii: "."), isDigit(peek(1)) {
            offset += 1
            while isDigit(peek()) { offset += 1 }
        }
        if peek() | 0x20 == UInt8(ascii: "e") {
            let signed = peek(1) == UInt8(ascii: "+") || peek(1) == UInt8(ascii: "-")
            guard isDigit(peek(signed ? 2 : 1)) else { throw failure("expected exponent", position) }
            offset += signed ? 2 : 1
            while isDigit(peek()) { offset += 1 }
        }
        if case UInt8(ascii: "a")...UInt8(ascii: "z") = peek() | 0x20 {
            throw failure("illegal number format", position, hint: "put a space after the number")
        }
        return String(decoding: bytes[start..<offset], as: UTF8.self)
    }

    private mutating func symbol(_ position: Position) throws(CompilationError) -> Token.Symbol {
        let two = String(decoding: [peek(), peek(1)], as: UTF8.self)
        if let symbol = Token.Symbol(rawValue: two) {
            offset += 2
            return symbol
        }
        if let symbol = Token.Symbol(rawValue: String(decoding: [peek()], as: UTF8.self)) {
            offset += 1
            return symbol
        }
        let character = String(decoding: bytes[offset..<min(limit, offset + 4)], as: UTF8.self).prefix(1)
        throw failure("illegal token", position, hint: "'\(character)' is not part of Rego")
    }
}

extension Lexer {
    private mutating func raw(_ position: Position) throws(CompilationError) -> String {
        offset += 1
        let start = offset
        while offset < limit, peek() != UInt8(ascii: "`") { advanceCountingLines() }
        guard offset < limit else {
            throw failure("non-terminated string", position, hint: "add a closing `")
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        offset += 1
        return text
    }

    private mutating func advanceCountingLines() {
        let newline = peek() == UInt8(ascii: "\n")
        offset += 1
        if newline {
            line += 1
            lineStart = offset
        }
    }

    private mutating func quoted(_ position: Position) throws(CompilationError) -> String {
        offset += 1
        var text: [UInt8] = []
        while true {
            guard offset < limit, peek() != UInt8(ascii: "\n") else {
                throw failure(
                    "non-terminated string", position,
                    hint: "add a closing \", or use `...` for several lines")
            }
            let byte = peek()
            if byte == UInt8(ascii: "\"") {
                offset += 1
                return String(decoding: text, as: UTF8.self)
            }
            if byte == UInt8(ascii: "\\") {
                try escape(into: &text)
            } else {
                text.append(byte)
                offset += 1
            }
        }
    }

    /// Decodes one escape sequence of a JSON string.
    private mutating func escape(into text: inout [UInt8]) throws(CompilationError) {
        let position = here
        offset += 1
        let byte = peek()
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "u"):
            var scalar = try hexadecimal(position)
            if scalar >= 0xD800, scalar < 0xDC00, peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
                offset += 2
                let low = try hexadecimal(position)
                scalar =
                    low >= 0xDC00 && low < 0xE000
                    ? 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00) : 0xFFFD
            }
            text.append(contentsOf: Array(String(Character(Unicode.Scalar(scalar) ?? "\u{FFFD}")).utf8))
        default:
            throw failure(
                "illegal escape sequence", position, hint: "write \\\\ for a backslash, or use a `raw string`"
            )
        }
    }

    private mutating func hexadecimal(_ position: Position) throws(CompilationError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Character(Unicode.Scalar(peek())).hexDigitValue else {
                throw failure("illegal escape sequence", position, hint: "\\u needs four hexadecimal digits")
            }
            value = value * 16 + UInt32(digit)
            offset += 1
        }
        return value
    }

    /// Splits `$"text {term} text"` (or its raw form) into text and the source ranges of terms.
    private mutating func template(_ position: Position) throws(CompilationError) -> [Token.TemplatePiece] {
        let quote = peek(1)
        offset += 2
        var pieces: [Token.TemplatePiece] = []
        var text: [UInt8] = []
        while true {
            let byte = peek()
            guard offset < limit, quote == UInt8(ascii: "`") || byte != UInt8(ascii: "\n") else {
                throw failure("non-terminated string", position)
            }
            if byte == quote { break }
            if byte == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "{") || peek(1) == UInt8(ascii: "}") {
                text.append(peek(1))
                offset += 2
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(into: &text)
            } else if byte == UInt8(ascii: "{") {
                if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
                text = []
                pieces.append(.source(try embeddedTerm(position)))
            } else {
                text.append(byte)
                advanceCountingLines()
            }
        }
        offset += 1
        if !text.isEmpty || pieces.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        return pieces
    }

    /// Skips over `{...}` by scanning tokens; answers the range between the braces.
    private mutating func embeddedTerm(_ position: Position) throws(CompilationError) -> Range<Int> {
        offset += 1
        let start = offset
        var depth = 0
        while true {
            let token = try next()
            switch token.kind {
            case .end: throw failure("non-terminated template expression", position)
            case .symbol(.leftBrace): depth += 1
            case .symbol(.rightBrace):
                if depth == 0 { return start..<token.position.offset }
                depth -= 1
            default: break
            }
        }
    }
}
