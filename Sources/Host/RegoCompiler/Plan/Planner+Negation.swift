extension Planner {
    /// Plans `not statement`.
    ///
    /// As everywhere in Rego, operands of calls are evaluated before the call: `not f(input.x)` is undefined when
    /// `input.x` is, while `not input.x == 1` holds.
    func negated(_ statement: Term, _ then: () -> Void) {
        hoist(statement) { ready in
            negation { succeed in self.statement(ready, succeed) }
            then()
        }
    }

    /// A block that must not succeed.
    func negation(_ body: (_ succeed: () -> Void) -> Void) {
        let name = label()
        let inner = collect { body { self.emit(.exit(name)) } }
        emit(.not(name, inner))
    }

    private func hoist(_ term: Term, _ use: (Term) -> Void) {
        switch term.kind {
        case .call(let callee, let operands):
            let isEquality = callee.path == ["eq"] || callee.path == ["equal"]
            hoist(operands, whole: !isEquality) { ready in
                use(Term(.call(callee, ready), term.position))
            }
        default: hoistInside(term, use)
        }
    }

    private func hoist(_ terms: [Term], whole: Bool, _ use: ([Term]) -> Void) {
        func next(_ index: Int, _ done: [Term]) {
            if index == terms.count { return use(done) }
            if whole {
                hoistWhole(terms[index]) { next(index + 1, done + [$0]) }
            } else {
                hoistInside(terms[index]) { next(index + 1, done + [$0]) }
            }
        }
        next(0, [])
    }

    /// A reference stays inside of the negation, what it needs is evaluated before.
    private func hoistInside(_ term: Term, _ use: (Term) -> Void) {
        guard case .reference(let head, let path) = term.kind else { return hoistWhole(term, use) }
        hoist(path, whole: true) { ready in
            if case .call = head.kind {
                self.hoistWhole(head) { use(Term(.reference($0, ready), term.position)) }
            } else {
                use(Term(.reference(head, ready), term.position))
            }
        }
    }

    /// References and calls are evaluated before the negation.
    private func hoistWhole(_ term: Term, _ use: (Term) -> Void) {
        if term.isGround { return use(term) }
        // A relation is enumerated inside of the negation.
        if case .call(let callee, _) = term.kind, KnownBuiltins.relations.contains(callee.name) {
            return use(term)
        }
        switch term.kind {
        case .reference, .call, .variable("input"), .variable("data"):
            self.term(term) { value in
                let name = "$operand\(function.localNames.count).\(bindings.count)"
                bindings[name] = value
                use(Term(.variable(name), term.position))
            }
        case .array(let terms):
            hoist(terms, whole: true) { use(Term(.array($0), term.position)) }
        case .set(let terms):
            hoist(terms, whole: true) { use(Term(.set($0), term.position)) }
        case .object(let members):
            hoist(members.flatMap { [$0.key, $0.value] }, whole: true) { ready in
                let pairs = stride(from: 0, to: ready.count, by: 2).map {
                    (key: ready[$0], value: ready[$0 + 1])
                }
                use(Term(.object(pairs), term.position))
            }
        default: use(term)
        }
    }
}
