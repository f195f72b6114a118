/// Gives every name its meaning: rule, import, document or local variable.
///
/// After resolution a variable is local and unique in its rule, references to rules begin with `data`, `:=` has
/// become `=`, and `some x in xs` has become an iteration.
struct Resolver {
    /// What names outside any rule mean in this module.
    private let globals: [String: Term]
    /// Paths of all packages and rules, to tell functions of the policy from built-ins.
    private var frames: [[String: String]] = []
    private var used: [String: Int] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    private let strictDeclarations: Bool

    init(module: Module, ruleNames: Set<String>) {
        var globals: [String: Term] = [:]
        for name in ruleNames {
            globals[name] = Self.path(module.package + [name], module.packagePosition)
        }
        for found in module.imports {
            guard let (name, target) = Self.target(of: found) else { continue }
            globals[name] = target
        }
        self.globals = globals
        strictDeclarations = true
    }

    private static func path(_ names: [String], _ position: Position) -> Term {
        let head = Term(.variable(names[0]), position)
        if names.count == 1 { return head }
        return Term(.reference(head, names.dropFirst().map { Term(.string($0), position) }), position)
    }

    private static func target(of found: Import) -> (String, Term)? {
        guard case .variable(let root)? = found.path.first?.kind, root == "data" || root == "input" else {
            return nil
        }
        var names = [root]
        for part in found.path.dropFirst() {
            if case .string(let name) = part.kind { names.append(name) }
        }
        return (found.alias ?? names[names.count - 1], path(names, found.position))
    }

    /// Resolves one rule of the module.
    mutating func resolve(_ rule: Rule) -> Rule {
        var result = rule
        used = [:]
        frames = [[:]]
        defer { frames = [] }
        var computed: [(name: String, argument: Term)] = []
        result.arguments = rule.arguments.map { parameters($0, &computed) }
        result.branches = []
        for (index, branch) in rule.branches.enumerated() {
            var implicit = Names()
            if index == 0 {
                for part in rule.head.dropFirst() { implicit.collect(part) }
                if let member = rule.member { implicit.collect(member) }
            }
            if let value = branch.value { implicit.collect(value) }
            for entry in computed { implicit.collect(entry.argument) }
            push(body: branch.body, implicit)
            var resolved = branch
            resolved.body = body(branch.body)
            for entry in computed { resolved.body.append(comparison(entry.name, entry.argument)) }
            resolved.value = branch.value.map { term($0) }
            if index == 0 {
                result.head = [rule.head[0]] + rule.head.dropFirst().map { term($0) }
                result.member = rule.member.map { term($0) }
            }
            frames.removeLast()
            result.branches.append(resolved)
        }
        return result
    }

    /// A function's parameters; those that must be computed become variables that the bodies compare.
    private mutating func parameters(
        _ arguments: [Term], _ computed: inout [(name: String, argument: Term)]
    ) -> [Term] {
        for argument in arguments where argument.isPattern { declarePattern(argument) }
        var result: [Term] = []
        for argument in arguments {
            if argument.isPattern {
                result.append(term(argument))
            } else {
                let name = unique("$argument\(computed.count)")
                computed.append((name, argument))
                result.append(Term(.variable(name), argument.position))
            }
        }
        return result
    }

    private mutating func comparison(_ name: String, _ argument: Term) -> Expression {
        let position = argument.position
        let variable = Term(.variable(name), position)
        return Expression(.term(Term(.call(Callee("eq"), [variable, term(argument)]), position)), position)
    }

    /// Resolves a query; the result keeps the names of the query's own variables.
    mutating func resolve(query: [Expression]) -> [Expression] {
        used = [:]
        frames = []
        push(body: query, Names())
        defer { frames.removeLast() }
        return body(query)
    }

    // MARK: Scopes

    /// Opens a scope that holds the variables which the body uses without declaring them.
    private mutating func push(body: [Expression], _ extra: Names) {
        var names = extra
        for expression in body { names.collect(expression) }
        var frame: [String: String] = [:]
        frames.append([:])
        for name in names.ordered
        where !names.declared.contains(name) && lookup(name) == nil && globals[name] == nil {
            guard name != "input", name != "data" else { continue }
            frame[name] = unique(name)
        }
        frames[frames.count - 1] = frame
    }

