extension Parser {
    /// One rule statement: several rules where bodies are chained (`p { .. } { .. }`).
    mutating func rules() throws(CompilationError) -> [Rule] {
        let position = token.position
        let isDefault = isKeyword("default")
        if isDefault { advance() }
        var rule = try head(position)
        rule.isDefault = isDefault
        if isDefault { return [try finishDefault(rule)] }
        return try finish(rule)
    }

    private mutating func head(_ position: Position) throws(CompilationError) -> Rule {
        guard case .identifier(let name) = token.kind, name == "contains" || !isKeyword(name) else {
            throw unexpected("expected a rule")
        }
        var term = try headTerm()
        var arguments: [Term]?
        if case .call(let callee, let list) = term.kind {
            // `f() = 1` is the rule `f`.
            arguments = list.isEmpty ? nil : list
            let parts = callee.path.enumerated().map { offset, name in
                Term(offset == 0 ? .variable(name) : .string(name), term.position)
            }
            term =
                parts.count == 1
                ? parts[0] : Term(.reference(parts[0], Array(parts.dropFirst())), term.position)
        }
        var path: [Term]
        switch term.kind {
        case .variable: path = [term]
        case .reference(let first, let rest): path = [first] + rest
        default: throw failure("unexpected rule head", at: position)
        }
        guard case .variable(let rootName) = path[0].kind, !rootName.hasPrefix("$") else {
            throw failure("rule heads must begin with a name", at: position)
        }
        if (rootName == "input" || rootName == "data") && path.count == 1 && false { path = [] }
        return Rule(head: path, arguments: arguments, branches: [], position: position)
    }

    private mutating func headTerm() throws(CompilationError) -> Term {
        let term = try operand()
        if case .variable(let name) = term.kind, name == "set" || name.isEmpty == false { return term }
        return term
    }

    private mutating func finishDefault(_ draft: Rule) throws(CompilationError) -> Rule {
        var rule = draft
        guard take(.assign) || take(.unify) else {
            throw unexpected("expected default rule value")
        }
        let value = try term()
        try Self.checkDefault(value)
        if let arguments = rule.arguments {
            for argument in arguments {
                guard case .variable = argument.kind else {
                    throw failure(
                        "illegal default rule (arguments must be plain variables)", at: argument.position)
                }
            }
        }
        if isKeyword("if") || isSymbol(.leftBrace), !token.afterNewline {
            throw failure("default rules cannot have a body")
        }
        rule.branches = [.init(value: value, body: [], position: rule.position)]
        return rule
    }

    /// A default value must not depend on anything: no variables, references or calls outside comprehensions.
    private static func checkDefault(_ term: Term) throws(CompilationError) {
        func refuse(_ what: String) -> CompilationError {
            CompilationError(
                .parse, "illegal default rule (value cannot contain \(what))", at: term.position,
                hint: "write a constant")
        }
        switch term.kind {
        case .variable: throw refuse("var")
        case .reference: throw refuse("ref")
        case .call: throw refuse("call")
        case .array(let terms), .set(let terms): for inner in terms { try checkDefault(inner) }
        case .object(let members):
            for member in members {
                try checkDefault(member.key)
                try checkDefault(member.value)
            }
        default: break
        }
    }

    private mutating func finish(_ draft: Rule) throws(CompilationError) -> [Rule] {
        var rule = draft
        var value: Term?
        if isKeyword("contains"), rule.arguments == nil {
            advance()
            rule.member = try term()
        } else if take(.assign) || take(.unify) {
            value = try term()
        }
        let hasValue = value != nil
        let bodyStart = token.position
        let (body, usesIf, hasBody) = try ruleBody()
        if version == .v1, hasBody, !usesIf {
            throw failure(
                "`if` keyword is required before rule body", at: rule.position, hint: "write `if {`")
        }
        if rule.member == nil, !hasValue, rule.arguments == nil, rule.head.count == 2, !usesIf {
            if version == .v0 {
                rule.member = rule.head.removeLast()
            } else {
                throw failure(
                    "`contains` keyword is required for partial set rules", at: rule.position,
                    hint: "write `\(rule.name) contains ... `")
            }
        }
        if version == .v1, !hasBody, !hasValue, rule.member == nil, rule.arguments == nil {
            throw failure(
                "`if` keyword is required before rule body", at: rule.position,
                hint: "a rule needs `:= value`, `contains member` or `if` and a body")
        }
        if !hasBody, !hasValue, rule.member == nil, rule.arguments == nil, version == .v0,
            rule.head.count == 1
        {
            throw failure("var cannot be used for rule name", at: rule.position)
        }
        rule.branches = [.init(value: value, body: body, position: rule.position)]
        rule.branches[0].isInline = Self.isInline(body, bodyStart)
        if rule.member == nil {
            try elseBranches(of: &rule)
        } else if isKeyword("else") {
            throw failure("else keyword cannot be used on multi-value rules")
        }
        return [rule] + (usesIf ? [] : try chainedBodies(of: rule))
    }

    private static func isInline(_ body: [Expression], _ start: Position) -> Bool {
        body.count == 1 && body[0].position.line == start.line
    }

    /// The body, whether `if` introduced it, and whether there is one at all.
    private mutating func ruleBody() throws(CompilationError) -> ([Expression], usesIf: Bool, hasBody: Bool) {
        if takeKeyword("if") {
            if isSymbol(.leftBrace) {
                let saved = index
                do throws(CompilationError) {
                    let body = try bracedBody()
                    if !isLogicalOperator { return (body, true, true) }
                    // `if { ... } and ...`: the braces are an operand's.
                    index = saved
                    return ([try expression()], true, true)
                } catch {
                    // `if {x | ...}` or `if {1, 2}[y]`: a term that begins with a brace.
                    index = saved
                    guard let single = try? expression() else { throw error }
                    return ([single], true, true)
                }
            }
            return ([try expression()], true, true)
        }
        if isSymbol(.leftBrace) { return (try bracedBody(), false, true) }
        return ([], false, false)
    }

    private mutating func bracedBody() throws(CompilationError) -> [Expression] {
        try expect(.leftBrace, "to open the body")
        let body = try query(until: .rightBrace)
        try expect(.rightBrace, "to close the body")
        return body
    }

    private mutating func elseBranches(of rule: inout Rule) throws(CompilationError) {
        while isKeyword("else") {
            let position = token.position
            advance()
            let value = take(.assign) || take(.unify) ? try term() : nil
            let bodyStart = token.position
            let (body, usesIf, hasBody) = try ruleBody()
            if version == .v1, hasBody, !usesIf {
                throw failure("`if` keyword is required before rule body", at: position)
            }
            guard hasBody || value != nil else { throw unexpected("expected else value term or rule body") }
            rule.branches.append(
                .init(
                    value: value, body: body, position: position, isInline: Self.isInline(body, bodyStart)))
        }
    }

    private mutating func chainedBodies(of rule: Rule) throws(CompilationError) -> [Rule] {
        var result: [Rule] = []
        while version == .v0, isSymbol(.leftBrace) {
            var next = rule
            next.position = token.position
            next.branches = [
                .init(value: rule.branches[0].value, body: try bracedBody(), position: next.position)
            ]
            try elseBranches(of: &next)
            result.append(next)
        }
        return result
    }
}
