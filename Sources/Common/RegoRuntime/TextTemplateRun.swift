/// One execution of a template.
struct TextTemplateRun {
    private let context: Context
    private(set) var out: [UInt8] = []
    private var variables: [(name: String, value: Value)]

    private enum Flow {
        case onward, leave, next
    }

    init(_ context: Context, _ root: Value) {
        self.context = context
        variables = [("$", root)]
    }

    mutating func run(_ template: TextTemplate) throws(TextTemplate.Failure) {
        try run(template.nodes, variables[0].value)
    }

    private func tick(_ amount: Int = 1) throws(TextTemplate.Failure) {
        do throws(RegoError) { try context.tick(amount) } catch { throw .stopped(error) }
    }

    @discardableResult
    private mutating func run(_ nodes: [TextTemplate.Node], _ dot: Value) throws(TextTemplate.Failure) -> Flow
    {
        let known = variables.count
        defer { variables.removeLast(variables.count - known) }
        for node in nodes {
            try tick()
            switch node {
            case .text(let text):
                try tick(text.count / 16)
                out += text
            case .output(let pipeline):
                let value = try self.value(pipeline, dot)
                guard pipeline.variables.isEmpty else { continue }
                let start = out.count
                TextTemplateFunctions.print(value, into: &out)
                try tick((out.count - start) / 16)
            case .condition(let pipeline, let body, let otherwise):
                let flow = try scoped { (run) throws(TextTemplate.Failure) in
                    let holds = Self.isTrue(try run.value(pipeline, dot))
                    return try run.run(holds ? body : otherwise, dot)
                }
                if flow != .onward { return flow }
            case .with(let pipeline, let body, let otherwise):
                let flow = try scoped { (run) throws(TextTemplate.Failure) in
                    let value = try run.value(pipeline, dot)
                    return Self.isTrue(value) ? try run.run(body, value) : try run.run(otherwise, dot)
                }
                if flow != .onward { return flow }
            case .range(let pipeline, let body, let otherwise):
                let flow = try scoped { (run) throws(TextTemplate.Failure) in
                    try run.loop(pipeline, body, otherwise, dot)
                }
                if flow != .onward { return flow }
            case .leave(let isBreak): return isBreak ? .leave : .next
            }
        }
        return .onward
    }

    private mutating func scoped(
        _ body: (inout TextTemplateRun) throws(TextTemplate.Failure) -> Flow
    ) throws(TextTemplate.Failure) -> Flow {
        let known = variables.count
        defer { variables.removeLast(variables.count - known) }
        return try body(&self)
    }

    private mutating func loop(
        _ pipeline: TextTemplate.Pipeline, _ body: [TextTemplate.Node], _ otherwise: [TextTemplate.Node],
        _ dot: Value
    ) throws(TextTemplate.Failure) -> Flow {
        var source = pipeline
        source.variables = []
        let collection = try value(source, dot)
        guard collection.isArray || collection.isObject || collection.isUndefined || collection.isNull else {
            throw .invalid("range can't iterate over " + TextTemplateFunctions.text(collection))
        }
        let count = collection.scanCount
        if count == 0 { return try run(otherwise, dot) }
        let known = variables.count
        for turn in 0..<count {
            let element = collection.value(at: turn)
            let values = pipeline.variables.count == 2 ? [collection.key(at: turn), element] : [element]
            for (name, value) in zip(pipeline.variables, values) {
                set(name, value, isNew: pipeline.isDeclaration)
            }
            let flow = try run(body, element)
            variables.removeLast(variables.count - known)
            if flow == .leave { break }
        }
        return .onward
    }

    private mutating func set(_ name: String, _ value: Value, isNew: Bool) {
        if !isNew, let found = variables.lastIndex(where: { $0.name == name }) {
            variables[found].value = value
        } else {
            variables.append((name, value))
        }
    }

    // MARK: Values

    static func isTrue(_ value: Value) -> Bool {
        switch value.kind {
        case .undefined, .null: return false
        case .boolean: return value.isTrue
        case .number: return value != .int(0)
        case .string: return value != .emptyString
        case .array, .object, .set: return value.count > 0
        }
    }

    private mutating func value(
        _ pipeline: TextTemplate.Pipeline, _ dot: Value
    ) throws(TextTemplate.Failure) -> Value {
        var last: Value?
        for call in pipeline.calls { last = try self.call(call, dot, last) }
        let result = last ?? .undefined
        if let name = pipeline.variables.first { set(name, result, isNew: pipeline.isDeclaration) }
        return result
    }

    private mutating func call(
        _ operands: [TextTemplate.Operand], _ dot: Value, _ piped: Value?
    ) throws(TextTemplate.Failure) -> Value {
        try tick(operands.count)
        guard case .function(let name) = operands[0] else {
            guard operands.count == 1, piped == nil else {
                throw .invalid("can't give argument to non-function")
            }
            return try value(operands[0], dot)
        }
        var values: [Value] = []
        for operand in operands.dropFirst() {
            // `and` and `or` stop as soon as they know.
            if let last = values.last,
                (name == "and" && !Self.isTrue(last)) || (name == "or" && Self.isTrue(last))
            {
                return last
            }
            values.append(try value(operand, dot))
        }
        if let piped { values.append(piped) }
        return try TextTemplateFunctions.call(name, values, context)
    }