    private func lookup(_ name: String) -> String? {
        for frame in frames.reversed() {
            if let found = frame[name] { return found }
        }
        return nil
    }

    private mutating func unique(_ name: String) -> String {
        let count = used[name, default: 0]
        used[name] = count + 1
        return count == 0 ? name : "\(name)#\(count)"
    }

    private mutating func declare(_ name: String) {
        frames[frames.count - 1][name] = unique(name)
    }

    /// Declares the variables of a pattern on the left of `:=`, in a function's arguments or after `some`.
    private mutating func declarePattern(_ pattern: Term) {
        switch pattern.kind {
        case .variable(let name): declare(name)
        case .array(let terms), .set(let terms): for term in terms { declarePattern(term) }
        case .object(let members): for member in members { declarePattern(member.value) }
        default: break
        }
    }

    // MARK: Bodies

    private mutating func body(_ expressions: [Expression]) -> [Expression] {
        expressions.compactMap { expression($0) }
    }

    private mutating func expression(_ source: Expression) -> Expression? {
        var result = source
        result.replacements = source.replacements.map {
            replacement($0)
        }
        switch source.kind {
        case .declaration(let terms):
            for term in terms { declarePattern(term) }
            return nil
        case .term(let inner):
            result.kind = .term(statement(inner))
        case .someIn(let key, let value, let domain):
            result.kind = .term(iteration(key, value, domain))
        case .every(let key, let value, let domain, let inner):
            let resolvedDomain = term(domain)
            frames.append([:])
            if let key { declarePattern(key) }
            declarePattern(value)
            let resolvedKey = key.map { term($0) }
            let resolvedValue = term(value)
            push(body: inner, Names())
            result.kind = .every(
                key: resolvedKey, value: resolvedValue, domain: resolvedDomain, body: body(inner))
            frames.removeLast(2)
        case .block(let inner):
            push(body: inner, Names())
            result.kind = .block(body(inner))
            frames.removeLast()
        case .logical(let name, let left, let right):
            result.kind = name.withoutNegation(block(left, source), block(right, source), source.position)
            result.isNegated = true
            if source.isNegated {
                result = Expression(.block([result]), source.position)
                result.isNegated = true
            }
        }
        return result
    }

    private mutating func block(_ body: [Expression], _ source: Expression) -> Expression {
        push(body: body, Names())
        defer { frames.removeLast() }
        return Expression(.block(self.body(body)), body.first?.position ?? source.position)
    }

    /// The top of an expression: here `:=` may declare.
    private mutating func statement(_ source: Term) -> Term {
        guard case .call(let callee, let operands) = source.kind, callee.path == ["assign"],
            operands.count == 2
        else { return term(source) }
        let value = term(operands[1])
        checkAssignable(operands[0])
        declarePattern(operands[0])
        return Term(.call(Callee("eq"), [term(operands[0]), value]), source.position)
    }

    private mutating func checkAssignable(_ pattern: Term) {
        switch pattern.kind {
        case .variable(let name):
            if name == "input" || name == "data", false { _ = name }
        case .array, .object: break
        case .reference:
            diagnostics.append(Diagnostic(.compile, "cannot assign to ref", at: pattern.position))
        case .call:
            diagnostics.append(Diagnostic(.compile, "cannot assign to call", at: pattern.position))
        default:
            diagnostics.append(
                Diagnostic(
                    .compile, "cannot assign to \(pattern.kindName)", at: pattern.position,
                    hint: "compare with `==`"))
        }
    }

    /// `some k, v in xs` is `v = xs[k]`.
    private mutating func iteration(_ key: Term?, _ value: Term, _ domain: Term) -> Term {
        let source = term(domain)
        if let key { declarePattern(key) }
        declarePattern(value)
        let position = value.position
        let keyTerm = key.map { term($0) } ?? Term(.variable(unique("$key")), position)
        let element = Term(.reference(source, [keyTerm]).flattened, position)
        return Term(.call(Callee("eq"), [term(value), element]), position)
    }

    // MARK: Terms

