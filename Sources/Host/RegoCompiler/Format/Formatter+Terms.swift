extension Formatter {
    /// How tight an operator binds; its left operand may be as tight, its right one must be tighter.
    private static let operators: [String: (symbol: String, level: Int)] = [
        "internal.member_2": ("in", 1), "equal": ("==", 2), "neq": ("!=", 2), "lt": ("<", 2),
        "lte": ("<=", 2),
        "gt": (">", 2), "gte": (">=", 2), "or": ("|", 3), "and": ("&", 4), "plus": ("+", 5),
        "minus": ("-", 5), "mul": ("*", 6), "div": ("/", 6), "rem": ("%", 6),
    ]

    /// - Parameters:
    ///   - level: how tight the term's operator must bind to stand without parentheses.
    ///   - allowsPair: `k, v in xs` may stand without parentheses.
    mutating func term(_ source: Term, _ level: Int = 0, allowsPair: Bool = true) -> String {
        switch source.kind {
        case .null: return "null"
        case .boolean(let value): return value ? "true" : "false"
        case .number(let text): return text
        case .string(let text): return string(text, source.position)
        case .variable(let name): return name.hasPrefix("$") ? "_" : name
        case .template: return self.source.token(at: source.position)
        case .reference(let head, let parts): return reference(head, parts)
        case .call(let callee, let operands): return call(callee, operands, source.position, level)
        case .array(let terms): return list("[", "]", terms, in: brackets(source, .leftBracket))
        case .set(let terms):
            return terms.isEmpty ? "set()" : list("{", "}", terms, in: brackets(source, .leftBrace))
        case .object(let members): return object(members, source)
        case .arrayComprehension(let head, let body):
            return "[" + comprehension(source, .leftBracket, body) { $0.term(head, 7) } + "]"
        case .setComprehension(let head, let body):
            return "{" + comprehension(source, .leftBrace, body) { $0.term(head, 7) } + "}"
        case .objectComprehension(let key, let value, let body):
            return "{"
                + comprehension(source, .leftBrace, body) { $0.term(key) + ": " + $0.term(value, 7) } + "}"
        }
    }

    /// A string as the author wrote it.
    private func string(_ text: String, _ position: Position) -> String {
        switch source.byte(at: position) {
        case UInt8(ascii: "\""), UInt8(ascii: "`"): source.token(at: position)
        default: YAMLText.quoted(text)
        }
    }

    private func brackets(_ term: Term, _ symbol: Token.Symbol) -> (open: Position, close: Position)? {
        source.brackets(from: term.position, symbol)
    }

    // MARK: References and calls

    private mutating func reference(_ head: Term, _ parts: [Term]) -> String {
        term(head, 7) + path(parts[...])
    }

    /// `.name` where the author wrote a name, `[term]` otherwise.
    mutating func path(_ parts: ArraySlice<Term>) -> String {
        var text = ""
        for part in parts {
            if case .string(let name) = part.kind, Self.isName(name), isPlainName(part.position) {
                text += "." + name
            } else {
                text += "[\(term(part))]"
            }
        }
        return text
    }

    private func isPlainName(_ position: Position) -> Bool {
        let byte = source.byte(at: position)
        return byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "`")
    }

    private mutating func call(
        _ callee: Callee, _ operands: [Term], _ position: Position, _ level: Int
    ) -> String {
        if operands.count == 2, let found = Self.operators[callee.name],
            callee.name != "internal.member_2" || keywords.contains("in")
        {
            // A chain of `in` reads its right operand below itself.
            let left = term(operands[0], found.level)
            let text = left + " \(found.symbol) " + term(operands[1], found.level + 1)
            return found.level < level ? "(\(text))" : text
        }
        if operands.count == 3, callee.name == "internal.member_3", keywords.contains("in") {
            let text =
                operands.dropLast().map { term($0, 2) }.joined(separator: ", ") + " in "
                + term(operands[2], 2)
            return "(\(text))"
        }
        var name = callee.path[0]
        for part in callee.path.dropFirst() {
            name += Self.isName(part) ? "." + part : "[\(YAMLText.quoted(part))]"
        }
        return name + list("(", ")", operands, in: source.brackets(from: position, .leftParenthesis))
    }

    // MARK: Collections

    mutating func list(
        _ open: String, _ close: String, _ terms: [Term], in around: (open: Position, close: Position)?
    ) -> String {
        list(open, close, terms.map { inner in (inner.position, { $0.term(inner) }) }, in: around)
    }

    private mutating func object(_ members: [(key: Term, value: Term)], _ source: Term) -> String {
        let items: [(Position, (inout Formatter) -> String)] = members.map { member in
            (member.key.position, { $0.term(member.key) + ": " + $0.term(member.value) })
        }
        return list("{", "}", items, in: brackets(source, .leftBrace))
    }

    /// Elements that began on one line stay on one line; if there is more than one line, each ends with a comma.
    private mutating func list(
        _ open: String, _ close: String, _ items: [(start: Position, write: (inout Formatter) -> String)],
        in around: (open: Position, close: Position)?
    ) -> String {
        guard let around, let first = items.first, let last = items.last,
            first.start.line != around.open.line || last.start.line != around.open.line
        else { return open + items.map { $0.write(&self) }.joined(separator: ", ") + close }
        indent += 1
        var text = open + trailing(from: around.open.offset, before: first.start.offset)
        var line = 0
        for (index, item) in items.enumerated() {
            if item.start.line != line {
                line = item.start.line
                text += "\n" + comments(before: item.start.offset, isFirst: index == 0) + margin
            } else {
                text += " "
            }
            text += item.write(&self) + ","
            let next = index + 1 < items.count ? items[index + 1].start : around.close
            if next.line != line || index + 1 == items.count {
                text += trailing(from: item.start.offset, before: next.offset)
            }
        }
        let rest = comments(before: around.close.offset)
        if !rest.isEmpty { text += "\n" + rest.dropLast() }
        indent -= 1
        return text + newline + close
    }

    private mutating func comprehension(
        _ source: Term, _ symbol: Token.Symbol, _ body: [Expression], _ head: (inout Formatter) -> String
    ) -> String {
        let around = brackets(source, symbol)
        let start = head(&self) + " |"
        guard let around, let first = body.first,
            first.position.line != around.open.line || around.close.line != around.open.line
        else { return start + " " + inline(body) }
        return start + lines(body, open: around.open, close: around.close) + newline
    }
}
