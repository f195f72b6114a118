internal import CLinux

/// System calls by number, from `start` to the next span's, and what happens to them.
struct FilterSpan {
    let start: UInt32
    let outcome: FilterOutcome
}

enum FilterOutcome: Equatable {
    case verdict(UInt32)
    /// The first of these rules that holds decides, and when none does the default.
    case rules([FilterRule])
}

/// A profile's decisions on one architecture.
struct FilterCalls {
    private let profile: FilterProfile
    private let architecture: FilterArchitecture
    /// Number, operation and rule in one sortable value each.
    private var keys: [UInt64] = []
    /// The greatest number that the profile names.
    private var last: UInt32?

    /// Rules have so many numbers in a key.
    static let mostRules = 1 << 27

    init(_ profile: FilterProfile, _ architecture: FilterArchitecture) {
        self.profile = profile
        self.architecture = architecture
        let multiplexers = Multiplexers(architecture.column)
        keys.reserveCapacity(profile.calls.count)
        for (row, rule) in profile.calls {
            let number = coffer_system_call_number(row, architecture.column)
            if number >= 0 { add(number, operation: 0, rule) }
            if let (number, operation) = multiplexers.find(row) { add(number, operation: operation, rule) }
        }
        keys.sort()
    }

    private mutating func add(_ number: Int, operation: UInt64, _ rule: Int?) {
        let number = UInt32(truncatingIfNeeded: number) | architecture.numberBit
        last = max(last ?? 0, number)
        if let rule { keys.append(UInt64(number) << 32 | operation << 27 | UInt64(rule)) }
    }

    /// All numbers from the architecture's first, in order; equal neighbours are one span.
    func spans() -> [FilterSpan] {
        var spans: [FilterSpan] = []
        let otherwise = FilterOutcome.verdict(profile.defaultVerdict)
        Self.append(architecture.numberBit, otherwise, to: &spans)
        var place = 0
        while place < keys.count {
            let number = keys[place] >> 32
            var end = place + 1
            while end < keys.count && keys[end] >> 32 == number { end += 1 }
            Self.append(UInt32(number), outcome(place..<end), to: &spans)
            Self.append(UInt32(number) + 1, otherwise, to: &spans)
            place = end
        }
        if profile.answersUnknown, let last {
            Self.append(last + 1, .verdict(SeccompProgram.unknownCall), to: &spans)
        }
        return spans
    }

    /// A span that begins where the one before does takes its place.
    static func append(_ start: UInt32, _ outcome: FilterOutcome, to spans: inout [FilterSpan]) {
        if spans.last?.start == start { spans.removeLast() }
        if spans.last?.outcome != outcome { spans.append(FilterSpan(start: start, outcome: outcome)) }
    }

    /// What the rules of one number come to.
    private func outcome(_ range: Range<Int>) -> FilterOutcome {
        var alternatives: [Alternative] = []
        var place = range.lowerBound
        while place < range.upperBound {
            let operation = keys[place] >> 27 & 31
            var end = place + 1
            while end < range.upperBound && keys[end] >> 27 & 31 == operation { end += 1 }
            let decided = decide(keys[place..<end])
            if operation == 0, decided.count == 1, decided[0].conditions.isEmpty {
                return .verdict(decided[0].verdict)
            }
            alternatives += operation == 0 ? decided : decided.map { $0.multiplexed(operation) }
            place = end
        }
        alternatives.sort { $0.isStricter(than: $1) }
        return .rules(alternatives.map { FilterRule(verdict: $0.verdict, conditions: $0.conditions) })
    }

    /// The first rule without conditions, or else all of them.
    private func decide(_ keys: ArraySlice<UInt64>) -> [Alternative] {
        var found: [Alternative] = []
        for key in keys {
            let index = Int(key & UInt64(Self.mostRules - 1))
            let rule = profile.rules[index]
            let conditions = rule.conditions.filter { $0.decides(wide: architecture.wide) }
            let alternative = Alternative(index: index, verdict: rule.verdict, conditions: conditions)
            if conditions.isEmpty { return [alternative] }
            found.append(alternative)
        }
        return found
    }

    /// A rule with its place in the profile.
    private struct Alternative {
        let index: Int
        let verdict: UInt32
        let conditions: [FilterCondition]

        /// The kernel's preference among verdicts of several filters, seccomp(2); then the profile's order.
        func isStricter(than other: Alternative) -> Bool {
            let own = Int32(bitPattern: verdict & 0xffff_0000)
            let others = Int32(bitPattern: other.verdict & 0xffff_0000)
            return own == others ? index < other.index : own < others
        }

        /// The same for the call that stands for many. Its first argument says which one is meant, so a condition on
        /// that cannot be kept; the real arguments are in memory, where no filter can look. As in libseccomp.
        func multiplexed(_ operation: UInt64) -> Alternative {
            let kept = conditions.filter { $0.argument != 0 }
            return Alternative(
                index: index, verdict: verdict, conditions: [FilterCondition(0, .equal, operation)] + kept)
        }
    }
}
