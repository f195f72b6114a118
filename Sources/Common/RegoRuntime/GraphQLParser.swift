/// Reads GraphQL documents into objects of the shape that the Open Policy Agent gives them, with a `Position` in each.
struct GraphQLParser {
    let context: Context
    private var lexer: GraphQLLexer
    private(set) var token: GraphQLToken

    init(_ context: Context, _ text: [UInt8]) {
        self.context = context
        lexer = GraphQLLexer(text)
        token = lexer.next()
    }

    // MARK: Tokens

    mutating func advance() throws(GraphQLFailure) {
        do throws(RegoError) { try context.tick() } catch { throw .stopped(error) }
        token = lexer.next()
    }

    func unexpected() -> GraphQLFailure { failure("Unexpected " + token.described) }

    func failure(_ message: String) -> GraphQLFailure {
        .invalid(message: message, line: token.line, column: token.column)
    }

    func expected(_ what: String) -> GraphQLFailure {
        failure("Expected " + what + ", found " + token.described)
    }

    mutating func take(_ byte: UInt8) throws(GraphQLFailure) -> Bool {
        guard token.isPunctuator(byte) else { return false }
        try advance()
        return true
    }

    mutating func skip(_ byte: UInt8) throws(GraphQLFailure) {
        if token.isPunctuator(byte) { try advance() }
    }

    mutating func expect(_ byte: UInt8) throws(GraphQLFailure) {
        guard try take(byte) else { throw expected(String(decoding: [byte], as: UTF8.self)) }
    }

    mutating func expectKeyword(_ word: StaticString) throws(GraphQLFailure) {
        guard token.isName(word) else { throw expected("\"\(word)\"") }
        try advance()
    }

    mutating func name() throws(GraphQLFailure) -> Value {
        guard token.kind == .name else { throw expected("Name") }
        let value = context.string(token.text)
        try advance()
        return value
    }

    // MARK: Objects

    /// Where the token stands, as the `Position` of what begins with it.
    var position: Value { .int(token.line << 32 | token.column) }

    func node(_ position: Value, _ members: [(StaticString, Value)]) -> Value {
        var builder = ObjectBuilder()
        for (name, value) in members { builder.insert(key(name), value, context) }
        builder.insert(key("Position"), position, context)
        return builder.finish(context)
    }

    private func key(_ name: StaticString) -> Value {
        context.string(at: UnsafeRawPointer(name.utf8Start), count: name.utf8CodeUnitCount)
    }

    /// `open item... close`; nothing when the list does not begin here.
    mutating func list(
        _ open: UInt8, _ close: UInt8, isEmptyAllowed: Bool = false,
        _ item: (inout GraphQLParser) throws(GraphQLFailure) -> Value
    ) throws(GraphQLFailure) -> Value {
        guard try take(open) else { return .emptyArray }
        var builder = ArrayBuilder()
        while !token.isPunctuator(close) { builder.append(try nested(item), context) }
        guard builder.count > 0 || isEmptyAllowed else {
            throw failure("expected at least one definition, found " + token.described)
        }
        try advance()
        return builder.finish(context)
    }

    /// One level deeper: the query's limit of depth holds here too.
    mutating func nested(
        _ body: (inout GraphQLParser) throws(GraphQLFailure) -> Value
    ) throws(GraphQLFailure) -> Value {
        do throws(RegoError) { try context.enter() } catch { throw .stopped(error) }
        defer { context.leave() }
        return try body(&self)
    }

    // MARK: Parts of both kinds of documents

    mutating func directives(constant: Bool) throws(GraphQLFailure) -> Value {
        var builder = ArrayBuilder()
        while token.isPunctuator(64) {
            let position = position
            try advance()
            let name = try name()
            let arguments = try arguments(constant: constant)
            builder.append(
                node(position, [("Name", name), ("Arguments", arguments), ("Location", .emptyString)]),
                context)
        }
        return builder.finish(context)
    }

    mutating func arguments(constant: Bool) throws(GraphQLFailure) -> Value {
        try list(40, 41) { (parser) throws(GraphQLFailure) in try parser.member(constant: constant) }
    }

    /// `name: value`
    private mutating func member(constant: Bool) throws(GraphQLFailure) -> Value {
        let position = position
        let name = try name()
        try expect(58)
        return node(position, [("Name", name), ("Value", try value(constant: constant))])
    }

    mutating func value(constant: Bool) throws(GraphQLFailure) -> Value {
        let start = position
        let text = context.string(token.text)
        switch token.kind {
        case .punctuator:
            if token.isPunctuator(91) {
                let items = try list(91, 93, isEmptyAllowed: true) { (parser) throws(GraphQLFailure) in
                    let place = parser.position
                    let item = try parser.value(constant: constant)
                    return parser.node(place, [("Name", .emptyString), ("Value", item)])
                }
                return value(start, .list, .emptyString, items)
            }
            if token.isPunctuator(123) {
                let members = try list(123, 125, isEmptyAllowed: true) { (parser) throws(GraphQLFailure) in
                    try parser.member(constant: constant)
                }
                return value(start, .object, .emptyString, members)
            }
            guard token.isPunctuator(36), !constant else { throw unexpected() }
            try advance()
            return value(start, .variable, try name())
        case .int: return try scalar(start, .int, text)
        case .float: return try scalar(start, .float, text)
        case .string: return try scalar(start, .string, text)
        case .blockString: return try scalar(start, .block, text)
        case .name:
            if token.isName("true") || token.isName("false") { return try scalar(start, .boolean, text) }
            return try scalar(start, token.isName("null") ? .null : .enumeration, text)
        case .invalid, .end, .spread: throw unexpected()
        }
    }

    private mutating func scalar(
        _ position: Value, _ kind: GraphQLValueKind, _ text: Value
    ) throws(GraphQLFailure) -> Value {
        try advance()
        return value(position, kind, text)
    }

    private func value(
        _ position: Value, _ kind: GraphQLValueKind, _ raw: Value, _ children: Value = .emptyArray
    ) -> Value {
        node(
            position,
            [
                ("Raw", raw), ("Children", children), ("Kind", .int(kind.rawValue)),
                ("ExpectedTypeHasDefault", .false),
            ])
    }

    mutating func type() throws(GraphQLFailure) -> Value {
        let start = position
        if try take(91) {
            let element = try nested { (parser) throws(GraphQLFailure) in try parser.type() }
            try expect(93)
            return node(
                start,
                [("NamedType", .emptyString), ("Elem", element), ("NonNull", .boolean(try take(33)))])
        }
        let name = try name()
        return node(start, [("NamedType", name), ("NonNull", .boolean(try take(33)))])
    }
}

/// The kinds of values, numbered as in the objects.
enum GraphQLValueKind: Int {
    case variable, int, float, string, block, boolean, null, enumeration, list, object
}
