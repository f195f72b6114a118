/// All checks between parsing and planning.
struct Checker {
    private var diagnostics: [Diagnostic] = []

    /// Resolves the modules' names, orders their bodies and refuses what cannot be evaluated.
    ///
    /// - Returns: the rules of all modules by path.
    static func check(_ modules: inout [Module]) throws(CompilationError) -> RuleNode {
        var checker = Checker()
        let tree = checker.resolve(&modules)
        try checker.finishStage()
        checker.conflicts(tree)
        try checker.finishStage()
        tree.absorb()
        checker.calls(tree)
        try checker.finishStage()
        checker.recursion(tree)
        try checker.finishStage()
        checker.order(tree)
        try checker.finishStage()
        checker.diagnostics = TypeChecker.check(tree)
        try checker.finishStage()
        return tree
    }

    private func finishStage() throws(CompilationError) {
        if !diagnostics.isEmpty { throw CompilationError(diagnostics) }
    }

    private mutating func resolve(_ modules: inout [Module]) -> RuleNode {
        var names: [String: Set<String>] = [:]
        for module in modules {
            names[module.package.joined(separator: "."), default: []].formUnion(module.rules.map(\.name))
        }
        let tree = RuleNode(path: ["data"])
        for index in modules.indices {
            let module = modules[index]
            var resolver = Resolver(
                module: module, ruleNames: names[module.package.joined(separator: ".")] ?? [])
            modules[index].rules = module.rules.map { resolver.resolve($0) }
            diagnostics += resolver.diagnostics
            if module.isVersion1 { deprecated(modules[index].rules) }
            tree.make(module.package.dropFirst()).isPackage = true
            for rule in modules[index].rules { tree.add(rule) }
        }
        return tree
    }

    private mutating func deprecated(_ rules: [Rule]) {
        for rule in rules {
            Calls.visit(rule) { callee, _, position, _ in
                guard let advice = KnownBuiltins.deprecated[callee.name] else { return }
                diagnostics.append(
                    Diagnostic(
                        .type, "deprecated built-in function calls in expression: \(callee.name)",
                        at: position, hint: advice))
            }
        }
    }

    // MARK: Conflicts

    /// Rules of one path must be of one kind, with one default, one arity and no package of the same path.
    private mutating func conflicts(_ tree: RuleNode) {
        for node in tree.ruleNodes {
            let rules = node.rules.map(\.rule)
            let arities = Set(rules.map { $0.arguments?.count ?? -1 })
            let kinds = Set(
                node.rules.filter { !$0.rule.isDefault && $0.suffix.isEmpty }.map { $0.rule.member != nil })
            let position = rules[0].position
            if arities.count > 1 || kinds.count > 1 {
                diagnostics.append(Diagnostic(.type, "conflicting rules \(node.name) found", at: position))
            }
            if rules.filter(\.isDefault).count > 1 {
                diagnostics.append(
                    Diagnostic(.type, "multiple default rules \(node.name) found", at: position))
            }
            if node.isPackage {
                diagnostics.append(
                    Diagnostic(
                        .compile,
                        "package \(node.name.dropFirst(5)) conflicts with rule \(node.name) defined at \(position)",
                        at: position))
            }
            // A complete value cannot have rules beneath it.
            if node.rules.contains(where: { $0.suffix.isEmpty }), let child = node.sortedChildren.first {
                diagnostics.append(
                    Diagnostic(
                        .type, "rule \(node.name) conflicts with [\(child.1.name)]", at: position,
                        hint: "give one of them another name"))
            }
        }
    }

    // MARK: Calls

    private mutating func calls(_ tree: RuleNode) {
        for node in tree.ruleNodes {
            for placed in node.rules {
                Calls.visit(placed.rule) { callee, count, position, isStatement in
                    check(callee, count, position, isStatement, tree)
                }
            }
        }
    }

