/// Which rules use which.
struct Dependencies {
    private let nodes: [RuleNode]
    private var edges: [[Int]] = []

    init(_ tree: RuleNode) {
        nodes = tree.ruleNodes
        var numbers: [ObjectIdentifier: Int] = [:]
        for (index, node) in nodes.enumerated() { numbers[ObjectIdentifier(node)] = index }
        for node in nodes {
            var targets = Set<Int>()
            for placed in node.rules {
                let note: (Term) -> Void = { term in
                    for used in Self.used(by: term, tree) {
                        if let number = numbers[ObjectIdentifier(used)] { targets.insert(number) }
                    }
                }
                Calls.visit(placed.rule, { _, _, _, _ in }, reference: note)
            }
            edges.append(targets.sorted())
        }
    }

    /// Rules that a reference or call may evaluate.
    static func used(by term: Term, _ tree: RuleNode) -> [RuleNode] {
        var path: [Term] = []
        switch term.kind {
        case .call(let callee, _):
            return tree.node(callee.path.dropFirst()).map(\.ruleNodes) ?? []
        case .variable(let name): guard name == "data" else { return [] }
        case .reference(let head, let rest):
            guard case .variable("data") = head.kind else { return [] }
            path = rest
        default: return []
        }
        return descend([tree], path[...])
    }

    private static func descend(_ nodes: [RuleNode], _ path: ArraySlice<Term>) -> [RuleNode] {
        var result: [RuleNode] = []
        for node in nodes {
            if !node.rules.isEmpty {
                result.append(node)
            } else if let part = path.first {
                if case .string(let name) = part.kind {
                    if let child = node.children[name] { result += descend([child], path.dropFirst()) }
                } else if !part.isGround {
                    result += descend(node.sortedChildren.map(\.1), path.dropFirst())
                }
            } else {
                result += node.ruleNodes
            }
        }
        return result
    }

    /// One cycle per set of rules that use each other.
    func cycles() -> [[RuleNode]] {
        var state = [Int](repeating: 0, count: nodes.count)
        var stack: [Int] = []
        var found: [[RuleNode]] = []
        func visit(_ number: Int) {
            state[number] = 1
            stack.append(number)
            for target in edges[number] {
                if state[target] == 0 {
                    visit(target)
                } else if state[target] == 1, let start = stack.firstIndex(of: target) {
                    found.append(stack[start...].map { nodes[$0] })
                }
            }
            stack.removeLast()
            state[number] = 2
        }
        for number in nodes.indices where state[number] == 0 { visit(number) }
        return found
    }
}
