extension Builtins {
    /// `count(x)`: elements of a collection, characters of a string.
    @inlinable
    public static func count(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        if value.rawKind >= Value.Kind.array.rawValue { return .int(value.length) }
        return try countSlowly(context, value)
    }

    @usableFromInline
    static func countSlowly(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        if value.isString { return .int(UTF8Text.count(value.utf8)) }
        return try context.refuse("count", [value], ["array|object|set|string"])
    }

    /// `sum(x)`
    public static func sum(_ context: Context, _ values: Value) throws(RegoError) -> Value {
        try accumulate(context, "sum", values, start: 0) {
            (context, left, right) throws(RegoError) -> Value in
            try plus(context, left, right)
        }
    }

    /// `product(x)`
    public static func product(_ context: Context, _ values: Value) throws(RegoError) -> Value {
        try accumulate(context, "product", values, start: 1) {
            (context, left, right) throws(RegoError) -> Value in
            try mul(context, left, right)
        }
    }

    private static func accumulate(
        _ context: Context, _ name: StaticString, _ values: Value, start: Int,
        _ combine: (Context, Value, Value) throws(RegoError) -> Value
    ) throws(RegoError) -> Value {
        guard values.isSequence else { return try context.refuse(name, [values], ["set|array"]) }
        var total = Value.int(start)
        for position in 0..<values.scanCount {
            let element = values.value(at: position)
            guard element.isNumber else {
                return try context.elementError(name, 1, values, element, "number")
            }
            total = try combine(context, total, element)
            try context.tick()
        }
        return total
    }

    /// `max(x)`; undefined for nothing.
    public static func max(_ context: Context, _ values: Value) throws(RegoError) -> Value {
        guard values.isSequence else { return try context.refuse("max", [values], ["set|array"]) }
        let count = values.scanCount
        if count == 0 { return .undefined }
        if values.isSet { return values.value(at: count - 1) }
        var best = values[0]
        for position in 1..<count where Value.compare(values[position], best) >= 0 { best = values[position] }
        return best
    }

    /// `min(x)`; undefined for nothing.
    public static func min(_ context: Context, _ values: Value) throws(RegoError) -> Value {
        guard values.isSequence else { return try context.refuse("min", [values], ["set|array"]) }
        let count = values.scanCount
        if count == 0 { return .undefined }
        if values.isSet { return values.value(at: 0) }
        var best = values[0]
        for position in 1..<count where Value.compare(values[position], best) <= 0 { best = values[position] }
        return best
    }

    /// `sort(x)`
    public static func sort(_ context: Context, _ values: Value) throws(RegoError) -> Value {
        if values.isSet { return setAsArray(values) }
        guard values.isArray else { return try context.refuse("sort", [values], ["set|array"]) }
        guard let elements = values.elements else { return values }
        let sorted = UnsafeBufferPointer(start: elements, count: values.length).sorted { $0 < $1 }
        return context.array(sorted)
    }

    /// `any(x)`: whether an element is true.
    public static func any(_ context: Context, _ values: Value) throws(RegoError) -> Value {
        guard values.isSequence else { return try context.refuse("any", [values], ["array|set"]) }
        return .boolean(values.contains(.true))
    }

    /// `all(x)`: whether every element is true.
    public static func all(_ context: Context, _ values: Value) throws(RegoError) -> Value {
        guard values.isSequence else { return try context.refuse("all", [values], ["array|set"]) }
        for position in 0..<values.scanCount where !values.value(at: position).isTrue { return .false }
        return .true
    }
}
