/// Splits a GraphQL document into tokens (GraphQL specification of October 2021, section 2.1).
struct GraphQLLexer {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var lineStart = 0
    /// Continuation bytes of UTF-8 on this line: columns count characters.
    private var continuations = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private func peek(_ distance: Int = 0) -> UInt8 {
        offset + distance < bytes.count ? bytes[offset + distance] : 0
    }

    private var column: Int { offset - lineStart - continuations + 1 }

    /// Goes one byte on and keeps count of lines.
    private mutating func advance() {
        let byte = bytes[offset]
        offset += 1
        if byte & 0xc0 == 0x80 { continuations += 1 }
        if byte == 10 || (byte == 13 && peek() != 10) {
            line += 1
            lineStart = offset
            continuations = 0
        }
    }

    /// The next token; an invalid one stays where it is.
    mutating func next() -> GraphQLToken {
        skipIgnored()
        let byte = peek()
        guard offset < bytes.count else { return token(.end, []) }
        switch byte {
        case 33, 36, 38, 40, 41, 58, 61, 64, 91, 93, 123, 124, 125:
            let made = token(.punctuator, [byte])
            offset += 1
            return made
        case 46:
            guard peek(1) == 46, peek(2) == 46 else { return token(.invalid, []) }
            let made = token(.spread, [46, 46, 46])
            offset += 3
            return made
        case 34: return peek(1) == 34 && peek(2) == 34 ? blockString() : string()
        case 45, 48...57: return number()
        default: return isNameStart(byte) ? name() : token(.invalid, [])
        }
    }

    private func token(_ kind: GraphQLToken.Kind, _ text: [UInt8]) -> GraphQLToken {
        GraphQLToken(kind: kind, text: text, line: line, column: column)
    }

    private func isNameStart(_ byte: UInt8) -> Bool {
        byte == 95 || (byte | 0x20 >= 97 && byte | 0x20 <= 122)
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 48 && byte <= 57 }

    /// White space, commas, the byte order mark and comments.
    private mutating func skipIgnored() {
        while offset < bytes.count {
            switch peek() {
            case 9, 10, 13, 32, 44: advance()
            case 0xef where peek(1) == 0xbb && peek(2) == 0xbf:
                for _ in 0..<3 { advance() }
            case 35: while offset < bytes.count, peek() != 10, peek() != 13 { advance() }
            default: return
            }
        }
    }

    private mutating func name() -> GraphQLToken {
        var made = token(.name, [])
        let start = offset
        while isNameStart(peek()) || isDigit(peek()) { offset += 1 }
        made.text = Array(bytes[start..<offset])
        return made
    }

    private mutating func number() -> GraphQLToken {
        var made = token(.int, [])
        let start = offset
        if peek() == 45 { offset += 1 }
        if peek() == 48, isDigit(peek(1)) { return token(.invalid, []) }
        guard digits() else { return token(.invalid, []) }
        if peek() == 46 {
            made.kind = .float
            offset += 1
            guard digits() else { return token(.invalid, []) }
        }
        if peek() | 0x20 == 101 {
            made.kind = .float
            offset += 1
            if peek() == 43 || peek() == 45 { offset += 1 }
            guard digits() else { return token(.invalid, []) }
        }
        if isNameStart(peek()) || peek() == 46 { return token(.invalid, []) }
        made.text = Array(bytes[start..<offset])
        return made
    }

    private mutating func digits() -> Bool {
        guard isDigit(peek()) else { return false }
        while isDigit(peek()) { offset += 1 }
        return true
    }
}

extension GraphQLLexer {
    /// `"text"`; its place is the first character after the quote, as other tools report it.
    private mutating func string() -> GraphQLToken {
        offset += 1
        var made = token(.string, [])
        while offset < bytes.count, peek() >= 32 || peek() == 9 {
            let byte = peek()
            if byte == 34 {
                offset += 1
                return made
            }
            if byte == 92 {
                guard escape(into: &made.text) else { return token(.invalid, []) }
            } else {
                made.text.append(byte)
                advance()
            }
        }
        return token(.invalid, [])
    }

    private mutating func escape(into text: inout [UInt8]) -> Bool {
        let byte = peek(1)
        switch byte {
        case 34, 47, 92: text.append(byte)
        case 98: text.append(8)
        case 102: text.append(12)
        case 110: text.append(10)
        case 114: text.append(13)
        case 116: text.append(9)
        case 117:
            var scalar: UInt32 = 0
            for distance in 2..<6 {
                guard let digit = Self.hexadecimal(peek(distance)) else { return false }
                scalar = scalar << 4 | UInt32(digit)
            }
            UTF8Text.append(scalar >= 0xd800 && scalar < 0xe000 ? 0xfffd : scalar, to: &text)
            offset += 4
        default: return false
        }
        offset += 2
        return true
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: return byte - 48
        case 65...70: return byte - 55
        case 97...102: return byte - 87
        default: return nil
        }
    }

    private mutating func blockString() -> GraphQLToken {
        offset += 3
        var made = token(.blockString, [])
        var raw: [UInt8] = []
        while offset < bytes.count {
            if peek() == 34, peek(1) == 34, peek(2) == 34 {
                offset += 3
                made.text = Self.dedented(raw)
                return made
            }
            if peek() == 92, peek(1) == 34, peek(2) == 34, peek(3) == 34 {
                raw += [34, 34, 34]
                offset += 4
                continue
            }
            // A line ends with one byte, whatever the source has.
            if peek() != 13 {
                raw.append(peek())
            } else if peek(1) != 10 {
                raw.append(10)
            }
            advance()
        }
        return token(.invalid, [])
    }

    /// The value of a block string: without the indentation that all lines share, and without empty lines around it.
    private static func dedented(_ raw: [UInt8]) -> [UInt8] {
        var lines = raw.split(separator: 10, omittingEmptySubsequences: false).map { Array($0) }
        func margin(_ line: [UInt8]) -> Int {
            var width = 0
            while width < line.count, line[width] == 32 || line[width] == 9 { width += 1 }
            return width
        }
        var common = -1
        for line in lines.dropFirst() where margin(line) < line.count {
            if common < 0 || margin(line) < common { common = margin(line) }
        }
        for index in lines.indices where index > 0 && common > 0 {
            lines[index] = Array(lines[index].dropFirst(common))
        }
        let first = lines.firstIndex { margin($0) < $0.count } ?? lines.endIndex
        let last = lines.lastIndex { margin($0) < $0.count } ?? first - 1
        var text: [UInt8] = []
        if first > last { return text }
        for index in first...last {
            if index > first { text.append(10) }
            text += lines[index]
        }
        return text
    }
}
