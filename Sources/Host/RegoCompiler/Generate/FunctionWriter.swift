/// Writes one function of a plan as Swift.
///
/// Failing statements leave the innermost labelled statement: `break` for blocks, `continue` for loops. A negated
/// block that succeeds leaves the statement around it instead.
struct FunctionWriter {
    private let function: PlanFunction
    private let swift: SwiftGenerator
    private var lines: [String] = []
    private var depth = 1
    private var names: [String] = []
    private var reads: [Int] = []
    private var resets: [Int] = []
    private var builderKinds: [Int: BuilderKind] = [:]
    private var scopes: [Scope] = []
    private var loops = 0
    private var lastComment: Position?

    private struct Scope {
        /// How a failing statement leaves.
        var failure: String
        /// The label's number in the plan, when it has one.
        var label: Label?
    }

    init(_ function: PlanFunction, _ swift: SwiftGenerator) {
        self.function = function
        self.swift = swift
        (reads, resets) = function.uses()
        var taken = SwiftNames(reserved: ["q"])
        names = function.localNames.map { taken.unique($0) }
    }

    mutating func write() -> String {
        let parameters = function.parameters.map { ", _ \(names[$0]): Value" }.joined()
        let name = swift.functionNames[function.index]
        if function.position.line > 0 {
            lines.append("/// `\(function.path)`, \(function.position.file):\(function.position.line)")
        } else {
            lines.append("/// `\(function.path)`")
        }
        lines.append("func \(name)(_ q: Query\(parameters)) throws(RegoError) -> Value {")
        if function.isMemoised {
            line("if q.isKnown(\(function.index)) { return q.remembered(\(function.index)) }")
        }
        line("try q.context.enter()")
        if declaresResultFirst { line("var \(names[function.result]) = Value.undefined") }
        statements(function.body)
        line("q.context.leave()")
        let result = names.isEmpty ? "Value.undefined" : names[function.result]
        line(function.isMemoised ? "return q.remember(\(function.index), \(result))" : "return \(result)")
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    /// Complete rules and functions assign their result from several blocks.
    private var declaresResultFirst: Bool {
        guard !names.isEmpty else { return false }
        return !function.body.contains { statement in
            switch statement {
            case .finish(_, _, let target), .merge(_, _, let target): target == function.result
            default: false
            }
        }
    }

    private mutating func line(_ text: String) {
        lines.append(String(repeating: "    ", count: depth) + text)
    }

    private func text(_ operand: Operand) -> String {
        switch operand {
        case .local(let local): names[local]
        case .constant(let index): swift.constant(index)
        }
    }

    /// The operand where its type cannot be told from what is around it.
    private func typed(_ operand: Operand) -> String {
        let plain = text(operand)
        return plain.hasPrefix(".") ? "Value" + plain : plain
    }

    private func list(_ operands: [Operand]) -> String { operands.map { text($0) }.joined(separator: ", ") }

    private var failure: String { scopes.last?.failure ?? "return .undefined" }

    private mutating func statements(_ list: [Statement]) {
        for statement in list { write(statement) }
    }

    private mutating func scope(_ opening: String, _ scope: Scope, _ body: [Statement], before: [String] = [])
    {
        line(opening)
        depth += 1
        for text in before { line(text) }
        scopes.append(scope)
        statements(body)
        scopes.removeLast()
        depth -= 1
        line("}")
    }

    /// Defines a local that fails when it has no value.
    private mutating func define(_ target: Local, _ expression: String) {
        if reads[target] == 0 {
            line(
                "if \(expression.hasPrefix("try ") ? "(\(expression))" : expression).isUndefined { \(failure) }"
            )
        } else {
            line("let \(names[target]) = \(expression)")
            line("if \(names[target]).isUndefined { \(failure) }")
        }
    }

    private mutating func defineAlways(_ target: Local, _ expression: String) {
        line("\(reads[target] == 0 ? "_" : "let \(names[target])") = \(expression)")
    }

    private mutating func write(_ statement: Statement) {
        switch statement {
        case .comment(let position):
            guard position.line > 0, position != lastComment else { return }
            lastComment = position
            line("// \(position.file):\(position.line): \(swift.sourceLine(position))")
        case .assign(let target, let source): line("\(names[target]) = \(text(source))")
        case .assignOnce(let target, let source):
            let check = function.kind == .function ? "assignFunction" : "assignRule"
            line("try \(check)(&\(names[target]), \(text(source)))")
        case .reset(let target):
            line("\(resets[target] == 1 ? "var " : "")\(names[target]) = Value.undefined")
        case .isDefined(let local): line("if \(names[local]).isUndefined { \(failure) }")
        case .isUndefined(let local): line("if \(names[local]).isDefined { \(failure) }")
        case .loadInput(let target): define(target, "q.input")
        case .loadData(let target): define(target, "q.data")
        case .loadSlot(let slot, let target): define(target, "q.slot(\(slot))")
        case .dot(let source, let key, let target): define(target, "\(typed(source))[\(text(key))]")
        case .call(let index, let operands, let target):
            let arguments = (["q"] + operands.map { text($0) }).joined(separator: ", ")
            define(target, "try \(swift.functionNames[index])(\(arguments))")
        case .builtin(let name, let operands, let target):
            let arguments = (["q.context"] + operands.map { text($0) }).joined(separator: ", ")
            define(target, "try Builtins.\(SwiftGenerator.builtinName(name))(\(arguments))")
        case .compare(let comparison, let left, let right): compare(comparison, left, right)
        case .isTruthy(let operand): line("if !\(typed(operand)).isTruthy { \(failure) }")
        case .isCollection(let operand):
            line("if \(typed(operand)).kind.rawValue < Value.Kind.array.rawValue { \(failure) }")
        case .isArray(let operand, let count):
            line("if !\(typed(operand)).isArray || \(typed(operand)).count != \(count) { \(failure) }")
        case .isObject(let operand, let count):
            line("if !\(typed(operand)).isObject || \(typed(operand)).count != \(count) { \(failure) }")
        case .fail: line(failure)
        case .exit(let label): exit(label)
        default: compound(statement)
        }
    }

    private mutating func compare(_ comparison: Comparison, _ left: Operand, _ right: Operand) {
        let (a, b) = (typed(left), text(right))
        switch comparison {
        case .equal: line("if !(\(a) == \(b)) { \(failure) }")
        case .notEqual: line("if \(a) == \(b) { \(failure) }")
        case .less: line("if Value.compare(\(a), \(b)) >= 0 { \(failure) }")
        case .lessOrEqual: line("if Value.compare(\(a), \(b)) > 0 { \(failure) }")
        case .greater: line("if Value.compare(\(a), \(b)) <= 0 { \(failure) }")
        case .greaterOrEqual: line("if Value.compare(\(a), \(b)) < 0 { \(failure) }")
        }
    }

    /// Leaves a block with success. For a negated block that is the failure of what is around it.
    private mutating func exit(_ label: Label) {
        guard let index = scopes.lastIndex(where: { $0.label == label }) else { return }
        if scopes[index].failure.hasPrefix("break not") {
            line(index > 0 ? scopes[index - 1].failure : "return .undefined")
        } else {
            line(scopes[index].failure)
        }
    }

    private mutating func compound(_ statement: Statement) {
        switch statement {
        case .scan(let source, let key, let element, let body): scan(source, key, element, body)
        case .block(let label, let body):
            scope("block\(label): do {", Scope(failure: "break block\(label)", label: label), body)
        case .not(let label, let body):
            scope("not\(label): do {", Scope(failure: "break not\(label)", label: label), body)
        case .makeArray(let operands, let target):
            defineAlways(target, "q.context.array([\(list(operands))])")
        case .makeSet(let operands, let target): defineAlways(target, "q.context.set([\(list(operands))])")
        case .makeObject(let members, let target):
            let pairs = members.map { "(\(text($0.key)), \(text($0.value)))" }.joined(separator: ", ")
            defineAlways(target, members.isEmpty ? "Value.emptyObject" : "try makeObject(q, [\(pairs)])")
        case .merge(let base, let virtual, let target):
            defineAlways(target, "q.merge(base: \(names[base]), virtual: \(names[virtual]))")
        case .with(let replacements, let id, let body): with(replacements, id, body)
        case .without(let id, let body):
            line("let inside\(id) = q.surroundings")
            line("q.restore(outside\(id))")
            scope("without\(id): do {", Scope(failure: "break without\(id)"), body)
            line("q.restore(inside\(id))")
        default: build(statement)
        }
    }

    private mutating func scan(_ source: Operand, _ key: Local?, _ element: Local?, _ body: [Statement]) {
        loops += 1
        let number = loops
        var before = ["try q.context.tick()"]
        if let key, reads[key] > 0 {
            before.append("let \(names[key]) = \(typed(source)).key(at: turn\(number))")
        }
        if let element, reads[element] > 0 {
            before.append("let \(names[element]) = \(typed(source)).value(at: turn\(number))")
        }
        before.append("turn\(number) &+= 1")
        line("let count\(number) = \(typed(source)).scanCount")
        line("var turn\(number) = 0")
        scope(
            "scan\(number): while turn\(number) < count\(number) {", Scope(failure: "continue scan\(number)"),
            body,
            before: before)
    }

    private mutating func with(_ replacements: [PlanReplacement], _ id: Int, _ body: [Statement]) {
        line("let outside\(id) = q.enterWith()")
        for replacement in replacements {
            let value = text(replacement.value)
            func path(_ names: [String]) -> String {
                names.map { "q.context.string(\(SwiftGenerator.literal($0)))" }.joined(separator: ", ")
            }
            switch replacement.target {
            case .input(let names): line("q.replaceInput([\(path(names))], \(value))")
            case .data(let names): line("q.replaceData([\(path(names))], \(value))")
            case .slot(let number): line("q.replaceSlot(\(number), \(value))")
            }
        }
        scope("with\(id): do {", Scope(failure: "break with\(id)"), body)
        line("q.restore(outside\(id))")
    }

    private mutating func build(_ statement: Statement) {
        switch statement {
        case .newBuilder(let number, let kind):
            builderKinds[number] = kind
            switch kind {
            case .array: line("var builder\(number) = ArrayBuilder()")
            case .set: line("var builder\(number) = SetBuilder()")
            case .object: line("var builder\(number) = ObjectBuilder()")
            case .partial: line("var builder\(number) = PartialBuilder()")
            }
        case .append(let number, let operand): line("builder\(number).append(\(text(operand)), q.context)")
        case .insert(let number, let key, let value):
            if case .set? = builderKinds[number] {
                line("builder\(number).insert(\(text(key)), q.context)")
            } else {
                line("builder\(number).insert(\(text(key)), \(text(value)), q.context)")
            }
        case .insertOnce(let number, let key, let value):
            line("try builder\(number).insertOnce(\(text(key)), \(text(value)), q.context)")
        case .insertPartial(let number, let path, let value, let isMember):
            line(
                "try builder\(number).insert([\(list(path))], \(text(value)), isMember: \(isMember), q.context)"
            )
        case .finish(let number, _, let target):
            if resets[target] > 0 {
                line("\(names[target]) = builder\(number).finish(q.context)")
            } else {
                defineAlways(target, "builder\(number).finish(q.context)")
            }
        default: line("#error(\"statement that the generator does not know\")")
        }
    }
}
