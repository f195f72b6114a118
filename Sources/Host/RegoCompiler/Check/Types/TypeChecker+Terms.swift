internal import RegoRuntime

extension TypeChecker {
    /// What built-in functions take and give.
    private static let signatures: [String: (parameters: [RegoType], result: RegoType)] = BuiltinTable()
        .builtins.mapValues {
            ($0.parameters.map { RegoType(notation: $0) }, RegoType(notation: $0.result))
        }

    /// The type of a term; what can never be is reported.
    func infer(_ term: Term) -> RegoType {
        switch term.kind {
        case .null: return .null
        case .boolean: return .boolean
        case .number: return .number
        case .string: return .string
        case .template(let parts):
            for part in parts.compactMap(\.term) { _ = infer(part) }
            return .string
        case .variable(let name):
            if name == "data" || name == "input" { return .anything }
            return variables[name] ?? .anything
        case .array(let terms): return .array(terms.map { infer($0) }, rest: nil)
        case .set(let terms): return .set(RegoType.union(terms.map { infer($0) }) ?? .anything)
        case .object(let members): return object(members)
        case .arrayComprehension(let head, let inner):
            var element = RegoType.anything
            scoped {
                body(inner)
                element = infer(head)
            }
            return .array([], rest: element)
        case .setComprehension(let head, let inner):
            var element = RegoType.anything
            scoped {
                body(inner)
                element = infer(head)
            }
            return .set(element)
        case .objectComprehension(let key, let value, let inner):
            var pair = RegoType.Pair(key: .anything, value: .anything)
            scoped {
                body(inner)
                pair = .init(key: infer(key), value: infer(value))
            }
            return .object([:], rest: pair)
        case .call(let callee, let operands): return call(callee, operands, term.position)
        case .reference(let head, let path): return reference(term, head, path)
        }
    }

    private func object(_ members: [(key: Term, value: Term)]) -> RegoType {
        var known: [String: RegoType] = [:]
        var keys: [RegoType] = []
        var values: [RegoType] = []
        for member in members {
            let value = infer(member.value)
            if let key = member.key.keyText {
                known[key] = value
            } else {
                keys.append(infer(member.key))
                values.append(value)
            }
        }
        guard let key = RegoType.union(keys), let value = RegoType.union(values) else {
            return .object(known, rest: nil)
        }
        return .object(known, rest: .init(key: key, value: value))
    }

    // MARK: Calls

    private func call(_ callee: Callee, _ operands: [Term], _ position: Position) -> RegoType {
        let have = operands.map { infer($0) }
        let want: [RegoType]
        let result: RegoType
        if callee.isRule {
            guard let node = tree.node(callee.path.dropFirst()), node.kind == .function else {
                return .anything
            }
            want = parameters(of: node)
            result = isReplaced ? .anything : type(of: node)
        } else {
            guard let found = Self.signatures[callee.name] else { return .anything }
            want = found.parameters
            result = isReplaced ? .anything : found.result
        }
        guard want.count == have.count, !isReplaced else { return result }
        // A variable that has no value yet is bound by the call: relations unify their operand.
        let fits = zip(have, want).allSatisfy { $0.overlaps($1) && Self.elements($0, fit: $1) }
        if !fits {
            report(
                "\(callee.name): invalid argument(s)", position,
                [
                    "have: (\((have.map(\.description) + ["???"]).joined(separator: ", ")))",
                    "want: (\((want + [result]).map(\.description).joined(separator: ", ")))",
                ], hint: Self.advice(have, want))
        }
        if KnownBuiltins.relations.contains(callee.name), case .array(_, let element?) = result {
            return element
        }
        return result
    }

    /// Whether sets and arrays that are certainly not empty hold what is wanted.
    private static func elements(_ have: RegoType, fit want: RegoType) -> Bool {
        guard case .set(let element) = have, !element.isAnything else { return true }
        let sets = want.choices.compactMap { choice -> RegoType? in
            if case .set(let wanted) = choice { return wanted }
            return nil
        }
        return sets.isEmpty || want.isAnything || sets.contains { $0.overlaps(element) }
    }

    private static func advice(_ have: [RegoType], _ want: [RegoType]) -> String? {
        guard let wrong = zip(have, want).enumerated().first(where: { !$0.element.0.overlaps($0.element.1) })
        else { return nil }
        return "operand \(wrong.offset + 1) must be \(wrong.element.1)"
    }

