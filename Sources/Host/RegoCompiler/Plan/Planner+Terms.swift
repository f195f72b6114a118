extension Planner {
    typealias Use = (Operand) -> Void

    /// Plans the value of a term; nothing inside `use` happens when it is undefined.
    func term(_ term: Term, _ use: Use) {
        if term.isGround { return use(constant(term)) }
        switch term.kind {
        case .null, .boolean, .number, .string: use(constant(term))
        case .variable(let name): variable(name, term.position, use)
        case .reference(let head, let path): reference(head, path, use)
        case .call(let callee, let arguments): call(callee, arguments, term.position, use)
        case .array(let terms):
            self.terms(terms) { operands in
                let target = local("array")
                emit(.makeArray(operands, target))
                use(.local(target))
            }
        case .set(let terms):
            self.terms(terms) { operands in
                let target = local("set")
                emit(.makeSet(operands, target))
                use(.local(target))
            }
        case .object(let members):
            self.terms(members.flatMap { [$0.key, $0.value] }) { operands in
                let target = local("object")
                let pairs = stride(from: 0, to: operands.count, by: 2).map {
                    (key: operands[$0], value: operands[$0 + 1])
                }
                emit(.makeObject(pairs, target))
                use(.local(target))
            }
        case .arrayComprehension(let head, let body):
            comprehension(.array, [head], body, "list", use)
        case .setComprehension(let head, let body):
            comprehension(.set, [head], body, "members", use)
        case .objectComprehension(let key, let value, let body):
            comprehension(.object, [key, value], body, "mapping", use)
        case .template(let parts): template(parts, use)
        }
    }

    /// Plans several terms, left to right; variables that the others bind come last.
    func terms(_ list: [Term], _ use: ([Operand]) -> Void) {
        var order = Array(list.indices)
        if list.count > 1, list.contains(where: { isUnbound($0) }) {
            order = order.filter { !isUnbound(list[$0]) } + order.filter { isUnbound(list[$0]) }
        }
        var operands = [Operand?](repeating: nil, count: list.count)
        func next(_ turn: Int) {
            if turn == order.count { return use(operands.compactMap { $0 }) }
            term(list[order[turn]]) {
                operands[order[turn]] = $0
                next(turn + 1)
            }
        }
        next(0)
    }

    func isUnbound(_ term: Term) -> Bool {
        guard case .variable(let name) = term.kind, name != "input", name != "data" else { return false }
        return bindings[name] == nil
    }

    /// Whether a pattern has variables that it would bind.
    func hasUnbound(_ term: Term) -> Bool {
        switch term.kind {
        case .variable: isUnbound(term)
        case .array(let terms): terms.contains { hasUnbound($0) }
        case .object(let members): members.contains { hasUnbound($0.value) }
        default: false
        }
    }

    private func variable(_ name: String, _ position: Position, _ use: Use) {
        if name == "input" {
            let target = local("input")
            emit(.loadInput(target))
            return use(.local(target))
        }
        if name == "data" { return reference(Term(.variable("data"), position), [], use) }
        guard let operand = bindings[name] else {
            return fail(.unsafe, "var \(name.hasPrefix("$") ? "_" : name) is unsafe", position)
        }
        use(operand)
    }

    private func comprehension(
        _ kind: BuilderKind, _ heads: [Term], _ body: [Expression], _ name: String, _ use: Use
    ) {
        let builder = builder(kind)
        block { _ in
            self.body(body[...]) {
                self.terms(heads) { operands in
                    switch kind {
                    case .array: self.emit(.append(builder, operands[0]))
                    case .set: self.emit(.insert(builder, key: operands[0], value: operands[0]))
                    case .object, .partial:
                        self.emit(.insertOnce(builder, key: operands[0], value: operands[1]))
                    }
                }
            }
        }
        let target = local(name)
        emit(.finish(builder, kind, target))
        use(.local(target))
    }

    /// A template string: undefined parts print as `<undefined>`.
    private func template(_ parts: [Term.TemplatePart], _ use: Use) {
        var operands: [Operand] = []
        for part in parts {
            switch part {
            case .text(let text): operands.append(constant(text))
            case .collected(let members): term(members) { operands.append($0) }
            case .term(let inner):
                let target = local("part")
                emit(.reset(target))
                let members = builder(.set)
                block { _ in
                    self.term(inner) { self.emit(.insert(members, key: $0, value: $0)) }
                }
                emit(.finish(members, .set, target))
                operands.append(.local(target))
            }
        }
        let list = local("parts")
        emit(.makeArray(operands, list))
        let target = local("text")
        emit(.builtin("internal.template_string", [.local(list)], target))
        use(.local(target))
    }
}