    private mutating func term(_ source: Term) -> Term {
        let position = source.position
        switch source.kind {
        case .null, .boolean, .number, .string:
            return source
        case .variable(let name):
            if let local = lookup(name) { return Term(.variable(local), position) }
            if var global = globals[name] {
                global.position = position
                return global
            }
            return source
        case .reference(let head, let path):
            return Term(.reference(term(head), path.map { term($0) }).flattened, position)
        case .call(let callee, let arguments):
            return Term(.call(self.callee(callee), arguments.map { term($0) }), position)
        case .array(let terms):
            return Term(.array(terms.map { term($0) }), position)
        case .set(let terms):
            return Term(.set(terms.map { term($0) }), position)
        case .object(let members):
            return Term(.object(members.map { (key: term($0.key), value: term($0.value)) }), position)
        case .arrayComprehension(let head, let inner):
            let (heads, resolved) = comprehension([head], inner)
            return Term(.arrayComprehension(heads[0], resolved), position)
        case .setComprehension(let head, let inner):
            let (heads, resolved) = comprehension([head], inner)
            return Term(.setComprehension(heads[0], resolved), position)
        case .objectComprehension(let key, let value, let inner):
            let (heads, resolved) = comprehension([key, value], inner)
            return Term(.objectComprehension(heads[0], heads[1], resolved), position)
        case .template(let parts):
            return Term(
                .template(
                    parts.map { $0.map { term($0) } }), position)
        }
    }

    private mutating func comprehension(_ heads: [Term], _ inner: [Expression]) -> ([Term], [Expression]) {
        var names = Names()
        for head in heads { names.collect(head) }
        push(body: inner, names)
        defer { frames.removeLast() }
        let resolved = body(inner)
        return (heads.map { term($0) }, resolved)
    }

    private func callee(_ source: Callee) -> Callee {
        let root = source.path[0]
        if root == "data" || root == "input" { return source }
        guard lookup(root) == nil, let global = globals[root] else { return source }
        return Callee(global.pathNames + source.path.dropFirst())
    }

    /// One `with`; its value may be the name of a built-in.
    private mutating func replacement(_ source: Expression.Replacement) -> Expression.Replacement {
        var result = source
        result.target = target(source.target)
        let names = source.value.pathNames
        if let root = names.first, lookup(root) == nil, globals[root] == nil, Names.isBuiltin(source.value) {
            result.function = Callee(names)
            result.value = Term(.null, source.value.position)
        } else {
            result.value = term(source.value)
        }
        return result
    }

    /// The target of `with`: a document, or the name of a function.
    private mutating func target(_ source: Term) -> Term {
        switch source.kind {
        case .variable(let name):
            if let global = globals[name] { return global }
            return source
        case .reference(let head, let path):
            guard case .variable(let name) = head.kind, let global = globals[name] else { return source }
            return Term(.reference(global, path).flattened, source.position)
        default: return source
        }
    }
}

extension Term.Kind {
    /// A reference whose head is a reference becomes one reference.
    var flattened: Term.Kind {
        guard case .reference(let head, let path) = self, case .reference(let inner, let front) = head.kind
        else {
            return self
        }
        return .reference(inner, front + path)
    }
}

extension Term {
    /// Whether the term is made of variables, constants and collections of such alone.
    var isPattern: Bool {
        switch kind {
        case .null, .boolean, .number, .string, .variable: true
        case .array(let terms): terms.allSatisfy(\.isPattern)
        case .set: isGround
        case .object(let members): members.allSatisfy { $0.key.isGround && $0.value.isPattern }
        default: false
        }
    }

    /// Whether the term is a name, or names with dots.
    var isConstantPath: Bool {
        switch kind {
        case .variable: true
        case .reference(let head, let path):
            head.isVariable
                && path.allSatisfy {
                    if case .string = $0.kind { return true }
                    return false
                }
        default: false
        }
    }

    /// The constant names of a reference, from its head on.
    var pathNames: [String] {
        switch kind {
        case .variable(let name): return [name]
        case .reference(let head, let path):
            return head.pathNames
                + path.compactMap {
                    if case .string(let name) = $0.kind { return name }
                    return nil
                }
        default: return []
        }
    }

    /// The kind's name as error messages have it.
    var kindName: String {
        switch kind {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .variable: "var"
        case .reference: "ref"
        case .call: "call"
        case .array: "array"
        case .set: "set"
        case .object: "object"
        case .arrayComprehension: "arraycomprehension"
        case .setComprehension: "setcomprehension"
        case .objectComprehension: "objectcomprehension"
        case .template: "templatestring"
        }
    }
}
