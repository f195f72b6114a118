/// Puts other terms in the place of some, everywhere in a rule.
struct TermRewriter {
    /// What stands in for a term; `nil` keeps it.
    let replace: (Term) -> Term?

    init(_ replace: @escaping (Term) -> Term?) { self.replace = replace }

    func rewrite(_ rule: Rule) -> Rule {
        var result = rule
        result.head = [rule.head[0]] + rule.head.dropFirst().map { rewrite($0) }
        result.arguments = rule.arguments.map { $0.map { rewrite($0) } }
        result.member = rule.member.map { rewrite($0) }
        result.branches = rule.branches.map {
            .init(
                value: $0.value.map { rewrite($0) }, body: $0.body.map { rewrite($0) }, position: $0.position)
        }
        return result
    }

    private func rewrite(_ expression: Expression) -> Expression {
        var result = expression
        switch expression.kind {
        case .term(let term): result.kind = .term(rewrite(term))
        case .declaration: break
        case .someIn(let key, let value, let domain):
            result.kind = .someIn(key: key, value: value, domain: rewrite(domain))
        case .every(let key, let value, let domain, let body):
            result.kind = .every(
                key: key, value: value, domain: rewrite(domain), body: body.map { rewrite($0) })
        case .block(let body): result.kind = .block(body.map { rewrite($0) })
        case .logical(let name, let left, let right):
            result.kind = .logical(name, left.map { rewrite($0) }, right.map { rewrite($0) })
        }
        for index in result.replacements.indices {
            result.replacements[index].value = rewrite(result.replacements[index].value)
        }
        return result
    }

    private func rewrite(_ term: Term) -> Term {
        if let other = replace(term) { return other }
        let kind: Term.Kind
        switch term.kind {
        case .null, .boolean, .number, .string, .variable: return term
        case .reference(let head, let path): kind = .reference(rewrite(head), path.map { rewrite($0) })
        case .call(let callee, let arguments): kind = .call(callee, arguments.map { rewrite($0) })
        case .array(let terms): kind = .array(terms.map { rewrite($0) })
        case .set(let terms): kind = .set(terms.map { rewrite($0) })
        case .object(let members):
            kind = .object(members.map { (key: rewrite($0.key), value: rewrite($0.value)) })
        case .arrayComprehension(let head, let body):
            kind = .arrayComprehension(rewrite(head), body.map { rewrite($0) })
        case .setComprehension(let head, let body):
            kind = .setComprehension(rewrite(head), body.map { rewrite($0) })
        case .objectComprehension(let key, let value, let body):
            kind = .objectComprehension(rewrite(key), rewrite(value), body.map { rewrite($0) })
        case .template(let parts):
            kind = .template(
                parts.map { $0.map { rewrite($0) } })
        }
        return Term(kind, term.position)
    }
}
