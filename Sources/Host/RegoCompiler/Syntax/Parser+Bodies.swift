extension Parser {
    /// Expressions separated by `;` or line breaks, up to (not including) `close`, or to the end of the text.
    mutating func query(until close: Token.Symbol?) throws(CompilationError) -> [Expression] {
        var body: [Expression] = []
        while true {
            while take(.semicolon) {}
            if token.kind == .end { break }
            if let close, isSymbol(close) { break }
            body.append(try expression())
            if isSymbol(.semicolon) || token.kind == .end { continue }
            if let close, isSymbol(close) { break }
            guard token.afterNewline else {
                throw unexpected("expected \\n or ; or \(close?.rawValue ?? "end of query")")
            }
        }
        guard !body.isEmpty else { throw unexpected("found empty body") }
        return body
    }

    /// One expression with its `not`, `and`, `or` and its `with`s.
    mutating func expression() throws(CompilationError) -> Expression {
        let position = token.position
        var result = try disjunction()
        result.position = position
        let replaced = try replacements()
        if replaced.isEmpty { return result }
        // `(x with ...) with ...`
        if !result.replacements.isEmpty { result = Expression(.block([result]), position) }
        result.replacements = replaced
        return result
    }

    /// One expression without `and`, `or` and `with`.
    mutating func simpleExpression() throws(CompilationError) -> Expression {
        let position = token.position
        let negated = takeKeyword("not")
        if negated, keywords.contains("not") { return try negatedBlock(position) }
        var result = try unmodified(position)
        if negated {
            if case .term = result.kind {
            } else {
                throw failure("unexpected some or every after not", at: position)
            }
        }
        result.isNegated = negated
        result.position = position
        return result
    }

    /// `not` of `future.keywords.not`: negates a whole body, undefined operands included.
    private mutating func negatedBlock(_ position: Position) throws(CompilationError) -> Expression {
        var inner: [Expression]?
        if isSymbol(.leftBrace) {
            let saved = index
            do throws(CompilationError) {
                advance()
                let body = try query(until: .rightBrace)
                try expect(.rightBrace, "to close the body")
                inner = body
            } catch {
                // `not {1, 2}[x]`: a term that begins with a brace.
                index = saved
            }
        }
        let body: [Expression]
        if let inner { body = inner } else { body = try logicalOperand(isFirst: false) }
        var result = Expression(.block(body), position)
        result.isNegated = true
        return result
    }

    private mutating func unmodified(_ position: Position) throws(CompilationError) -> Expression {
        if isKeyword("some") { return try some(position) }
        if isKeyword("every") { return try every(position) }
        let left = try term(allowsPair: true)
        for (symbol, name) in [(Token.Symbol.assign, "assign"), (.unify, "eq")] where take(symbol) {
            let right = try term(allowsPair: true)
            return Expression(.term(Term(.call(Callee(name), [left, right]), left.position)), position)
        }
        return Expression(.term(left), position)
    }

    private mutating func some(_ position: Position) throws(CompilationError) -> Expression {
        advance()
        var terms = [try relation()]
        while take(.comma) { terms.append(try relation()) }
        if takeKeyword("in") {
            let domain = try term()
            guard terms.count <= 2 else {
                throw failure("expected `x in xs` or `x, y in xs` expression", at: position)
            }
            return Expression(
                .someIn(
                    key: terms.count == 2 ? terms[0] : nil, value: terms[terms.count - 1], domain: domain),
                position)
        }
        for term in terms {
            guard case .variable(let name) = term.kind, !name.hasPrefix("$") || name.isEmpty else {
                throw failure(
                    "unexpected token in some: expected a variable", at: term.position,
                    hint: keywords.contains("in")
                        ? "write `some x in xs`" : "import future.keywords.in for `some x in xs`")
            }
        }
        return Expression(.declaration(terms), position)
    }

    private mutating func every(_ position: Position) throws(CompilationError) -> Expression {
        advance()
        let first = try relation()
        let second = take(.comma) ? try relation() : nil
        guard takeKeyword("in") else { throw unexpected("expected `x[, y] in xs { ... }` expression") }
        let domain = try term()
        try expect(.leftBrace, "to open the body of every")
        let body = try query(until: .rightBrace)
        try expect(.rightBrace, "to close the body of every")
        return Expression(
            .every(key: second == nil ? nil : first, value: second ?? first, domain: domain, body: body),
            position)
    }

    private mutating func replacements() throws(CompilationError) -> [Expression.Replacement] {
        var result: [Expression.Replacement] = []
        while isKeyword("with") {
            let position = token.position
            advance()
            let target = try operand()
            guard takeKeyword("as") else { throw unexpected("expected `as` and a value after with") }
            let value = try term()
            result.append(.init(target: target, value: value, position: position))
        }
        return result
    }
}