    private mutating func check(
        _ callee: Callee, _ count: Int, _ position: Position, _ isStatement: Bool, _ tree: RuleNode
    ) {
        let name = callee.name
        if name == "print" || name == "internal.print" { return }
        guard let expected = tree.arity(of: callee) else {
            diagnostics.append(Diagnostic(.type, "undefined function \(name)", at: position))
            return
        }
        if name == "assign" {
            diagnostics.append(
                Diagnostic(
                    .compile, "assignments cannot be nested", at: position, hint: "use a line of its own"))
            return
        }
        guard count == expected || (isStatement && count == expected + 1) else {
            diagnostics.append(
                Diagnostic(
                    .type, "\(name): arity mismatch", at: position,
                    hint: "it takes \(expected) operand\(expected == 1 ? "" : "s") and got \(count)"))
            return
        }
    }

    // MARK: Recursion

    private mutating func recursion(_ tree: RuleNode) {
        let graph = Dependencies(tree)
        for cycle in graph.cycles() {
            let names = cycle.map(\.name)
            diagnostics.append(
                Diagnostic(
                    .recursion,
                    "rule \(names[0]) is recursive: \((names + [names[0]]).joined(separator: " -> "))",
                    at: cycle[0].rules[0].rule.position))
        }
    }

    // MARK: Safety

    private mutating func order(_ tree: RuleNode) {
        let names = namesByLine(tree)
        for node in tree.ruleNodes {
            for index in node.rules.indices {
                let rule = node.rules[index].rule
                let isShared = (names[rule.position.lineKey] ?? []).count > 1
                order(&node.rules[index], tree.arity(of:), isShared ? rule.headText : nil)
            }
        }
    }

    /// Names of the rules that begin on a line.
    private func namesByLine(_ tree: RuleNode) -> [String: Set<String>] {
        var names: [String: Set<String>] = [:]
        for node in tree.ruleNodes {
            for placed in node.rules {
                names[placed.rule.position.lineKey, default: []].insert(placed.rule.headText)
            }
        }
        return names
    }

    private mutating func order(
        _ placed: inout PlacedRule, _ arity: @escaping (Callee) -> Int?, _ name: String?
    ) {
        let arguments = placed.rule.arguments ?? []
        let parameters = arguments.reduce(into: Set<String>()) { $0.formUnion(Variables.all(of: $1)) }
        for index in placed.rule.branches.indices {
            var safety = Safety(bound: parameters, arity: arity, rule: name)
            placed.rule.branches[index].body = safety.order(placed.rule.branches[index].body)
            guard safety.diagnostics.isEmpty else {
                diagnostics += safety.diagnostics
                continue
            }
            let heads =
                placed.suffix + [placed.rule.member, placed.rule.branches[index].value].compactMap { $0 }
            safety.bind(heads)
            if let value = placed.rule.branches[index].value {
                placed.rule.branches[index].value = safety.check(value)
            }
            if index == 0 {
                placed.suffix = placed.suffix.map { safety.check($0) }
                placed.rule.member = placed.rule.member.map { safety.check($0) }
            }
            diagnostics += safety.diagnostics
        }
    }
}

extension Checker {
    /// Resolves and orders a query; answers it with the names of its variables.
    static func check(
        query: [Expression], _ modules: CompiledModules
    ) throws(CompilationError) -> ([Expression], [String]) {
        let empty = Module(
            file: "query", package: ["data"], packagePosition: .generated, imports: [], rules: [],
            comments: [],
            isVersion1: true)
        var resolver = Resolver(module: empty, ruleNames: [])
        let resolved = resolver.resolve(query: query)
        guard resolver.diagnostics.isEmpty else { throw CompilationError(resolver.diagnostics) }
        var checker = Checker()
        for expression in resolved {
            Calls.visit(
                expression,
                { callee, count, position, isStatement in
                    checker.check(callee, count, position, isStatement, modules.tree)
                }, { _ in })
        }
        try checker.finishStage()
        var safety = Safety(bound: [], arity: modules.tree.arity(of:))
        let ordered = safety.order(resolved)
        guard safety.diagnostics.isEmpty else { throw CompilationError(safety.diagnostics) }
        checker.diagnostics = TypeChecker.check(query: ordered, modules.tree)
        try checker.finishStage()
        var names: [String] = []
        for expression in ordered {
            Variables.visit(expression, closures: false) { name, _ in
                if !name.hasPrefix("$"), !name.contains("#"), !names.contains(name) { names.append(name) }
            }
        }
        return (ordered, names)
    }
}
