/// Lowers checked rules to the intermediate form.
///
/// Planning is in continuation style: whatever holds after an expression is planned inside of it, so that an
/// iteration encloses everything that depends on its element.
final class Planner {
    let tree: RuleNode
    var plan = Plan()

    // What is being planned.
    var function: PlanFunction
    var blocks: [[Statement]] = [[]]
    var bindings: [String: Operand] = [:]
    var diagnostics: [Diagnostic] = []

    /// Documents and functions that `with` replaces where planning is; parts of a function's identity.
    var overlay = Overlay()
    private var functions: [String: Int] = [:]
    private var pending: [(PlanFunction, Overlay, (Planner) -> Void)] = []
    private var isDraining = false

    init(tree: RuleNode) {
        self.tree = tree
        function = PlanFunction(index: -1, kind: .query, path: "", position: .generated)
    }

    // MARK: Emission

    func emit(_ statement: Statement) { blocks[blocks.count - 1].append(statement) }

    func local(_ name: String = "value") -> Local {
        function.localNames.append(name)
        return function.localNames.count - 1
    }

    func builder(_ kind: BuilderKind) -> Builder {
        function.builderCount += 1
        emit(.newBuilder(function.builderCount - 1, kind))
        return function.builderCount - 1
    }

    func label() -> Label {
        function.labelCount += 1
        return function.labelCount - 1
    }

    /// Plans statements of their own; bindings made inside end with it.
    func collect(_ body: () -> Void) -> [Statement] {
        let saved = bindings
        blocks.append([])
        body()
        bindings = saved
        return blocks.removeLast()
    }

    func block(_ body: (Label) -> Void) {
        let name = label()
        let statements = collect { body(name) }
        emit(.block(name, statements))
    }

    func constant(_ term: Term) -> Operand { .constant(plan.constants.index(of: term)) }

    func constant(_ text: String) -> Operand { constant(Term(.string(text), .generated)) }

    func fail(_ code: Diagnostic.Code, _ message: String, _ position: Position) {
        diagnostics.append(Diagnostic(code, message, at: position))
        emit(.fail)
    }

    // MARK: Functions

    /// The function of that key, planned now or later.
    func functionIndex(
        _ key: String, kind: PlanFunction.Kind, path: String, position: Position,
        _ body: @escaping (Planner) -> Void
    ) -> Int {
        let identity = overlay.isEmpty ? key : key + " " + overlay.signature
        if let found = functions[identity] { return found }
        let made = PlanFunction(index: plan.functions.count, kind: kind, path: path, position: position)
        plan.functions.append(made)
        functions[identity] = made.index
        pending.append((made, overlay, body))
        return made.index
    }

    /// Plans everything that has been asked for.
    func drain() {
        guard !isDraining else { return }
        isDraining = true
        defer { isDraining = false }
        while !pending.isEmpty {
            let (next, overlay, body) = pending.removeFirst()
            self.overlay = overlay
            function = next
            blocks = [[]]
            bindings = [:]
            body(self)
            next.body = blocks[0]
        }
        overlay = Overlay()
    }

    /// Makes `data.a.b` answerable from outside.
    func entrypoint(_ path: [String]) {
        let index = functionIndex(
            "entry " + path.joined(separator: "/"), kind: .query, path: path.joined(separator: "."),
            position: .generated
        ) { planner in
            let result = planner.local("result")
            planner.function.result = result
            let body = planner.collect {
                planner.reference(
                    Term(.variable("data"), .generated),
                    path.dropFirst().map { Term(.string($0), .generated) }
                ) { planner.emit(.assign(result, $0)) }
            }
            planner.emit(.block(planner.label(), body))
        }
        plan.entrypoints[path.dropFirst().joined(separator: "/")] = index
        drain()
    }

    /// Plans a query; its answer is an array with one object of bindings per solution.
    func query(_ body: [Expression], variables: [String]) -> Int {
        let index = functionIndex(
            "query \(plan.queries.count)", kind: .query, path: "query", position: .generated
        ) {
            planner in
            let results = planner.builder(.array)
            let statements = planner.collect {
                planner.body(body[...]) {
                    let members = variables.compactMap { name in
                        planner.bindings[name].map { (key: planner.constant(name), value: $0) }
                    }
                    let solution = planner.local("solution")
                    planner.emit(.makeObject(members, solution))
                    planner.emit(.append(results, .local(solution)))
                }
            }
            planner.emit(.block(planner.label(), statements))
            let result = planner.local("result")
            planner.emit(.finish(results, .array, result))
            planner.function.result = result
        }
        plan.queries.append(index)
        drain()
        return index
    }
}
