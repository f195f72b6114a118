extension Formatter {
    mutating func expression(_ source: Expression) -> String {
        var text = unmodified(source)
        var line = source.position.line
        for replacement in source.replacements {
            let isApart = replacement.position.line > line && text.contains("\n") == false
            line = replacement.position.line
            text += isApart ? newline + "\t" : " "
            text += "with " + term(replacement.target) + " as " + term(replacement.value)
        }
        return text
    }

    private mutating func unmodified(_ source: Expression) -> String {
        switch source.kind {
        case .term(let inner): return (source.isNegated ? "not " : "") + statement(inner)
        case .declaration(let terms): return "some " + terms.map { term($0) }.joined(separator: ", ")
        case .someIn(let key, let value, let domain):
            return "some " + (key.map { term($0, 3) + ", " } ?? "") + term(value, 3) + " in "
                + term(domain, allowsPair: false)
        case .every(let key, let value, let domain, let body):
            return "every " + (key.map { term($0, 3) + ", " } ?? "") + term(value, 3) + " in "
                + term(domain, allowsPair: false) + " " + block(body)
        case .block(let body): return source.isNegated ? negated(body) : "(" + inline(body) + ")"
        case .logical(let name, let left, let right):
            return operand(left, of: name, isRight: false) + " \(name.rawValue) "
                + operand(right, of: name, isRight: true)
        }
    }

    /// `not` before a whole body.
    private mutating func negated(_ body: [Expression]) -> String {
        if body.count == 1, body[0].replacements.isEmpty, !body[0].isNegated, case .term = body[0].kind {
            let saved = nextComment
            let only = expression(body[0])
            if !only.hasPrefix("{"), !only.hasPrefix("(") { return "not " + only }
            nextComment = saved
        }
        return "not " + (isOneLine(body) ? "{ " + inline(body) + " }" : block(body))
    }

    private func isOneLine(_ body: [Expression]) -> Bool {
        guard let first = body.first, let around = source.brackets(around: first.position) else {
            return true
        }
        return around.open.line == around.close.line
    }

    mutating func inline(_ body: [Expression]) -> String {
        body.map { expression($0) }.joined(separator: "; ")
    }

    private mutating func operand(
        _ body: [Expression], of name: LogicalOperator, isRight: Bool
    ) -> String {
        guard body.count == 1, body[0].replacements.isEmpty else { return braced(body) }
        switch body[0].kind {
        case .term:
            let saved = nextComment
            let text = expression(body[0])
            if !text.hasPrefix("{") { return text }
            nextComment = saved
            return braced(body)
        case .block: return body[0].isNegated ? expression(body[0]) : braced(body)
        case .logical(let inner, _, _):
            let isTighter = inner == .and && name == .or
            return isTighter || (inner == name && !isRight) ? expression(body[0]) : "(\(expression(body[0])))"
        case .declaration, .someIn, .every: return braced(body)
        }
    }

    private mutating func braced(_ body: [Expression]) -> String {
        isOneLine(body) ? "{ " + inline(body) + " }" : block(body)
    }

    /// A term at the top of an expression, where `:=`, `=` and `k, v in xs` may stand without parentheses.
    private mutating func statement(_ source: Term) -> String {
        guard case .call(let callee, let operands) = source.kind, operands.count == 2 else {
            return term(source)
        }
        switch callee.path {
        case ["assign"]: return term(operands[0]) + " := " + term(operands[1])
        case ["eq"]: return term(operands[0]) + " = " + term(operands[1])
        default: return term(source)
        }
    }
}
