/// All rules of all modules by their path below `data`.
final class RuleNode {
    enum Kind { case package, complete, function, set, object }

    /// Path with `data` in front.
    let path: [String]
    private(set) var children: [String: RuleNode] = [:]
    var rules: [PlacedRule] = []
    /// Whether a package of this very path exists.
    var isPackage = false

    init(path: [String]) { self.path = path }

    var name: String { path.joined(separator: ".") }

    var sortedChildren: [(String, RuleNode)] { children.sorted { $0.key < $1.key } }

    func node(_ names: ArraySlice<String>) -> RuleNode? {
        guard let first = names.first else { return self }
        return children[first]?.node(names.dropFirst())
    }

    func make(_ names: ArraySlice<String>) -> RuleNode {
        guard let first = names.first else { return self }
        let child = children[first] ?? RuleNode(path: path + [first])
        children[first] = child
        return child.make(names.dropFirst())
    }

    var kind: Kind {
        guard let first = rules.first(where: { !$0.rule.isDefault }) ?? rules.first else { return .package }
        if rules.contains(where: { !$0.suffix.isEmpty }) { return .object }
        if first.rule.arguments != nil { return .function }
        return first.rule.member != nil ? .set : .complete
    }

    /// Number of parameters, for functions.
    var arity: Int { rules.first?.rule.arguments?.count ?? 0 }

    /// Number of operands of a function of the policy or a built-in, seen from the root; `nil` when there is none.
    func arity(of callee: Callee) -> Int? {
        guard callee.isRule else { return KnownBuiltins.arity[callee.name] }
        guard let node = node(callee.path.dropFirst()), node.kind == .function else { return nil }
        return node.arity
    }

    /// Rules with variables in their heads take in the rules beneath them.
    func absorb() {
        if rules.contains(where: { !$0.suffix.isEmpty }) {
            for (name, child) in sortedChildren { gather(from: child, [name]) }
            children = [:]
        } else {
            for child in children.values { child.absorb() }
        }
    }

    private func gather(from node: RuleNode, _ names: [String]) {
        for placed in node.rules {
            let position = placed.rule.position
            let front = names.map { Term(.string($0), position) }
            rules.append(PlacedRule(rule: placed.rule, suffix: front + placed.suffix))
        }
        for (name, child) in node.sortedChildren { gather(from: child, names + [name]) }
    }

    /// Every node with rules, this one included, in order of path.
    var ruleNodes: [RuleNode] {
        (rules.isEmpty ? [] : [self]) + sortedChildren.flatMap { $0.1.ruleNodes }
    }
}

/// A rule with the part of its head that is not constant.
struct PlacedRule {
    var rule: Rule
    /// Keys below the node's path.
    var suffix: [Term]
}

extension RuleNode {
    /// Adds a resolved rule at the place its head names.
    func add(_ rule: Rule) {
        var names = Array(rule.package.dropFirst()) + [rule.name]
        var suffix: [Term] = []
        for part in rule.head.dropFirst() {
            if suffix.isEmpty, case .string(let name) = part.kind {
                names.append(name)
            } else {
                suffix.append(part)
            }
        }
        make(names[...]).rules.append(PlacedRule(rule: rule, suffix: suffix))
    }
}
