/// Makes a schema of a document and checks it.
struct GraphQLSchemaBuilder {
    let schema: GraphQLSchema
    private var context: Context { schema.context }
    /// The fields `__schema`, `__type` and `__typename`.
    private var introspection: [Value] = []

    /// - Throws: the first thing that is wrong with the document.
    static func schema(_ document: Value, _ context: Context) throws(GraphQLFailure) -> GraphQLSchema {
        var builder = GraphQLSchemaBuilder(schema: GraphQLSchema(context))
        try builder.prelude()
        try builder.add(document)
        try builder.roots(document)
        for type in builder.schema.types where !type.isBuiltIn { try builder.check(type) }
        for directive in builder.schema.directives { try builder.check(directive: directive) }
        return builder.schema
    }

    private init(schema: GraphQLSchema) { self.schema = schema }

    static func failure(_ message: String, _ node: Value) -> GraphQLFailure {
        let place = node["Position"].int ?? 0
        return .invalid(message: message, line: place >> 32, column: place & 0xffff_ffff)
    }

    private func failure(_ message: String, _ node: Value) -> GraphQLFailure { Self.failure(message, node) }

    private mutating func prelude() throws(GraphQLFailure) {
        let text = UnsafeRawBufferPointer(
            start: GraphQLPrelude.text.utf8Start, count: GraphQLPrelude.text.utf8CodeUnitCount)
        var parser = GraphQLParser(context, Array(text))
        let document = try parser.schemaDocument()
        for definition in document["Definitions"].arrayElements {
            if definition["Name"].graphQLText == "__Query" {
                introspection = definition["Fields"].arrayElements
            } else {
                schema.add(definition, isBuiltIn: true).absorb(definition)
            }
        }
        for directive in document["Directives"].arrayElements { schema.add(directive: directive) }
    }

    private func tick(_ amount: Int = 1) throws(GraphQLFailure) {
        do throws(RegoError) { try context.tick(amount) } catch { throw .stopped(error) }
    }

    private func add(_ document: Value) throws(GraphQLFailure) {
        for definition in document["Definitions"].arrayElements {
            try tick()
            if schema.type(definition["Name"]) != nil {
                throw failure("Cannot redeclare type \(definition["Name"].graphQLText).", definition)
            }
            schema.add(definition, isBuiltIn: false).absorb(definition)
        }
        for part in document["Extensions"].arrayElements {
            try tick()
            let type = schema.type(part["Name"]) ?? schema.add(part, isBuiltIn: false)
            guard type.kind == GraphQLType.Kind(part["Kind"]) else {
                throw failure(
                    "Cannot extend type \(part["Name"].graphQLText) because the base type is a "
                        + "\(type.kind.location), not \(part["Kind"].graphQLText).", part)
            }
            type.absorb(part)
        }
        for directive in document["Directives"].arrayElements {
            try tick()
            if schema.directive(directive["Name"]) != nil {
                throw failure("Cannot redeclare directive \(directive["Name"].graphQLText).", directive)
            }
            schema.add(directive: directive)
        }
    }

    /// The types that operations begin with.
    private func roots(_ document: Value) throws(GraphQLFailure) {
        let schemas = document["Schema"].arrayElements
        if schemas.count > 1 {
            throw failure(
                "Cannot have multiple schema entry points, consider schema extensions instead.", schemas[1])
        }
        for part in schemas + document["SchemaExtension"].arrayElements {
            for entry in part["OperationTypes"].arrayElements {
                let kind = entry["Operation"].graphQLText
                guard let type = schema.type(entry["Type"]) else {
                    throw failure(
                        "Schema root \(kind) refers to a type \(entry["Type"].graphQLText) that does not exist.",
                        entry)
                }
                switch kind {
                case "query": schema.query = type
                case "mutation": schema.mutation = type
                default: schema.subscription = type
                }
            }
            try check(directives: part["Directives"].arrayElements, at: "SCHEMA")
        }
        if schemas.isEmpty {
            schema.query = schema.query ?? schema.type(context.string("Query"))
            schema.mutation = schema.mutation ?? schema.type(context.string("Mutation"))
            schema.subscription = schema.subscription ?? schema.type(context.string("Subscription"))
        }
        if let query = schema.query {
            for field in introspection where query.field(field["Name"]) == nil {
                query.introspection.append(field)
            }
        }
    }

