extension Plan {
    /// Places of all rules and expressions that were planned.
    var positions: Set<Position> {
        functions.reduce(into: Set<Position>()) { Self.gather($1.body, into: &$0) }
    }

    private static func gather(_ statements: [Statement], into positions: inout Set<Position>) {
        for statement in statements {
            if case .comment(let position) = statement { positions.insert(position) }
            for body in statement.bodies { gather(body, into: &positions) }
        }
    }
}
