extension Planner {
    /// Plans `left = right`.
    func unify(_ left: Term, _ right: Term, _ then: () -> Void) {
        var pairs: [(Term, Term)] = []
        guard Self.split(left, right, into: &pairs) else { return emit(.fail) }
        unify(pairs, then)
    }

    /// Pairs that wait for a value come after those that have one.
    private func unify(_ pairs: [(Term, Term)], _ then: () -> Void) {
        if pairs.isEmpty { return then() }
        let ready = pairs.firstIndex { !hasUnbound($0.0) || !hasUnbound($0.1) } ?? 0
        var rest = pairs
        let (left, right) = rest.remove(at: ready)
        if hasUnbound(left), hasUnbound(right) {
            return fail(.unsafe, "var \(Self.variableName(left) ?? "_") is unsafe", left.position)
        }
        if hasUnbound(left) {
            term(right) { unify(left, with: $0) { self.unify(rest, then) } }
        } else if hasUnbound(right) {
            term(left) { unify(right, with: $0) { self.unify(rest, then) } }
        } else {
            term(left) { a in
                term(right) { b in
                    emit(.compare(.equal, a, b))
                    unify(rest, then)
                }
            }
        }
    }

    /// Takes two patterns apart as far as both are written out; `false` when they can never be equal.
    private static func split(_ left: Term, _ right: Term, into pairs: inout [(Term, Term)]) -> Bool {
        switch (left.kind, right.kind) {
        case (.array(let a), .array(let b)):
            guard a.count == b.count else { return false }
            for (x, y) in zip(a, b) {
                guard split(x, y, into: &pairs) else { return false }
            }
        case (.object(let a), .object(let b)) where constantKeys(a) && constantKeys(b):
            guard a.count == b.count else { return false }
            for member in a {
                guard let other = b.first(where: { $0.key.isSameConstant(as: member.key) }),
                    split(member.value, other.value, into: &pairs)
                else { return false }
            }
        default:
            pairs.append((left, right))
        }
        return true
    }

    private static func constantKeys(_ members: [(key: Term, value: Term)]) -> Bool {
        var seen = Set<String>()
        return members.allSatisfy { member in
            switch member.key.kind {
            case .string(let text): seen.insert(text).inserted
            default: false
            }
        }
    }

    /// Plans a pattern against a value: binds what is unbound, compares the rest.
    func unify(_ pattern: Term, with value: Operand, _ then: () -> Void) {
        guard hasUnbound(pattern) else {
            return term(pattern) {
                emit(.compare(.equal, $0, value))
                then()
            }
        }
        switch pattern.kind {
        case .variable(let name):
            bindings[name] = value
            if case .local(let local) = value, let readable = Self.variableName(pattern) {
                rename(local, readable)
            }
            then()
        case .array(let terms):
            emit(.isArray(value, count: terms.count))
            elements(terms.enumerated().map { (Term(.number("\($0)"), pattern.position), $1) }, value, then)
        case .object(let members):
            emit(.isObject(value, count: members.count))
            elements(members.map { ($0.key, $0.value) }, value, then)
        default: then()
        }
    }

    private func rename(_ local: Local, _ name: String) {
        let generic: Set<String> = ["element", "value", "key", "array", "set", "object", "found", "result"]
        if generic.contains(function.localNames[local]) { function.localNames[local] = name }
    }

    /// Elements of a pattern; those that need others' variables come last.
    private func elements(_ parts: [(Term, Term)], _ value: Operand, _ then: () -> Void) {
        func next(_ waiting: [(Term, Term)]) {
            guard !waiting.isEmpty else { return then() }
            let ready = waiting.firstIndex { hasUnbound($0.1) || isReady($0.1) } ?? 0
            var rest = waiting
            let (key, inner) = rest.remove(at: ready)
            term(key) { keyOperand in
                let element = local("element")
                emit(.dot(value, keyOperand, element))
                unify(inner, with: .local(element)) { next(rest) }
            }
        }
        next(parts)
    }

    private func isReady(_ term: Term) -> Bool {
        Variables.all(of: term).allSatisfy { bindings[$0] != nil }
    }
}
