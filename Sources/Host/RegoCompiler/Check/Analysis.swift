/// What one expression needs bound before it, and what it binds.
struct Analysis {
    /// Variables that must be bound first and are not.
    private(set) var missing: Set<String> = []
    /// Variables that are bound after it.
    private(set) var outputs: Set<String> = []

    /// - Parameters:
    ///   - bound: variables bound so far.
    ///   - own: variables of the body that the expression stands in; a closure that mentions one waits for it.
    init(_ expression: Expression, bound: Set<String>, own: Set<String>) {
        for replacement in expression.replacements {
            Self.need(replacement.value, bound, own, &missing, &outputs)
        }
        switch expression.kind {
        case .term(let term): statement(term, bound, own)
        case .every(let key, let value, let domain, let body):
            Self.need(domain, bound, own, &missing, &outputs)
            let locals = Variables.all(of: value).union(key.map { Variables.all(of: $0) } ?? [])
            var free = Set<String>()
            for inner in body { free.formUnion(Variables.all(of: inner)) }
            missing.formUnion(
                free.subtracting(locals).intersection(own).subtracting(bound).subtracting(outputs))
        case .block(let body):
            var free = Set<String>()
            for inner in body { free.formUnion(Variables.all(of: inner)) }
            missing.formUnion(free.intersection(own).subtracting(bound))
        case .declaration, .someIn, .logical: break
        }
        if expression.isNegated {
            missing.formUnion(outputs.subtracting(bound))
            outputs = []
        }
    }

    private mutating func statement(_ term: Term, _ bound: Set<String>, _ own: Set<String>) {
        guard case .call(let callee, let operands) = term.kind else {
            Self.need(term, bound, own, &missing, &outputs)
            return
        }
        if callee.path == ["eq"], operands.count == 2 {
            unify(operands[0], operands[1], bound, own)
        } else {
            Self.need(term, bound, own, &missing, &outputs)
        }
    }

    /// Both sides of `=`: whichever side is known binds the variables of the other.
    private mutating func unify(_ left: Term, _ right: Term, _ bound: Set<String>, _ own: Set<String>) {
        var known = bound
        // Parts that are no patterns first: they may bind variables by enumeration.
        for side in [left, right] { nonPatterns(side, known, own, &known) }
        var changed = true
        while changed {
            let before = known.count
            Self.propagate(left, right, &known)
            changed = known.count != before
        }
        outputs.formUnion(known.subtracting(bound))
        for side in [left, right] {
            missing.formUnion(Variables.pattern(of: side).subtracting(known))
        }
    }

    /// Needs of references, calls and closures within a pattern.
    private mutating func nonPatterns(
        _ term: Term, _ bound: Set<String>, _ own: Set<String>, _ known: inout Set<String>
    ) {
        switch term.kind {
        case .null, .boolean, .number, .string, .variable: break
        case .array(let terms): for inner in terms { nonPatterns(inner, known, own, &known) }
        case .object(let members):
            for member in members {
                Self.need(member.key, known, own, &missing, &outputs)
                known.formUnion(outputs)
                nonPatterns(member.value, known, own, &known)
            }
        default:
            var outs = Set<String>()
            Self.need(term, known, own, &missing, &outs)
            outputs.formUnion(outs)
            known.formUnion(outs)
        }
    }

    private static func propagate(_ left: Term, _ right: Term, _ known: inout Set<String>) {
        switch (left.kind, right.kind) {
        case (.array(let a), .array(let b)) where a.count == b.count:
            for (x, y) in zip(a, b) { propagate(x, y, &known) }
        case (.object(let a), .object(let b)) where a.count == b.count:
            for member in a {
                if let other = b.first(where: { $0.key.isSameKey(as: member.key) }) {
                    propagate(member.value, other.value, &known)
                }
            }
        default:
            if Variables.pattern(of: left).isSubset(of: known) {
                known.formUnion(Variables.pattern(of: right))
            }
            if Variables.pattern(of: right).isSubset(of: known) {
                known.formUnion(Variables.pattern(of: left))
            }
        }
    }

    /// Needs of a term that is read: its variables must be bound, except those that a reference enumerates.
    static func need(
        _ term: Term, _ bound: Set<String>, _ own: Set<String>, _ missing: inout Set<String>,
        _ outputs: inout Set<String>
    ) {
        switch term.kind {
        case .null, .boolean, .number, .string: break
        case .variable(let name):
            if !bound.contains(name), !outputs.contains(name) { missing.insert(name) }
        case .reference(let head, let path):
            need(head, bound, own, &missing, &outputs)
            for part in path {
                switch part.kind {
                case .variable(let name): if !bound.contains(name) { outputs.insert(name) }
                case .array, .object: enumerated(part, bound, own, &missing, &outputs)
                default: need(part, bound, own, &missing, &outputs)
                }
            }
        case .call(_, let arguments):
            // References among the arguments bind; bare variables may be bound by a sibling's reference.
            let ordered = arguments.filter { !$0.isVariable } + arguments.filter(\.isVariable)
            for argument in ordered { need(argument, bound, own, &missing, &outputs) }
        case .array(let terms), .set(let terms):
            for inner in terms { need(inner, bound, own, &missing, &outputs) }
        case .object(let members):
            for member in members {
                need(member.key, bound, own, &missing, &outputs)
                need(member.value, bound, own, &missing, &outputs)
            }
        case .template(let parts):
            for inner in parts.compactMap(\.term) { need(inner, bound, own, &missing, &outputs) }
        case .arrayComprehension, .setComprehension, .objectComprehension:
            missing.formUnion(
                Variables.all(of: term).intersection(own).subtracting(bound).subtracting(outputs))
        }
    }

    /// A composite key of a reference (`s[[x, y]]`) binds the variables of its pattern.
    private static func enumerated(
        _ term: Term, _ bound: Set<String>, _ own: Set<String>, _ missing: inout Set<String>,
        _ outputs: inout Set<String>
    ) {
        switch term.kind {
        case .variable(let name): if !bound.contains(name) { outputs.insert(name) }
        case .array(let terms): for inner in terms { enumerated(inner, bound, own, &missing, &outputs) }
        case .object(let members):
            for member in members {
                need(member.key, bound, own, &missing, &outputs)
                enumerated(member.value, bound, own, &missing, &outputs)
            }
        default: need(term, bound, own, &missing, &outputs)
        }
    }
}

extension Term {
    var isVariable: Bool {
        if case .variable = kind { return true }
        return false
    }

    var isNumber: Bool {
        if case .number = kind { return true }
        return false
    }

    /// Whether both are the same constant or the same variable.
    func isSameKey(as other: Term) -> Bool {
        if case .variable(let a) = kind, case .variable(let b) = other.kind { return a == b }
        return isSameConstant(as: other)
    }

    func isSameConstant(as other: Term) -> Bool {
        switch (kind, other.kind) {
        case (.string(let a), .string(let b)): a == b
        case (.number(let a), .number(let b)): a == b
        case (.boolean(let a), .boolean(let b)): a == b
        case (.null, .null): true
        default: false
        }
    }
}
