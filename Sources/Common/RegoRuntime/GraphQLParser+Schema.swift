extension GraphQLParser {
    private static var locations: [StaticString] {
        [
            "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD",
            "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION",
            "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT",
            "INPUT_FIELD_DEFINITION",
        ]
    }

    /// Reads a document of types and directives.
    mutating func schemaDocument() throws(GraphQLFailure) -> Value {
        let start = position
        var schemas = ArrayBuilder()
        var schemaExtensions = ArrayBuilder()
        var directives = ArrayBuilder()
        var definitions = ArrayBuilder()
        var extensions = ArrayBuilder()
        while token.kind != .end {
            let before = failure("")
            let described = token.described
            let description = try self.description()
            if token.isName("extend") {
                if description != .emptyString, case .invalid(_, let line, let column) = before {
                    throw .invalid(message: "Unexpected " + described, line: line, column: column)
                }
                try advance()
                if token.isName("schema") {
                    schemaExtensions.append(try schema(.emptyString, isExtension: true), context)
                } else {
                    extensions.append(try definition(.emptyString, isExtension: true), context)
                }
            } else if token.isName("schema") {
                schemas.append(try schema(description, isExtension: false), context)
            } else if token.isName("directive") {
                directives.append(try directive(description), context)
            } else {
                definitions.append(try definition(description, isExtension: false), context)
            }
        }
        return node(
            start,
            [
                ("Schema", schemas.finish(context)), ("SchemaExtension", schemaExtensions.finish(context)),
                ("Directives", directives.finish(context)), ("Definitions", definitions.finish(context)),
                ("Extensions", extensions.finish(context)),
            ])
    }

    private mutating func description() throws(GraphQLFailure) -> Value {
        guard token.kind == .string || token.kind == .blockString else { return .emptyString }
        let text = context.string(token.text)
        try advance()
        return text
    }

    private mutating func schema(_ description: Value, isExtension: Bool) throws(GraphQLFailure) -> Value {
        let start = position
        try advance()
        let directives = try directives(constant: true)
        if isExtension, directives.count == 0, !token.isPunctuator(123) { throw unexpected() }
        let types = try list(123, 125) { (parser) throws(GraphQLFailure) in
            let place = parser.position
            let kind = try parser.operationKind()
            try parser.expect(58)
            return parser.node(place, [("Operation", kind), ("Type", try parser.name())])
        }
        return node(
            start, [("Description", description), ("Directives", directives), ("OperationTypes", types)])
    }

    /// Any type, or an extension of one.
    private mutating func definition(
        _ description: Value, isExtension: Bool
    ) throws(GraphQLFailure) -> Value {
        let start = position
        let kind: StaticString
        if token.isName("scalar") {
            kind = "SCALAR"
        } else if token.isName("type") {
            kind = "OBJECT"
        } else if token.isName("interface") {
            kind = "INTERFACE"
        } else if token.isName("union") {
            kind = "UNION"
        } else if token.isName("enum") {
            kind = "ENUM"
        } else if token.isName("input") {
            kind = "INPUT_OBJECT"
        } else {
            throw unexpected()
        }
        let isInput = token.isName("input")
        let hasInterfaces = token.isName("type") || token.isName("interface")
        let hasFields = hasInterfaces || isInput
        let isUnion = token.isName("union")
        let isEnumeration = token.isName("enum")
        try advance()
        let name = try name()
        let interfaces = hasInterfaces ? try self.interfaces() : .emptyArray
        let directives = try directives(constant: true)
        let types = isUnion ? try members() : .emptyArray
        let values = isEnumeration ? try enumerationValues() : .emptyArray
        let fields = hasFields ? try self.fields(isInput: isInput) : .emptyArray
        let parts = interfaces.count + directives.count + types.count + values.count + fields.count
        if isExtension, parts == 0 { throw unexpected() }
        return node(
            start,
            [
                ("Kind", context.string("\(kind)")), ("Description", description), ("Name", name),
                ("Directives", directives), ("Interfaces", interfaces), ("Fields", fields),
                ("Types", types), ("EnumValues", values), ("BuiltIn", .false),
            ])
    }

    private mutating func interfaces() throws(GraphQLFailure) -> Value {
        guard token.isName("implements") else { return .emptyArray }
        try advance()
        var builder = ArrayBuilder()
        try skip(38)
        repeat { builder.append(try name(), context) } while try take(38)
        return builder.finish(context)
    }

    private mutating func members() throws(GraphQLFailure) -> Value {
        guard try take(61) else { return .emptyArray }
        var builder = ArrayBuilder()
        try skip(124)
        repeat { builder.append(try name(), context) } while try take(124)
        return builder.finish(context)
    }

    private mutating func enumerationValues() throws(GraphQLFailure) -> Value {
        try list(123, 125) { (parser) throws(GraphQLFailure) in
            let start = parser.position
            let description = try parser.description()
            let name = try parser.name()
            return parser.node(
                start,
                [
                    ("Description", description), ("Name", name),
                    ("Directives", try parser.directives(constant: true)),
                ])
        }
    }

    private mutating func fields(isInput: Bool) throws(GraphQLFailure) -> Value {
        try list(123, 125) { (parser) throws(GraphQLFailure) in try parser.fieldDefinition(isInput: isInput) }
    }

    /// A field of a type; a field of an input type and an argument have no arguments but a default value.
    private mutating func fieldDefinition(isInput: Bool) throws(GraphQLFailure) -> Value {
        let start = position
        let description = try description()
        let name = try name()
        let arguments = isInput ? .emptyArray : try self.argumentDefinitions()
        try expect(58)
        let type = try type()
        let fallback = isInput && token.isPunctuator(61) ? try self.fallback() : .undefined
        return node(
            start,
            [
                ("Description", description), ("Name", name), ("Arguments", arguments), ("Type", type),
                ("DefaultValue", fallback), ("Directives", try directives(constant: true)),
            ])
    }

    private mutating func fallback() throws(GraphQLFailure) -> Value {
        try advance()
        return try value(constant: true)
    }

    private mutating func argumentDefinitions() throws(GraphQLFailure) -> Value {
        try list(40, 41) { (parser) throws(GraphQLFailure) in try parser.fieldDefinition(isInput: true) }
    }

    private mutating func directive(_ description: Value) throws(GraphQLFailure) -> Value {
        let start = position
        try advance()
        try expect(64)
        let name = try name()
        let arguments = try argumentDefinitions()
        let isRepeatable = token.isName("repeatable")
        if isRepeatable { try advance() }
        try expectKeyword("on")
        var locations = ArrayBuilder()
        try skip(124)
        repeat {
            guard token.kind == .name else { throw expected("Name") }
            guard Self.locations.contains(where: { token.text.isText($0) }) else { throw unexpected() }
            locations.append(try self.name(), context)
        } while try take(124)
        return node(
            start,
            [
                ("Description", description), ("Name", name), ("Arguments", arguments),
                ("Locations", locations.finish(context)), ("IsRepeatable", .boolean(isRepeatable)),
            ])
    }
}
