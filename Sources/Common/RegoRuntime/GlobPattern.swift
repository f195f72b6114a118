/// A pattern of `regex.globs_match`: characters, `.` and `[a-z]`, each once, or with `*` or `+` behind it.
struct GlobPattern {
    /// Why a text is no pattern; positions count from 1.
    struct Failure: Error {
        let text: [UInt8]
        let position: Int
        let reason: StaticString

        var message: String {
            "input:" + String(decoding: text, as: UTF8.self)
                + ", pos:\(position), \(reason): the input provided is invalid"
        }
    }

    struct Part {
        var members: RegexClass
        /// It may be missing (`*`).
        var isOptional = false
        /// It may come several times (`*` and `+`).
        var isRepeated = false
    }

    private(set) var parts: [Part] = []
    private let text: [UInt8]
    private var offset = 0

    init(_ text: [UInt8]) throws(Failure) {
        self.text = text
        var follows = false
        while offset < text.count {
            switch text[offset] {
            case 42, 43:
                guard follows else { throw failure("a flag must be preceded by a character or a set") }
                parts[parts.count - 1].isOptional = text[offset] == 42
                parts[parts.count - 1].isRepeated = true
                follows = false
                offset += 1
                continue
            case 46:
                offset += 1
                parts.append(Part(members: .any))
            case 91: parts.append(Part(members: try set()))
            case 93: throw failure("set-close ']' with no preceding '['")
            default:
                let scalar = try character()
                parts.append(Part(members: RegexClass([(scalar, scalar)])))
            }
            follows = true
        }
    }

    private func failure(_ reason: StaticString) -> Failure {
        Failure(text: text, position: offset + 1, reason: reason)
    }

    /// One character; a backslash takes the next one's meaning away.
    private mutating func character() throws(Failure) -> UInt32 {
        if text[offset] == 92 {
            guard offset + 1 < text.count else { throw failure("no character after '\\'") }
            offset += 1
        }
        let (scalar, length) = text.withUnsafeBytes { UTF8Text.decode($0, offset) }
        offset += length
        return scalar
    }

    private mutating func set() throws(Failure) -> RegexClass {
        var members = RegexClass()
        let start = offset
        offset += 1
        while offset < text.count, text[offset] != 93 {
            if text[offset] == 91 { throw failure("set-open '[' inside of a set") }
            let low = try character()
            var high = low
            if offset + 1 < text.count, text[offset] == 45, text[offset + 1] != 93 {
                offset += 1
                high = try character()
            }
            if high < low { throw failure("a range that goes backwards") }
            members.add(low, high)
        }
        guard offset < text.count else {
            offset = start
            throw failure("set-open '[' with no following ']'")
        }
        offset += 1
        return members
    }

    /// Whether some text fits both patterns: a walk over the pairs of places in them.
    static func intersect(
        _ left: GlobPattern, _ right: GlobPattern, _ context: Context
    ) throws(RegoError) -> Bool {
        let width = right.parts.count + 1
        let size = (left.parts.count + 1) * width
        try context.reserve(size)
        try context.tick(size / 64 + 1)
        var isSeen = [Bool](repeating: false, count: size)
        var waiting: [(Int, Int)] = []
        func visit(_ i: Int, _ j: Int) {
            if isSeen[i * width + j] { return }
            isSeen[i * width + j] = true
            waiting.append((i, j))
        }
        visit(0, 0)
        while let (i, j) = waiting.popLast() {
            try context.tick()
            if i == left.parts.count, j == right.parts.count { return true }
            if i < left.parts.count, left.parts[i].isOptional { visit(i + 1, j) }
            if j < right.parts.count, right.parts[j].isOptional { visit(i, j + 1) }
            guard i < left.parts.count, j < right.parts.count else { continue }
            let (a, b) = (left.parts[i], right.parts[j])
            try context.tick(a.members.ranges.count * b.members.ranges.count / 8)
            let meets = a.members.ranges.contains { x in
                b.members.ranges.contains { x.0 <= $0.1 && $0.0 <= x.1 }
            }
            guard meets else { continue }
            visit(i + 1, j + 1)
            if a.isRepeated { visit(i, j + 1) }
            if b.isRepeated { visit(i + 1, j) }
        }
        return false
    }
}

extension Builtins {
    /// `regex.globs_match(a, b)`: whether some text fits both.
    public static func regexGlobsMatch(
        _ context: Context, _ left: Value, _ right: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "regex.globs_match"
        guard left.isString, right.isString else {
            return try context.refuse(name, [left, right], ["string", "string"])
        }
        try context.tick(left.length + right.length + 1)
        let patterns: (GlobPattern, GlobPattern)
        do throws(GlobPattern.Failure) {
            patterns = (try GlobPattern(Array(left.utf8)), try GlobPattern(Array(right.utf8)))
        } catch {
            return try context.builtinError(name, error.message)
        }
        return .boolean(try GlobPattern.intersect(patterns.0, patterns.1, context))
    }
}
