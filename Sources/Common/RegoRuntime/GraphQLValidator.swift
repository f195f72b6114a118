/// Checks a query document against a schema (GraphQL specification, section 5).
struct GraphQLValidator {
    let schema: GraphQLSchema
    var context: Context { schema.context }
    let operations: [Value]
    let fragments: [Value]
    private var fragmentNumbers = ObjectBuilder()
    /// What each fragment uses, then what each operation uses.
    var uses: [GraphQLUses]
    /// Index into `uses` of what is being checked.
    private var current = 0

    /// - Throws: the first thing that is wrong with the document.
    static func validate(_ document: Value, _ schema: GraphQLSchema) throws(GraphQLFailure) {
        var validator = GraphQLValidator(document, schema)
        try validator.names()
        for (number, fragment) in validator.fragments.enumerated() {
            validator.current = number
            try validator.check(fragment: fragment)
        }
        for (number, operation) in validator.operations.enumerated() {
            validator.current = validator.fragments.count + number
            try validator.check(operation: operation)
        }
        try validator.spreads()
        var merging = GraphQLMerging(validator)
        try merging.check()
    }

    private init(_ document: Value, _ schema: GraphQLSchema) {
        self.schema = schema
        operations = document["Operations"].arrayElements
        fragments = document["Fragments"].arrayElements
        uses = Array(repeating: GraphQLUses(), count: operations.count + fragments.count)
        for (number, fragment) in fragments.enumerated() {
            fragmentNumbers.insert(fragment["Name"], .int(number), schema.context)
        }
    }

    func failure(_ message: String, _ node: Value) -> GraphQLFailure {
        GraphQLSchemaBuilder.failure(message, node)
    }

    func tick(_ amount: Int = 1) throws(GraphQLFailure) {
        do throws(RegoError) { try context.tick(amount) } catch { throw .stopped(error) }
    }

    func fragmentNumber(_ name: Value) -> Int? { fragmentNumbers.value(of: name).int }

    /// Refuses a second node of a name.
    func unique(
        _ nodes: [Value], _ key: StaticString, _ message: (String) -> String
    ) throws(GraphQLFailure) {
        var seen = SetBuilder()
        for node in nodes {
            try tick()
            let name = node["\(key)"]
            if name.isString, name != .emptyString, seen.contains(name) {
                throw failure(message(name.graphQLText), node)
            }
            seen.insert(name, context)
        }
    }

    private func names() throws(GraphQLFailure) {
        if operations.count > 1, let anonymous = operations.first(where: { $0["Name"] == .emptyString }) {
            throw failure("This anonymous operation must be the only defined operation.", anonymous)
        }
        try unique(operations, "Name") { "There can be only one operation named \"\($0)\"." }
        try unique(fragments, "Name") { "There can be only one fragment named \"\($0)\"." }
    }

    // MARK: Operations and fragments

    private mutating func check(operation: Value) throws(GraphQLFailure) {
        let kind = operation["Operation"].graphQLText
        guard let root = schema.root(kind) else {
            throw failure("Schema does not support operation type \"\(kind)\"", operation)
        }
        let variables = operation["VariableDefinitions"].arrayElements
        try unique(variables, "Variable") { "There can be only one variable named \"$\($0)\"." }
        for variable in variables { try check(variable: variable) }
        let location: StaticString =
            kind == "query" ? "QUERY" : kind == "mutation" ? "MUTATION" : "SUBSCRIPTION"
        try check(directives: operation["Directives"].arrayElements, at: location)
        let selections = operation["SelectionSet"].arrayElements
        if kind == "subscription", selections.count > 1 {
            let name = operation["Name"].graphQLText
            let subject = name.isEmpty ? "Anonymous Subscription" : "Subscription \"\(name)\""
            throw failure("\(subject) must select only one top level field.", selections[1])
        }
        try check(selections: selections, of: root)
    }

