/// The names that a body uses in its own scope, not within comprehensions and bodies of `every`.
struct Names {
    private(set) var ordered: [String] = []
    private var seen: Set<String> = []
    /// Names that the body declares itself, with `:=` or `some`.
    private(set) var declared: Set<String> = []

    private mutating func add(_ name: String) {
        if seen.insert(name).inserted { ordered.append(name) }
    }

    mutating func collect(_ expression: Expression) {
        for replacement in expression.replacements where !Self.isBuiltin(replacement.value) {
            collect(replacement.value)
        }
        switch expression.kind {
        case .term(let term):
            if case .call(let callee, let operands) = term.kind, callee.path == ["assign"],
                operands.count == 2
            {
                declare(operands[0])
                collect(operands[1])
            } else {
                collect(term)
            }
        case .declaration(let terms): for term in terms { declare(term) }
        case .someIn(let key, let value, let domain):
            if let key { declare(key) }
            declare(value)
            collect(domain)
        case .every(_, _, let domain, _): collect(domain)
        case .block, .logical: break
        }
    }

    /// Whether the term is the name of a built-in, which `with` may put in a function's place.
    static func isBuiltin(_ term: Term) -> Bool {
        term.isConstantPath && KnownBuiltins.arity[term.pathNames.joined(separator: ".")] != nil
    }

    private mutating func declare(_ pattern: Term) {
        switch pattern.kind {
        case .variable(let name): declared.insert(name)
        case .array(let terms), .set(let terms): for term in terms { declare(term) }
        case .object(let members):
            for member in members {
                collect(member.key)
                declare(member.value)
            }
        default: collect(pattern)
        }
    }

    mutating func collect(_ term: Term) {
        switch term.kind {
        case .null, .boolean, .number, .string, .arrayComprehension, .setComprehension, .objectComprehension:
            break
        case .variable(let name): add(name)
        case .reference(let head, let path):
            collect(head)
            for part in path { collect(part) }
        case .call(_, let arguments): for argument in arguments { collect(argument) }
        case .array(let terms), .set(let terms): for inner in terms { collect(inner) }
        case .object(let members):
            for member in members {
                collect(member.key)
                collect(member.value)
            }
        case .template(let parts):
            for inner in parts.compactMap(\.term) { collect(inner) }
        }
    }
}
