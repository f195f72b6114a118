/// A deterministic automaton over bytes, built as texts ask for its states, and thrown away when it grows too large.
///
/// A state is a set of instructions reached by the bytes so far, before the assertions at the place are judged: they
/// are, together with the step, when the next byte is known.
final class RegexAutomaton {
    /// What the byte before a state was, as far as the program asks.
    struct Before {
        static let textStart: UInt32 = 1
        static let newline: UInt32 = 2
        static let word: UInt32 = 4
    }

    static let unknown: Int32 = -1
    static let dead: Int32 = 0
    /// States before everything is forgotten.
    static let mostStates = 2000

    /// The class of each byte; bytes of one class are treated alike.
    let classes: UnsafeMutablePointer<UInt8>
    /// The symbol of the end of the text, one more than the last class.
    let endSymbol: Int
    /// Bits to shift the number of a state by for its place in the table.
    let shift: Int32
    /// For each state and symbol the place of the next state.
    private(set) var transitions: UnsafeMutablePointer<Int32>
    /// Where a text begins.
    private(set) var start: Int32 = 0
    private let representatives: [Int]
    private var capacity = 16
    private var sets: [[UInt32]] = []
    private var numbers: [[UInt32]: Int32] = [:]
    private var stack: [Int32] = []
    private var seen: SparseSet

    init(_ program: RegexProgram) {
        let (byteClasses, representatives) = RegexAutomaton.byteClasses(program)
        classes = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        for byte in 0..<256 { classes[byte] = byteClasses[byte] }
        self.representatives = representatives
        endSymbol = representatives.count
        var bits: Int32 = 1
        while 1 << bits < representatives.count + 1 { bits += 1 }
        shift = bits
        transitions = UnsafeMutablePointer<Int32>.allocate(capacity: capacity << Int(bits))
        seen = SparseSet(capacity: program.instructions.count)
        clear()
        start = state(of: [UInt32(program.searchStart)], before: Before.textStart)
    }

    deinit {
        classes.deallocate()
        transitions.deallocate()
    }

    /// The place of the state in which the text is known to match.
    var matched: Int32 { 1 << shift }

    private static func byteClasses(_ program: RegexProgram) -> ([UInt8], [Int]) {
        var cuts = [Bool](repeating: false, count: 257)
        for instruction in program.instructions where instruction.kind == .byte {
            cuts[Int(instruction.low)] = true
            cuts[Int(instruction.high) + 1] = true
        }
        var singles: [ClosedRange<Int>] = []
        if program.usesLines { singles.append(10...10) }
        if program.usesWords { singles += [48...57, 65...90, 95...95, 97...122] }
        for range in singles {
            cuts[range.lowerBound] = true
            cuts[range.upperBound + 1] = true
        }
        var classes = [UInt8](repeating: 0, count: 256)
        var representatives: [Int] = [0]
        for byte in 1..<256 {
            if cuts[byte] { representatives.append(byte) }
            classes[byte] = UInt8(truncatingIfNeeded: representatives.count - 1)
        }
        classes[0] = 0
        return (classes, representatives)
    }

    private func clear() {
        sets = [[], []]
        numbers = [:]
        let stride = 1 << Int(shift)
        for symbol in 0..<stride {
            transitions[symbol] = RegexAutomaton.dead
            transitions[stride + symbol] = matched
        }
    }

    /// The place of a state; the set's last element says what came before.
    private func state(of set: [UInt32], before: UInt32) -> Int32 {
        let key = set + [before]
        if let place = numbers[key] { return place }
        if sets.count == capacity { grow() }
        let place = Int32(sets.count) << shift
        numbers[key] = place
        sets.append(key)
        for symbol in 0..<(1 << Int(shift)) { transitions[Int(place) + symbol] = RegexAutomaton.unknown }
        return place
    }