    private mutating func check(variable: Value) throws(GraphQLFailure) {
        let type = GraphQLTypeReference(value: variable["Type"])
        guard let found = schema.type(type.name) else {
            throw failure("Unknown type \"\(type.name.graphQLText)\".", variable)
        }
        guard found.kind.isInput else {
            throw failure(
                "Variable \"$\(variable["Variable"].graphQLText)\" cannot be non-input type \"\(type.text)\".",
                variable)
        }
        if variable["DefaultValue"].isObject {
            try check(value: variable["DefaultValue"], type, hasDefault: false)
        }
        try check(directives: variable["Directives"].arrayElements, at: "VARIABLE_DEFINITION")
    }

    private mutating func check(fragment: Value) throws(GraphQLFailure) {
        let name = fragment["Name"].graphQLText
        guard let type = schema.type(fragment["TypeCondition"]) else {
            throw failure("Unknown type \"\(fragment["TypeCondition"].graphQLText)\".", fragment)
        }
        guard type.kind.isComposite else {
            throw failure(
                "Fragment \"\(name)\" cannot condition on non composite type \"\(type.name.graphQLText)\".",
                fragment)
        }
        try check(directives: fragment["Directives"].arrayElements, at: "FRAGMENT_DEFINITION")
        try check(selections: fragment["SelectionSet"].arrayElements, of: type)
    }

    // MARK: Selections

    private mutating func check(selections: [Value], of type: GraphQLType) throws(GraphQLFailure) {
        do throws(RegoError) { try context.enter() } catch { throw .stopped(error) }
        defer { context.leave() }
        for selection in selections {
            try tick()
            if selection["TypeCondition"].isDefined {
                try check(inline: selection, of: type)
            } else if selection["Alias"].isDefined {
                try check(field: selection, of: type)
            } else {
                try check(spread: selection, of: type)
            }
        }
    }

    private mutating func check(inline: Value, of type: GraphQLType) throws(GraphQLFailure) {
        var inner = type
        let condition = inline["TypeCondition"]
        if condition != .emptyString {
            guard let found = schema.type(condition) else {
                throw failure("Unknown type \"\(condition.graphQLText)\".", inline)
            }
            guard found.kind.isComposite else {
                throw failure(
                    "Fragment cannot condition on non composite type \"\(condition.graphQLText)\".", inline)
            }
            guard try overlap(type, found) else {
                throw failure(
                    "Fragment cannot be spread here as objects of type \"\(type.name.graphQLText)\" can never be "
                        + "of type \"\(condition.graphQLText)\".", inline)
            }
            inner = found
        }
        try check(directives: inline["Directives"].arrayElements, at: "INLINE_FRAGMENT")
        try check(selections: inline["SelectionSet"].arrayElements, of: inner)
    }

    private mutating func check(spread: Value, of type: GraphQLType) throws(GraphQLFailure) {
        let name = spread["Name"]
        guard let number = fragmentNumber(name) else {
            throw failure("Unknown fragment \"\(name.graphQLText)\".", spread)
        }
        uses[current].fragments.append((number, spread))
        if let found = schema.type(fragments[number]["TypeCondition"]), found.kind.isComposite,
            try !overlap(type, found)
        {
            throw failure(
                "Fragment \"\(name.graphQLText)\" cannot be spread here as objects of type "
                    + "\"\(type.name.graphQLText)\" can never be of type \"\(found.name.graphQLText)\".",
                spread)
        }
        try check(directives: spread["Directives"].arrayElements, at: "FRAGMENT_SPREAD")
    }

    /// Whether some object can be of both types.
    private func overlap(_ left: GraphQLType, _ right: GraphQLType) throws(GraphQLFailure) -> Bool {
        if left === right { return true }
        let candidates = schema.possibleTypes(right)
        try tick(candidates.count + schema.types.count / 8 + 1)
        return schema.possibleTypes(left).contains { type in candidates.contains { $0 === type } }
    }

