extension Attack {
    /// Rows 4 and 5: listed layers in an order or a mix that no container has.
    static let overlayAttacks = [
        Attack(name: "layer-order", row: 4, tried: "stack a container's layers in reverse order") { context in
            guard let container = context.record.containers.first(where: { Set($0.layers).count > 1 }) else {
                return .init(verdict: .skipped, answer: "no container has two layers")
            }
            return try refusedOverlay(context, Array(context.paths(container).reversed()))
        },
        Attack(name: "layer-missing", row: 4, tried: "leave a container's topmost layer out") { context in
            guard let container = context.record.containers.first(where: { $0.layers.count > 1 }) else {
                return .init(verdict: .skipped, answer: "no container has two layers")
            }
            let fewer = Array(context.paths(container).dropLast())
            // Another container may consist of exactly these layers.
            if context.record.containers.contains(where: { context.paths($0) == fewer }) {
                return .init(verdict: .skipped, answer: "the shorter stack is another container's")
            }
            return try refusedOverlay(context, fewer)
        },
        Attack(name: "layer-mix", row: 4, tried: "put another container's layer on top") { context in
            guard let first = context.record.containers.first,
                let other = context.record.containers.first(where: { $0.layers.last != first.layers.last }),
                let foreign = context.paths(other).last
            else { return .init(verdict: .skipped, answer: "the pod has one image only") }
            return try refusedOverlay(context, context.paths(first) + [foreign])
        },
        Attack(
            name: "other-layer-set", row: 5, tried: "create a container on another container's layers"
        ) { context in
            guard let first = context.record.containers.first,
                let other = context.record.containers.first(where: { $0.layers != first.layers })
            else { return .init(verdict: .skipped, answer: "the pod has one image only") }
            let id = context.freshID()
            let overlay = try context.overlay(id, context.paths(other))
            guard overlay.isSuccess else {
                return .init(verdict: .unclear, answer: "the overlay was refused already: \(overlay.text)")
            }
            defer { try? context.removeOverlay(id) }
            let answer = try context.create(id, try context.specification(first, as: id))
            return context.expect(answer, "invalid command", "invalid env list", "invalid mount list")
        },
        Attack(
            name: "no-layers", row: 5, tried: "create a container without any layers mounted for it"
        ) { context in
            guard let first = context.record.containers.first else {
                return .init(verdict: .skipped, answer: "the pod has no containers")
            }
            let id = context.freshID()
            let answer = try context.create(id, try context.specification(first, as: id))
            return context.expect(answer)
        },
    ]

    private static func refusedOverlay(_ context: AttackContext, _ layers: [String]) throws -> Outcome {
        let id = context.freshID()
        let answer = try context.overlay(id, layers)
        if answer.isSuccess { try context.removeOverlay(id) }
        return context.expect(answer, "no matching containers for overlay")
    }
}
