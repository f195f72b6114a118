/// A parsed regular expression.
indirect enum RegexNode {
    /// Matches nothing of the text.
    case empty
    /// One character out of a class.
    case one(RegexClass)
    /// One after the other.
    case sequence([RegexNode])
    /// One of several, the first that leads to a match.
    case choice([RegexNode])
    /// As often as told; no upper bound when `most` is nil.
    case repetition(RegexNode, least: Int, most: Int?, greedy: Bool)
    /// A part whose place is remembered.
    case group(RegexNode, Int)
    /// A condition on the place.
    case assertion(RegexAssertion)
}

/// A condition on the place between two characters.
enum RegexAssertion: UInt8 {
    case beginText
    case endText
    case beginLine
    case endLine
    case wordBoundary
    case noWordBoundary
}

/// Why a pattern is no regular expression, in the words of Go's regexp/syntax.
struct RegexError: Error {
    let reason: StaticString
    let part: [UInt8]

    /// The text as Go gives it.
    var text: String {
        "error parsing regexp: \(reason)"
            + (part.isEmpty ? "" : ": `" + String(decoding: part, as: UTF8.self) + "`")
    }
}

/// A set of characters as ranges.
struct RegexClass {
    /// First and last of each range; in order and apart from each other once `normalize` was called.
    var ranges: [(UInt32, UInt32)] = []

    static let last: UInt32 = 0x10ffff

    init(_ ranges: [(UInt32, UInt32)] = []) { self.ranges = ranges }

    /// Every character.
    static var any: RegexClass { RegexClass([(0, last)]) }
    /// Every character but the line feed.
    static var anyButNewline: RegexClass { RegexClass([(0, 9), (11, last)]) }

    mutating func add(_ low: UInt32, _ high: UInt32) { ranges.append((low, high)) }

    mutating func add(_ other: RegexClass) { ranges += other.ranges }

    /// Orders the ranges and joins those that touch.
    mutating func normalize() {
        if ranges.count < 2 { return }
        ranges.sort { $0.0 < $1.0 }
        var joined: [(UInt32, UInt32)] = [ranges[0]]
        for range in ranges.dropFirst() {
            let end = joined[joined.count - 1].1
            if range.0 <= end || range.0 == end + 1 {
                joined[joined.count - 1].1 = max(end, range.1)
            } else {
                joined.append(range)
            }
        }
        ranges = joined
    }

    /// Every other character.
    func negated() -> RegexClass {
        var sorted = self
        sorted.normalize()
        var result = RegexClass()
        var next: UInt32 = 0
        for (low, high) in sorted.ranges {
            if low > next { result.add(next, low - 1) }
            next = high + 1
        }
        if next <= RegexClass.last { result.add(next, RegexClass.last) }
        return result
    }

    /// With the other case of every letter.
    func foldingCase() -> RegexClass {
        var result = self
        for (low, high) in ranges {
            RegexFolding.add(low, high, to: &result)
        }
        result.normalize()
        return result
    }
}

/// Which characters are the same when case does not count.
enum RegexFolding {
    static func add(_ low: UInt32, _ high: UInt32, to result: inout RegexClass) {
        overlap(low, high, 65, 90) { result.add($0 + 32, $1 + 32) }
        overlap(low, high, 97, 122) { result.add($0 - 32, $1 - 32) }
        for (a, b) in [(0x6b, 0x212a), (0x4b, 0x212a), (0x73, 0x17f), (0x53, 0x17f)] as [(UInt32, UInt32)] {
            if low <= a, a <= high { result.add(b, b) }
            if low <= b, b <= high {
                result.add(a, a)
            }
        }
        if high < 0x80 || (low <= 0x80 && high == RegexClass.last) { return }
        for number in max(low, 0x80)...max(min(high, 0x1ffff), max(low, 0x80)) {
            guard let scalar = Unicode.Scalar(number) else { continue }
            add(scalar.properties.lowercaseMapping, to: &result)
            add(scalar.properties.uppercaseMapping, to: &result)
            add(scalar.properties.titlecaseMapping, to: &result)
        }
    }

    private static func add(_ mapping: String, to result: inout RegexClass) {
        let scalars = mapping.unicodeScalars
        guard scalars.count == 1, let only = scalars.first else { return }
        result.add(only.value, only.value)
    }

    private static func overlap(
        _ low: UInt32, _ high: UInt32, _ from: UInt32, _ to: UInt32, _ body: (UInt32, UInt32) -> Void
    ) {
        let start = max(low, from)
        let end = min(high, to)
        if start <= end { body(start, end) }
    }
}
