extension Planner {
    /// Plans an expression under its `with`s; what follows it happens outside of them again.
    func replaced(_ expression: Expression, _ then: () -> Void) {
        let placeholder = Term(.null, expression.position)
        let replaced = expression.replacements.map {
            $0.function != nil || functionName($0.value) != nil ? placeholder : $0.value
        }
        terms(replaced) { values in
            var inner = overlay
            var targets: [PlanReplacement] = []
            for (replacement, value) in zip(expression.replacements, values) {
                self.place(replacement, value, &inner, &targets)
            }
            function.labelCount += 1
            let id = function.labelCount - 1
            let outer = overlay
            let statements = collect {
                overlay = inner
                plain(expression) {
                    overlay = outer
                    self.emit(.without(id: id, self.collect(then)))
                    overlay = inner
                }
                overlay = outer
            }
            emit(.with(targets, id: id, statements))
        }
    }

    private func place(
        _ replacement: Expression.Replacement, _ value: Operand, _ overlay: inout Overlay,
        _ targets: inout [PlanReplacement]
    ) {
        let names = replacement.target.pathNames
        switch names.first {
        case "input": targets.append(.init(target: .input(Array(names.dropFirst())), value: value))
        case "data":
            let path = Array(names.dropFirst())
            if let node = tree.node(path[...]), node.kind == .function {
                return mock(names.joined(separator: "."), replacement, value, &overlay, &targets)
            }
            overlay.shadowed.append(path)
            targets.append(.init(target: .data(path), value: value))
        default: mock(names.joined(separator: "."), replacement, value, &overlay, &targets)
        }
    }

    /// The function of the policy that a term names.
    private func functionName(_ term: Term) -> Callee? {
        guard term.isConstantPath, term.pathNames.first == "data",
            let node = tree.node(term.pathNames[1...]), node.kind == .function
        else { return nil }
        return Callee(node.path)
    }

    private func mock(
        _ name: String, _ replacement: Expression.Replacement, _ value: Operand, _ overlay: inout Overlay,
        _ targets: inout [PlanReplacement]
    ) {
        if let function = replacement.function ?? functionName(replacement.value) {
            overlay.functions[name] = .function(function.name)
            return
        }
        plan.slotCount += 1
        targets.append(.init(target: .slot(plan.slotCount - 1), value: value))
        overlay.functions[name] = .slot(plan.slotCount - 1)
    }
}
