extension FilterAssembler {
    /// A whole filter: by architecture, then by number, then by arguments.
    mutating func program(_ profile: FilterProfile, _ architectures: [FilterArchitecture]) -> [UInt8] {
        var next = verdict(SeccompProgram.kill)
        var tokens: [UInt32] = []
        for architecture in architectures where !tokens.contains(architecture.token) {
            tokens.append(architecture.token)
        }
        for token in tokens.reversed() {
            let ofToken = architectures.filter { $0.token == token }
            // No number but x32's is that great.
            let wideEnd = ofToken.contains { $0.wide } ? FilterArchitecture.x32Bit : 0
            let block = decide(Self.spans(profile, ofToken), profile.defaultVerdict, wideEnd: wideEnd)
            next = branch(.equal, token, block, next)
        }
        // Offset of `arch`.
        next = load(4, then: next)
        return bytes
    }

    /// The spans of all architectures of one token, which are x86_64 with or without x32, or a single one.
    private static func spans(
        _ profile: FilterProfile, _ architectures: [FilterArchitecture]
    ) -> [FilterSpan] {
        var spans: [FilterSpan] = []
        FilterCalls.append(0, .verdict(SeccompProgram.kill), to: &spans)
        for architecture in architectures.sorted(by: { $0.numberBit < $1.numberBit }) {
            for span in FilterCalls(profile, architecture).spans() {
                FilterCalls.append(span.start, span.outcome, to: &spans)
            }
        }
        if architectures.count == 1 && architectures[0].token == FilterArchitecture.longMode
            && architectures[0].numberBit == 0
        {
            // Without x32 its calls are another architecture's. The number -1 is a tracer's word for none.
            FilterCalls.append(FilterArchitecture.x32Bit, .verdict(SeccompProgram.kill), to: &spans)
            FilterCalls.append(.max, .verdict(profile.defaultVerdict), to: &spans)
        }
        return spans
    }

    /// Rules first, because they come last in the program; then the tree that finds a number's span.
    ///
    /// - Parameter wideEnd: below this number arguments are compared whole.
    private mutating func decide(
        _ spans: [FilterSpan], _ defaultVerdict: UInt32, wideEnd: UInt32
    ) -> Label {
        var written: [(rules: [FilterRule], wide: Bool, label: Label)] = []
        var labels = [Label?](repeating: nil, count: spans.count)
        for (index, span) in spans.enumerated() {
            guard case .rules(let rules) = span.outcome else { continue }
            let wide = span.start < wideEnd
            if let known = written.first(where: { $0.wide == wide && $0.rules == rules }) {
                labels[index] = known.label
            } else {
                let label = alternatives(rules, defaultVerdict, wide: wide)
                written.append((rules, wide, label))
                labels[index] = label
            }
        }
        let tree = search(spans, labels, 0..<spans.count)
        return load(0, then: tree)
    }

    /// A binary search: each step compares with the beginning of the middle span.
    private mutating func search(_ spans: [FilterSpan], _ labels: [Label?], _ range: Range<Int>) -> Label {
        if range.count == 1 {
            if case .verdict(let value) = spans[range.lowerBound].outcome { return verdict(value) }
            return labels[range.lowerBound] ?? verdict(SeccompProgram.kill)
        }
        let middle = (range.lowerBound + range.upperBound) / 2
        let above = search(spans, labels, middle..<range.upperBound)
        let below = search(spans, labels, range.lowerBound..<middle)
        return branch(.greaterOrEqual, spans[middle].start, above, below)
    }

    /// Rules one after another; the first whose conditions all hold decides.
    private mutating func alternatives(
        _ rules: [FilterRule], _ defaultVerdict: UInt32, wide: Bool
    ) -> Label {
        var next = verdict(defaultVerdict)
        for rule in rules.reversed() {
            var label = verdict(rule.verdict)
            for condition in rule.conditions.reversed() {
                label = wide ? whole(condition, label, next) : half(condition, label, next)
            }
            next = label
        }
        return next
    }

    /// Offset of an argument's lower half; the upper one is 4 bytes on.
    private func offset(_ condition: FilterCondition) -> UInt32 { 16 + 8 * condition.argument }

    /// The lower half alone. A bound beyond what 32 bits can say is above every argument.
    private mutating func half(_ condition: FilterCondition, _ holds: Label, _ fails: Label) -> Label {
        let low = UInt32(truncatingIfNeeded: condition.value)
        let (test, whenTrue, whenFalse) = sides(condition.comparison, holds, fails)
        if test != .equal && condition.value >> 32 != 0 { return whenFalse }
        return load(
            offset(condition), mask: UInt32(truncatingIfNeeded: condition.mask),
            then: branch(test, low, whenTrue, whenFalse))
    }

    /// 64 bits as two halves: the upper one decides unless it is equal.
    private mutating func whole(_ condition: FilterCondition, _ holds: Label, _ fails: Label) -> Label {
        let (low, high) = (UInt32(truncatingIfNeeded: condition.value), UInt32(condition.value >> 32))
        let lowMask = UInt32(truncatingIfNeeded: condition.mask)
        let highMask = UInt32(condition.mask >> 32)
        let (test, whenTrue, whenFalse) = sides(condition.comparison, holds, fails)
        var label = whenTrue
        if lowMask != 0 {
            label = load(offset(condition), mask: lowMask, then: branch(test, low, whenTrue, whenFalse))
        }
        if highMask == 0 { return label }
        label = branch(.equal, high, label, whenFalse)
        if test != .equal { label = branch(.greater, high, whenTrue, label) }
        return load(offset(condition) + 4, mask: highMask, then: label)
    }

    /// The kernel has three tests; the other comparisons are their opposites.
    private func sides(
        _ comparison: FilterCondition.Comparison, _ holds: Label, _ fails: Label
    ) -> (Test, Label, Label) {
        switch comparison {
        case .equal: (.equal, holds, fails)
        case .notEqual: (.equal, fails, holds)
        case .greater: (.greater, holds, fails)
        case .lessOrEqual: (.greater, fails, holds)
        case .greaterOrEqual: (.greaterOrEqual, holds, fails)
        case .less: (.greaterOrEqual, fails, holds)
        }
    }
}
