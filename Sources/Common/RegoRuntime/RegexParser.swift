/// Reads RE2 syntax with Go's flags: Perl classes and operators, Unicode groups, `^` and `$` for the whole text.
struct RegexParser {
    /// What `(?flags)` switches.
    struct Flags {
        var foldsCase = false
        var multiline = false
        var dotMatchesNewline = false
        var swapsGreedy = false
    }

    let pattern: [UInt8]
    var position = 0
    var flags = Flags()
    var groups = 0
    var names: [(String, Int)] = []
    var depth = 0
    var isLiteral = false

    /// Levels of parentheses.
    static let deepest = 250

    init(_ pattern: [UInt8]) { self.pattern = pattern }

    mutating func parse() throws(RegexError) -> RegexNode {
        guard pattern.withUnsafeBytes({ UTF8Text.isValid($0) }) else {
            throw RegexError(reason: "invalid UTF-8", part: pattern)
        }
        let node = try choice()
        if position < pattern.count { throw RegexError(reason: "unexpected )", part: pattern) }
        return node
    }

    func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < pattern.count ? pattern[position + offset] : nil
    }

    func starts(with text: StaticString) -> Bool {
        let length = text.utf8CodeUnitCount
        guard position + length <= pattern.count else { return false }
        for offset in 0..<length where pattern[position + offset] != text.utf8Start[offset] { return false }
        return true
    }

    mutating func character() -> UInt32 {
        let (scalar, length) = pattern.withUnsafeBytes { UTF8Text.decode($0, position) }
        position += length
        return scalar
    }

    private mutating func choice() throws(RegexError) -> RegexNode {
        var branches: [RegexNode] = [try sequence()]
        while peek() == 124, !isLiteral {
            position += 1
            branches.append(try sequence())
        }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(RegexError) -> RegexNode {
        var parts: [RegexNode] = []
        while let byte = peek(), isLiteral || (byte != 124 && byte != 41) {
            if starts(with: "\\E") {
                position += 2
                isLiteral = false
                continue
            }
            if isLiteral {
                parts.append(literal(character()))
                continue
            }
            if starts(with: "\\Q") {
                position += 2
                isLiteral = true
                continue
            }
            let start = position
            guard var part = try atom() else { continue }
            part = try repetitions(of: part, from: start)
            parts.append(part)
        }
        return parts.isEmpty ? .empty : (parts.count == 1 ? parts[0] : .sequence(parts))
    }

    func literal(_ scalar: UInt32) -> RegexNode {
        let single = RegexClass([(scalar, scalar)])
        return .one(flags.foldsCase ? single.foldingCase() : single)
    }

    /// One thing that can be repeated; nil for a group of flags only.
    private mutating func atom() throws(RegexError) -> RegexNode? {
        switch pattern[position] {
        case 40: return try group()
        case 91: return .one(try bracketClass())
        case 46:
            position += 1
            return .one(flags.dotMatchesNewline ? .any : .anyButNewline)
        case 94:
            position += 1
            return .assertion(flags.multiline ? .beginLine : .beginText)
        case 36:
            position += 1
            return .assertion(flags.multiline ? .endLine : .endText)
        case 42, 43, 63:
            throw RegexError(reason: "missing argument to repetition operator", part: [pattern[position]])
        case 123:
            let start = position
            if try braces() != nil {
                throw RegexError(
                    reason: "missing argument to repetition operator", part: Array(pattern[start..<position]))
            }
            position = start + 1
            return literal(123)
        case 92: return try escape()
        default: return literal(character())
        }
    }

    private mutating func group() throws(RegexError) -> RegexNode? {
        let start = position
        depth += 1
        defer { depth -= 1 }
        if depth > RegexParser.deepest {
            throw RegexError(reason: "expression nests too deeply", part: pattern)
        }
        position += 1
        let outer = flags
        var index: Int?
        if peek() == 63 {
            if starts(with: "?P<") || starts(with: "?<") {
                index = try named(start)
            } else if try flagGroup(start) {
                return nil
            }
        } else {
            groups += 1
            index = groups
        }
        let inner = try choice()
        guard peek() == 41 else { throw RegexError(reason: "missing closing )", part: pattern) }
        position += 1
        flags = outer
        if let index { return .group(inner, index) }
        return inner
    }

    private mutating func named(_ start: Int) throws(RegexError) -> Int {
        position += peek(1) == 80 ? 3 : 2
        var name: [UInt8] = []
        while let byte = peek(), byte != 62 {
            name.append(byte)
            position += 1
        }
        let isWord = name.allSatisfy { RegexParser.isWord($0) }
        let text = String(decoding: name, as: UTF8.self)
        let isTaken = names.contains { $0.0 == text }
        guard peek() == 62, isWord, !name.isEmpty, !isTaken else {
            let end = peek() == 62 ? position + 1 : pattern.count
            throw RegexError(reason: "invalid named capture", part: Array(pattern[start..<end]))
        }
        position += 1
        groups += 1
        names.append((text, groups))
        return groups
    }

    static func isWord(_ byte: UInt8) -> Bool {
        (byte >= 48 && byte <= 57) || (byte | 32 >= 97 && byte | 32 <= 122) || byte == 95
    }

    /// `(?flags)` or `(?flags:`; true when the group ends with the flags.
    private mutating func flagGroup(_ start: Int) throws(RegexError) -> Bool {
        position += 1
        var on = true
        var sawFlag = false
        while let byte = peek() {
            position += 1
            switch byte {
            case 105: flags.foldsCase = on
            case 109: flags.multiline = on
            case 115: flags.dotMatchesNewline = on
            case 85: flags.swapsGreedy = on
            case 45 where on:
                on = false
                sawFlag = false
                continue
            case 58 where on || sawFlag: return false
            case 41 where on || sawFlag: return true
            default:
                throw RegexError(
                    reason: "invalid or unsupported Perl syntax", part: Array(pattern[start..<position]))
            }
            sawFlag = true
        }
        throw RegexError(reason: "missing closing )", part: pattern)
    }
}
