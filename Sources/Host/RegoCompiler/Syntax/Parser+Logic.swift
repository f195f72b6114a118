/// `and` and `or` between bodies, from `future.keywords`. `not` binds tighter than `and`, `and` tighter than `or`.
extension Parser {
    /// Whether one of the operators stands here.
    var isLogicalOperator: Bool { isKeyword("and") || isKeyword("or") }

    private var hasLogicalOperators: Bool { keywords.contains("and") || keywords.contains("or") }

    mutating func disjunction() throws(CompilationError) -> Expression {
        guard hasLogicalOperators else { return try simpleExpression() }
        return try nested { (parser) throws(CompilationError) in
            let position = parser.token.position
            var left = try parser.conjunction(isFirst: true)
            while parser.takeKeyword("or") {
                let right = try parser.conjunction(isFirst: false)
                left = [Expression(.logical(.or, left, right), position)]
            }
            // A body of several expressions is an operand only.
            return left.count == 1 ? left[0] : Expression(.block(left), position)
        }
    }

    private mutating func conjunction(isFirst: Bool) throws(CompilationError) -> [Expression] {
        let position = token.position
        var left = try logicalOperand(isFirst: isFirst)
        while takeKeyword("and") {
            let right = try logicalOperand(isFirst: false)
            left = [Expression(.logical(.and, left, right), position)]
        }
        return left
    }

    /// A body in braces, a group in parentheses, or one expression without `with`.
    ///
    /// - Parameter isFirst: no operator stands before, so that braces without one behind are a term.
    mutating func logicalOperand(isFirst: Bool) throws(CompilationError) -> [Expression] {
        let start = index
        if hasLogicalOperators, isSymbol(.leftBrace) || isSymbol(.leftParenthesis),
            !plainOperands.contains(start)
        {
            let isBody = isSymbol(.leftBrace)
            if let found = attempt({ (parser) throws(CompilationError) in try parser.group() }),
                isBody ? !isFirst || isLogicalOperator : Self.isGroup(found[0]), endsOperand
            {
                return found
            }
            plainOperands.insert(start)
            index = start
        }
        return [try simpleExpression()]
    }

    /// What `body` reads, or `nil` where it fails; then nothing is consumed.
    private mutating func attempt(
        _ body: (inout Parser) throws(CompilationError) -> [Expression]
    ) -> [Expression]? {
        let saved = index
        do throws(CompilationError) { return try body(&self) } catch {
            index = saved
            return nil
        }
    }

    /// `{ body }` or `( expression )`
    private mutating func group() throws(CompilationError) -> [Expression] {
        if take(.leftBrace) {
            let body = try query(until: .rightBrace)
            try expect(.rightBrace, "to close the body")
            return body
        }
        try expect(.leftParenthesis, "to open the group")
        let inner = try expression()
        try expect(.rightParenthesis, "to close the group")
        return [inner]
    }

    /// Whether parentheses around the expression group it; around a plain term they belong to the term.
    private static func isGroup(_ expression: Expression) -> Bool {
        if !expression.replacements.isEmpty || expression.isNegated { return true }
        if case .term = expression.kind { return false }
        return true
    }

    /// Whether nothing continues the operand.
    private var endsOperand: Bool {
        if token.afterNewline || token.kind == .end || isLogicalOperator || isKeyword("with") { return true }
        return [.semicolon, .rightBrace, .rightBracket, .rightParenthesis].contains { isSymbol($0) }
            || isKeyword("else")
    }
}
