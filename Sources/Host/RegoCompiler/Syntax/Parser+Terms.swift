extension Parser {
    /// A full term: operators, and `in`.
    mutating func term(allowsPair: Bool = false) throws(CompilationError) -> Term {
        try nested { (parser) throws(CompilationError) in try parser.membership(allowsPair: allowsPair) }
    }

    private mutating func membership(allowsPair: Bool) throws(CompilationError) -> Term {
        var left = try relation()
        if allowsPair, isSymbol(.comma), keywords.contains("in") {
            let saved = index
            advance()
            if let value = try? relation(), isKeyword("in") {
                advance()
                let domain = try relation()
                left = Term(.call(Callee("internal.member_3"), [left, value, domain]), left.position)
            } else {
                index = saved
            }
        }
        while isKeyword("in") {
            advance()
            let domain = try relation()
            left = Term(.call(Callee("internal.member_2"), [left, domain]), left.position)
        }
        return left
    }

    private static let relations: [Token.Symbol: String] = [
        .equal: "equal", .notEqual: "neq", .less: "lt", .lessOrEqual: "lte", .greater: "gt",
        .greaterOrEqual: "gte",
    ]
    private static let sums: [Token.Symbol: String] = [.plus: "plus", .minus: "minus"]
    private static let products: [Token.Symbol: String] = [.times: "mul", .divide: "div", .remainder: "rem"]

    mutating func relation() throws(CompilationError) -> Term {
        try leftAssociative(Self.relations) { (parser) throws(CompilationError) in
            try parser.leftAssociative([.or: "or"]) { (parser) throws(CompilationError) in
                try parser.intersection()
            }
        }
    }

    private mutating func intersection() throws(CompilationError) -> Term {
        try leftAssociative([.and: "and"]) { (parser) throws(CompilationError) in
            try parser.leftAssociative(Self.sums) { (parser) throws(CompilationError) in
                try parser.leftAssociative(Self.products) { (parser) throws(CompilationError) in
                    try parser.operand()
                }
            }
        }
    }

    private mutating func leftAssociative(
        _ operators: [Token.Symbol: String],
        _ operand: (inout Parser) throws(CompilationError) -> Term
    ) throws(CompilationError) -> Term {
        var left = try operand(&self)
        while case .symbol(let symbol) = token.kind, let name = operators[symbol] {
            advance()
            let right = try operand(&self)
            left = Term(.call(Callee(name), [left, right]), left.position)
        }
        return left
    }

    /// A term without operators: scalar, collection, comprehension, reference or call.
    mutating func operand() throws(CompilationError) -> Term {
        if let found = pending {
            pending = nil
            return found
        }
        let head = try primary()
        return try suffixes(of: head)
    }

    private mutating func primary() throws(CompilationError) -> Term {
        let position = token.position
        switch token.kind {
        case .string(let text), .rawString(let text):
            advance()
            return Term(.string(text), position)
        case .number(let text):
            advance()
            return Term(.number(text), position)
        case .template(let pieces):
            advance()
            return try template(pieces, position)
        case .symbol(.minus):
            guard case .number(let text) = peek().kind, !peek().afterSpace else {
                throw unexpected("illegal token")
            }
            advance()
            advance()
            return Term(.number("-" + text), position)
        case .symbol(.leftParenthesis):
            advance()
            let inner = try term(allowsPair: true)
            try expect(.rightParenthesis, "to close the parenthesis")
            return inner
        case .symbol(.leftBracket):
            return try nested { (parser) throws(CompilationError) in try parser.arrayTerm(position) }
        case .symbol(.leftBrace):
            return try nested { (parser) throws(CompilationError) in try parser.braceTerm(position) }
        case .identifier(let name):
            return try named(name, position)
        case .symbol, .end:
            throw unexpected("illegal token")
        }
    }

    private mutating func named(_ name: String, _ position: Position) throws(CompilationError) -> Term {
        switch name {
        case "true", "false", "null":
            if headsReference { break }
            advance()
            if name == "null" { return Term(.null, position) }
            return Term(.boolean(name == "true"), position)
        case "_":
            advance()
            return Term(.variable(freshWildcard()), position)
        case "contains": break
        default:
            if isKeyword(name) { throw unexpected("illegal token") }
        }
        advance()
        if name == "set", isSymbol(.leftParenthesis), !token.afterSpace,
            peek().kind == .symbol(.rightParenthesis)
        {
            advance()
            advance()
            return Term(.set([]), position)
        }
        return Term(.variable(name), position)
    }

    /// `.name`, `[term]` and `(arguments)` that follow without white space.
    mutating func suffixes(of start: Term) throws(CompilationError) -> Term {
        var head = start
        var path: [Term] = []
        while !token.afterSpace {
            if isSymbol(.dot) {
                advance()
                guard case .identifier(let name) = token.kind, !token.afterSpace else {
                    throw unexpected("expected a name after '.'")
                }
                path.append(Term(.string(name), token.position))
                advance()
            } else if isSymbol(.leftBracket) {
                advance()
                path.append(try term())
                try expect(.rightBracket, "to close the reference")
            } else if isSymbol(.leftParenthesis) {
                guard let callee = Self.callee(head, path) else {
                    throw failure("only a function's name can be called")
                }
                advance()
                let arguments = try list(until: .rightParenthesis)
                head = Term(.call(callee, arguments), start.position)
                path = []
            } else {
                break
            }
        }
        return path.isEmpty ? head : Term(.reference(head, path), start.position)
    }

    private static func callee(_ head: Term, _ path: [Term]) -> Callee? {
        guard case .variable(let name) = head.kind else { return nil }
        var names = [name]
        for part in path {
            guard case .string(let text) = part.kind else { return nil }
            names.append(text)
        }
        return Callee(names)
    }

    /// Terms separated by commas; a trailing comma is allowed.
    mutating func list(until close: Token.Symbol) throws(CompilationError) -> [Term] {
        var terms: [Term] = []
        while pending != nil || !isSymbol(close) {
            terms.append(try term())
            if !take(.comma) { break }
        }
        try expect(close, "or a comma")
        return terms
    }

    private mutating func arrayTerm(_ position: Position) throws(CompilationError) -> Term {
        advance()
        if let (head, body) = try comprehension(closing: .rightBracket) {
            return Term(.arrayComprehension(head, body), position)
        }
        return Term(.array(try list(until: .rightBracket)), position)
    }

    /// `head | body close`, or `nil` when no comprehension stands here; the operand that was read is pending then.
    private mutating func comprehension(
        closing: Token.Symbol
    ) throws(CompilationError) -> (Term, [Expression])? {
        if isSymbol(closing) { return nil }
        let head = try operand()
        guard take(.or) else {
            pending = head
            return nil
        }
        let body = try query(until: closing)
        try expect(closing, "to close the comprehension")
        return (head, body)
    }

    private mutating func braceTerm(_ position: Position) throws(CompilationError) -> Term {
        advance()
        if take(.rightBrace) { return Term(.object([]), position) }
        if let (head, body) = try comprehension(closing: .rightBrace) {
            return Term(.setComprehension(head, body), position)
        }
        let first = try term()
        if take(.colon) { return try objectTerm(firstKey: first, position) }
        var members = [first]
        if take(.comma) {
            members += try list(until: .rightBrace)
        } else {
            try expect(.rightBrace, "or a comma")
        }
        return Term(.set(members), position)
    }

    private mutating func objectTerm(firstKey: Term, _ position: Position) throws(CompilationError) -> Term {
        let value = try operand()
        if take(.or) {
            let body = try query(until: .rightBrace)
            try expect(.rightBrace, "to close the comprehension")
            return Term(.objectComprehension(firstKey, value, body), position)
        }
        pending = value
        var members = [(key: firstKey, value: try term())]
        while take(.comma), !isSymbol(.rightBrace) {
            let key = try term()
            try expect(.colon, "after the key of an object")
            members.append((key: key, value: try term()))
        }
        try expect(.rightBrace, "or a comma")
        return Term(.object(members), position)
    }

    /// A term of a template string; with `with` it becomes the set of its value.
    private mutating func templateTerm() throws(CompilationError) -> Term.TemplatePart {
        var body = try expression()
        guard case .term(let value) = body.kind, !body.isNegated else {
            throw failure("unexpected statement in a template expression", at: body.position)
        }
        if body.replacements.isEmpty { return .term(value) }
        let result = Term(.variable(freshWildcard()), value.position)
        body.kind = .term(Term(.call(Callee("eq"), [result, value]), value.position))
        return .collected(Term(.setComprehension(result, [body]), value.position))
    }

    private mutating func template(
        _ pieces: [Token.TemplatePiece], _ position: Position
    ) throws(CompilationError) -> Term {
        var parts: [Term.TemplatePart] = []
        for piece in pieces {
            switch piece {
            case .text(let text): parts.append(.text(text))
            case .source(let range):
                var inner = try Parser(embedded: range, in: self, position: position)
                inner.wildcards = wildcards
                let value = try inner.templateTerm()
                guard inner.token.kind == .end else {
                    throw inner.unexpected("expected } after the expression")
                }
                wildcards = inner.wildcards
                parts.append(value)
            }
        }
        return Term(.template(parts), position)
    }
}
