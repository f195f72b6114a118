/// Infers the types of rules and variables and reports what can never hold.
///
/// It follows the Open Policy Agent's checks, and is silent wherever a value may be of any type: `input`, documents
/// of `data`, and references under `with`.
final class TypeChecker {
    let tree: RuleNode
    private(set) var diagnostics: [Diagnostic] = []
    private var known: [ObjectIdentifier: RegoType] = [:]

    // What is being checked.
    var variables: [String: RegoType] = [:]
    /// Under `with` on documents, rules may mean something else.
    var isReplaced = false

    private init(_ tree: RuleNode) { self.tree = tree }

    /// Everything that is wrong with the rules, whose bodies must be in order.
    static func check(_ tree: RuleNode) -> [Diagnostic] {
        let checker = TypeChecker(tree)
        for node in tree.ruleNodes { _ = checker.type(of: node) }
        return checker.diagnostics
    }

    /// Everything that is wrong with a query.
    static func check(query: [Expression], _ tree: RuleNode) -> [Diagnostic] {
        // The rules were checked with their modules; the types of those that the query names are inferred as it asks.
        let checker = TypeChecker(tree)
        checker.body(query)
        return checker.diagnostics
    }

    func report(_ message: String, _ position: Position, _ details: [String], hint: String? = nil) {
        var found = Diagnostic(.type, message, at: position, hint: hint)
        found.details = details
        if !diagnostics.contains(found) { diagnostics.append(found) }
    }

    // MARK: Rules

    /// The type of a rule's value, or of what a function gives.
    func type(of node: RuleNode) -> RegoType {
        if let found = known[ObjectIdentifier(node)] { return found }
        known[ObjectIdentifier(node)] = .anything
        let saved = (variables, isReplaced)
        defer { (variables, isReplaced) = saved }
        isReplaced = false
        var types: [RegoType] = []
        for placed in node.rules { types.append(contentsOf: self.types(of: placed)) }
        let value = RegoType.union(types) ?? .anything
        let result: RegoType
        switch node.kind {
        case .set: result = .set(value)
        case .object: result = .object([:], rest: .init(key: .anything, value: .anything))
        case .complete, .function, .package: result = value
        }
        known[ObjectIdentifier(node)] = result
        return result
    }

    private func types(of placed: PlacedRule) -> [RegoType] {
        placed.rule.branches.enumerated().map { index, branch in
            variables = [:]
            for argument in placed.rule.arguments ?? [] { bind(argument, .anything) }
            body(branch.body)
            if index == 0 {
                for part in placed.suffix { _ = infer(part) }
                if let member = placed.rule.member { return infer(member) }
            }
            return branch.value.map { infer($0) } ?? .boolean
        }
    }

    /// The types that a function's parameters may have.
    func parameters(of node: RuleNode) -> [RegoType] {
        (0..<node.arity).map { place in
            let types = node.rules.map { placed -> RegoType in
                guard let arguments = placed.rule.arguments, place < arguments.count else { return .anything }
                return Self.pattern(arguments[place])
            }
            return RegoType.union(types) ?? .anything
        }
    }

    /// The type of what fits a pattern.
    private static func pattern(_ term: Term) -> RegoType {
        switch term.kind {
        case .null: .null
        case .boolean: .boolean
        case .number: .number
        case .string: .string
        case .array(let terms): .array(terms.map { pattern($0) }, rest: nil)
        case .object: .object([:], rest: .init(key: .anything, value: .anything))
        default: .anything
        }
    }

    // MARK: Bodies

    func body(_ expressions: [Expression]) {
        for expression in expressions { check(expression) }
    }

    /// Checks without keeping what is learnt about variables.
    func scoped(_ body: () -> Void) {
        let saved = variables
        body()
        variables = saved
    }

    private func check(_ expression: Expression) {
        for replacement in expression.replacements { _ = infer(replacement.value) }
        let outer = isReplaced
        defer { isReplaced = outer }
        if !expression.replacements.isEmpty { isReplaced = true }
        if expression.isNegated {
            var positive = expression
            positive.isNegated = false
            positive.replacements = []
            return scoped { check(positive) }
        }
        switch expression.kind {
        case .term(let term): statement(term, expression.position)
        case .block(let inner): scoped { body(inner) }
        case .every(let key, let value, let domain, let inner):
            let elements = Elements(infer(domain))
            scoped {
                if let key { bind(key, elements.keys) }
                bind(value, elements.values)
                body(inner)
            }
        case .declaration, .someIn, .logical: break
        }
    }

