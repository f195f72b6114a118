/// Translates a glob into a regular expression's tree: `*` and `?` stop at delimiters, `**` does not.
struct GlobParser {
    let pattern: [UInt8]
    let separators: RegexClass
    var position = 0
    var depth = 0

    init(_ pattern: [UInt8], separators: RegexClass) {
        self.pattern = pattern
        self.separators = separators
    }

    mutating func parse() throws(RegexError) -> RegexNode {
        let body = try sequence(nested: false)
        if position < pattern.count { throw failure("unexpected '}'") }
        return .sequence([.assertion(.beginText), body, .assertion(.endText)])
    }

    private func failure(_ reason: StaticString) -> RegexError { RegexError(reason: reason, part: pattern) }

    private mutating func character() -> UInt32 {
        let (scalar, length) = pattern.withUnsafeBytes { UTF8Text.decode($0, position) }
        position += length
        return scalar
    }

    private mutating func sequence(nested: Bool) throws(RegexError) -> RegexNode {
        var parts: [RegexNode] = []
        while position < pattern.count {
            switch pattern[position] {
            case 42: parts.append(star())
            case 63:
                position += 1
                parts.append(.one(separators.negated()))
            case 91: parts.append(.one(try list()))
            case 123: parts.append(try alternatives())
            case 44 where nested, 125 where nested: return .sequence(parts)
            case 92:
                position += 1
                guard position < pattern.count else { throw failure("nothing after a backslash") }
                let scalar = character()
                parts.append(.one(RegexClass([(scalar, scalar)])))
            default:
                let scalar = character()
                parts.append(.one(RegexClass([(scalar, scalar)])))
            }
        }
        if nested { throw failure("no '}' for a '{'") }
        return .sequence(parts)
    }

    private mutating func star() -> RegexNode {
        position += 1
        var members = separators.negated()
        if position < pattern.count, pattern[position] == 42 {
            position += 1
            members = .any
        }
        return .repetition(.one(members), least: 0, most: nil, greedy: true)
    }

    private mutating func list() throws(RegexError) -> RegexClass {
        position += 1
        var negative = false
        if position < pattern.count, pattern[position] == 33 {
            negative = true
            position += 1
        }
        var members = RegexClass()
        while position < pattern.count, pattern[position] != 93 {
            if pattern[position] == 92 { position += 1 }
            guard position < pattern.count else { break }
            let low = character()
            var high = low
            if position + 1 < pattern.count, pattern[position] == 45, pattern[position + 1] != 93 {
                position += 1
                high = character()
            }
            if high < low { throw failure("a range that goes backwards") }
            members.add(low, high)
        }
        guard position < pattern.count, !members.ranges.isEmpty else { throw failure("no ']' for a '['") }
        position += 1
        members.normalize()
        return negative ? members.negated() : members
    }

    private mutating func alternatives() throws(RegexError) -> RegexNode {
        depth += 1
        defer { depth -= 1 }
        if depth > 50 { throw failure("alternatives nested too deeply") }
        var branches: [RegexNode] = []
        repeat {
            position += 1
            branches.append(try sequence(nested: true))
        } while pattern[position] == 44
        position += 1
        return .choice(branches)
    }
}

extension Builtins {
    /// `glob.match(pattern, delimiters, text)`; `.` is the delimiter when the array is empty, none when it is null.
    public static func globMatch(
        _ context: Context, _ pattern: Value, _ delimiters: Value, _ text: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "glob.match"
        guard pattern.isString, delimiters.isArray || delimiters.isNull, text.isString else {
            return try context.refuse(name, [pattern, delimiters, text], ["string", "array|null", "string"])
        }
        var separators = RegexClass()
        var key: [UInt8] = [0] + Array(pattern.utf8) + [0]
        for position in 0..<delimiters.scanCount {
            let delimiter = delimiters.value(at: position)
            guard delimiter.isString else {
                return try context.elementError(name, 2, delimiters, delimiter, "string")
            }
            guard UTF8Text.count(delimiter.utf8) == 1 else {
                return try context.elementError(name, 2, delimiters, delimiter, "rune")
            }
            let scalar = UTF8Text.decode(delimiter.utf8, 0).0
            separators.add(scalar, scalar)
            key.append(contentsOf: delimiter.utf8)
        }
        if delimiters.isArray, delimiters.count == 0 { separators.add(46, 46) }
        if delimiters.isNull { key.append(0) }
        let regex: Regex
        do throws(RegexError) {
            regex = try context.services.regexes.glob(key, Array(pattern.utf8), separators)
        } catch {
            return try context.builtinError(name, "\(error.reason) in \(pattern)")
        }
        var work = text.length / 16 + 1
        let result = regex.matches(text.utf8, work: &work)
        try context.tick(work)
        return .boolean(result)
    }

    /// `glob.quote_meta(text)`
    public static func globQuoteMeta(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("glob.quote_meta", [text], ["string"]) }
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 42, 63, 92, 91, 93, 123, 125: out.append(92)
            default: break
            }
            out.append(byte)
        }
        return context.string(out)
    }
}
