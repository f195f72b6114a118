extension Planner {
    /// Plans the expressions of a body in order; `then` happens once per solution.
    func body(_ expressions: ArraySlice<Expression>, _ then: () -> Void) {
        guard let first = expressions.first else { return then() }
        expression(first) { self.body(expressions.dropFirst(), then) }
    }

    private func expression(_ expression: Expression, _ then: () -> Void) {
        emit(.comment(expression.position))
        guard expression.replacements.isEmpty else { return replaced(expression, then) }
        plain(expression, then)
    }

    func plain(_ expression: Expression, _ then: () -> Void) {
        if expression.isNegated {
            if case .term(let term) = expression.kind { return negated(term, then) }
            negation { succeed in
                var positive = expression
                positive.isNegated = false
                self.plain(positive, succeed)
            }
            return then()
        }
        switch expression.kind {
        case .term(let term): statement(term, then)
        case .every(let key, let value, let domain, let inner): every(key, value, domain, inner, then)
        case .block(let inner): body(inner[...], then)
        case .declaration, .someIn, .logical: then()
        }
    }

    private func every(
        _ key: Term?, _ value: Term, _ domain: Term, _ inner: [Expression], _ then: () -> Void
    ) {
        term(domain) { collection in
            emit(.isCollection(collection))
            negation { found in
                let keyLocal = self.local(key.flatMap { Self.variableName($0) } ?? "key")
                let valueLocal = self.local(Self.variableName(value) ?? "element")
                let turn = self.collect {
                    self.negation { holds in
                        let bindKey: (() -> Void) -> Void = { next in
                            if let key { self.unify(key, with: .local(keyLocal), next) } else { next() }
                        }
                        bindKey {
                            self.unify(value, with: .local(valueLocal)) { self.body(inner[...], holds) }
                        }
                    }
                    found()
                }
                self.emit(.scan(collection, key: keyLocal, value: valueLocal, body: turn))
            }
            then()
        }
    }

    private static let comparisons: [String: Comparison] = [
        "equal": .equal, "neq": .notEqual, "lt": .less, "lte": .lessOrEqual, "gt": .greater,
        "gte": .greaterOrEqual,
    ]

    /// A term as a statement: it must be defined and not false.
    func statement(_ term: Term, _ then: () -> Void) {
        guard case .call(let callee, let operands) = term.kind else {
            return self.term(term) {
                emit(.isTruthy($0))
                then()
            }
        }
        if callee.path == ["eq"], operands.count == 2 {
            return unify(operands[0], operands[1], then)
        }
        let name = callee.name
        if ["print", "trace", "internal.print"].contains(name), overlay.functions[name] == nil {
            return then()
        }
        if operands.count == 2, let comparison = Self.comparisons[name], overlay.functions[name] == nil {
            return terms(operands) {
                emit(.compare(comparison, $0[0], $0[1]))
                then()
            }
        }
        call(callee, operands, term.position) {
            emit(.isTruthy($0))
            then()
        }
    }

    // MARK: Calls

    func call(_ callee: Callee, _ arguments: [Term], _ position: Position, _ use: Use) {
        switch overlay.functions[callee.name] {
        case .slot(let slot):
            return terms(arguments) { _ in
                let target = local("replacement")
                emit(.loadSlot(slot, target))
                use(.local(target))
            }
        case .function(let name):
            let mock = Callee(name.split(separator: ".").map(String.init))
            return terms(arguments) { operands in
                // Inside of the mock no function is replaced: it may call the original.
                let saved = overlay
                overlay.functions = [:]
                let target = invoke(mock, operands, position)
                overlay = saved
                if let target { use(.local(target)) }
            }
        case nil:
            direct(callee, arguments, position, use)
        }
    }

    private func direct(_ callee: Callee, _ arguments: [Term], _ position: Position, _ use: Use) {
        terms(arguments) { operands in
            guard let target = invoke(callee, operands, position) else { return }
            guard KnownBuiltins.relations.contains(callee.name) else { return use(.local(target)) }
            let answer = local("node")
            emit(.scan(.local(target), key: nil, value: answer, body: collect { use(.local(answer)) }))
        }
    }

    /// Emits the call of a function of the policy or a built-in.
    private func invoke(_ callee: Callee, _ operands: [Operand], _ position: Position) -> Local? {
        if callee.isRule {
            guard let node = tree.node(callee.path.dropFirst()), node.kind == .function else {
                fail(.type, "undefined function \(callee.name)", position)
                return nil
            }
            let target = local(callee.path[callee.path.count - 1])
            emit(.call(ruleFunction(node), operands, target))
            return target
        }
        guard KnownBuiltins.arity[callee.name] != nil else {
            fail(.type, "undefined function \(callee.name)", position)
            return nil
        }
        if let reason = KnownBuiltins.unavailable[callee.name] {
            fail(.compile, "\(callee.name) is not available: \(reason)", position)
            return nil
        }
        guard KnownBuiltins.supported.contains(callee.name) else {
            fail(.compile, "\(callee.name) is not supported by this compiler", position)
            return nil
        }
        let target = local(Self.resultHint(callee.name))
        emit(.builtin(callee.name, operands, target))
        return target
    }

    private static func resultHint(_ name: String) -> String {
        switch name {
        case "plus": "sum"
        case "minus": "difference"
        default: name.split(separator: ".").last.map(String.init) ?? "value"
        }
    }
}