    private func grow() {
        let larger = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2 << Int(shift))
        larger.update(from: transitions, count: capacity << Int(shift))
        transitions.deallocate()
        transitions = larger
        capacity *= 2
    }

    /// Works out one transition. Returns the place of the next state and how much work it was.
    func step(_ program: RegexProgram, _ state: Int32, _ symbol: Int) -> (Int32, Int) {
        let byte: Int? = symbol < endSymbol ? representatives[symbol] : nil
        let isMatch = close(program, sets[Int(state >> shift)], byte)
        let work = seen.count + 1
        var next: [UInt32] = []
        if !isMatch, let byte {
            for position in 0..<seen.count {
                let instruction = program.instructions[Int(seen[position])]
                if instruction.kind == .byte, byte >= instruction.low, byte <= instruction.high {
                    next.append(UInt32(instruction.next))
                }
            }
        }
        if isMatch || next.isEmpty {
            let end = isMatch ? matched : RegexAutomaton.dead
            transitions[Int(state) + symbol] = end
            return (end, work)
        }
        next.sort()
        var unique: [UInt32] = []
        for target in next where unique.last != target { unique.append(target) }
        let flags = before(byte ?? 0, program)
        if sets.count >= RegexAutomaton.mostStates {
            clear()
            start = self.state(of: [UInt32(program.searchStart)], before: Before.textStart)
            return (self.state(of: unique, before: flags), work)
        }
        let place = self.state(of: unique, before: flags)
        transitions[Int(state) + symbol] = place
        return (place, work)
    }

    private func before(_ byte: Int, _ program: RegexProgram) -> UInt32 {
        var flags: UInt32 = 0
        if program.usesLines, byte == 10 { flags |= Before.newline }
        if program.usesWords, RegexParser.isWord(UInt8(byte)) { flags |= Before.word }
        return flags
    }

    /// Everything reachable without consuming; true when a match is.
    private func close(_ program: RegexProgram, _ key: [UInt32], _ byte: Int?) -> Bool {
        seen.clear()
        let flags = key.last ?? 0
        for position in 0..<(key.count - 1) { stack.append(Int32(key[position])) }
        while let place = stack.popLast() {
            if !seen.insert(place) { continue }
            let instruction = program.instructions[Int(place)]
            switch instruction.kind {
            case .byte, .fail: break
            case .split:
                stack.append(instruction.other)
                stack.append(instruction.next)
            case .save: stack.append(instruction.next)
            case .assertion:
                if RegexAutomaton.holds(instruction.low, flags, byte) { stack.append(instruction.next) }
            case .match:
                stack.removeAll(keepingCapacity: true)
                return true
            }
        }
        return false
    }

    /// Whether an assertion holds between what came before and the next byte (nil: the text ends).
    static func holds(_ assertion: UInt8, _ before: UInt32, _ byte: Int?) -> Bool {
        let isStart = before & Before.textStart != 0
        switch assertion {
        case RegexAssertion.beginText.rawValue: return isStart
        case RegexAssertion.endText.rawValue: return byte == nil
        case RegexAssertion.beginLine.rawValue: return isStart || before & Before.newline != 0
        case RegexAssertion.endLine.rawValue: return byte == nil || byte == 10
        default:
            let isWord = byte.map { RegexParser.isWord(UInt8(truncatingIfNeeded: $0)) } ?? false
            let changes = (before & Before.word != 0) != isWord
            return changes == (assertion == RegexAssertion.wordBoundary.rawValue)
        }
    }
}

/// A set of small numbers that is cleared in no time and remembers the order of insertion.
struct SparseSet {
    private var dense: [Int32]
    private var sparse: [Int32]
    private(set) var count = 0

    init(capacity: Int) {
        dense = [Int32](repeating: 0, count: max(capacity, 1))
        sparse = [Int32](repeating: 0, count: max(capacity, 1))
    }

    subscript(position: Int) -> Int32 { dense[position] }

    mutating func clear() { count = 0 }

    /// False when it was there.
    mutating func insert(_ number: Int32) -> Bool {
        let position = Int(sparse[Int(number)])
        if position < count, dense[position] == number { return false }
        dense[count] = number
        sparse[Int(number)] = Int32(count)
        count += 1
        return true
    }
}
