extension Builtins {
    /// `graphql.parse_query(text)`
    public static func graphqlParseQuery(_ context: Context, _ query: Value) throws(RegoError) -> Value {
        let name: StaticString = "graphql.parse_query"
        guard query.isString else { return try context.refuse(name, [query], ["string"]) }
        do throws(GraphQLFailure) {
            return try pruned(context, queryDocument(context, query))
        } catch {
            return try graphQLError(context, name, error)
        }
    }

    /// `graphql.parse_schema(text)`
    public static func graphqlParseSchema(_ context: Context, _ schema: Value) throws(RegoError) -> Value {
        let name: StaticString = "graphql.parse_schema"
        guard schema.isString else { return try context.refuse(name, [schema], ["string"]) }
        do throws(GraphQLFailure) {
            return try pruned(context, schemaDocument(context, schema))
        } catch {
            return try graphQLError(context, name, error)
        }
    }

    /// `graphql.schema_is_valid(text or object)`
    public static func graphqlSchemaIsValid(_ context: Context, _ schema: Value) throws(RegoError) -> Value {
        if schema.isUndefined { return .undefined }
        guard schema.isString || schema.isObject else { return .false }
        do throws(GraphQLFailure) {
            let document = try schemaDocument(context, schema)
            return .boolean(try GraphQLSchemaBuilder.schema(document, context).types.count > 0)
        } catch {
            return try isRefused(error)
        }
    }

    /// `graphql.is_valid(query, schema)`
    public static func graphqlIsValid(
        _ context: Context, _ query: Value, _ schema: Value
    ) throws(RegoError) -> Value {
        if query.isUndefined || schema.isUndefined { return .undefined }
        guard isDocument(query), isDocument(schema) else { return .false }
        do throws(GraphQLFailure) {
            let documents = try graphQLDocuments(context, query, schema)
            return .boolean(documents.query.isObject)
        } catch {
            return try isRefused(error)
        }
    }

    /// `graphql.parse(query, schema)`: both as objects, when the query is valid.
    public static func graphqlParse(
        _ context: Context, _ query: Value, _ schema: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "graphql.parse"
        guard isDocument(query), isDocument(schema) else {
            return try context.refuse(name, [query, schema], ["object|string", "object|string"])
        }
        do throws(GraphQLFailure) {
            let documents = try graphQLDocuments(context, query, schema)
            let first = try pruned(context, documents.query)
            return context.array([first, try pruned(context, documents.schema)])
        } catch {
            return try graphQLError(context, name, error)
        }
    }

    /// `graphql.parse_and_verify(query, schema)`: whether the query is valid, and both as objects.
    public static func graphqlParseAndVerify(
        _ context: Context, _ query: Value, _ schema: Value
    ) throws(RegoError) -> Value {
        if query.isUndefined || schema.isUndefined { return .undefined }
        let refused = context.array([.false, .emptyObject, .emptyObject])
        guard isDocument(query), isDocument(schema) else { return refused }
        do throws(GraphQLFailure) {
            let documents = try graphQLDocuments(context, query, schema)
            let first = try pruned(context, documents.query)
            return context.array([.true, first, try pruned(context, documents.schema)])
        } catch {
            guard case .stopped(let reason) = error else { return refused }
            throw reason
        }
    }

    // MARK: Helpers

    private static func isDocument(_ value: Value) -> Bool { value.isString || value.isObject }

    private static func queryDocument(_ context: Context, _ query: Value) throws(GraphQLFailure) -> Value {
        guard query.isString else { return query }
        try charge(context, query)
        var parser = GraphQLParser(context, Array(query.utf8))
        return try parser.queryDocument()
    }

    private static func schemaDocument(_ context: Context, _ schema: Value) throws(GraphQLFailure) -> Value {
        guard schema.isString else { return schema }
        try charge(context, schema)
        var parser = GraphQLParser(context, Array(schema.utf8))
        return try parser.schemaDocument()
    }

    private static func charge(_ context: Context, _ text: Value) throws(GraphQLFailure) {
        do throws(RegoError) { try context.tick(text.length / 4 + 1) } catch { throw .stopped(error) }
    }

    /// Both documents, the query checked against the schema.
    private static func graphQLDocuments(
        _ context: Context, _ query: Value, _ schema: Value
    ) throws(GraphQLFailure) -> (query: Value, schema: Value) {
        let types = try schemaDocument(context, schema)
        let document = try queryDocument(context, query)
        try GraphQLValidator.validate(document, try GraphQLSchemaBuilder.schema(types, context))
        return (document, types)
    }

    /// Without positions, and without members that are null or empty.
    private static func pruned(_ context: Context, _ value: Value) throws(GraphQLFailure) -> Value {
        do throws(RegoError) {
            try context.tick(value.count + 1)
            try context.enter()
        } catch { throw .stopped(error) }
        defer { context.leave() }
        func isKept(_ value: Value) -> Bool {
            !value.isNull && !((value.isArray || value.isObject) && value.count == 0)
        }
        if value.isArray {
            var builder = ArrayBuilder()
            for element in value.arrayElements {
                let inner = try pruned(context, element)
                if isKept(inner) { builder.append(inner, context) }
            }
            return builder.finish(context)
        }
        guard value.isObject else { return value }
        var builder = ObjectBuilder()
        for position in 0..<value.scanCount {
            let key = value.key(at: position)
            if Array(key.utf8).isText("Position") { continue }
            let inner = try pruned(context, value.value(at: position))
            if isKept(inner) { builder.insert(key, inner, context) }
        }
        return builder.finish(context)
    }

    private static func isRefused(_ failure: GraphQLFailure) throws(RegoError) -> Value {
        guard case .stopped(let reason) = failure else { return .false }
        throw reason
    }

    private static func graphQLError(
        _ context: Context, _ name: StaticString, _ failure: GraphQLFailure
    ) throws(RegoError) -> Value {
        switch failure {
        case .stopped(let reason): throw reason
        case .invalid(let message, let line, let column):
            let isSentence = message.hasSuffix(".") && !message.hasSuffix("...")
            let text = isSentence ? String(message.dropLast()) : message
            let place = line > 0 ? " in GraphQL string at location \(line):\(column)" : ""
            return try context.builtinError(name, text + place)
        }
    }
}
