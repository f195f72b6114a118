extension RegexParser {
    /// The largest number in `{n,m}`.
    static let mostRepeats = 1000

    /// The operators after something.
    mutating func repetitions(of node: RegexNode, from start: Int) throws(RegexError) -> RegexNode {
        var result = node
        var previous: Int?
        while let byte = peek() {
            let operatorStart = position
            let bounds: (Int, Int?)
            switch byte {
            case 42: bounds = (0, nil)
            case 43: bounds = (1, nil)
            case 63: bounds = (0, 1)
            case 123:
                guard let parsed = try braces() else { return result }
                bounds = parsed
            default: return result
            }
            if byte != 123 { position += 1 }
            var greedy = !flags.swapsGreedy
            if peek() == 63 {
                position += 1
                greedy.toggle()
            }
            if let previous {
                throw RegexError(
                    reason: "invalid nested repetition operator", part: Array(pattern[previous..<position]))
            }
            previous = operatorStart
            if byte == 123,
                RegexParser.repeats(result) * max(bounds.0, bounds.1 ?? 0) > RegexParser.mostRepeats
            {
                throw RegexError(
                    reason: "invalid repeat count", part: Array(pattern[operatorStart..<position]))
            }
            result = .repetition(result, least: bounds.0, most: bounds.1, greedy: greedy)
        }
        return result
    }

    /// How often nested repetitions inside a node multiply.
    private static func repeats(_ node: RegexNode) -> Int {
        switch node {
        case .empty, .one, .assertion: return 1
        case .group(let inner, _): return repeats(inner)
        case .sequence(let parts), .choice(let parts):
            var most = 1
            for part in parts { most = max(most, repeats(part)) }
            return most
        case .repetition(let inner, let least, let most, _):
            let count = most ?? least
            return repeats(inner) * max(count, 1)
        }
    }

    /// `{n}`, `{n,}` or `{n,m}`; nil, and nothing consumed, when the text is none of them.
    mutating func braces() throws(RegexError) -> (Int, Int?)? {
        let start = position
        position += 1
        guard let least = count() else {
            position = start
            return nil
        }
        var most: Int? = least
        if peek() == 44 {
            position += 1
            most = nil
            if peek() != 125 {
                guard let upper = count() else {
                    position = start
                    return nil
                }
                most = upper
            }
        }
        guard peek() == 125 else {
            position = start
            return nil
        }
        position += 1
        let highest = most ?? least
        if least > RegexParser.mostRepeats || highest > RegexParser.mostRepeats || highest < least {
            throw RegexError(reason: "invalid repeat count", part: Array(pattern[start..<position]))
        }
        return (least, most)
    }

    private mutating func count() -> Int? {
        let start = position
        var value = 0
        while let byte = peek(), byte >= 48, byte <= 57 {
            value = min(value * 10 + Int(byte - 48), 100_000)
            position += 1
        }
        if position == start || (position > start + 1 && pattern[start] == 48) { return nil }
        return value
    }
}
