/// What a rule, or every rule of a package, depends on.
package struct RegoDependencies {
    /// Paths of the rules used, directly or not.
    package private(set) var rules: [String] = []
    /// Paths of the documents read: `input...` and `data...` that no rule answers.
    package private(set) var documents: [String] = []

    /// - Parameter path: `data.package` or `data.package.rule`; `nil` when there is none.
    package init?(_ modules: CompiledModules, of path: String) {
        let names = path.split(separator: ".").map(String.init)
        guard names.first == "data", let start = modules.tree.node(names.dropFirst()) else { return nil }
        var waiting = start.ruleNodes
        var seen = Set(waiting.map(\.name))
        var read = Set<String>()
        while let node = waiting.popLast() {
            for placed in node.rules {
                let note: (Term) -> Void = { term in
                    let used = Dependencies.used(by: term, modules.tree)
                    for next in used where seen.insert(next.name).inserted { waiting.append(next) }
                    if used.isEmpty, let document = Self.document(term) { read.insert(document) }
                }
                Calls.visit(placed.rule, { _, _, _, _ in }, reference: note)
            }
        }
        rules = seen.sorted()
        documents = read.sorted()
    }

    /// The constant beginning of a reference to a document.
    private static func document(_ term: Term) -> String? {
        guard case .reference(let head, let path) = term.kind, case .variable(let root) = head.kind,
            Variables.isRoot(root)
        else { return nil }
        var names = [root]
        for part in path {
            guard case .string(let name) = part.kind else { break }
            names.append(name)
        }
        return names.joined(separator: ".")
    }
}