    private mutating func value(
        _ operand: TextTemplate.Operand, _ dot: Value
    ) throws(TextTemplate.Failure) -> Value {
        switch operand {
        case .dot(let path): return try look(dot, path)
        case .variable(let name, let path):
            return try look(variables.last { $0.name == name }?.value ?? .undefined, path)
        case .constant(let value): return value
        case .function(let name): return try TextTemplateFunctions.call(name, [], context)
        case .nested(let pipeline, let path): return try look(try value(pipeline, dot), path)
        }
    }

    private func look(_ value: Value, _ path: [String]) throws(TextTemplate.Failure) -> Value {
        var result = value
        for name in path {
            if result.isDefined, !result.isObject, !result.isNull {
                throw .invalid("can't evaluate field \(name)")
            }
            result = result[context.string(name)]
        }
        return result
    }
}

/// The functions of templates.
enum TextTemplateFunctions {
    static var names: [String] {
        [
            "and", "or", "not", "eq", "ne", "lt", "le", "gt", "ge", "len", "index", "print", "printf",
            "println",
        ]
    }

    static func call(
        _ name: String, _ values: [Value], _ context: Context
    ) throws(TextTemplate.Failure) -> Value {
        func need(_ count: Int) throws(TextTemplate.Failure) {
            guard values.count == count else {
                throw .invalid("wrong number of args for \(name): want \(count) got \(values.count)")
            }
        }
        switch name {
        case "and", "or":
            guard let last = values.last else { throw .invalid("wrong number of args for \(name)") }
            return last
        case "not":
            try need(1)
            return .boolean(!TextTemplateRun.isTrue(values[0]))
        case "eq":
            guard values.count > 1 else { throw .invalid("missing argument for comparison") }
            return .boolean(values.dropFirst().contains { $0 == values[0] })
        case "ne", "lt", "le", "gt", "ge":
            try need(2)
            if name == "ne" { return .boolean(values[0] != values[1]) }
            let isOrdered =
                values[0].kind == values[1].kind && (values[0].isNumber || values[0].isString)
            guard isOrdered else { throw .invalid("incompatible types for comparison") }
            let order = Value.compare(values[0], values[1])
            switch name {
            case "lt": return .boolean(order < 0)
            case "le": return .boolean(order <= 0)
            case "gt": return .boolean(order > 0)
            default: return .boolean(order >= 0)
            }
        case "len":
            try need(1)
            if values[0].isString { return .int(values[0].length) }
            guard values[0].isArray || values[0].isObject else {
                throw .invalid("len of type \(values[0].kindName)")
            }
            return .int(values[0].count)
        case "index":
            guard var found = values.first else { throw .invalid("wrong number of args for index") }
            for key in values.dropFirst() {
                guard found.isArray || found.isObject else {
                    throw .invalid("can't index item of type \(found.kindName)")
                }
                let inner = found[key]
                if inner.isUndefined, found.isArray { throw .invalid("index out of range") }
                found = inner
            }
            return found
        case "printf":
            guard let format = values.first, format.isString else { throw .invalid("printf wants a format") }
            do throws(RegoError) {
                return try Builtins.sprintf(context, format, context.array(Array(values.dropFirst())))
            } catch { throw .stopped(error) }
        default:
            var out: [UInt8] = []
            for (position, value) in values.enumerated() {
                let isApart =
                    name == "println" || (position > 0 && !value.isString && !values[position - 1].isString)
                if position > 0, isApart { out.append(32) }
                print(value, into: &out)
            }
            if name == "println" { out.append(10) }
            return context.string(out)
        }
    }

    static func text(_ value: Value) -> String {
        var out: [UInt8] = []
        print(value, into: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// As Go prints values: `[a b]`, `map[k:v]`; what is not there prints as `<undefined>`.
    static func print(_ value: Value, into out: inout [UInt8]) {
        switch value.kind {
        case .undefined, .null: out.append(text: "<undefined>")
        case .string: out.append(contentsOf: value.utf8)
        case .array, .set:
            out.append(91)
            for turn in 0..<value.scanCount {
                if turn > 0 { out.append(32) }
                print(value.value(at: turn), into: &out)
            }
            out.append(93)
        case .object:
            out.append(text: "map[")
            for turn in 0..<value.scanCount {
                if turn > 0 { out.append(32) }
                print(value.key(at: turn), into: &out)
                out.append(58)
                print(value.value(at: turn), into: &out)
            }
            out.append(93)
        case .boolean, .number: JSONWriter.write(value, into: &out)
        }
    }
}

extension Builtins {
    /// `strings.render_template(template, variables)`
    public static func stringsRenderTemplate(
        _ context: Context, _ template: Value, _ variables: Value
    ) throws(RegoError) -> Value {
        let name: StaticString = "strings.render_template"
        guard template.isString, variables.isObject else {
            return try context.refuse(name, [template, variables], ["string", "object"])
        }
        try context.tick(template.length + 1)
        do throws(TextTemplate.Failure) {
            let parsed = try TextTemplate(Array(template.utf8), context)
            var run = TextTemplateRun(context, variables)
            try run.run(parsed)
            return context.string(run.out)
        } catch {
            switch error {
            case .stopped(let reason): throw reason
            case .invalid(let why): return try context.builtinError(name, "template: " + why)
            }
        }
    }
}
