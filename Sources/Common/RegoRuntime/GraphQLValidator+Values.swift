extension GraphQLValidator {
    /// Whether a value can stand where a type is wanted; variables are noted for later.
    ///
    /// - Parameter hasDefault: the place has a value of its own, so that a variable may be missing.
    mutating func check(
        value: Value, _ type: GraphQLTypeReference, hasDefault: Bool
    ) throws(GraphQLFailure) {
        try tick()
        do throws(RegoError) { try context.enter() } catch { throw .stopped(error) }
        defer { context.leave() }
        let kind = GraphQLValueKind(rawValue: value["Kind"].int ?? 0) ?? .variable
        switch kind {
        case .variable: note(variable: value, type, hasDefault: hasDefault)
        case .null:
            if type.isRequired { throw mismatch(value, type) }
        case .list:
            let element: GraphQLTypeReference
            if let inner = type.element {
                element = inner
            } else {
                // A scalar of the schema's own takes anything.
                guard isCustomScalar(type) else { throw mismatch(value, type) }
                element = type
            }
            for child in value["Children"].arrayElements {
                try check(value: child["Value"], element, hasDefault: false)
            }
        default:
            if let element = type.element { return try check(value: value, element, hasDefault: false) }
            try check(single: value, kind, type)
        }
    }

    private func isCustomScalar(_ type: GraphQLTypeReference) -> Bool {
        guard let found = schema.type(type.name) else { return false }
        return found.kind == .scalar && !found.isBuiltIn
    }

    private func mismatch(_ value: Value, _ type: GraphQLTypeReference) -> GraphQLFailure {
        failure("Expected value of type \"\(type.text)\", found \(Self.text(value)).", value)
    }

    /// The value as it is written.
    static func text(_ value: Value) -> String {
        let raw = value["Raw"].graphQLText
        switch GraphQLValueKind(rawValue: value["Kind"].int ?? 0) {
        case .variable: return "$" + raw
        case .string, .block: return "\"" + raw + "\""
        case .list: return "[...]"
        case .object: return "{...}"
        default: return raw
        }
    }

    private mutating func check(
        single value: Value, _ kind: GraphQLValueKind, _ type: GraphQLTypeReference
    ) throws(GraphQLFailure) {
        guard let found = schema.type(type.name) else {
            throw failure("Unknown type \"\(type.name.graphQLText)\".", value)
        }
        switch found.kind {
        case .enumeration:
            guard kind == .enumeration, found.values.contains(where: { $0["Name"] == value["Raw"] }) else {
                throw mismatch(value, type)
            }
        case .input:
            guard kind == .object else { throw mismatch(value, type) }
            try check(members: value, found)
        case .scalar:
            guard found.isBuiltIn else {
                for child in value["Children"].arrayElements {
                    try check(value: child["Value"], type, hasDefault: false)
                }
                return
            }
            guard Self.isScalar(kind, value, type.name.graphQLText) else { throw mismatch(value, type) }
        case .object, .interface, .union, .unknown: throw mismatch(value, type)
        }
    }

    private static func isScalar(_ kind: GraphQLValueKind, _ value: Value, _ type: String) -> Bool {
        switch type {
        case "Int":
            guard kind == .int, let number = Int(value["Raw"].graphQLText) else { return false }
            return number >= Int(Int32.min) && number <= Int(Int32.max)
        case "Float": return kind == .int || kind == .float
        case "String": return kind == .string || kind == .block
        case "Boolean": return kind == .boolean
        default: return kind == .string || kind == .block || kind == .int
        }
    }

    private mutating func check(members value: Value, _ type: GraphQLType) throws(GraphQLFailure) {
        let given = value["Children"].arrayElements
        let name = type.name.graphQLText
        try unique(given, "Name") { "There can be only one input field named \"\($0)\"." }
        try tick(given.count * type.fields.count / 8 + 1)
        for member in given {
            guard let field = type.field(member["Name"]) else {
                throw failure(
                    "Field \"\(member["Name"].graphQLText)\" is not defined by type \"\(name)\".", member)
            }
            try check(
                value: member["Value"], GraphQLTypeReference(value: field["Type"]),
                hasDefault: field["DefaultValue"].isDefined)
        }
        for field in type.fields
        where field["Type"]["NonNull"].isTrue && field["DefaultValue"].isUndefined
            && !given.contains(where: { $0["Name"] == field["Name"] })
        {
            let wanted = GraphQLTypeReference(value: field["Type"]).text
            throw failure(
                "Field \"\(name).\(field["Name"].graphQLText)\" of required type \"\(wanted)\" was not provided.",
                value)
        }
    }
}

