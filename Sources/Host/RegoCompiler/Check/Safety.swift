/// Orders the expressions of a body so that every variable is bound before it is needed.
///
/// Source: "Safety" in the Rego language documentation.
struct Safety {
    /// Variables that are bound on the way in.
    var bound: Set<String>
    private(set) var diagnostics: [Diagnostic] = []

    private let arity: (Callee) -> Int?
    /// Name of the rule for messages, where its line holds others as well.
    private let rule: String?

    /// - Parameter arity: number of operands of a function, to tell a result that is written as last operand.
    init(bound: Set<String>, arity: @escaping (Callee) -> Int?, rule: String? = nil) {
        self.bound = bound.union(["input", "data"])
        self.arity = arity
        self.rule = rule
    }

    /// The body in an order that can be evaluated; unsafe expressions are reported.
    mutating func order(_ body: [Expression]) -> [Expression] {
        let own = Variables.direct(of: body)
        var waiting = body.map { withoutResultOperand($0) }
        var result: [Expression] = []
        var progress = true
        while progress, !waiting.isEmpty {
            progress = false
            var later: [Expression] = []
            for expression in waiting {
                let analysis = Analysis(expression, bound: bound, own: own)
                if analysis.missing.isEmpty {
                    bound.formUnion(analysis.outputs)
                    result.append(inner(expression))
                    progress = true
                } else {
                    later.append(expression)
                }
            }
            waiting = later
        }
        for expression in waiting {
            let analysis = Analysis(expression, bound: bound, own: own)
            report(analysis.missing, expression)
        }
        return result + waiting
    }

    /// `f(x, out)` is `out = f(x)`.
    private func withoutResultOperand(_ expression: Expression) -> Expression {
        guard case .term(let term) = expression.kind, case .call(let callee, let operands) = term.kind,
            let result = operands.last, arity(callee) == operands.count - 1, callee.name != "print"
        else { return expression }
        let call = Term(.call(callee, Array(operands.dropLast())), term.position)
        var rewritten = expression
        rewritten.kind = .term(Term(.call(Callee("eq"), [result, call]), term.position))
        guard expression.isNegated else { return rewritten }
        // The call is what is negated, so it must not be evaluated before.
        rewritten.isNegated = false
        var block = Expression(.block([rewritten]), expression.position)
        block.isNegated = true
        return block
    }

    /// References in a head bind their variables for the other parts of the head.
    mutating func bind(_ heads: [Term]) {
        for term in heads where !term.isVariable {
            var missing = Set<String>()
            Analysis.need(term, bound, [], &missing, &bound)
        }
    }

    private static func isPrint(_ expression: Expression) -> Bool {
        guard case .term(let term) = expression.kind, case .call(let callee, _) = term.kind else {
            return false
        }
        return callee.name == "print"
    }

    private mutating func report(_ missing: Set<String>, _ expression: Expression) {
        for name in missing.sorted() {
            let shown = name.hasPrefix("$") ? "_" : String(name.prefix { $0 != "#" })
            if Self.isPrint(expression) {
                let found = Variables.position(of: name, in: expression) ?? expression.position
                diagnostics.append(Diagnostic(.compile, "var \(shown) is undeclared", at: found))
                continue
            }
            let place = rule.map { " in rule \($0)" } ?? ""
            diagnostics.append(
                Diagnostic(
                    .unsafe, "var \(shown) is unsafe\(place)", at: expression.position,
                    hint: expression.isNegated
                        ? "bind \(shown) outside of `not` first"
                        : "give \(shown) a value, or declare where it comes from"))
        }
    }

    /// Checks terms outside the body: the head's key and value.
    mutating func check(_ term: Term) -> Term {
        let result = nested(term)
        var missing = Set<String>()
        Analysis.need(term, bound, [], &missing, &bound)
        if !missing.isEmpty { report(missing, Expression(.term(term), term.position)) }
        return result
    }

    // MARK: Bodies within

    private mutating func ordered(_ body: [Expression], _ more: Set<String> = []) -> [Expression] {
        var inner = Safety(bound: bound.union(more), arity: arity, rule: rule)
        let result = inner.order(body)
        diagnostics += inner.diagnostics
        return result
    }

    private mutating func comprehension(_ body: [Expression], _ heads: [Term]) -> ([Expression], [Term]) {
        var inner = Safety(bound: bound, arity: arity, rule: rule)
        let result = inner.order(body)
        let clean = inner.diagnostics.isEmpty
        if clean { inner.bind(heads) }
        let checked = heads.map { clean ? inner.check($0) : $0 }
        diagnostics += inner.diagnostics
        return (result, checked)
    }

    private mutating func inner(_ expression: Expression) -> Expression {
        var result = expression
        switch expression.kind {
        case .term(let term): result.kind = .term(nested(term))
        case .every(let key, let value, let domain, let body):
            let locals = Variables.all(of: value).union(key.map { Variables.all(of: $0) } ?? [])
            result.kind = .every(
                key: key, value: value, domain: nested(domain), body: ordered(body, locals))
        case .block(let body): result.kind = .block(ordered(body))
        case .declaration, .someIn, .logical: break
        }
        result.replacements = expression.replacements.map {
            .init(
                target: $0.target, value: nested($0.value), position: $0.position, function: $0.function)
        }
        return result
    }

    private mutating func nested(_ term: Term) -> Term {
        switch term.kind {
        case .null, .boolean, .number, .string, .variable: return term
        case .reference(let head, let path):
            return Term(.reference(nested(head), path.map { nested($0) }), term.position)
        case .call(let callee, let arguments):
            return Term(.call(callee, arguments.map { nested($0) }), term.position)
        case .array(let terms): return Term(.array(terms.map { nested($0) }), term.position)
        case .set(let terms): return Term(.set(terms.map { nested($0) }), term.position)
        case .object(let members):
            return Term(
                .object(members.map { (key: nested($0.key), value: nested($0.value)) }), term.position)
        case .arrayComprehension(let head, let body):
            let (ordered, heads) = comprehension(body, [head])
            return Term(.arrayComprehension(heads[0], ordered), term.position)
        case .setComprehension(let head, let body):
            let (ordered, heads) = comprehension(body, [head])
            return Term(.setComprehension(heads[0], ordered), term.position)
        case .objectComprehension(let key, let value, let body):
            let (ordered, heads) = comprehension(body, [key, value])
            return Term(.objectComprehension(heads[0], heads[1], ordered), term.position)
        case .template(let parts):
            return Term(
                .template(
                    parts.map { $0.map { nested($0) } }), term.position)
        }
    }
}
