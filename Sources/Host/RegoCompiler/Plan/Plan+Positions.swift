extension Plan {
    /// Places of all rules and expressions that were planned.
    var positions: Set<Position> {
        functions.reduce(into: Set<Position>()) { Self.gather($1.body, into: &$0) }
    }

    private static func gather(_ statements: [Statement], into positions: inout Set<Position>) {
        for statement in statements {
            switch statement {
            case .comment(let position): positions.insert(position)
            case .scan(_, _, _, let body), .block(_, let body), .not(_, let body), .with(_, _, let body),
                .without(_, let body):
                gather(body, into: &positions)
            default: break
            }
        }
    }
}