extension GraphQLValidator {
    /// Cycles of fragments, fragments that nobody uses, and the variables of every operation with its fragments.
    func spreads() throws(GraphQLFailure) {
        try cycles()
        var used = [Bool](repeating: false, count: fragments.count)
        for (number, operation) in operations.enumerated() {
            var reached = [Bool](repeating: false, count: fragments.count)
            var waiting = [fragments.count + number]
            var found: [GraphQLUses] = []
            while let next = waiting.popLast() {
                try tick(uses[next].fragments.count + uses[next].variables.count + 1)
                found.append(uses[next])
                for (target, _) in uses[next].fragments where !reached[target] {
                    reached[target] = true
                    used[target] = true
                    waiting.append(target)
                }
            }
            try check(variables: found, operation)
        }
        for (number, fragment) in fragments.enumerated() where !used[number] {
            throw failure("Fragment \"\(fragment["Name"].graphQLText)\" is never used.", fragment)
        }
    }

    private func cycles() throws(GraphQLFailure) {
        // 0: not seen, 1: on the way, 2: done. The way is kept by hand: fragments may be very many.
        var state = [Int](repeating: 0, count: fragments.count)
        for start in fragments.indices where state[start] == 0 {
            var way: [(number: Int, next: Int)] = [(start, 0)]
            state[start] = 1
            while let last = way.last {
                try tick()
                guard last.next < uses[last.number].fragments.count else {
                    state[last.number] = 2
                    way.removeLast()
                    continue
                }
                way[way.count - 1].next += 1
                let (target, node) = uses[last.number].fragments[last.next]
                if state[target] == 1 {
                    throw failure(
                        "Cannot spread fragment \"\(fragments[target]["Name"].graphQLText)\" within itself.",
                        node)
                }
                if state[target] == 0 {
                    state[target] = 1
                    way.append((target, 0))
                }
            }
        }
    }

    private func check(variables found: [GraphQLUses], _ operation: Value) throws(GraphQLFailure) {
        var numbers = ObjectBuilder()
        let definitions = operation["VariableDefinitions"].arrayElements
        for (number, definition) in definitions.enumerated() {
            numbers.insert(definition["Variable"], .int(number), context)
        }
        let name = operation["Name"].graphQLText
        let suffix = name.isEmpty ? "" : " in operation \"\(name)\""
        var isUsed = [Bool](repeating: false, count: definitions.count)
        for part in found {
            for use in part.variables {
                try tick()
                let title = use.node["Raw"].graphQLText
                guard let number = numbers.value(of: use.node["Raw"]).int else {
                    throw failure(
                        name.isEmpty
                            ? "Variable \"$\(title)\" is not defined."
                            : "Variable \"$\(title)\" is not defined by operation \"\(name)\".", use.node)
                }
                isUsed[number] = true
                let type = GraphQLTypeReference(value: definitions[number]["Type"])
                let fallback = definitions[number]["DefaultValue"]
                let isNeverNull =
                    use.hasDefault
                    || (fallback.isObject && fallback["Kind"].int != GraphQLValueKind.null.rawValue)
                guard type.fits(use.type, orDefault: isNeverNull) else {
                    throw failure(
                        "Variable \"$\(title)\" of type \"\(type.text)\" used in position expecting type "
                            + "\"\(use.type.text)\".", use.node)
                }
            }
        }
        for (number, definition) in definitions.enumerated() where !isUsed[number] {
            throw failure(
                "Variable \"$\(definition["Variable"].graphQLText)\" is never used\(suffix).", definition)
        }
    }
}
