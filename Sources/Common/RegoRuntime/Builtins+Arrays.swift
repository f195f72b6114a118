extension Builtins {
    /// `array.concat(a, b)`
    public static func arrayConcat(_ context: Context, _ left: Value, _ right: Value) throws(RegoError)
        -> Value
    {
        guard left.isArray, right.isArray else {
            return try context.refuse("array.concat", [left, right], ["array", "array"])
        }
        guard let first = left.elements else { return right }
        guard let second = right.elements else { return left }
        try context.tick((left.length + right.length) / 16 + 1)
        let room = context.allocateValues(left.length + right.length)
        room.update(from: first, count: left.length)
        (room + left.length).update(from: second, count: right.length)
        return Value.array(room, left.length + right.length)
    }

    /// `array.slice(a, start, stop)`
    public static func arraySlice(
        _ context: Context, _ array: Value, _ start: Value, _ stop: Value
    ) throws(RegoError) -> Value {
        guard array.isArray, start.isNumber, stop.isNumber else {
            return try context.refuse("array.slice", [array, start, stop], ["array", "number", "number"])
        }
        guard let from = start.int else { return try context.wholeNumberError("array.slice", 2) }
        guard let to = stop.int else { return try context.wholeNumberError("array.slice", 3) }
        let low = Swift.max(from, 0)
        let high = Swift.min(to, array.length)
        guard low < high, let elements = array.elements else { return .emptyArray }
        return Value.array(elements + low, high - low)
    }

    /// `array.reverse(a)`
    public static func arrayReverse(_ context: Context, _ array: Value) throws(RegoError) -> Value {
        guard array.isArray else { return try context.refuse("array.reverse", [array], ["array"]) }
        guard let elements = array.elements else { return array }
        let room = context.allocateValues(array.length)
        for position in 0..<array.length { room[position] = elements[array.length - 1 - position] }
        return Value.array(room, array.length)
    }

    /// `array.flatten(a)`: the elements of elements that are arrays, one level.
    public static func arrayFlatten(_ context: Context, _ array: Value) throws(RegoError) -> Value {
        guard array.isArray else { return try context.refuse("array.flatten", [array], ["array"]) }
        var builder = ArrayBuilder()
        for position in 0..<array.scanCount {
            let element = array.value(at: position)
            if element.isArray {
                for inner in 0..<element.scanCount { builder.append(element.value(at: inner), context) }
            } else {
                builder.append(element, context)
            }
            try context.tick()
        }
        return builder.finish(context)
    }
}
