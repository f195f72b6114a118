/// Visits every call and reference of a rule.
enum Calls {
    typealias Visit = (Callee, Int, Position, _ isStatement: Bool) -> Void

    static func visit(_ rule: Rule, _ use: Visit, reference: (Term) -> Void = { _ in }) {
        for part in rule.head.dropFirst() { visit(part, use, reference) }
        for argument in rule.arguments ?? [] { visit(argument, use, reference) }
        if let member = rule.member { visit(member, use, reference) }
        for branch in rule.branches {
            if let value = branch.value { visit(value, use, reference) }
            for expression in branch.body { visit(expression, use, reference) }
        }
    }

    static func visit(_ expression: Expression, _ use: Visit, _ reference: (Term) -> Void) {
        for replacement in expression.replacements { visit(replacement.value, use, reference) }
        switch expression.kind {
        case .term(let term):
            if case .call(let callee, let arguments) = term.kind {
                use(callee, arguments.count, term.position, true)
                for argument in arguments { visit(argument, use, reference) }
                if callee.isRule { reference(term) }
            } else {
                visit(term, use, reference)
            }
        case .every(_, _, let domain, let body):
            visit(domain, use, reference)
            for inner in body { visit(inner, use, reference) }
        case .block(let body): for inner in body { visit(inner, use, reference) }
        case .declaration, .someIn, .logical: break
        }
    }

    static func visit(_ term: Term, _ use: Visit, _ reference: (Term) -> Void) {
        switch term.kind {
        case .null, .boolean, .number, .string: break
        case .variable(let name): if name == "data" { reference(term) }
        case .reference(let head, let path):
            reference(term)
            if case .variable = head.kind {} else { visit(head, use, reference) }
            for part in path { visit(part, use, reference) }
        case .call(let callee, let arguments):
            use(callee, arguments.count, term.position, false)
            if callee.isRule { reference(term) }
            for argument in arguments { visit(argument, use, reference) }
        case .array(let terms), .set(let terms): for inner in terms { visit(inner, use, reference) }
        case .object(let members):
            for member in members {
                visit(member.key, use, reference)
                visit(member.value, use, reference)
            }
        case .template(let parts): for inner in parts.compactMap(\.term) { visit(inner, use, reference) }
        case .arrayComprehension(let head, let body), .setComprehension(let head, let body):
            visit(head, use, reference)
            for inner in body { visit(inner, use, reference) }
        case .objectComprehension(let key, let value, let body):
            visit(key, use, reference)
            visit(value, use, reference)
            for inner in body { visit(inner, use, reference) }
        }
    }
}
