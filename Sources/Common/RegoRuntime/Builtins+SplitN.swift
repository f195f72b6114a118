extension Builtins {
    /// `strings.split_n(text, delimiter, n)`: the first `n` parts, or the last `-n`.
    public static func stringsSplitN(
        _ context: Context, _ text: Value, _ delimiter: Value, _ limit: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "strings.split_n"
        guard text.isString, delimiter.isString, limit.isNumber else {
            return try context.refuse(name, [text, delimiter, limit], ["string", "string", "number"])
        }
        guard let wanted = limit.int else { return try context.wholeNumberError(name, 3) }
        let parts = try split(context, text, delimiter)
        guard let elements = parts.elements else { return .emptyArray }
        let taken = Swift.min(parts.count, wanted.magnitude > Int.max ? Int.max : Int(wanted.magnitude))
        if taken == 0 { return .emptyArray }
        return Value.array(wanted < 0 ? elements + (parts.count - taken) : elements, taken)
    }
}