    // MARK: Types

    private func check(_ type: GraphQLType) throws(GraphQLFailure) {
        let name = type.name.graphQLText
        let kind = "\(type.kind.location)"
        try tick(type.fields.count * type.fields.count / 8 + 1)
        try check(name: type.definition)
        switch type.kind {
        case .object, .interface:
            if type.fields.isEmpty {
                throw failure("\(kind) \(name): must define one or more fields.", type.definition)
            }
        case .input:
            if type.fields.isEmpty {
                throw failure("\(kind) \(name): must define one or more input fields.", type.definition)
            }
        case .enumeration:
            if type.values.isEmpty {
                throw failure(
                    "\(kind) \(name): must define one or more unique enum values.", type.definition)
            }
            for value in type.values {
                let text = value["Name"].graphQLText
                if text == "true" || text == "false" || text == "null" {
                    throw failure("\(kind) \(name): \(text) is not a name of an enum value.", value)
                }
                try check(directives: value["Directives"].arrayElements, at: "ENUM_VALUE")
            }
            try unique(type.values) { "Enum value \(name).\($0) can only be defined once." }
        case .scalar, .union, .unknown: break
        }
        for field in type.fields { try check(field: field, of: type) }
        try unique(type.fields) { "Field \(name).\($0) can only be defined once." }
        for member in type.members {
            guard let found = schema.type(member) else {
                throw failure("Undefined type \(member.graphQLText).", type.definition)
            }
            guard found.kind == .object else {
                throw failure("UNION type \(member.graphQLText) must be OBJECT.", type.definition)
            }
        }
        for interface in type.interfaces { try check(type, implements: interface) }
        try check(directives: type.directives, at: type.kind.location)
    }

    private func unique(_ nodes: [Value], _ message: (String) -> String) throws(GraphQLFailure) {
        var seen = SetBuilder()
        for node in nodes {
            if seen.contains(node["Name"]) { throw failure(message(node["Name"].graphQLText), node) }
            seen.insert(node["Name"], context)
        }
    }

    private func check(name node: Value) throws(GraphQLFailure) {
        let name = node["Name"].utf8
        if name.count >= 2, name[0] == 95, name[1] == 95 {
            throw failure(
                "Name \"\(node["Name"].graphQLText)\" must not begin with \"__\", which is reserved by GraphQL "
                    + "introspection.", node)
        }
    }

    private func check(field: Value, of type: GraphQLType) throws(GraphQLFailure) {
        try check(name: field)
        let reference = GraphQLTypeReference(value: field["Type"])
        guard let found = schema.type(reference.name) else {
            throw failure("Undefined type \(reference.name.graphQLText).", field)
        }
        let fits = type.kind == .input ? found.kind.isInput : found.kind != .input
        guard fits else {
            let wanted =
                type.kind == .input ? "SCALAR, ENUM, INPUT_OBJECT" : "SCALAR, OBJECT, INTERFACE, UNION, ENUM"
            throw failure("\(type.kind.location) field must be one of \(wanted).", field)
        }
        try check(arguments: field["Arguments"].arrayElements)
        let location: StaticString = type.kind == .input ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION"
        try check(directives: field["Directives"].arrayElements, at: location)
    }

    private func check(arguments: [Value]) throws(GraphQLFailure) {
        for argument in arguments {
            try tick()
            try check(name: argument)
            let reference = GraphQLTypeReference(value: argument["Type"])
            guard let found = schema.type(reference.name) else {
                throw failure("Undefined type \(reference.name.graphQLText).", argument)
            }
            guard found.kind.isInput else {
                throw failure(
                    "cannot use \(reference.name.graphQLText) as argument "
                        + "\(argument["Name"].graphQLText) because \(found.kind.location) is not a valid input type",
                    argument)
            }
            try check(directives: argument["Directives"].arrayElements, at: "ARGUMENT_DEFINITION")
        }
    }

    // MARK: Interfaces

