/// Reads JSON, or Rego's ground terms, straight into values.
///
/// The text is copied into the arena once; strings are spans of that copy, unescaped in place.
public struct JSONReader {
    /// What is read.
    public enum Syntax: Sendable {
        /// JSON as RFC 8259 has it.
        case json
        /// JSON plus Rego's sets: `{1, 2}` and `set()`.
        case term
    }
    /// What two members of one name are.
    public enum Duplicates: Sendable {
        /// An error.
        case refused
        /// The last one counts.
        case lastWins
    }

    let context: Context
    let syntax: Syntax
    let duplicates: Duplicates
    let base: UnsafeMutableRawPointer
    let count: Int
    var position = 0
    var depth = 0
    let depthLimit: Int
    var stack: [Value] = []
    /// Terms that later ones refer to as `@0`, `@1`...; only in constants.
    var shared: [Value] = []

    /// The one value that a text writes.
    ///
    /// - Throws: `.input` naming the byte where the text stops being what was expected.
    public static func parse(
        _ bytes: [UInt8], _ context: Context, syntax: Syntax = .json, duplicates: Duplicates = .refused
    ) throws(RegoError) -> Value {
        let room = context.allocate(bytes.count)
        bytes.withUnsafeBytes { source in
            if let start = source.baseAddress { room.copyMemory(from: start, byteCount: source.count) }
        }
        return try parse(inPlace: room, bytes.count, context, syntax: syntax, duplicates: duplicates)
    }

    /// The one value that a text in the arena writes. The text is overwritten.
    static func parse(
        inPlace base: UnsafeMutableRawPointer, _ count: Int, _ context: Context,
        syntax: Syntax = .json, duplicates: Duplicates = .refused
    ) throws(RegoError) -> Value {
        var reader = JSONReader(
            context: context, syntax: syntax, duplicates: duplicates, base: base, count: count,
            depthLimit: context.state.pointee.limits.depth)
        reader.stack.reserveCapacity(128)
        let value = try reader.value()
        reader.skipSpace()
        if reader.position < count { throw reader.failure("the end of the text") }
        return value
    }

    init(
        context: Context, syntax: Syntax, duplicates: Duplicates, base: UnsafeMutableRawPointer, count: Int,
        depthLimit: Int
    ) {
        self.context = context
        self.syntax = syntax
        self.duplicates = duplicates
        self.base = base
        self.count = count
        self.depthLimit = depthLimit
    }

    @inline(__always)
    func byte(_ position: Int) -> UInt8 {
        position < count ? base.load(fromByteOffset: position, as: UInt8.self) : 0
    }

    func failure(_ expected: String) -> RegoError {
        let found: String
        if position >= count {
            found = "the text ends"
        } else if byte(position) > 32, byte(position) < 127 {
            found = "there is '" + String(decoding: [byte(position)], as: UTF8.self) + "'"
        } else {
            found = "there is a byte of value \(byte(position))"
        }
        return RegoError(.input, "at byte \(position): expected " + expected + ", but " + found)
    }

    @inline(__always)
    mutating func skipSpace() {
        while position < count {
            let next = byte(position)
            if next > 32 || !(next == 32 || next == 10 || next == 13 || next == 9) { return }
            position += 1
        }
    }

    mutating func value() throws(RegoError) -> Value {
        skipSpace()
        switch byte(position) {
        case 34: return try string()
        case 123: return try braces()
        case 91: return try array()
        case 116:
            try word("true")
            return .true
        case 102:
            try word("false")
            return .false
        case 110:
            try word("null")
            return .null
        case 115 where syntax == .term:
            try word("set()")
            return .emptySet
        case 45, 48...57: return try number()
        case 64 where !shared.isEmpty: return try reference()
        default: throw failure("a value")
        }
    }

    mutating func word(_ word: StaticString) throws(RegoError) {
        let length = word.utf8CodeUnitCount
        guard position + length <= count, Bytes.equal(base + position, word.utf8Start, length) else {
            throw failure("a value")
        }
        position += length
    }

    mutating func number() throws(RegoError) -> Value {
        let rest = UnsafeRawBufferPointer(start: base + position, count: count - position)
        guard let scan = NumberScan(rest) else { throw failure("a number") }
        let start = position
        position += scan.end
        if let int = scan.int { return .int(int) }
        return context.number(at: base + start, count: scan.end)
    }

    /// `@12`: the shared term of that number.
    private mutating func reference() throws(RegoError) -> Value {
        position += 1
        let rest = UnsafeRawBufferPointer(start: base + position, count: count - position)
        guard let scan = NumberScan(rest), let number = scan.int, number >= 0, number < shared.count else {
            throw failure("the number of one of \(shared.count) shared terms")
        }
        position += scan.end
        return shared[number]
    }

    /// Constants: a list of terms, before it perhaps a list of terms that they share: `@[...][...]`.
    mutating func constants() throws(RegoError) -> Value {
        skipSpace()
        if byte(position) == 64 {
            position += 1
            guard byte(position) == 91 else { throw failure("'['") }
            repeat {
                position += 1
                shared.append(try value())
                skipSpace()
            } while byte(position) == 44
            guard byte(position) == 93 else { throw failure("',' or ']'") }
            position += 1
        }
        let list = try value()
        skipSpace()
        if position < count { throw failure("the end of the text") }
        return list
    }

    mutating func nest() throws(RegoError) {
        depth += 1
        position += 1
        if depth > depthLimit {
            throw RegoError(.limit, "at byte \(position): nested deeper than \(depthLimit) levels")
        }
    }

    mutating func array() throws(RegoError) -> Value {
        try nest()
        defer { depth -= 1 }
        let bottom = stack.count
        skipSpace()
        if byte(position) == 93 {
            position += 1
            return .emptyArray
        }
        while true {
            stack.append(try value())
            skipSpace()
            if byte(position) == 44 {
                position += 1
            } else if byte(position) == 93 {
                position += 1
                break
            } else {
                throw failure("',' or ']'")
            }
        }
        let elements = stack.count - bottom
        let room = context.allocateValues(elements)
        for offset in 0..<elements { room[offset] = stack[bottom + offset] }
        stack.removeLast(elements)
        return Value.array(room, elements)
    }
}
