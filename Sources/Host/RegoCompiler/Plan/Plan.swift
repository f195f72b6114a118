/// The intermediate form: what both back ends execute.
///
/// A function is a list of statements. A statement that fails leaves the block it stands in; `scan` runs its block
/// once per element, and a failure inside only ends that turn. A local without a value is undefined.
struct Plan {
    /// Ground terms that the statements refer to by index.
    var constants = ConstantTable()
    var functions: [PlanFunction] = []
    /// Index of the function that answers `data.a.b`, by `a/b`.
    var entrypoints: [String: Int] = [:]
    /// Function per query that was planned.
    var queries: [Int] = []
    /// Memory places for replaced functions and values of `with`.
    var slotCount = 0
}

/// One rule, package or query, compiled.
final class PlanFunction {
    enum Kind { case rule, function, package, query }

    let index: Int
    let kind: Kind
    /// `data.policy.x`, for comments and messages.
    let path: String
    let position: Position
    var parameters: [Local] = []
    var body: [Statement] = []
    /// The local that holds the answer.
    var result: Local = 0
    /// Names for readers, by local.
    var localNames: [String] = []
    var builderCount = 0
    var labelCount = 0

    init(index: Int, kind: Kind, path: String, position: Position) {
        self.index = index
        self.kind = kind
        self.path = path
        self.position = position
    }

    /// Whether the answer is remembered during a query.
    var isMemoised: Bool { kind == .rule || kind == .package }
}

typealias Local = Int
typealias Builder = Int
typealias Label = Int

/// Where a statement finds a value.
enum Operand: Hashable {
    case local(Local)
    case constant(Int)
}

enum Comparison: String {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
}

enum BuilderKind {
    case array, set, object
    /// Several rules' heads of any depth, assembled into one object.
    case partial
}

/// One document or place that `with` replaces.
struct PlanReplacement {
    enum Target {
        case input([String])
        case data([String])
        case slot(Int)
    }
    var target: Target
    var value: Operand
}

indirect enum Statement {
    /// A remark for readers: where the following comes from.
    case comment(Position)
    case assign(Local, Operand)
    /// Fails with a conflict unless the local is undefined or equal.
    case assignOnce(Local, Operand)
    case reset(Local)
    case isDefined(Local)
    case isUndefined(Local)
    case loadInput(Local)
    case loadData(Local)
    case loadSlot(Int, Local)
    case dot(Operand, Operand, Local)
    case call(Int, [Operand], Local)
    case builtin(String, [Operand], Local)
    case compare(Comparison, Operand, Operand)
    case isTruthy(Operand)
    case isArray(Operand, count: Int)
    case isObject(Operand, count: Int)
    case isCollection(Operand)
    case fail
    case scan(Operand, key: Local?, value: Local?, body: [Statement])
    case block(Label, [Statement])
    /// Leaves the block of that name, with success.
    case exit(Label)
    case not(Label, [Statement])
    case makeArray([Operand], Local)
    case makeSet([Operand], Local)
    case makeObject([(key: Operand, value: Operand)], Local)
    case newBuilder(Builder, BuilderKind)
    case append(Builder, Operand)
    case insert(Builder, key: Operand, value: Operand)
    case insertOnce(Builder, key: Operand, value: Operand)
    case insertPartial(Builder, path: [Operand], value: Operand, isMember: Bool)
    case finish(Builder, BuilderKind, Local)
    case merge(base: Local, virtual: Local, Local)
    case with([PlanReplacement], id: Int, [Statement])
    /// Runs its statements as they were outside of the `with` of that number.
    case without(id: Int, [Statement])
}

/// Ground terms, each once.
struct ConstantTable {
    private(set) var terms: [Term] = []
    private var indexes: [String: Int] = [:]

    mutating func index(of term: Term) -> Int {
        let text = term.groundText
        if let found = indexes[text] { return found }
        indexes[text] = terms.count
        terms.append(term)
        return terms.count - 1
    }
}

extension Term {
    /// Whether the term is a constant: no variables, references, calls or comprehensions.
    var isGround: Bool {
        switch kind {
        case .null, .boolean, .number, .string: true
        case .array(let terms), .set(let terms): terms.allSatisfy(\.isGround)
        case .object(let members): members.allSatisfy { $0.key.isGround && $0.value.isGround }
        default: false
        }
    }

    /// The text of a constant as Rego term: JSON plus sets.
    var groundText: String {
        var text = ""
        writeGround(into: &text)
        return text
    }

    private func writeGround(into text: inout String) {
        switch kind {
        case .null: text += "null"
        case .boolean(let value): text += value ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): string.writeJSON(into: &text)
        case .array(let terms):
            text += "["
            for (index, term) in terms.enumerated() {
                if index > 0 { text += "," }
                term.writeGround(into: &text)
            }
            text += "]"
        case .set(let terms):
            if terms.isEmpty {
                text += "set()"
                return
            }
            text += "{"
            for (index, term) in terms.enumerated() {
                if index > 0 { text += "," }
                term.writeGround(into: &text)
            }
            text += "}"
        case .object(let members):
            text += "{"
            // Of equal keys the last counts.
            var last: [String: Int] = [:]
            for (index, member) in members.enumerated() { last[member.key.groundText] = index }
            var isFirst = true
            for (index, member) in members.enumerated() where last[member.key.groundText] == index {
                if !isFirst { text += "," }
                isFirst = false
                member.key.writeGround(into: &text)
                text += ":"
                member.value.writeGround(into: &text)
            }
            text += "}"
        default: break
        }
    }
}

extension String {
    /// Appends this string as JSON text.
    func writeJSON(into text: inout String) {
        text += "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            default:
                if scalar.value < 0x20 {
                    let digits = String(scalar.value, radix: 16)
                    text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    text.unicodeScalars.append(scalar)
                }
            }
        }
        text += "\""
    }
}
