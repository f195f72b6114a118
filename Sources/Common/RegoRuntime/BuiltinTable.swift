/// A built-in function as the compiler and the evaluator see it.
public struct Builtin {
    /// The name in Rego, such as `array.concat`.
    public let name: String
    /// The types of the operands, in the notation of ``result``.
    public let parameters: [String]
    /// The type of the result: `any`, `null`, `boolean`, `number`, `string`, `array[T]`, `set[T]`,
    /// `object[K: V]`, `any<T, U>` for one of several, `[T, U]` for an array of exactly these.
    public let result: String
    /// Not the same for the same operands in another query (time, randomness).
    public let isNondeterministic: Bool
    /// The infix operator that stands for it, such as `+`.
    public let infix: String
    /// Calls it with the operands at the address, as many as there are parameters.
    public let call: (Context, UnsafePointer<Value>) throws(RegoError) -> Value

    /// How many operands it takes.
    public var arity: Int { parameters.count }

    /// The name of the Swift function in ``Builtins``.
    public var swiftName: String {
        var out = ""
        var raise = false
        for character in name {
            if character == "." || character == "_" {
                raise = true
            } else {
                out += raise ? String(character).uppercased() : String(character)
                raise = false
            }
        }
        return out
    }
}

/// All built-ins of this build. Compiled policies call the functions directly and do not carry this table.
public struct BuiltinTable {
    /// By name.
    public private(set) var builtins: [String: Builtin] = [:]

    /// The table with every family in it.
    public init() {
        addOperators()
        addAggregates()
        addCollections()
        addStrings()
        addTypes()
        addOthers()
    }

    /// The built-in of a name.
    public subscript(name: String) -> Builtin? { builtins[name] }

    /// Adds a built-in, or replaces the one of that name. `signature` is `T, T -> T`.
    public mutating func add(
        _ name: String, _ signature: String, infix: String = "", nondeterministic: Bool = false,
        _ call: @escaping (Context, UnsafePointer<Value>) throws(RegoError) -> Value
    ) {
        let (parameters, result) = BuiltinTable.parts(of: signature)
        builtins[name] = Builtin(
            name: name, parameters: parameters, result: result, isNondeterministic: nondeterministic,
            infix: infix,
            call: call)
    }

    /// Splits `T, T -> T` at the commas and the arrow outside brackets.
    static func parts(of signature: String) -> ([String], String) {
        var parameters: [String] = []
        var current = ""
        var depth = 0
        var sawArrow = false
        var previous: Character = " "
        for character in signature {
            if previous == "-", character == ">" {
                current.removeLast()
                sawArrow = true
                let last = trimmed(current)
                if !last.isEmpty { parameters.append(last) }
                current = ""
                previous = " "
                continue
            }
            if character == "[" || character == "<" || character == "{" { depth += 1 }
            if character == "]" || character == ">" || character == "}" { depth -= 1 }
            if character == ",", depth == 0, !sawArrow {
                parameters.append(trimmed(current))
                current = ""
            } else {
                current.append(character)
            }
            previous = character
        }
        return (parameters, trimmed(current))
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}

/// Functions of one to four operands, as the table calls them.
extension BuiltinTable {
    typealias One = (Context, Value) throws(RegoError) -> Value
    typealias Two = (Context, Value, Value) throws(RegoError) -> Value
    typealias Three = (Context, Value, Value, Value) throws(RegoError) -> Value
    typealias Four = (Context, Value, Value, Value, Value) throws(RegoError) -> Value

    mutating func one(
        _ name: String, _ signature: String, nondeterministic: Bool = false, _ function: @escaping One
    ) {
        add(name, signature, nondeterministic: nondeterministic) {
            (context, operands) throws(RegoError) -> Value in
            try function(context, operands[0])
        }
    }

    mutating func two(
        _ name: String, _ signature: String, infix: String = "", nondeterministic: Bool = false,
        _ function: @escaping Two
    ) {
        add(name, signature, infix: infix, nondeterministic: nondeterministic) {
            (context, operands) throws(RegoError) -> Value in
            try function(context, operands[0], operands[1])
        }
    }

    mutating func three(_ name: String, _ signature: String, _ function: @escaping Three) {
        add(name, signature) { (context, operands) throws(RegoError) -> Value in
            try function(context, operands[0], operands[1], operands[2])
        }
    }

    mutating func four(_ name: String, _ signature: String, _ function: @escaping Four) {
        add(name, signature) { (context, operands) throws(RegoError) -> Value in
            try function(context, operands[0], operands[1], operands[2], operands[3])
        }
    }
}
