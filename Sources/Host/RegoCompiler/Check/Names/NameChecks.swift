/// Checks of names as they are written: what is declared twice, hides a document, or is never used.
struct NameChecks {
    /// What must be mended always.
    private(set) var errors: [Diagnostic] = []
    /// What must be mended in strict mode.
    private(set) var strict: [Diagnostic] = []

    private enum Kind {
        case argument, assigned, declared
    }

    private struct Declaration {
        var kind: Kind
        var position: Position
        var isUsed = false
    }

    private var frames: [[String: Declaration]] = []
    /// Every name that stands somewhere.
    private var mentioned: Set<String> = []
    private let isVersion1: Bool

    init(_ module: Module) {
        isVersion1 = module.isVersion1
        for rule in module.rules { check(rule) }
        imports(module.imports)
        errors.sort { $0.position.offset < $1.position.offset }
        strict.sort { $0.position.offset < $1.position.offset }
    }

    // MARK: Imports and rules

    private mutating func imports(_ imports: [Import]) {
        var seen: [String: Import] = [:]
        for found in imports {
            guard let name = found.name else { continue }
            shadows(name, "imports", "import", found.position)
            if let first = seen[name] {
                if isVersion1 {
                    errors.append(
                        Diagnostic(
                            .compile, "import must not shadow \(first.text)", at: found.position,
                            hint: "give one of them another name: `as ...`"))
                }
            } else {
                seen[name] = found
            }
            if !mentioned.contains(name) {
                strict.append(
                    Diagnostic(.compile, "\(found.text) unused", at: found.position, hint: "remove it"))
            }
        }
    }

    private mutating func shadows(_ name: String, _ what: String, _ word: String, _ position: Position) {
        guard isVersion1, Variables.isRoot(name) else { return }
        errors.append(
            Diagnostic(
                .compile, "\(what) must not shadow \(name) (use a different \(word) name)", at: position))
    }

    private mutating func check(_ rule: Rule) {
        shadows(rule.name, "rules", "rule", rule.position)
        frames = [[:]]
        for argument in rule.arguments ?? [] { declare(argument, .argument) }
        for (index, branch) in rule.branches.enumerated() {
            scoped(branch.body) { checks in
                if index == 0 {
                    for part in rule.head.dropFirst() { checks.use(part) }
                    if let member = rule.member { checks.use(member) }
                }
                if let value = branch.value { checks.use(value) }
            }
        }
        leave()
    }

    // MARK: Scopes

    private mutating func scoped(_ body: [Expression], _ heads: (inout NameChecks) -> Void) {
        frames.append([:])
        for expression in body { check(expression) }
        heads(&self)
        leave()
    }

    private mutating func leave() {
        for (name, declaration) in frames.removeLast() where !declaration.isUsed {
            switch declaration.kind {
            case .argument:
                strict.append(
                    Diagnostic(
                        .compile, "unused argument \(name). (hint: use _ (wildcard variable) instead)",
                        at: declaration.position))
            case .assigned:
                strict.append(
                    Diagnostic(
                        .compile, "assigned var \(name) unused", at: declaration.position,
                        hint: "remove the line, or write the expression alone if it must hold"))
            case .declared:
                errors.append(
                    Diagnostic(
                        .compile, "declared var \(name) unused", at: declaration.position,
                        hint: "remove the declaration"))
            }
        }
    }

    private mutating func declare(_ pattern: Term, _ kind: Kind) {
        switch pattern.kind {
        case .variable(let name):
            if name.hasPrefix("$") { return }
            if kind == .argument {
                shadows(name, "args", "argument", pattern.position)
                // The same argument twice must have the same value: that is a use.
                if frames[frames.count - 1][name] != nil {
                    frames[frames.count - 1][name]?.isUsed = true
                    return
                }
            } else {
                shadows(name, "variables", "variable", pattern.position)
                if let first = frames[frames.count - 1][name] {
                    let word = first.kind == .declared ? "declared" : "assigned"
                    errors.append(
                        Diagnostic(
                            .compile, "var \(name) \(word) above", at: pattern.position,
                            hint: "use another name, or `==` to compare"))
                    return
                }
            }
            frames[frames.count - 1][name] = Declaration(kind: kind, position: pattern.position)
        case .array(let terms), .set(let terms): for term in terms { declare(term, kind) }
        case .object(let members):
            for member in members {
                use(member.key)
                declare(member.value, kind)
            }
        default: use(pattern)
        }
    }

    // MARK: Uses

    private mutating func check(_ expression: Expression) {
        switch expression.kind {
        case .declaration(let terms): for term in terms { declare(term, .declared) }
        case .someIn(let key, let value, let domain):
            use(domain)
            if let key { declare(key, .assigned) }
            declare(value, .assigned)
        case .term(let term):
            if case .call(let callee, let operands) = term.kind, callee.path == ["assign"],
                operands.count == 2
            {
                use(operands[1])
                declare(operands[0], .assigned)
            } else {
                use(term)
            }
        case .every(let key, let value, let domain, let body):
            use(domain)
            frames.append([:])
            if let key { declare(key, .assigned) }
            declare(value, .assigned)
            scoped(body) { _ in }
            leave()
        case .block(let body): scoped(body) { _ in }
        case .logical(_, let left, let right):
            scoped(left) { _ in }
            scoped(right) { _ in }
        }
        for replacement in expression.replacements {
            use(replacement.target)
            use(replacement.value)
        }
    }

    private mutating func use(_ name: String) {
        mentioned.insert(name)
        for index in frames.indices.reversed() where frames[index][name] != nil {
            frames[index][name]?.isUsed = true
            return
        }
    }

    private mutating func use(_ term: Term) {
        switch term.kind {
        case .null, .boolean, .number, .string: break
        case .variable(let name): use(name)
        case .reference(let head, let path):
            use(head)
            for part in path { use(part) }
        case .call(let callee, let operands):
            use(callee.path[0])
            for operand in operands { use(operand) }
        case .array(let terms), .set(let terms): for inner in terms { use(inner) }
        case .object(let members):
            for member in members {
                use(member.key)
                use(member.value)
            }
        case .arrayComprehension(let head, let body), .setComprehension(let head, let body):
            scoped(body) { $0.use(head) }
        case .objectComprehension(let key, let value, let body):
            scoped(body) {
                $0.use(key)
                $0.use(value)
            }
        case .template(let parts): for part in parts.compactMap(\.term) { use(part) }
        }
    }
}

extension Import {
    /// The name that the import gives to a document; `nil` for imports that change the language.
    var name: String? {
        guard case .variable(let root)? = path.first?.kind, Variables.isRoot(root) else { return nil }
        if let alias { return alias }
        if case .string(let last)? = path.last?.kind { return last }
        return root
    }

    /// The import as it is written.
    var text: String {
        var text = "import "
        for part in path {
            switch part.kind {
            case .variable(let name): text += name
            case .string(let name) where Formatter.isName(name): text += "." + name
            case .string(let name): text += "[\(YAMLText.quoted(name))]"
            default: break
            }
        }
        return text + (alias.map { " as \($0)" } ?? "")
    }
}