    private func check(_ type: GraphQLType, implements name: Value) throws(GraphQLFailure) {
        guard let interface = schema.type(name) else {
            throw failure("Undefined type \(name.graphQLText).", type.definition)
        }
        let title = type.name.graphQLText
        guard interface.kind == .interface else {
            throw failure("\(name.graphQLText) is a non interface type.", type.definition)
        }
        for wanted in interface.fields {
            try tick(type.fields.count / 8 + 1)
            guard let found = type.field(wanted["Name"]) else {
                throw failure(
                    "For \(title) to implement \(name.graphQLText) it must have a field called "
                        + "\(wanted["Name"].graphQLText).", type.definition)
            }
            guard
                isCovariant(
                    GraphQLTypeReference(value: wanted["Type"]), GraphQLTypeReference(value: found["Type"]))
            else {
                throw failure(
                    "For \(title) to implement \(name.graphQLText) the field \(wanted["Name"].graphQLText) must "
                        + "have type \(GraphQLTypeReference(value: wanted["Type"]).text).", found)
            }
            try check(arguments: found, implement: wanted, name, title)
        }
        for ancestor in interface.interfaces where !type.interfaces.contains(where: { $0 == ancestor }) {
            throw failure(
                "Type \(title) must implement \(ancestor.graphQLText) because it is implemented by "
                    + "\(name.graphQLText).", type.definition)
        }
    }

    private func check(
        arguments found: Value, implement wanted: Value, _ name: Value, _ title: String
    ) throws(GraphQLFailure) {
        let own = found["Arguments"].arrayElements
        for argument in wanted["Arguments"].arrayElements {
            let match = own.first { $0["Name"] == argument["Name"] }
            guard let match,
                GraphQLTypeReference(value: match["Type"]).text
                    == GraphQLTypeReference(value: argument["Type"]).text
            else {
                throw failure(
                    "For \(title) to implement \(name.graphQLText) the field \(found["Name"].graphQLText) must have "
                        + "the same arguments but it is missing \(argument["Name"].graphQLText).", found)
            }
        }
        for argument in own {
            let isKnown = wanted["Arguments"].arrayElements.contains { $0["Name"] == argument["Name"] }
            if !isKnown, argument["Type"]["NonNull"].isTrue, argument["DefaultValue"].isUndefined {
                throw failure(
                    "For \(title) to implement \(name.graphQLText) the field \(found["Name"].graphQLText) must not "
                        + "have the required argument \(argument["Name"].graphQLText).", found)
            }
        }
    }

    private func isCovariant(_ wanted: GraphQLTypeReference, _ found: GraphQLTypeReference) -> Bool {
        if wanted.isRequired, !found.isRequired { return false }
        if let element = wanted.element {
            guard let other = found.element else { return false }
            return isCovariant(element, other)
        }
        guard found.element == nil else { return false }
        if wanted.name == found.name { return true }
        guard let type = schema.type(wanted.name), let other = schema.type(found.name) else { return false }
        return schema.possibleTypes(type).contains { $0 === other }
            || other.interfaces.contains { $0 == type.name }
    }

    // MARK: Directives

    private func check(directive: Value) throws(GraphQLFailure) {
        try check(name: directive)
        for argument in directive["Arguments"].arrayElements
        where argument["Directives"].arrayElements.contains(where: { $0["Name"] == directive["Name"] }) {
            throw failure(
                "Directive \(directive["Name"].graphQLText) cannot refer to itself.", argument)
        }
        try check(arguments: directive["Arguments"].arrayElements)
    }

    private func check(directives: [Value], at location: StaticString) throws(GraphQLFailure) {
        for directive in directives {
            try tick()
            let name = directive["Name"].graphQLText
            guard let definition = schema.directive(directive["Name"]) else {
                throw failure("Undefined directive \(name).", directive)
            }
            guard definition["Locations"].arrayElements.contains(where: { Array($0.utf8).isText(location) })
            else { throw failure("Directive \(name) is not applicable on \(location).", directive) }
            let known = definition["Arguments"].arrayElements
            let given = directive["Arguments"].arrayElements
            for argument in given where !known.contains(where: { $0["Name"] == argument["Name"] }) {
                throw failure(
                    "Undefined argument \(argument["Name"].graphQLText) for directive \(name).", directive)
            }
            for argument in known
            where argument["Type"]["NonNull"].isTrue && argument["DefaultValue"].isUndefined {
                let match = given.first { $0["Name"] == argument["Name"] }
                guard let match, match["Value"]["Kind"].int != GraphQLValueKind.null.rawValue else {
                    throw failure(
                        "Argument \(argument["Name"].graphQLText) for directive \(name) cannot be null.",
                        directive)
                }
            }
        }
    }
}
