extension Planner {
    /// The function that computes a node of the rule tree.
    func ruleFunction(_ node: RuleNode) -> Int {
        let kind: PlanFunction.Kind = node.kind == .function ? .function : .rule
        let position = node.rules.first?.rule.position ?? .generated
        return functionIndex("rule " + node.name, kind: kind, path: node.name, position: position) {
            planner in
            switch node.kind {
            case .complete, .package: planner.complete(node, arity: 0)
            case .function: planner.complete(node, arity: node.arity)
            case .set: planner.partialSet(node)
            case .object: planner.partialObject(node)
            }
        }
    }

    /// A rule or function with one value: all bodies that hold must agree.
    private func complete(_ node: RuleNode, arity: Int) {
        let names = node.rules.first { !$0.rule.isDefault }?.rule.arguments ?? []
        for index in 0..<arity {
            let name = index < names.count ? Self.variableName(names[index]) : nil
            function.parameters.append(local(name ?? "operand\(index + 1)"))
        }
        let result = local("result")
        function.result = result
        let rules = node.rules.map(\.rule).filter { !$0.isDefault }
        // Where all say the same, the first that holds is enough.
        let agree = Self.constantValue(rules)
        for (index, rule) in rules.enumerated() {
            body(of: rule, into: result, unlessSet: agree && index > 0)
        }
        if let fallback = node.rules.first(where: { $0.rule.isDefault })?.rule.branches.first?.value {
            block { _ in
                self.emit(.isUndefined(result))
                self.term(fallback) { self.emit(.assign(result, $0)) }
            }
        }
    }

    /// Whether the rules can only ever have one value, all the same.
    private static func constantValue(_ rules: [Rule]) -> Bool {
        let values = rules.flatMap(\.branches).map { $0.value ?? Term(.boolean(true), $0.position) }
        guard let first = values.first, first.isGround else { return false }
        return values.allSatisfy { $0.isGround && $0.groundText == first.groundText }
    }

    /// One rule with its `else` chain.
    private func body(of rule: Rule, into result: Local, unlessSet: Bool) {
        emit(.comment(rule.position))
        if rule.branches.count == 1 {
            return block { name in
                if unlessSet { self.emit(.isUndefined(result)) }
                self.branch(rule, rule.branches[0]) { value in
                    self.emit(.assignOnce(result, value))
                    if case .constant = value { self.emit(.exit(name)) }
                }
            }
        }
        let chosen = local("chosen")
        emit(.reset(chosen))
        for (index, branch) in rule.branches.enumerated() {
            block { name in
                if unlessSet { self.emit(.isUndefined(result)) }
                if index > 0 { self.emit(.isUndefined(chosen)) }
                self.branch(rule, branch) { value in
                    self.emit(.assignOnce(chosen, value))
                    if case .constant = value { self.emit(.exit(name)) }
                }
            }
        }
        block { _ in
            self.emit(.isDefined(chosen))
            self.emit(.assignOnce(result, .local(chosen)))
        }
    }

    private func branch(_ rule: Rule, _ branch: Rule.Branch, _ use: Use) {
        bindParameters(rule) {
            self.body(branch.body[...]) {
                self.term(branch.value ?? Term(.boolean(true), branch.position), use)
            }
        }
    }

    private func bindParameters(_ rule: Rule, _ then: () -> Void) {
        let arguments = rule.arguments ?? []
        func next(_ index: Int) {
            guard index < arguments.count, index < function.parameters.count else { return then() }
            unify(arguments[index], with: .local(function.parameters[index])) { next(index + 1) }
        }
        next(0)
    }

    private func partialSet(_ node: RuleNode) {
        let members = builder(.set)
        for placed in node.rules where !placed.rule.isDefault {
            emit(.comment(placed.rule.position))
            block { _ in
                self.body(placed.rule.branches[0].body[...]) {
                    guard let member = placed.rule.member else { return }
                    self.term(member) { self.emit(.insert(members, key: $0, value: $0)) }
                }
            }
        }
        let result = local("result")
        emit(.finish(members, .set, result))
        function.result = result
    }

    private func partialObject(_ node: RuleNode) {
        let flat = node.rules.allSatisfy { $0.suffix.count == 1 && $0.rule.member == nil }
        let kind: BuilderKind = flat ? .object : .partial
        let members = builder(kind)
        for placed in node.rules where !placed.rule.isDefault {
            emit(.comment(placed.rule.position))
            entries(placed, members, flat: flat)
        }
        let result = local("result")
        emit(.finish(members, kind, result))
        function.result = result
    }

    private func entries(_ placed: PlacedRule, _ members: Builder, flat: Bool) {
        func insert(_ branch: Rule.Branch, done: Local? = nil) {
            let leaf = placed.rule.member ?? branch.value ?? Term(.boolean(true), branch.position)
            body(branch.body[...]) {
                self.terms(placed.suffix + [leaf]) { operands in
                    let value = operands[operands.count - 1]
                    if flat {
                        self.emit(.insertOnce(members, key: operands[0], value: value))
                    } else {
                        self.emit(
                            .insertPartial(
                                members, path: Array(operands.dropLast()), value: value,
                                isMember: placed.rule.member != nil))
                    }
                    if let done { self.emit(.assign(done, self.constant(Term(.boolean(true), .generated)))) }
                }
            }
        }
        if placed.rule.branches.count == 1 {
            return block { _ in insert(placed.rule.branches[0]) }
        }
        let done = local("done")
        emit(.reset(done))
        for branch in placed.rule.branches {
            block { _ in
                self.emit(.isUndefined(done))
                insert(branch, done: done)
            }
        }
    }
}
