/// Which variables occur where.
enum Variables {
    static func isRoot(_ name: String) -> Bool { name == "input" || name == "data" }

    /// Every variable in the term, closures included.
    static func all(of term: Term) -> Set<String> {
        var result = Set<String>()
        visit(term, closures: true) { name, _ in result.insert(name) }
        return result
    }

    static func all(of expression: Expression) -> Set<String> {
        var result = Set<String>()
        visit(expression, closures: true) { name, _ in result.insert(name) }
        return result
    }

    /// Variables of a body that occur outside of closures.
    static func direct(of body: [Expression]) -> Set<String> {
        var result = Set<String>()
        for expression in body { visit(expression, closures: false) { name, _ in result.insert(name) } }
        return result
    }

    /// Variables that unification with a value would bind.
    static func pattern(of term: Term) -> Set<String> {
        switch term.kind {
        case .variable(let name): return isRoot(name) ? [] : [name]
        case .array(let terms): return terms.reduce(into: []) { $0.formUnion(pattern(of: $1)) }
        case .object(let members): return members.reduce(into: []) { $0.formUnion(pattern(of: $1.value)) }
        default: return []
        }
    }

    static func position(of name: String, in expression: Expression) -> Position? {
        var found: Position?
        visit(expression, closures: true) { candidate, position in
            if candidate == name, found == nil { found = position }
        }
        return found
    }

    static func visit(_ expression: Expression, closures: Bool, _ use: (String, Position) -> Void) {
        for replacement in expression.replacements { visit(replacement.value, closures: closures, use) }
        switch expression.kind {
        case .term(let term): visit(term, closures: closures, use)
        case .declaration(let terms): for term in terms { visit(term, closures: closures, use) }
        case .someIn(let key, let value, let domain):
            if let key { visit(key, closures: closures, use) }
            visit(value, closures: closures, use)
            visit(domain, closures: closures, use)
        case .every(let key, let value, let domain, let body):
            visit(domain, closures: closures, use)
            guard closures else { return }
            if let key { visit(key, closures: true, use) }
            visit(value, closures: true, use)
            for inner in body { visit(inner, closures: true, use) }
        case .block(let body):
            guard closures else { return }
            for inner in body { visit(inner, closures: true, use) }
        case .logical(_, let left, let right):
            guard closures else { return }
            for inner in left + right { visit(inner, closures: true, use) }
        }
    }

    static func visit(_ term: Term, closures: Bool, _ use: (String, Position) -> Void) {
        switch term.kind {
        case .null, .boolean, .number, .string: break
        case .variable(let name): if !isRoot(name) { use(name, term.position) }
        case .reference(let head, let path):
            visit(head, closures: closures, use)
            for part in path { visit(part, closures: closures, use) }
        case .call(_, let arguments): for argument in arguments { visit(argument, closures: closures, use) }
        case .array(let terms), .set(let terms): for inner in terms { visit(inner, closures: closures, use) }
        case .object(let members):
            for member in members {
                visit(member.key, closures: closures, use)
                visit(member.value, closures: closures, use)
            }
        case .template(let parts):
            for inner in parts.compactMap(\.term) { visit(inner, closures: closures, use) }
        case .arrayComprehension(let head, let body), .setComprehension(let head, let body):
            guard closures else { return }
            visit(head, closures: true, use)
            for inner in body { visit(inner, closures: true, use) }
        case .objectComprehension(let key, let value, let body):
            guard closures else { return }
            visit(key, closures: true, use)
            visit(value, closures: true, use)
            for inner in body { visit(inner, closures: true, use) }
        }
    }
}
