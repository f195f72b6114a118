/// Writes classic BPF from its end to its beginning: jumps only go forward, so a target's place is always known, and
/// one that is further away than a jump can say gets a step in between. linux/filter.h, seccomp(2).
struct FilterAssembler {
    /// A place in the program, counted from its last instruction.
    typealias Label = Int

    /// The last instruction first: code, two jump distances and a value, as `struct sock_filter` has them in memory.
    private var code: [UInt64] = []
    /// Where verdicts are returned: the nearest place of each.
    private var returns: [(verdict: UInt32, label: Label)] = []

    private static let load: UInt64 = 0x20
    private static let jump: UInt64 = 0x05
    private static let giveBack: UInt64 = 0x06
    private static let and: UInt64 = 0x54

    /// Conditional jumps: compare the loaded value.
    enum Test: UInt64 {
        case equal = 0x15
        case greater = 0x25
        case greaterOrEqual = 0x35
    }

    /// The bytes in the order of execution.
    var bytes: [UInt8] {
        Array(code.reversed()).withUnsafeBytes { Array($0) }
    }

    @discardableResult
    private mutating func append(_ operation: UInt64, _ whenTrue: Int, _ whenFalse: Int, _ value: UInt32)
        -> Label
    {
        code.append(operation | UInt64(whenTrue) << 16 | UInt64(whenFalse) << 24 | UInt64(value) << 32)
        return code.count - 1
    }

    /// How many instructions a jump skips that is written next.
    private func distance(_ label: Label) -> Int { code.count - label - 1 }

    /// Where a verdict is returned.
    mutating func verdict(_ verdict: UInt32) -> Label {
        if let known = returns.first(where: { $0.verdict == verdict }) { return known.label }
        let label = append(Self.giveBack, 0, 0, verdict)
        returns.append((verdict, label))
        return label
    }

    /// A place close by from which it goes on at a label.
    @discardableResult
    private mutating func step(to label: Label) -> Label {
        let target = code[label]
        if target & 0xffff != Self.giveBack {
            return append(Self.jump, 0, 0, UInt32(distance(label)))
        }
        code.append(target)
        for index in returns.indices where returns[index].verdict == UInt32(target >> 32) {
            returns[index].label = code.count - 1
        }
        return code.count - 1
    }

    mutating func branch(_ test: Test, _ value: UInt32, _ whenTrue: Label, _ whenFalse: Label) -> Label {
        if whenTrue == whenFalse { return whenTrue }
        var (whenTrue, whenFalse) = (whenTrue, whenFalse)
        // A step for the second target moves the first one away by an instruction.
        if distance(whenTrue) > 254 { whenTrue = step(to: whenTrue) }
        if distance(whenFalse) > 255 { whenFalse = step(to: whenFalse) }
        return append(test.rawValue, distance(whenTrue), distance(whenFalse), value)
    }

    /// Loads a word of `struct seccomp_data`, looks at the bits of a mask alone, and goes on. Returns need no load.
    mutating func load(_ offset: UInt32, mask: UInt32 = .max, then label: Label) -> Label {
        if code[label] & 0xffff == Self.giveBack { return label }
        if distance(label) != 0 { step(to: label) }
        if mask != .max { append(Self.and, 0, 0, mask) }
        return append(Self.load, 0, 0, offset)
    }
}
