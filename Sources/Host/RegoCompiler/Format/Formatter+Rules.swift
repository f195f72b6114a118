extension Formatter {
    private var hasIf: Bool { keywords.contains("if") }
    private var hasContains: Bool { keywords.contains("contains") }

    mutating func rule(_ rule: Rule) -> String {
        var text = rule.isDefault ? "default " : ""
        text += head(rule)
        if let value = rule.branches[0].value { text += " := " + term(value) }
        if rule.isDefault { return text }
        // Version 0 reads `p[x] if` as an object, where `p[x] {` is a set.
        let usesIf = hasIf && (rule.member == nil || hasContains)
        text += body(rule.branches[0], usesIf: usesIf)
        for (previous, branch) in zip(rule.branches, rule.branches.dropFirst()) {
            text += text.hasSuffix("}") && !previous.isInline ? " else" : newline + "else"
            if let value = branch.value { text += " := " + term(value) }
            text += body(branch, usesIf: usesIf)
        }
        return text
    }

    private mutating func head(_ rule: Rule) -> String {
        var text = rule.name + path(rule.head.dropFirst())
        if let arguments = rule.arguments {
            text += list(
                "(", ")", arguments,
                in: source.brackets(from: rule.head.last?.position ?? rule.position, .leftParenthesis))
        }
        if let member = rule.member {
            text += hasContains ? " contains " + term(member) : "[\(term(member))]"
        }
        return text
    }

    private mutating func body(_ branch: Rule.Branch, usesIf: Bool) -> String {
        guard let first = branch.body.first else { return "" }
        let word = usesIf ? " if" : ""
        if usesIf, branch.isInline {
            let saved = nextComment
            let only = expression(first)
            // A brace would be read as the body's.
            if !only.hasPrefix("{") { return word + " " + only }
            nextComment = saved
        }
        return word + " " + block(branch.body)
    }

    /// `{`, the expressions on lines of their own, `}`.
    mutating func block(_ body: [Expression]) -> String {
        guard let first = body.first else { return "{}" }
        let around = source.brackets(around: first.position)
        return "{" + lines(body, open: around?.open, close: around?.close) + newline + "}"
    }

    /// The expressions on lines of their own, one level deeper, with the comments up to the closing bracket.
    mutating func lines(_ body: [Expression], open: Position?, close: Position?) -> String {
        indent += 1
        defer { indent -= 1 }
        let start = body[0].position.offset
        var text = open.map { trailing(from: $0.offset, before: start) } ?? ""
        for (index, expression) in body.enumerated() {
            let place = expression.position
            let leading = comments(before: place.offset, isFirst: index == 0)
            text += "\n" + leading
            if index > 0 || !leading.isEmpty, source.isBlank(before: place.line) { text += "\n" }
            text += margin + self.expression(expression)
            let end = index + 1 < body.count ? body[index + 1].position.offset : close?.offset ?? Int.max
            text += trailing(from: place.offset, before: end)
        }
        if let close {
            let rest = comments(before: close.offset)
            if !rest.isEmpty { text += "\n" + rest.dropLast() }
        }
        return text
    }
}
