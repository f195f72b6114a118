/// Swift names for rules and variables: those of the policy, made legal and unique.
struct SwiftNames {
    private var taken: Set<String>

    init(reserved: Set<String> = []) { taken = reserved }

    /// A free name that reads like `wanted`.
    mutating func unique(_ wanted: String) -> String {
        let base = Self.legal(wanted)
        if taken.insert(base).inserted { return base }
        var number = 2
        while !taken.insert("\(base)_\(number)").inserted { number += 1 }
        return "\(base)_\(number)"
    }

    private static let keywords: Set<String> = [
        "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default", "defer",
        "deinit",
        "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func", "guard",
        "if",
        "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "private", "protocol",
        "public",
        "repeat", "rethrows", "return", "self", "Self", "static", "struct", "subscript", "super", "switch",
        "throw",
        "throws", "true", "try", "typealias", "var", "where", "while", "Any", "Type", "_",
    ]

    private static func legal(_ wanted: String) -> String {
        var text = ""
        for scalar in wanted.unicodeScalars {
            let isLegal =
                scalar.value < 128
                && (scalar.properties.isAlphabetic || (scalar.value >= 0x30 && scalar.value <= 0x39)
                    || scalar == "_")
            text.unicodeScalars.append(isLegal ? scalar : "_")
        }
        if text.isEmpty || text.first?.isNumber == true { text = "_" + text }
        return keywords.contains(text) ? text + "_" : text
    }
}

extension PlanFunction {
    /// How often locals are written and read, so that the generator can choose `let`, `var` or nothing.
    func uses() -> (reads: [Int], resets: [Int]) {
        var reads = [Int](repeating: 0, count: localNames.count)
        var resets = [Int](repeating: 0, count: localNames.count)
        func read(_ operand: Operand) { if case .local(let local) = operand { reads[local] += 1 } }
        func visit(_ statements: [Statement]) {
            for statement in statements {
                for operand in statement.operands { read(operand) }
                if case .reset(let local) = statement { resets[local] += 1 }
                for inner in statement.bodies { visit(inner) }
            }
        }
        visit(body)
        if !localNames.isEmpty { reads[result] += 1 }
        return (reads, resets)
    }
}

extension Statement {
    /// Values that the statement itself reads.
    var operands: [Operand] {
        switch self {
        case .assign(_, let source): [source]
        case .assignOnce(let target, let source): [.local(target), source]
        case .isDefined(let local), .isUndefined(let local): [.local(local)]
        case .dot(let source, let key, _): [source, key]
        case .call(_, let operands, _), .builtin(_, let operands, _), .makeArray(let operands, _),
            .makeSet(let operands, _):
            operands
        case .compare(_, let left, let right): [left, right]
        case .isTruthy(let operand), .isCollection(let operand), .isArray(let operand, _),
            .isObject(let operand, _),
            .append(_, let operand):
            [operand]
        case .scan(let source, _, _, _): [source]
        case .makeObject(let members, _): members.flatMap { [$0.key, $0.value] }
        case .insert(_, let key, let value), .insertOnce(_, let key, let value): [key, value]
        case .insertPartial(_, let path, let value, _): path + [value]
        case .merge(let base, let virtual, _): [.local(base), .local(virtual)]
        case .with(let replacements, _, _): replacements.map(\.value)
        case .comment, .reset, .loadInput, .loadData, .loadSlot, .fail, .block, .exit, .not, .newBuilder,
            .finish,
            .without:
            []
        }
    }

    /// Statements inside of this one.
    var bodies: [[Statement]] {
        switch self {
        case .scan(_, _, _, let body), .block(_, let body), .not(_, let body), .with(_, _, let body),
            .without(_, let body):
            [body]
        default: []
        }
    }
}
