/// A Rego expression that has a value.
struct Term {
    indirect enum Kind {
        case null
        case boolean(Bool)
        /// A number, as it is written.
        case number(String)
        case string(String)
        case variable(String)
        case reference(Term, [Term])
        case call(Callee, [Term])
        case array([Term])
        case set([Term])
        case object([(key: Term, value: Term)])
        case arrayComprehension(Term, [Expression])
        case setComprehension(Term, [Expression])
        case objectComprehension(Term, Term, [Expression])
        case template([TemplatePart])
    }

    enum TemplatePart {
        case text(String)
        /// Its value, or `<undefined>`.
        case term(Term)
        /// The one member of the set, or `<undefined>`: a term that stands under `with`.
        case collected(Term)

        /// The term, unless this is text.
        var term: Term? {
            switch self {
            case .text: nil
            case .term(let term), .collected(let term): term
            }
        }

        /// The part with its term replaced.
        func map(_ change: (Term) -> Term) -> TemplatePart {
            switch self {
            case .text: self
            case .term(let term): .term(change(term))
            case .collected(let term): .collected(change(term))
            }
        }
    }

    var kind: Kind
    var position: Position

    init(_ kind: Kind, _ position: Position) {
        self.kind = kind
        self.position = position
    }
}

/// What a call names: a dotted path, `data...` for a function of the policy, else a built-in.
struct Callee: Hashable {
    var path: [String]

    init(_ path: [String]) { self.path = path }
    init(_ name: String) { path = [name] }

    /// The dotted name.
    var name: String { path.joined(separator: ".") }
    /// Whether a rule of the policy is meant.
    var isRule: Bool { path.first == "data" }
}

/// What connects two bodies within an expression.
enum LogicalOperator: String {
    case and, or

    /// What `not` must stand before to give the operator: `not { not a; not b }` is `a or b`, and `not { not { a; b } }`
    /// is `a and b`. Both stop as early as they can, succeed at most once and bind nothing.
    func withoutNegation(_ left: Expression, _ right: Expression, _ position: Position) -> Expression.Kind {
        func negated(_ body: Expression) -> Expression {
            var result = body
            result.isNegated = true
            return result
        }
        switch self {
        case .or: return .block([negated(left), negated(right)])
        case .and: return .block([negated(Expression(.block([left, right]), position))])
        }
    }
}

/// One line of a body: something that holds, fails or enumerates.
struct Expression {
    indirect enum Kind {
        /// A term that must be defined and not false; calls and operators are terms too.
        case term(Term)
        /// `some x, y`
        case declaration([Term])
        /// `some k, v in domain`
        case someIn(key: Term?, value: Term, domain: Term)
        /// `every k, v in domain { body }`
        case every(key: Term?, value: Term, domain: Term, body: [Expression])
        /// `not { ... }` made by the compiler or the parser.
        case block([Expression])
        /// `a and b`, `a or b`: each operand is a body with a scope of its own.
        case logical(LogicalOperator, [Expression], [Expression])
    }

    struct Replacement {
        var target: Term
        var value: Term
        var position: Position
        /// The built-in that stands in for a function, when the value names one.
        var function: Callee?
    }

    var kind: Kind
    var isNegated = false
    var replacements: [Replacement] = []
    var position: Position

    init(_ kind: Kind, _ position: Position) {
        self.kind = kind
        self.position = position
    }
}

/// One rule as written: a head and its chain of bodies.
struct Rule {
    /// The value and body of the rule itself, then of each `else`.
    struct Branch {
        /// `nil` means `true`.
        var value: Term?
        var body: [Expression]
        var position: Position
        /// Whether the body was written on the head's line.
        var isInline = false
    }

    /// The path of the head after the package: a name, then constants and variables.
    var head: [Term]
    var arguments: [Term]?
    /// The element of a partial set (`contains`).
    var member: Term?
    var isDefault = false
    var branches: [Branch]
    var position: Position
    /// The module's package with `data` in front.
    var package: [String] = []
    /// Index of the module that the rule stands in.
    var module = 0

    /// The head's names with dots, as messages have it.
    var headText: String {
        head.compactMap { part in
            switch part.kind {
            case .variable(let name), .string(let name): name
            default: nil
            }
        }.joined(separator: ".")
    }

    var name: String {
        if case .variable(let name)? = head.first?.kind { return name }
        return ""
    }
}

/// `import path as alias`
struct Import {
    var path: [Term]
    var alias: String?
    var position: Position
}

/// One source file.
struct Module {
    var file: String
    /// The package path with `data` in front.
    var package: [String]
    var packagePosition: Position
    var imports: [Import]
    var rules: [Rule]
    var comments: [Lexer.Comment]
    /// Whether the module follows the rules of Rego v1.
    var isVersion1: Bool
}

/// Which language a module without imports is written in.
public enum RegoVersion: Sendable {
    /// Before Open Policy Agent 1.0: `if` and `contains` are names unless they are imported.
    case v0
    /// Since 1.0: rules have `if`, and `contains` for sets.
    case v1
}