    // MARK: References

    private func reference(_ term: Term, _ head: Term, _ path: [Term]) -> RegoType {
        guard case .variable("data") = head.kind else {
            let start = infer(head)
            return walk(start, path[...], term, at: 0)
        }
        var node: RuleNode? = tree
        for (index, part) in path.enumerated() {
            if let current = node, !current.rules.isEmpty {
                if isReplaced || current.kind == .function {
                    enumerate(path[index...])
                    return .anything
                }
                return walk(type(of: current), path[index...], term, at: index)
            }
            guard case .string(let name) = part.kind else {
                enumerate(path[index...])
                return .anything
            }
            node = node?.children[name]
        }
        guard let node, !node.rules.isEmpty, node.kind != .function, !isReplaced else { return .anything }
        return type(of: node)
    }

    /// Variables that a path of unknown documents binds.
    private func enumerate(_ path: ArraySlice<Term>) {
        for part in path { _ = key(part, .anything) }
    }

    /// Whether a key may be of that type; a free variable becomes it.
    private func key(_ part: Term, _ type: RegoType) -> Bool {
        if case .variable(let name) = part.kind, !Variables.isRoot(name), variables[name] == nil {
            variables[name] = type
            return true
        }
        switch part.kind {
        case .array, .object: return bind(part, type)
        default: return infer(part).overlaps(type)
        }
    }

    private func walk(_ start: RegoType, _ path: ArraySlice<Term>, _ term: Term, at offset: Int) -> RegoType {
        var current = start
        for (index, part) in zip(path.indices, path) {
            if current.isAnything {
                enumerate(path[index...])
                return .anything
            }
            let elements = Elements(current)
            guard !elements.sources.isEmpty else {
                undefined(term, part, index, ["have: \(current)"])
                enumerate(path[index...])
                return .anything
            }
            guard let next = select(current, part, elements) else {
                undefined(term, part, index, have(part, current, elements))
                enumerate(path[index...].dropFirst())
                return .anything
            }
            current = next
        }
        return current
    }

    /// The type behind a key; `nil` when there cannot be such a key.
    private func select(_ type: RegoType, _ part: Term, _ elements: Elements) -> RegoType? {
        guard let text = part.keyText else {
            return key(part, elements.keys) ? elements.values : nil
        }
        let found = elements.sources.compactMap { source -> RegoType? in
            switch source {
            case .object: return source.member(text)
            case .set(let element): return RegoType(key: text).overlaps(element) ? element : nil
            case .array(let known, let rest):
                guard RegoType(key: text) == .number else { return nil }
                guard let place = Int(text) else { return .anything }
                if place < 0 { return rest }
                return place < known.count ? known[place] : rest
            default: return .anything
            }
        }
        return RegoType.union(found)
    }

    private func undefined(_ term: Term, _ part: Term, _ index: Int, _ lines: [String]) {
        report("undefined ref: \(Self.text(term))", part.position, lines)
    }

    private func have(_ part: Term, _ type: RegoType, _ elements: Elements) -> [String] {
        if let text = part.keyText {
            let keys = elements.sources.flatMap { source -> [String] in
                if case .object(let known, _) = source { return Array(known.keys) }
                if case .array(let known, _) = source { return known.indices.map { "\($0)" } }
                return []
            }
            if !keys.isEmpty, elements.sources.allSatisfy({ $0.isObject || RegoType(key: text) == .number }) {
                return ["have: \(text)", "want (one of): [\(Set(keys).sorted().joined(separator: " "))]"]
            }
        }
        return ["have: \(infer(part))", "want: \(elements.keys)"]
    }

    /// A reference as it is written, without the numbers that make variables unique.
    private static func text(_ term: Term) -> String {
        guard case .reference(let head, let path) = term.kind else { return "..." }
        var text: String
        switch head.kind {
        case .variable(let name): text = name.hasPrefix("$") ? "_" : String(name.prefix { $0 != "#" })
        case .call(let callee, _): text = callee.name + "(...)"
        default: text = head.isGround ? head.groundText : "..."
        }
        for part in path {
            switch part.kind {
            case .string(let name) where name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }):
                text += "." + name
            case .variable(let name):
                text += "[\(name.hasPrefix("$") ? "_" : String(name.prefix { $0 != "#" }))]"
            default: text += "[\(part.isGround ? part.groundText : "...")]"
            }
        }
        return text
    }
}