    private func statement(_ term: Term, _ position: Position) {
        guard case .call(let callee, let operands) = term.kind, operands.count == 2,
            callee.path == ["eq"] || callee.path == ["equal"]
        else {
            _ = infer(term)
            return
        }
        if !unify(operands[0], operands[1]) {
            report(
                "match error", position,
                ["left  : \(quiet(operands[0]))", "right : \(quiet(operands[1]))"],
                hint: "the two can never be equal")
        }
    }

    /// The type of a term whose mistakes were reported already.
    private func quiet(_ term: Term) -> RegoType {
        let saved = diagnostics
        defer { diagnostics = saved }
        return infer(term)
    }

    // MARK: Unification

    /// Whether both may be equal; variables that were free take the type of the other side.
    private func unify(_ left: Term, _ right: Term) -> Bool {
        switch (left.kind, right.kind) {
        case (.array(let a), .array(let b)):
            guard a.count == b.count else { return false }
            return zip(a, b).reduce(true) { unify($1.0, $1.1) && $0 }
        default: break
        }
        if isPattern(left) { return bind(left, infer(right)) }
        if isPattern(right) { return bind(right, infer(left)) }
        return infer(left).overlaps(infer(right))
    }

    /// Whether a term has variables of its own that have no type yet.
    private func isPattern(_ term: Term) -> Bool {
        switch term.kind {
        case .variable(let name): !Variables.isRoot(name) && variables[name] == nil
        case .array(let terms): terms.contains { isPattern($0) }
        case .object(let members): members.contains { isPattern($0.value) }
        default: false
        }
    }

    /// Gives a pattern's free variables their types; `false` when no value of the type fits.
    @discardableResult
    func bind(_ pattern: Term, _ type: RegoType) -> Bool {
        switch pattern.kind {
        case .variable(let name) where !Variables.isRoot(name) && variables[name] == nil:
            variables[name] = type
            return true
        case .array(let terms):
            let fitting = type.choices.compactMap { choice -> [RegoType]? in
                if choice.isAnything { return terms.map { _ in .anything } }
                guard case .array(let known, let rest) = choice, known.count <= terms.count,
                    known.count == terms.count || rest != nil
                else { return nil }
                return terms.indices.map { $0 < known.count ? known[$0] : rest ?? .anything }
            }
            for (index, term) in terms.enumerated() {
                let element = RegoType.union(fitting.map { $0[index] }) ?? .anything
                if !bind(term, element) { return false }
            }
            return !fitting.isEmpty
        case .object(let members):
            var fits = false
            for choice in type.choices where choice.isAnything || choice.isObject { fits = true }
            for member in members {
                let found = RegoType.union(type.choices.compactMap { $0.member(member.key.keyText) })
                bind(member.value, found ?? .anything)
            }
            return fits
        default: return infer(pattern).overlaps(type)
        }
    }
}

extension RegoType {
    var isObject: Bool {
        if case .object = self { return true }
        return false
    }

    /// The type of an object's member; `nil` when there cannot be such a member.
    func member(_ key: String?) -> RegoType? {
        guard case .object(let known, let rest) = self else { return isAnything ? .anything : nil }
        guard let key else { return .anything }
        // One number can be written in several ways.
        if RegoType(key: key) == .number, known.keys.contains(where: { RegoType(key: $0) == .number }) {
            return known[key] ?? .anything
        }
        return known[key] ?? rest?.value
    }
}

/// The keys and the values that an iteration over a type meets.
struct Elements {
    let keys: RegoType
    let values: RegoType
    /// The types that can be iterated; empty when none can.
    let sources: [RegoType]

    init(_ type: RegoType) {
        var keys: [RegoType] = []
        var values: [RegoType] = []
        var sources: [RegoType] = []
        for choice in type.choices {
            switch choice {
            case .array(let known, let rest):
                keys.append(.number)
                values += known + (rest.map { [$0] } ?? [])
            case .set(let element):
                keys.append(element)
                values.append(element)
            case .object(let known, let rest):
                keys += known.keys.map { RegoType(key: $0) } + (rest.map { [$0.key] } ?? [])
                values += known.values + (rest.map { [$0.value] } ?? [])
            case .any:
                keys.append(.anything)
                values.append(.anything)
            case .null, .boolean, .number, .string: continue
            }
            sources.append(choice)
        }
        self.keys = RegoType.union(keys) ?? .anything
        self.values = RegoType.union(values) ?? .anything
        self.sources = sources
    }
}

extension RegoType {
    /// The type of a constant key, from its text.
    init(key: String) {
        switch key.utf8.first ?? 0 {
        case UInt8(ascii: "\""): self = .string
        case UInt8(ascii: "n"): self = .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): self = .boolean
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): self = .number
        default: self = .anything
        }
    }
}

extension Term {
    /// The text of a constant scalar; `nil` for anything else.
    var keyText: String? {
        switch kind {
        case .null, .boolean, .number, .string: groundText
        default: nil
        }
    }
}
