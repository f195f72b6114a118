/// Finds where a pattern and its groups match: all alternatives side by side, the preferred one first.
struct RegexThreads {
    /// Threads in order of preference, each with its slots.
    private struct List {
        var places: SparseSet
        var slots: [Int32]

        init(_ capacity: Int, _ slotCount: Int) {
            places = SparseSet(capacity: capacity)
            slots = [Int32](repeating: -1, count: capacity * slotCount)
        }
    }

    private enum Todo {
        case visit(Int32)
        case restore(Int, Int32)
    }

    let program: RegexProgram
    let slotCount: Int
    private var current: List
    private var following: List
    private var todo: [Todo] = []
    private var working: [Int32]
    private var best: [Int32] = []
    /// Steps taken so far.
    private(set) var work = 0

    init(_ program: RegexProgram) {
        self.program = program
        slotCount = program.groups * 2 + 2
        current = List(program.instructions.count, slotCount)
        following = List(program.instructions.count, slotCount)
        working = [Int32](repeating: -1, count: slotCount)
    }

    /// The leftmost match at or after a byte: begin and end of it and of each group, -1 for groups that took no part.
    mutating func find(_ text: UnsafeRawBufferPointer, from start: Int) -> [Int32]? {
        best = []
        current.places.clear()
        var position = start
        while true {
            if current.places.count == 0 {
                if !best.isEmpty { break }
                if program.isAnchored, position > 0 { break }
            }
            let isBoundary = position >= text.count || text[position] & 0xc0 != 0x80
            if best.isEmpty, isBoundary, !(program.isAnchored && position > 0) {
                for slot in 0..<slotCount { working[slot] = -1 }
                add(program.start, position, text, toFollowing: false)
            }
            if current.places.count == 0, position >= text.count { break }
            step(position, text)
            swap(&current, &following)
            following.places.clear()
            if position >= text.count { break }
            position += 1
        }
        return best.isEmpty ? nil : best
    }

    private mutating func step(_ position: Int, _ text: UnsafeRawBufferPointer) {
        let byte: UInt8? = position < text.count ? text[position] : nil
        for thread in 0..<current.places.count {
            let place = current.places[thread]
            let instruction = program.instructions[Int(place)]
            work += 1
            if instruction.kind == .match {
                let base = Int(place) * slotCount
                best = Array(current.slots[base..<base + slotCount])
                return
            }
            guard instruction.kind == .byte, let byte, byte >= instruction.low, byte <= instruction.high
            else {
                continue
            }
            let base = Int(place) * slotCount
            for slot in 0..<slotCount { working[slot] = current.slots[base + slot] }
            add(instruction.next, position + 1, text, toFollowing: true)
        }
    }

    /// Follows everything that consumes nothing, in order of preference.
    private mutating func add(
        _ place: Int32, _ position: Int, _ text: UnsafeRawBufferPointer, toFollowing: Bool
    ) {
        todo.append(.visit(place))
        while let next = todo.popLast() {
            work += 1
            switch next {
            case .restore(let slot, let value): working[slot] = value
            case .visit(let place):
                let isNew =
                    toFollowing ? following.places.insert(place) : current.places.insert(place)
                if isNew { follow(place, position, text, toFollowing) }
            }
        }
    }

    private mutating func follow(
        _ place: Int32, _ position: Int, _ text: UnsafeRawBufferPointer, _ toFollowing: Bool
    ) {
        let instruction = program.instructions[Int(place)]
        switch instruction.kind {
        case .fail: break
        case .split:
            todo.append(.visit(instruction.other))
            todo.append(.visit(instruction.next))
        case .save:
            let slot = Int(instruction.other)
            todo.append(.restore(slot, working[slot]))
            working[slot] = Int32(truncatingIfNeeded: position)
            todo.append(.visit(instruction.next))
        case .assertion:
            if holds(instruction.low, position, text) { todo.append(.visit(instruction.next)) }
        case .byte, .match:
            let base = Int(place) * slotCount
            for slot in 0..<slotCount {
                if toFollowing {
                    following.slots[base + slot] = working[slot]
                } else {
                    current.slots[base + slot] = working[slot]
                }
            }
        }
    }

    private func holds(_ assertion: UInt8, _ position: Int, _ text: UnsafeRawBufferPointer) -> Bool {
        var before: UInt32 = 0
        if position == 0 {
            before = RegexAutomaton.Before.textStart
        } else {
            let byte = text[position - 1]
            if byte == 10 { before |= RegexAutomaton.Before.newline }
            if RegexParser.isWord(byte) { before |= RegexAutomaton.Before.word }
        }
        return RegexAutomaton.holds(assertion, before, position < text.count ? Int(text[position]) : nil)
    }
}
