/// A regular expression in RE2 syntax, matched in time linear in the text.
///
/// Keeps what it has learnt about texts, so it is not to be shared between threads.
public final class Regex {
    /// The pattern's UTF-8 bytes.
    let pattern: [UInt8]
    let hash: UInt64
    let program: RegexProgram
    /// Names of groups with their numbers.
    let names: [(String, Int)]
    private let automaton: RegexAutomaton

    init(_ pattern: [UInt8]) throws(RegexError) {
        var parser = RegexParser(pattern)
        let node = try parser.parse()
        program = try RegexProgram(node, groups: parser.groups)
        names = parser.names
        automaton = RegexAutomaton(program)
        self.pattern = pattern
        hash = pattern.withUnsafeBytes { bytes in
            bytes.baseAddress.map { Bytes.hash($0, bytes.count) } ?? 0
        }
    }

    /// A regular expression from its tree, known by a key of its own.
    init(_ node: RegexNode, key: [UInt8]) throws(RegexError) {
        program = try RegexProgram(node, groups: 0)
        names = []
        automaton = RegexAutomaton(program)
        pattern = key
        hash = key.withUnsafeBytes { bytes in bytes.baseAddress.map { Bytes.hash($0, bytes.count) } ?? 0 }
    }

    /// A regular expression from its text.
    ///
    /// - Throws: `.builtin` with the explanation that Go gives.
    public static func compile(_ pattern: String) throws(RegoError) -> Regex {
        do throws(RegexError) { return try Regex(Array(pattern.utf8)) } catch {
            throw RegoError(.builtin, error.text)
        }
    }

    /// Whether the pattern matches anywhere in a text. `work` grows by what it cost beyond one look-up per byte.
    func matches(_ text: UnsafeRawBufferPointer, work: inout Int) -> Bool {
        let count = text.count
        let matched = automaton.matched
        let classes = automaton.classes
        var transitions = automaton.transitions
        var state = automaton.start
        var position = 0
        while position <= count {
            let symbol = position < count ? Int(classes[Int(text[position])]) : automaton.endSymbol
            var next = transitions[Int(state) &+ symbol]
            if next <= matched {
                if next == RegexAutomaton.unknown {
                    let (place, cost) = automaton.step(program, state, symbol)
                    work += cost
                    transitions = automaton.transitions
                    next = place
                }
                if next == RegexAutomaton.dead { return false }
                if next == matched { return true }
            }
            state = next
            position &+= 1
        }
        return false
    }

    /// Whether the pattern matches anywhere in a text.
    public func matches(_ text: String) -> Bool {
        var text = text
        var work = 0
        return text.withUTF8 { matches(UnsafeRawBufferPointer($0), work: &work) }
    }

    /// Every match that does not overlap an earlier one, at most `limit` when it is not negative.
    func all(
        _ text: UnsafeRawBufferPointer, limit: Int, _ context: Context
    ) throws(RegoError) -> [[Int32]] {
        if text.count > Int(Int32.max) { throw context.memoryExceeded() }
        var threads = RegexThreads(program)
        var found: [[Int32]] = []
        var position = 0
        var previousEnd = -1
        var charged = 0
        while position <= text.count, limit < 0 || found.count < limit {
            let match = threads.find(text, from: position)
            try context.tick(threads.work - charged + 1)
            charged = threads.work
            guard let match else { break }
            let end = Int(match[1])
            let isEmpty = match[0] == match[1]
            if !(isEmpty && end == previousEnd) { found.append(match) }
            previousEnd = end
            if isEmpty {
                position = end + 1
                while position < text.count, text[position] & 0xc0 == 0x80 { position += 1 }
            } else {
                position = end
            }
        }
        return found
    }
}

/// The regular expressions that a context has compiled, by pattern.
struct RegexCache {
    private var slots: [Regex?] = []
    private var count = 0

    /// Patterns before all are forgotten.
    static let most = 1024

    init() {}

    /// The one for a pattern, compiled if it is not there.
    mutating func regex(_ pattern: Value) throws(RegexError) -> Regex {
        try find(pattern.utf8) { () throws(RegexError) -> Regex in try Regex(Array(pattern.utf8)) }
    }

    /// The one for a glob, under a key that no pattern has.
    mutating func glob(_ key: [UInt8], _ pattern: [UInt8], _ separators: RegexClass) throws(RegexError)
        -> Regex
    {
        let bytes = UnsafeMutableRawBufferPointer.allocate(byteCount: key.count, alignment: 8)
        defer { bytes.deallocate() }
        bytes.copyBytes(from: key)
        return try find(UnsafeRawBufferPointer(bytes)) { () throws(RegexError) -> Regex in
            var parser = GlobParser(pattern, separators: separators)
            return try Regex(try parser.parse(), key: key)
        }
    }

    private mutating func find(
        _ bytes: UnsafeRawBufferPointer, _ compile: () throws(RegexError) -> Regex
    ) throws(RegexError) -> Regex {
        let hash = bytes.baseAddress.map { Bytes.hash($0, bytes.count) } ?? 0
        if slots.isEmpty { slots = [Regex?](repeating: nil, count: RegexCache.most * 2) }
        var slot = Int(truncatingIfNeeded: hash >> 40) & (slots.count - 1)
        while let candidate = slots[slot] {
            if candidate.hash == hash, RegexCache.equal(candidate.pattern, bytes) { return candidate }
            slot = (slot + 1) & (slots.count - 1)
        }
        let compiled = try compile()
        if count >= RegexCache.most {
            slots = [Regex?](repeating: nil, count: RegexCache.most * 2)
            count = 0
            slot = Int(truncatingIfNeeded: hash >> 40) & (slots.count - 1)
        }
        slots[slot] = compiled
        count += 1
        return compiled
    }

    private static func equal(_ left: [UInt8], _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        guard let other = right.baseAddress, !left.isEmpty else { return true }
        return left.withUnsafeBytes { bytes in
            bytes.baseAddress.map { Bytes.equal($0, other, left.count) } ?? false
        }
    }
}
