extension Planner {
    /// Plans `head[path...]`.
    func reference(_ head: Term, _ path: [Term], _ use: Use) {
        if case .variable("data") = head.kind, bindings["data"] == nil {
            return document(tree, path[...], use)
        }
        term(head) { value in walk(value, path[...], use) }
    }

    /// Goes down a value; variables without a value enumerate.
    func walk(_ value: Operand, _ path: ArraySlice<Term>, _ use: Use) {
        guard let part = path.first else { return use(value) }
        let rest = path.dropFirst()
        if hasUnbound(part) { return enumerate(value, part, rest, use) }
        term(part) { key in
            let target = local(Self.hint(part))
            emit(.dot(value, key, target))
            walk(.local(target), rest, use)
        }
    }

    /// A local's name for readers: the key's own name where it has one.
    static func hint(_ part: Term) -> String {
        if case .string(let text) = part.kind, !text.isEmpty,
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }),
            text.first?.isLetter == true
        {
            return text
        }
        return "element"
    }

    private func enumerate(_ value: Operand, _ part: Term, _ rest: ArraySlice<Term>, _ use: Use) {
        let key = local(Self.variableName(part) ?? "key")
        let element = local("element")
        let body = collect {
            unify(part, with: .local(key)) { self.walk(.local(element), rest, use) }
        }
        emit(.scan(value, key: key, value: element, body: body))
    }

    static func variableName(_ term: Term) -> String? {
        guard case .variable(let name) = term.kind, !name.hasPrefix("$") else { return nil }
        return String(name.prefix { $0 != "#" })
    }

    // MARK: data

    /// Plans a path below `data` from a node of the rule tree on.
    private func document(_ node: RuleNode, _ path: ArraySlice<Term>, _ use: Use) {
        if overlay.isShadowed(Array(node.path.dropFirst())) { return base(node.path, path, use) }
        if !node.rules.isEmpty {
            guard node.kind != .function else {
                return fail(
                    .type, "\(node.name) is a function: call it with operands",
                    path.first?.position ?? .generated)
            }
            return rule(node) { self.walk($0, path, use) }
        }
        guard let part = path.first else { return whole(node, use) }
        if case .string(let name) = part.kind {
            if let child = node.children[name] { return document(child, path.dropFirst(), use) }
            return base(node.path, path, use)
        }
        if node.children.isEmpty { return base(node.path, path, use) }
        if path.contains(where: { hasUnbound($0) }) {
            return whole(node) { self.walk($0, path, use) }
        }
        dispatch(node, part, path.dropFirst(), use)
    }

    /// A child chosen at run time: `data.fragments[name].rule`.
    private func dispatch(_ node: RuleNode, _ part: Term, _ rest: ArraySlice<Term>, _ use: Use) {
        term(part) { key in
            let result = local("found")
            emit(.reset(result))
            for (name, child) in node.sortedChildren where child.kind != .function {
                block { _ in
                    self.emit(.compare(.equal, key, self.constant(name)))
                    self.document(child, rest) { self.emit(.assign(result, $0)) }
                }
            }
            block { _ in
                self.emit(.isUndefined(result))
                self.base(node.path, [part] + rest) { self.emit(.assign(result, $0)) }
            }
            emit(.isDefined(result))
            use(.local(result))
        }
    }

    /// A path of plain documents.
    private func base(_ front: [String], _ path: ArraySlice<Term>, _ use: Use) {
        let root = local("data")
        emit(.loadData(root))
        let constants = front.dropFirst().map { Term(.string($0), .generated) }
        walkBase(.local(root), (constants + path)[...], use)
    }

    /// Documents are stored by name: `data.xs[2]` also finds a member that is named "2".
    private func walkBase(_ value: Operand, _ path: ArraySlice<Term>, _ use: Use) {
        guard path.contains(where: { $0.isNumber }), let part = path.first else {
            return walk(value, path, use)
        }
        guard case .number(let digits) = part.kind else {
            return walk(value, [part]) { self.walkBase($0, path.dropFirst(), use) }
        }
        let found = local("element")
        emit(.reset(found))
        block { _ in self.walk(value, [part]) { self.emit(.assign(found, $0)) } }
        block { _ in
            self.emit(.isUndefined(found))
            self.walk(value, [Term(.string(digits), part.position)]) { self.emit(.assign(found, $0)) }
        }
        emit(.isDefined(found))
        walkBase(.local(found), path.dropFirst(), use)
    }

    /// Calls the function of a rule that has no operands.
    func rule(_ node: RuleNode, _ use: Use) {
        let index = ruleFunction(node)
        let target = local(node.path[node.path.count - 1])
        emit(.call(index, [], target))
        use(.local(target))
    }

    /// A package with everything in it: its rules over the plain documents of the same path.
    private func whole(_ node: RuleNode, _ use: Use) {
        let index = functionIndex(
            "package " + node.name, kind: .package, path: node.name, position: .generated
        ) { planner in
            planner.package(node)
        }
        let target = local(node.path[node.path.count - 1])
        emit(.call(index, [], target))
        use(.local(target))
    }

    private func package(_ node: RuleNode) {
        let members = builder(.object)
        for (name, child) in node.sortedChildren where child.rules.isEmpty || child.kind != .function {
            block { _ in
                self.document(child, []) {
                    self.emit(.insert(members, key: self.constant(name), value: $0))
                }
            }
        }
        let virtual = local("virtual")
        emit(.finish(members, .object, virtual))
        let plain = local("base")
        emit(.reset(plain))
        block { _ in
            self.base(node.path, []) { self.emit(.assign(plain, $0)) }
        }
        let result = local("result")
        emit(.merge(base: plain, virtual: virtual, result))
        function.result = result
    }
}
