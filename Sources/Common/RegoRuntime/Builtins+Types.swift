extension Builtins {
    /// `type_name(x)`
    public static func typeName(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        value.isUndefined ? .undefined : context.string(value.kindName)
    }

    private static func test(_ value: Value, _ kind: Value.Kind) -> Value {
        value.isUndefined ? .undefined : .boolean(value.kind == kind)
    }

    /// `is_number(x)`
    public static func isNumber(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        test(value, .number)
    }
    /// `is_string(x)`
    public static func isString(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        test(value, .string)
    }
    /// `is_boolean(x)`
    public static func isBoolean(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        test(value, .boolean)
    }
    /// `is_array(x)`
    public static func isArray(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        test(value, .array)
    }
    /// `is_set(x)`
    public static func isSet(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        test(value, .set)
    }
    /// `is_object(x)`
    public static func isObject(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        test(value, .object)
    }
    /// `is_null(x)`
    public static func isNull(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        test(value, .null)
    }

    /// `to_number(x)`: null, booleans, numbers and strings that write a number.
    public static func toNumber(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        switch value.kind {
        case .undefined, .number: return value
        case .null: return .int(0)
        case .boolean: return .int(value.isTrue ? 1 : 0)
        case .string: return try numberFromString(context, value)
        default: return try context.operandError("to_number", 1, value, "null|boolean|number|string")
        }
    }

    private static func numberFromString(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        let number = context.number(copying: value.utf8)
        if number.isDefined { return number }
        if let normalized = GoFloat.normalized(value.utf8) { return context.number(normalized) }
        let text = value.string ?? ""
        var word = text.lowercased()
        while let first = word.first, first == "+" || first == "-" { word.removeFirst() }
        if word == "inf" || word == "infinity" || word == "nan" {
            return try context.operandError("to_number", 1, value, "valid number string")
        }
        return try context.builtinError(
            "to_number", "strconv.ParseFloat: parsing \(value.description): invalid syntax")
    }

    /// `cast_array(x)`
    public static func castArray(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        switch value.kind {
        case .array: return value
        case .set: return setAsArray(value)
        default: return try context.refuse("cast_array", [value], ["array|set"])
        }
    }

    /// The elements of a set in order, shared with the set.
    static func setAsArray(_ set: Value) -> Value {
        guard let keys = set.sortedKeys else { return .emptyArray }
        return Value.array(keys, set.length)
    }

    /// `cast_set(x)`
    public static func castSet(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        switch value.kind {
        case .set: return value
        case .array:
            var builder = SetBuilder()
            for position in 0..<value.scanCount { builder.insert(value.value(at: position), context) }
            return builder.finish(context)
        default: return try context.refuse("cast_set", [value], ["array|set"])
        }
    }

    /// `cast_string(x)`
    public static func castString(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        value.isString ? value : try context.refuse("cast_string", [value], ["string"])
    }

    /// `cast_boolean(x)`
    public static func castBoolean(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        value.isBoolean ? value : try context.refuse("cast_boolean", [value], ["boolean"])
    }

    /// `cast_null(x)`
    public static func castNull(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        value.isNull ? value : try context.refuse("cast_null", [value], ["null"])
    }

    /// `cast_object(x)`
    public static func castObject(_ context: Context, _ value: Value) throws(RegoError) -> Value {
        value.isObject ? value : try context.refuse("cast_object", [value], ["object"])
    }
}

/// Numbers as Go's strconv reads them where JSON would not: a plus sign, no digit before or after the point.
enum GoFloat {
    /// The same number as JSON text; nil when it is none. Hexadecimal and underscores are not accepted.
    static func normalized(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        var position = 0
        var out: [UInt8] = []
        if position < text.count, text[position] == 43 || text[position] == 45 {
            if text[position] == 45 { out.append(45) }
            position += 1
        }
        let whole = digits(text, &position)
        var fraction: [UInt8] = []
        if position < text.count, text[position] == 46 {
            position += 1
            fraction = digits(text, &position)
        }
        if whole.isEmpty && fraction.isEmpty { return nil }
        let start = whole.firstIndex { $0 != 48 } ?? whole.count
        out.append(contentsOf: whole[start...])
        if start == whole.count { out.append(48) }
        if !fraction.isEmpty { out += [46] + fraction }
        if position < text.count, text[position] | 32 == 101 {
            position += 1
            out.append(101)
            if position < text.count, text[position] == 43 || text[position] == 45 {
                out.append(text[position])
                position += 1
            }
            let power = digits(text, &position)
            if power.isEmpty { return nil }
            out += power
        }
        return position == text.count ? out : nil
    }

    private static func digits(_ text: UnsafeRawBufferPointer, _ position: inout Int) -> [UInt8] {
        var out: [UInt8] = []
        while position < text.count, text[position] &- 48 < 10 {
            out.append(text[position])
            position += 1
        }
        return out
    }
}