    private mutating func check(field: Value, of type: GraphQLType) throws(GraphQLFailure) {
        let name = field["Name"].graphQLText
        if name == "__typename", type.kind.isComposite {
            return try check(directives: field["Directives"].arrayElements, at: "FIELD")
        }
        guard type.kind != .union, let definition = type.field(field["Name"]) else {
            throw failure("Cannot query field \"\(name)\" on type \"\(type.name.graphQLText)\".", field)
        }
        try tick(type.fields.count / 8 + 1)
        try check(
            arguments: field, definition,
            unknown: { "Unknown argument \"\($0)\" on field \"\(type.name.graphQLText).\(name)\"." },
            missing: {
                "Field \"\(name)\" argument \"\($0)\" of type \"\($1)\" is required, but it was not provided."
            })
        try check(directives: field["Directives"].arrayElements, at: "FIELD")
        let result = GraphQLTypeReference(value: definition["Type"])
        let selections = field["SelectionSet"].arrayElements
        guard let inner = schema.type(result.name) else {
            throw failure("Unknown type \"\(result.name.graphQLText)\".", field)
        }
        if inner.kind.isLeaf {
            if selections.isEmpty { return }
            throw failure(
                "Field \"\(name)\" must not have a selection since type \"\(result.text)\" has no subfields.",
                field)
        }
        guard !selections.isEmpty else {
            throw failure(
                "Field \"\(name)\" of type \"\(result.text)\" must have a selection of subfields.", field)
        }
        try check(selections: selections, of: inner)
    }

    mutating func check(
        arguments node: Value, _ definition: Value, unknown: (String) -> String,
        missing: (String, String) -> String
    ) throws(GraphQLFailure) {
        let known = definition["Arguments"].arrayElements
        let given = node["Arguments"].arrayElements
        try unique(given, "Name") { "There can be only one argument named \"\($0)\"." }
        try tick(known.count * given.count / 8 + 1)
        for argument in given {
            guard let found = known.first(where: { $0["Name"] == argument["Name"] }) else {
                throw failure(unknown(argument["Name"].graphQLText), node)
            }
            try check(
                value: argument["Value"], GraphQLTypeReference(value: found["Type"]),
                hasDefault: found["DefaultValue"].isDefined)
        }
        for wanted in known
        where wanted["Type"]["NonNull"].isTrue && wanted["DefaultValue"].isUndefined
            && !given.contains(where: { $0["Name"] == wanted["Name"] })
        {
            throw failure(
                missing(wanted["Name"].graphQLText, GraphQLTypeReference(value: wanted["Type"]).text), node)
        }
    }

    mutating func check(directives: [Value], at location: StaticString) throws(GraphQLFailure) {
        var seen = SetBuilder()
        for directive in directives {
            try tick()
            let name = directive["Name"].graphQLText
            guard let definition = schema.directive(directive["Name"]) else {
                throw failure("Unknown directive \"@\(name)\".", directive)
            }
            guard definition["Locations"].arrayElements.contains(where: { Array($0.utf8).isText(location) })
            else { throw failure("Directive \"@\(name)\" may not be used on \(location).", directive) }
            if seen.contains(directive["Name"]), !definition["IsRepeatable"].isTrue {
                throw failure(
                    "The directive \"@\(name)\" can only be used once at this location.", directive)
            }
            seen.insert(directive["Name"], context)
            try check(
                arguments: directive, definition,
                unknown: { "Unknown argument \"\($0)\" on directive \"@\(name)\"." },
                missing: {
                    "Directive \"@\(name)\" argument \"\($0)\" of type \"\($1)\" is required, but it was not provided."
                })
        }
    }

    mutating func note(variable: Value, _ type: GraphQLTypeReference, hasDefault: Bool) {
        uses[current].variables.append((variable, type, hasDefault))
    }
}

/// What an operation or a fragment refers to.
struct GraphQLUses {
    var fragments: [(number: Int, node: Value)] = []
    var variables: [(node: Value, type: GraphQLTypeReference, hasDefault: Bool)] = []
}
