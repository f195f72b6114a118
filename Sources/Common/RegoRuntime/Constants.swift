/// The ground terms of a compiled policy, read once from a text: one array of terms in the term syntax, before it
/// perhaps one of terms that the others share (`@[[1,2]][{"a":@0},@0]`).
///
/// Everything in it is put in order and indexed at once, so that it is never written to again.
@frozen
public struct Constants: @unchecked Sendable {
    /// The terms by number.
    public let values: UnsafePointer<Value>
    /// How many there are.
    public let count: Int

    /// Reads the terms. They live as long as the process.
    ///
    /// - Throws: `.input` when the text is not an array of ground terms.
    public init(_ text: StaticString) throws(RegoError) {
        try self.init(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Reads the terms of a text that is copied. They live as long as the process.
    public init(_ text: UnsafeRawBufferPointer) throws(RegoError) {
        let context = Context.create(
            limits: Limits(work: Int.max, depth: 1000, memory: Int.max), firstChunk: text.count * 3 + 4096)
        let room = context.allocate(text.count)
        if let start = text.baseAddress { room.copyMemory(from: start, byteCount: text.count) }
        var reader = JSONReader(
            context: context, syntax: .term, duplicates: .refused, base: room, count: text.count,
            depthLimit: 1000)
        let list = try reader.constants()
        guard list.isArray else { throw RegoError(.input, "constants: expected an array of terms") }
        Constants.seal(list)
        values = UnsafePointer(list.elements ?? context.allocateValues(1))
        count = list.count
    }

    /// Puts everything inside a value in order, so that queries of other contexts may use it: they write nothing to it.
    public static func seal(_ value: Value) {
        for position in 0..<value.scanCount {
            seal(value.value(at: position))
            if value.isObject { seal(value.key(at: position)) }
        }
    }

    /// A term; undefined beyond the last.
    @inlinable
    public subscript(index: Int) -> Value {
        index >= 0 && index < count ? values[index] : .undefined
    }
}
