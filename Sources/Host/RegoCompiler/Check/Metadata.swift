internal import Yams

/// Metadata annotations: comments that begin with `# METADATA` and hold YAML.
///
/// Calls of `rego.metadata.rule()` and `rego.metadata.chain()` become constants: what they answer is known here.
struct Metadata {
    private struct Annotation {
        var scope: String
        /// The YAML as a term, with `scope` in it.
        var term: Term
        /// The line after the block.
        var end: Int
    }

    private let packages: [[String]: Term]
    private let documents: [[String]: Term]
    private var rules: [String: Term] = [:]

    /// Reads the annotations of all modules and puts constants in place of the calls.
    static func resolve(_ modules: inout [Module]) throws(CompilationError) {
        let uses = modules.contains { module in
            module.rules.contains { rule in
                var found = false
                Calls.visit(
                    rule, { callee, _, _, _ in if callee.name.hasPrefix("rego.metadata.") { found = true } })
                return found
            }
        }
        guard uses else { return }
        let metadata = try Metadata(modules)
        for index in modules.indices {
            modules[index].rules = modules[index].rules.map { metadata.replaced($0) }
        }
    }

    private init(_ modules: [Module]) throws(CompilationError) {
        var packages: [[String]: Term] = [:]
        var documents: [[String]: Term] = [:]
        for module in modules {
            for annotation in try Self.annotations(module.comments) {
                // An annotation belongs to what follows it.
                let rule = module.rules.filter { $0.position.line >= annotation.end }
                    .min { $0.position.line < $1.position.line }
                let isPackage = module.packagePosition.line >= annotation.end
                switch annotation.scope.isEmpty ? (isPackage ? "package" : "rule") : annotation.scope {
                case "package", "subpackages":
                    packages[module.package] = Self.scoped(annotation.term, "package")
                case "document":
                    if let rule { documents[Self.path(rule)] = Self.scoped(annotation.term, "document") }
                default:
                    if let rule { rules[rule.position.lineKey] = Self.scoped(annotation.term, "rule") }
                }
            }
        }
        self.packages = packages
        self.documents = documents
    }

    private static func path(_ rule: Rule) -> [String] {
        rule.package + [rule.name]
            + rule.head.dropFirst().compactMap {
                if case .string(let name) = $0.kind { return name }
                return nil
            }
    }

    // MARK: Reading

    private static func annotations(_ comments: [Lexer.Comment]) throws(CompilationError) -> [Annotation] {
        var result: [Annotation] = []
        var index = 0
        while index < comments.count {
            let start = comments[index]
            index += 1
            guard start.text.trimmingSpaces == "METADATA" else { continue }
            var text = ""
            var line = start.position.line
            while index < comments.count, comments[index].position.line == line + 1 {
                text += comments[index].text + "\n"
                line += 1
                index += 1
            }
            result.append(try annotation(text, at: start.position, end: line + 1))
        }
        return result
    }

    private static func annotation(
        _ text: String, at position: Position, end: Int
    ) throws(CompilationError) -> Annotation {
        let json: String
        var scope = ""
        do {
            guard let node = try Yams.compose(yaml: text), node.mapping != nil else {
                throw CompilationError(.parse, "expected METADATA block, found whitespace", at: position)
            }
            scope = node["scope"]?.string ?? ""
            json = YAMLText.json(node)
        } catch let error as CompilationError {
            throw error
        } catch {
            throw CompilationError(
                .parse, "yaml: the annotation is not YAML", at: position, hint: "check its indentation")
        }
        var parser = try Parser(json, file: position.file, version: .v1)
        return Annotation(scope: scope, term: completed(try parser.term()), end: end)
    }

    /// Authors that are written as `name <email>` become objects.
    private static func completed(_ term: Term) -> Term {
        guard case .object(let members) = term.kind else { return term }
        let mapped = members.map { member -> (key: Term, value: Term) in
            guard case .string("authors") = member.key.kind, case .array(let authors) = member.value.kind
            else { return member }
            return (member.key, Term(.array(authors.map { author($0) }), member.value.position))
        }
        return Term(.object(mapped), term.position)
    }

    private static func author(_ term: Term) -> Term {
        guard case .string(let text) = term.kind else { return term }
        let parts = text.split(separator: "<", maxSplits: 1)
        var members = [("name", String(parts.first ?? "").trimmingSpaces)]
        if parts.count == 2 { members.append(("email", String(parts[1].prefix { $0 != ">" }))) }
        return object(members.filter { !$0.1.isEmpty }.map { ($0.0, Term(.string($0.1), .generated)) })
    }

    private static func object(_ members: [(String, Term)]) -> Term {
        Term(.object(members.map { (key: Term(.string($0.0), .generated), value: $0.1) }), .generated)
    }

    private static func scoped(_ term: Term, _ scope: String) -> Term {
        guard case .object(let members) = term.kind else { return term }
        let others = members.filter {
            if case .string("scope") = $0.key.kind { return false }
            return true
        }
        let own = (key: Term(.string("scope"), .generated), value: Term(.string(scope), .generated))
        return Term(.object(others + [own]), term.position)
    }

    // MARK: Replacing

    private func replaced(_ rule: Rule) -> Rule {
        let own = rules[rule.position.lineKey]
        return TermRewriter { call -> Term? in
            guard case .call(let callee, let arguments) = call.kind, arguments.isEmpty else { return nil }
            switch callee.name {
            case "rego.metadata.rule": return own ?? Self.object([])
            case "rego.metadata.chain": return chain(rule, own)
            default: return nil
            }
        }.rewrite(rule)
    }

    /// From the rule outwards: each place with its annotations, where it has any. The rule is always there.
    private func chain(_ rule: Rule, _ own: Term?) -> Term {
        let path = Self.path(rule)
        func entry(_ path: [String], _ annotations: Term?) -> Term {
            let names = path.dropFirst().map { Term(.string($0), .generated) }
            let place = ("path", Term(.array(Array(names)), .generated))
            return Self.object((annotations.map { [("annotations", $0)] } ?? []) + [place])
        }
        var entries = [entry(path, own)]
        if let document = documents[path] { entries.append(entry(path, document)) }
        if let package = packages[rule.package] { entries.append(entry(rule.package, package)) }
        return Term(.array(entries), .generated)
    }
}

extension String {
    /// The text without white space at its ends.
    var trimmingSpaces: String {
        var text = Substring(self)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
