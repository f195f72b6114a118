/// The built-in functions, each as `(context, operand...) throws(RegoError) -> Value`.
///
/// The Swift name is Rego's name with every `.` and `_` dropped and the letter after it upper-cased:
/// `array.concat` is `arrayConcat`, `trim_left` is `trimLeft`. Undefined operands give undefined.
public enum Builtins {}

extension Context {
    /// What a built-in gives when its operands are not of the kinds it wants: undefined, or in strict mode the
    /// error that names the first wrong operand. `wanted` lists kinds, alternatives separated by `|`.
    @inline(never)
    func refuse(_ name: StaticString, _ operands: [Value], _ wanted: [StaticString]) throws(RegoError)
        -> Value
    {
        for operand in operands where operand.isUndefined { return .undefined }
        if !isStrict { return .undefined }
        for (position, operand) in operands.enumerated() where position < wanted.count {
            let kinds = "\(wanted[position])"
            if kinds.isEmpty || kinds.split(separator: "|").contains(where: { $0 == operand.kindName }) {
                continue
            }
            return try operandError(name, position + 1, operand, kinds)
        }
        return .undefined
    }

    /// The error for an operand of a wrong kind.
    @inline(never)
    func operandError(
        _ name: StaticString, _ position: Int, _ got: Value, _ kinds: String
    ) throws(RegoError) -> Value {
        let list = kinds.split(separator: "|")
        var wanted = ""
        for (number, kind) in list.enumerated() { wanted += (number > 0 ? ", " : "") + String(kind) }
        if list.count > 1 { wanted = "one of {" + wanted + "}" }
        return try fail(.type, "\(name): operand \(position) must be \(wanted) but got \(got.kindName)")
    }

    /// The error for a collection that holds an element of a wrong kind.
    @inline(never)
    func elementError(
        _ name: StaticString, _ position: Int, _ collection: Value, _ got: Value, _ kind: StaticString
    ) throws(RegoError) -> Value {
        let outer = collection.kindName
        return try fail(
            .type,
            "\(name): operand \(position) must be \(outer) of \(kind)s but got \(outer) containing \(got.kindName)"
        )
    }

    /// The error for an operand of a right kind that cannot be used; the text goes on from `operand N `.
    @inline(never)
    func operandRefused(_ name: StaticString, _ position: Int, _ why: String) throws(RegoError) -> Value {
        try fail(.type, "\(name): operand \(position) \(why)")
    }

    /// The error of a built-in about its operands' content.
    @inline(never)
    func builtinError(_ name: StaticString, _ why: String) throws(RegoError) -> Value {
        try fail(.builtin, "\(name): \(why)")
    }

    /// The error for a number that is not written as a whole one.
    func wholeNumberError(_ name: StaticString, _ position: Int) throws(RegoError) -> Value {
        try operandRefused(name, position, "must be integer number but got floating-point number")
    }
}

extension Value {
    /// The kind as Rego's `type_name` gives it.
    var kindName: String {
        switch kind {
        case .undefined: return "undefined"
        case .null: return "null"
        case .boolean: return "boolean"
        case .number: return "number"
        case .string: return "string"
        case .array: return "array"
        case .object: return "object"
        case .set: return "set"
        }
    }

    /// Array or set.
    @inlinable var isSequence: Bool { isArray || isSet }
}
