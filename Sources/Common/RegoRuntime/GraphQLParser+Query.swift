extension GraphQLParser {
    /// Reads a document of operations and fragments.
    mutating func queryDocument() throws(GraphQLFailure) -> Value {
        let start = position
        var operations = ArrayBuilder()
        var fragments = ArrayBuilder()
        while token.kind != .end {
            if token.isName("fragment") {
                fragments.append(try fragment(), context)
            } else {
                operations.append(try operation(), context)
            }
        }
        return node(
            start, [("Operations", operations.finish(context)), ("Fragments", fragments.finish(context))])
    }

    private mutating func operation() throws(GraphQLFailure) -> Value {
        let start = position
        if token.isPunctuator(123) {
            return node(
                start,
                [
                    ("Operation", context.string("query")), ("Name", .emptyString),
                    ("SelectionSet", try selections()),
                ])
        }
        let kind = try operationKind()
        let name = token.kind == .name ? try name() : .emptyString
        let variables = try list(40, 41) { (parser) throws(GraphQLFailure) in try parser.variable() }
        let directives = try directives(constant: false)
        return node(
            start,
            [
                ("Operation", kind), ("Name", name), ("VariableDefinitions", variables),
                ("Directives", directives), ("SelectionSet", try requiredSelections()),
            ])
    }

    mutating func operationKind() throws(GraphQLFailure) -> Value {
        guard token.isName("query") || token.isName("mutation") || token.isName("subscription") else {
            throw unexpected()
        }
        return try name()
    }

    private mutating func variable() throws(GraphQLFailure) -> Value {
        let start = position
        try expect(36)
        let name = try name()
        try expect(58)
        let type = try type()
        let fallback = try take(61) ? try value(constant: true) : .undefined
        return node(
            start,
            [
                ("Variable", name), ("Type", type), ("DefaultValue", fallback),
                ("Directives", try directives(constant: true)), ("Used", .false),
            ])
    }

    private mutating func selections() throws(GraphQLFailure) -> Value {
        try list(123, 125) { (parser) throws(GraphQLFailure) in
            parser.token.kind == .spread ? try parser.spread() : try parser.field()
        }
    }

    private mutating func requiredSelections() throws(GraphQLFailure) -> Value {
        guard token.isPunctuator(123) else { throw expected("{") }
        return try selections()
    }

    private mutating func field() throws(GraphQLFailure) -> Value {
        let start = position
        let alias = try name()
        let name = try take(58) ? try name() : alias
        let arguments = try arguments(constant: false)
        let directives = try directives(constant: false)
        return node(
            start,
            [
                ("Alias", alias), ("Name", name), ("Arguments", arguments), ("Directives", directives),
                ("SelectionSet", try selections()),
            ])
    }

    /// `...Name` or `... on Type { }`
    private mutating func spread() throws(GraphQLFailure) -> Value {
        let start = position
        try advance()
        if token.kind == .name, !token.isName("on") {
            let name = try name()
            return node(start, [("Name", name), ("Directives", try directives(constant: false))])
        }
        var condition = Value.emptyString
        if token.isName("on") {
            try advance()
            condition = try name()
        }
        let directives = try directives(constant: false)
        return node(
            start,
            [
                ("TypeCondition", condition), ("Directives", directives),
                ("SelectionSet", try requiredSelections()),
            ])
    }

    private mutating func fragment() throws(GraphQLFailure) -> Value {
        let start = position
        try advance()
        if token.isName("on") { throw unexpected() }
        let name = try name()
        let variables = try list(40, 41) { (parser) throws(GraphQLFailure) in try parser.variable() }
        try expectKeyword("on")
        let condition = try self.name()
        let directives = try directives(constant: false)
        return node(
            start,
            [
                ("Name", name), ("VariableDefinition", variables), ("TypeCondition", condition),
                ("Directives", directives), ("SelectionSet", try requiredSelections()),
            ])
    }
}
