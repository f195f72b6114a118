extension Parser {
    /// Parses a whole source file.
    static func module(
        _ text: String, file: String, version: RegoVersion, allowsExperiments: Bool = false
    ) throws(CompilationError) -> Module {
        var parser = try Parser(
            text, file: file, version: version, allowsExperiments: allowsExperiments)
        return try parser.module()
    }

    /// Parses a query: the text of a body without braces.
    static func query(
        _ text: String, file: String = "query", version: RegoVersion = .v1
    ) throws(CompilationError) -> [Expression] {
        var parser = try Parser(text, file: file, version: version)
        if version == .v0 { parser.keywords = ["in", "every"] }
        return try parser.query(until: nil)
    }

    private mutating func module() throws(CompilationError) -> Module {
        let position = token.position
        guard takeKeyword("package") else {
            throw failure("package expected", hint: "a module begins with `package name`")
        }
        let package = try packagePath()
        var imports: [Import] = []
        var rules: [Rule] = []
        while token.kind != .end {
            if take(.semicolon) { continue }
            if isKeyword("import") {
                let found = try importStatement()
                try applyKeywords(of: found)
                imports.append(found)
            } else {
                rules += try self.rules()
            }
        }
        for index in rules.indices { rules[index].package = package }
        return Module(
            file: file, package: package, packagePosition: position, imports: imports, rules: rules,
            comments: comments, isVersion1: version == .v1)
    }

    private mutating func packagePath() throws(CompilationError) -> [String] {
        guard case .identifier(let first) = token.kind, !token.afterNewline else {
            throw unexpected("expected a package name")
        }
        let position = token.position
        advance()
        var path = ["data", first]
        for part in try pathSuffix(position) {
            guard case .string(let name) = part.kind else {
                throw failure("expected package paths to contain only string values", at: part.position)
            }
            path.append(name)
        }
        if first == "data" { path.removeFirst() }
        return path
    }

    private mutating func pathSuffix(_ position: Position) throws(CompilationError) -> [Term] {
        let term = try suffixes(of: Term(.variable(""), position))
        switch term.kind {
        case .reference(_, let path): return path
        case .variable: return []
        default: throw failure("expected a path", at: position)
        }
    }

    private mutating func importStatement() throws(CompilationError) -> Import {
        let position = token.position
        advance()
        guard case .identifier(let first) = token.kind else {
            throw unexpected("expected a path after import")
        }
        let start = token.position
        advance()
        let path = [Term(.variable(first), start)] + (try pathSuffix(start))
        guard ["data", "input", "future", "rego"].contains(first) else {
            throw failure(
                "unexpected import path, must begin with one of: {data, future, input, rego}, got: \(first)",
                at: start)
        }
        for part in path.dropFirst() {
            guard case .string = part.kind else {
                throw failure("unexpected import path: expected only string parts", at: part.position)
            }
        }
        var alias: String?
        if takeKeyword("as") {
            guard case .identifier(let name) = token.kind else {
                throw unexpected("expected a name after as")
            }
            alias = name
            advance()
        }
        return Import(path: path, alias: alias, position: position)
    }

    /// `import future.keywords...` and `import rego.v1` change how the rest of the file reads.
    private mutating func applyKeywords(of found: Import) throws(CompilationError) {
        let path = found.path.dropFirst().compactMap { part -> String? in
            if case .string(let name) = part.kind { return name }
            return nil
        }
        guard case .variable(let root)? = found.path.first?.kind else { return }
        if root == "rego" {
            guard path == ["v1"] else {
                throw failure("invalid import, must be `rego.v1`", at: found.position)
            }
            guard found.alias == nil else {
                throw failure("`rego` imports cannot be aliased", at: found.position)
            }
            version = .v1
            keywords = Self.futureKeywords
        } else if root == "future" {
            guard path.first == "keywords" else {
                throw failure("invalid import, must be `future.keywords`", at: found.position)
            }
            guard found.alias == nil else {
                throw failure("`future` imports cannot be aliased", at: found.position)
            }
            if path.count == 1 {
                keywords = Self.futureKeywords
            } else if path.count == 2, path[1] == "not" || Self.futureKeywords.contains(path[1]) {
                keywords.insert(path[1])
                if path[1] == "every" { keywords.insert("in") }
            } else if path.count == 2, allowsExperiments, LogicalOperator(rawValue: path[1]) != nil {
                keywords.insert(path[1])
            } else {
                throw failure(
                    "unexpected keyword, must be one of [contains every if in not]", at: found.position,
                    hint: path.last.flatMap { LogicalOperator(rawValue: $0) } == nil
                        ? nil : "`and` and `or` are experimental: --experimental-keywords allows them")
            }
        }
    }
}
