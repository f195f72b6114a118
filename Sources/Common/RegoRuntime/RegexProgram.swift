/// A regular expression as instructions over the bytes of UTF-8.
struct RegexProgram {
    /// One step.
    struct Instruction {
        enum Kind: UInt8 {
            /// Consumes a byte from `low` to `high`, then goes to `next`.
            case byte
            /// Goes to `next` and to `other`, preferring `next`.
            case split
            /// Remembers the place in the slot `other`.
            case save
            /// Goes on where the assertion `low` holds.
            case assertion
            /// The text matches.
            case match
            /// Leads nowhere.
            case fail
        }
        var kind: Kind
        var low: UInt8 = 0
        var high: UInt8 = 0
        var next: Int32 = 0
        var other: Int32 = 0
    }

    var instructions: [Instruction] = []
    /// Where a match that must begin here starts.
    var start: Int32 = 0
    /// Where a search for a match anywhere starts.
    var searchStart: Int32 = 0
    /// Groups, not counting the whole match.
    var groups = 0
    var usesLines = false
    var usesWords = false
    /// Whether a match can only begin at the beginning of the text.
    var isAnchored = false

    /// Instructions a pattern may need.
    static let mostInstructions = 40_000

    init(_ node: RegexNode, groups: Int) throws(RegexError) {
        self.groups = groups
        let match = try emit(Instruction(kind: .match))
        let close = try emit(Instruction(kind: .save, next: match, other: 1))
        let body = try compile(node, to: close)
        start = try emit(Instruction(kind: .save, next: body, other: 0))
        isAnchored = RegexProgram.beginsText(node)
        if isAnchored {
            searchStart = start
        } else {
            let loop = try emit(Instruction(kind: .split, next: start))
            let any = try compile(.one(.any), to: loop)
            instructions[Int(loop)].other = any
            searchStart = loop
        }
    }

    private static func beginsText(_ node: RegexNode) -> Bool {
        switch node {
        case .assertion(let assertion): return assertion == .beginText
        case .sequence(let parts): return parts.first.map { beginsText($0) } ?? false
        case .choice(let branches): return branches.allSatisfy { beginsText($0) }
        case .group(let inner, _): return beginsText(inner)
        case .repetition(let inner, let least, _, _): return least > 0 && beginsText(inner)
        case .empty, .one: return false
        }
    }

    private mutating func emit(_ instruction: Instruction) throws(RegexError) -> Int32 {
        if instructions.count >= RegexProgram.mostInstructions {
            throw RegexError(reason: "expression too large", part: [])
        }
        instructions.append(instruction)
        return Int32(instructions.count - 1)
    }

    /// Compiles a node whose match goes on at `next`; returns where it starts.
    private mutating func compile(_ node: RegexNode, to next: Int32) throws(RegexError) -> Int32 {
        switch node {
        case .empty: return next
        case .one(let members): return try compile(members, to: next)
        case .sequence(let parts):
            var target = next
            for part in parts.reversed() { target = try compile(part, to: target) }
            return target
        case .choice(let branches):
            var target: Int32 = -1
            for branch in branches.reversed() {
                let entry = try compile(branch, to: next)
                target = target < 0 ? entry : try emit(Instruction(kind: .split, next: entry, other: target))
            }
            return target < 0 ? next : target
        case .group(let inner, let index):
            let close = try emit(Instruction(kind: .save, next: next, other: Int32(index * 2 + 1)))
            let body = try compile(inner, to: close)
            return try emit(Instruction(kind: .save, next: body, other: Int32(index * 2)))
        case .assertion(let assertion):
            if assertion == .beginLine || assertion == .endLine { usesLines = true }
            if assertion == .wordBoundary || assertion == .noWordBoundary { usesWords = true }
            return try emit(Instruction(kind: .assertion, low: assertion.rawValue, next: next))
        case .repetition(let inner, let least, let most, let greedy):
            return try compile(inner, least, most, greedy, to: next)
        }
    }

    private mutating func compile(
        _ inner: RegexNode, _ least: Int, _ most: Int?, _ greedy: Bool, to next: Int32
    ) throws(RegexError) -> Int32 {
        var target = next
        if let most {
            for _ in least..<max(most, least) {
                let body = try compile(inner, to: target)
                target = try split(body, next, greedy)
            }
        } else {
            let loop = try emit(Instruction(kind: .split))
            let body = try compile(inner, to: loop)
            instructions[Int(loop)].next = greedy ? body : next
            instructions[Int(loop)].other = greedy ? next : body
            target = loop
        }
        for _ in 0..<least { target = try compile(inner, to: target) }
        return target
    }

    private mutating func split(_ body: Int32, _ next: Int32, _ greedy: Bool) throws(RegexError) -> Int32 {
        try emit(Instruction(kind: .split, next: greedy ? body : next, other: greedy ? next : body))
    }

    /// A class as alternatives of byte sequences.
    private mutating func compile(_ members: RegexClass, to next: Int32) throws(RegexError) -> Int32 {
        var entries: [Int32] = []
        for (low, high) in members.ranges {
            for sequence in UTF8Ranges.sequences(low, high) {
                var target = next
                for (from, to) in sequence.reversed() {
                    target = try emit(Instruction(kind: .byte, low: from, high: to, next: target))
                }
                entries.append(target)
            }
        }
        guard var target = entries.last else { return try emit(Instruction(kind: .fail)) }
        for entry in entries.dropLast().reversed() {
            target = try emit(Instruction(kind: .split, next: entry, other: target))
        }
        return target
    }
}

/// Ranges of characters as sequences of ranges of bytes.
enum UTF8Ranges {
    static func sequences(_ low: UInt32, _ high: UInt32) -> [[(UInt8, UInt8)]] {
        var result: [[(UInt8, UInt8)]] = []
        add(low, high, to: &result)
        return result
    }

    private static func add(_ low: UInt32, _ high: UInt32, to result: inout [[(UInt8, UInt8)]]) {
        if low > high { return }
        if low <= 0xd7ff, high >= 0xd800 {
            add(low, 0xd7ff, to: &result)
            add(0xe000, high, to: &result)
            return
        }
        if low >= 0xd800, low <= 0xdfff {
            add(0xe000, high, to: &result)
            return
        }
        if high >= 0xd800, high <= 0xdfff { return add(low, 0xd7ff, to: &result) }
        for limit in [0x7f, 0x7ff, 0xffff] as [UInt32] where low <= limit && high > limit {
            add(low, limit, to: &result)
            add(limit + 1, high, to: &result)
            return
        }
        if high <= 0x7f {
            result.append([(UInt8(low), UInt8(high))])
            return
        }
        for shift in [6, 12, 18] as [UInt32] {
            let mask: UInt32 = (1 << shift) - 1
            if low & ~mask == high & ~mask { continue }
            if low & mask != 0 {
                add(low, low | mask, to: &result)
                add((low | mask) + 1, high, to: &result)
                return
            }
            if high & mask != mask {
                add(low, (high & ~mask) - 1, to: &result)
                add(high & ~mask, high, to: &result)
                return
            }
        }
        var first: [UInt8] = []
        var last: [UInt8] = []
        UTF8Text.append(low, to: &first)
        UTF8Text.append(high, to: &last)
        result.append(zip(first, last).map { ($0, $1) })
    }
}
