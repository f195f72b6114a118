package import RegoRuntime

/// Executes a plan as it stands: the generator's opponent, and the tools' engine. Never part of a guest.
package final class Evaluator {
    private let plan: Plan
    private let constants: [Value]
    /// Owns all values of a query; goes with the evaluator.
    package let context: Context
    private let query: Query
    private let builtins = BuiltinTable()
    /// The rule or expression that was being evaluated last: where an error comes from.
    package private(set) var position = Position.generated

    /// Whether documents, and functions of the host, must not be asked: the values of constant rules.
    var isSealed = false
    /// Whether ``reachedPositions`` grows.
    package var recordsPositions = false
    /// Rules and expressions that were evaluated since this began to be recorded.
    package private(set) var reachedPositions: Set<Position> = []

    /// An evaluator of the plan; constants are read once.
    package init(
        _ plan: CompiledPlan, limits: Limits = Limits(), strict: Bool = false
    ) throws(RegoError) {
        self.plan = plan.plan
        let text = "[" + plan.plan.constants.terms.map(\.groundText).joined(separator: ",") + "]"
        let bytes = Array(text.utf8)
        var made: Constants?
        var failure: RegoError?
        bytes.withUnsafeBytes { buffer in
            do throws(RegoError) { made = try Constants(buffer) } catch { failure = error }
        }
        guard let made else { throw failure ?? RegoError(.internal, "constants") }
        constants = (0..<made.count).map { made[$0] }
        context = Context.create(limits: limits, strict: strict)
        HostServices.install(in: context)
        query = Query.create(
            context: context, constants: made, functions: plan.plan.functions.count,
            slots: plan.plan.slotCount)
    }

    deinit {
        query.destroy()
        context.destroy()
    }

    /// Starts a query: earlier values become invalid. Make `input` and `data` through `context` afterwards.
    package func reset() { context.reset() }

    /// Answers a planned entry point; undefined when there is no such rule or it has no value.
    package func evaluate(entrypoint: String, input: Value, data: Value) throws(RegoError) -> Value {
        guard let function = plan.entrypoints[entrypoint] else { return .undefined }
        query.begin(input: input, data: data)
        return try call(function, [])
    }

    /// Answers a planned query: an array of bindings.
    package func evaluate(query number: Int, input: Value, data: Value) throws(RegoError) -> Value {
        query.begin(input: input, data: data)
        return try call(plan.queries[number], [])
    }

    /// Answers one function of the plan that needs neither operands nor documents.
    func evaluate(function index: Int) throws(RegoError) -> Value {
        reset()
        query.begin(input: .undefined, data: .emptyObject)
        return try call(index, [])
    }

    private func call(_ index: Int, _ arguments: [Value]) throws(RegoError) -> Value {
        let function = plan.functions[index]
        if function.isMemoised, query.isKnown(index) { return query.remembered(index) }
        try context.enter()
        var frame = Frame(function)
        for (parameter, argument) in zip(function.parameters, arguments) {
            frame.locals[parameter] = argument
        }
        let caller = position
        _ = try run(function.body, &frame)
        position = caller
        context.leave()
        let result = frame.locals[function.result]
        return function.isMemoised ? query.remember(index, result) : result
    }

    // MARK: Statements

    private struct Frame {
        let function: PlanFunction
        var locals: [Value]
        var builders: [AnyBuilder]
        var surroundings: [Int: (outer: Query.Surroundings, inner: Query.Surroundings)] = [:]

        init(_ function: PlanFunction) {
            self.function = function
            locals = Array(repeating: .undefined, count: max(function.localNames.count, 1))
            builders = Array(repeating: .array(ArrayBuilder()), count: function.builderCount)
        }
    }

    private enum AnyBuilder {
        case array(ArrayBuilder)
        case set(SetBuilder)
        case object(ObjectBuilder)
        case partial(PartialBuilder)
    }

    private enum Outcome: Equatable {
        case completed
        case failed
        case exit(Label)
    }

    private func value(_ operand: Operand, _ frame: borrowing Frame) -> Value {
        switch operand {
        case .local(let local): frame.locals[local]
        case .constant(let index): constants[index]
        }
    }

    private func run(_ statements: [Statement], _ frame: inout Frame) throws(RegoError) -> Outcome {
        for statement in statements {
            let outcome = try run(statement, &frame)
            if outcome != .completed { return outcome }
        }
        return .completed
    }

    private func store(_ value: Value, _ target: Local, _ frame: inout Frame) -> Outcome {
        frame.locals[target] = value
        return value.isDefined ? .completed : .failed
    }

    private func holds(_ condition: Bool) -> Outcome { condition ? .completed : .failed }

    private func run(_ statement: Statement, _ frame: inout Frame) throws(RegoError) -> Outcome {
        switch statement {
        case .comment(let place):
            position = place
            if recordsPositions { reachedPositions.insert(place) }
        case .fail: return .failed
        case .exit(let label): return .exit(label)
        case .assign(let target, let source):
            frame.locals[target] = value(source, frame)
        case .assignOnce(let target, let source):
            let new = value(source, frame)
            let old = frame.locals[target]
            if old.isDefined, old != new { throw conflict(frame.function) }
            frame.locals[target] = new
        case .reset(let target): frame.locals[target] = .undefined
        case .isDefined(let local): return holds(frame.locals[local].isDefined)
        case .isUndefined(let local): return holds(frame.locals[local].isUndefined)
        case .loadInput(let target):
            try leavePolicy()
            return store(query.input, target, &frame)
        case .loadData(let target):
            try leavePolicy()
            return store(query.data, target, &frame)
        case .loadSlot(let slot, let target):
            try leavePolicy()
            return store(query.slot(slot), target, &frame)
        case .dot(let source, let key, let target):
            return store(value(source, frame)[value(key, frame)], target, &frame)
        case .call(let function, let operands, let target):
            return store(try call(function, operands.map { value($0, frame) }), target, &frame)
        case .builtin(let name, let operands, let target):
            return store(try builtin(name, operands.map { value($0, frame) }), target, &frame)
        case .compare(let comparison, let left, let right):
            return holds(Self.compare(comparison, value(left, frame), value(right, frame)))
        case .isTruthy(let operand): return holds(value(operand, frame).isTruthy)
        case .isCollection(let operand):
            return holds(value(operand, frame).kind.rawValue >= Value.Kind.array.rawValue)
        case .isArray(let operand, let count):
            let candidate = value(operand, frame)
            return holds(candidate.isArray && candidate.count == count)
        case .isObject(let operand, let count):
            let candidate = value(operand, frame)
            return holds(candidate.isObject && candidate.count == count)
        default: return try runCompound(statement, &frame)
        }
        return .completed
    }

    /// Refuses what a sealed evaluation must not see.
    private func leavePolicy() throws(RegoError) {
        if isSealed { throw RegoError(.internal, "the rule depends on more than the policy") }
    }

    private func builtin(_ name: String, _ operands: [Value]) throws(RegoError) -> Value {
        if KnownBuiltins.dependsOnHost(name) { try leavePolicy() }
        guard let found = builtins[name], found.arity == operands.count else {
            throw RegoError(.internal, "built-in function \(name) is not supported by this build")
        }
        // The closure is called with typed throws outside of withUnsafeBufferPointer, which would erase them.
        let room = UnsafeMutablePointer<Value>.allocate(capacity: max(operands.count, 1))
        defer { room.deallocate() }
        room.initialize(repeating: .undefined, count: max(operands.count, 1))
        for (index, operand) in operands.enumerated() { room[index] = operand }
        return try found.call(context, UnsafePointer(room))
    }

    private func conflict(_ function: PlanFunction) -> RegoError {
        RegoError(
            .conflict,
            function.kind == .function
                ? "functions must not produce multiple outputs for same inputs"
                : "complete rules must not produce multiple outputs")
    }

    static func compare(_ comparison: Comparison, _ left: Value, _ right: Value) -> Bool {
        switch comparison {
        case .equal: left == right
        case .notEqual: left != right
        case .less: Value.compare(left, right) < 0
        case .lessOrEqual: Value.compare(left, right) <= 0
        case .greater: Value.compare(left, right) > 0
        case .greaterOrEqual: Value.compare(left, right) >= 0
        }
    }

    private func runCompound(_ statement: Statement, _ frame: inout Frame) throws(RegoError) -> Outcome {
        switch statement {
        case .scan(let source, let key, let element, let body):
            return try scan(value(source, frame), key, element, body, &frame)
        case .block(let label, let body):
            let outcome = try run(body, &frame)
            return outcome == .failed || outcome == .exit(label) ? .completed : outcome
        case .not(let label, let body):
            let outcome = try run(body, &frame)
            if outcome == .failed || outcome == .completed { return .completed }
            return outcome == .exit(label) ? .failed : outcome
        case .makeArray(let operands, let target):
            frame.locals[target] = context.array(operands.map { value($0, frame) })
        case .makeSet(let operands, let target):
            frame.locals[target] = context.set(operands.map { value($0, frame) })
        case .makeObject(let members, let target):
            var builder = ObjectBuilder()
            for member in members {
                try builder.insertOnce(value(member.key, frame), value(member.value, frame), context)
            }
            frame.locals[target] = builder.finish(context)
        case .merge(let base, let virtual, let target):
            frame.locals[target] = query.merge(base: frame.locals[base], virtual: frame.locals[virtual])
        case .with(let replacements, let id, let body):
            return try with(replacements, id, body, &frame)
        case .without(let id, let body):
            guard let saved = frame.surroundings[id] else { return .failed }
            let inner = query.surroundings
            query.restore(saved.outer)
            let outcome = try run(body, &frame)
            query.restore(inner)
            return outcome
        default:
            try build(statement, &frame)
        }
        return .completed
    }

    private func scan(
        _ source: Value, _ key: Local?, _ element: Local?, _ body: [Statement], _ frame: inout Frame
    ) throws(RegoError) -> Outcome {
        let count = source.scanCount
        var turn = 0
        while turn < count {
            try context.tick()
            if let key { frame.locals[key] = source.key(at: turn) }
            if let element { frame.locals[element] = source.value(at: turn) }
            let outcome = try run(body, &frame)
            if case .exit = outcome { return outcome }
            turn += 1
        }
        return .completed
    }

    private func with(
        _ replacements: [PlanReplacement], _ id: Int, _ body: [Statement], _ frame: inout Frame
    ) throws(RegoError) -> Outcome {
        let outer = query.enterWith()
        for replacement in replacements {
            let new = value(replacement.value, frame)
            switch replacement.target {
            case .input(let path): query.replaceInput(path.map { context.string($0) }, new)
            case .data(let path): query.replaceData(path.map { context.string($0) }, new)
            case .slot(let number): query.replaceSlot(number, new)
            }
        }
        frame.surroundings[id] = (outer, query.surroundings)
        let outcome = try run(body, &frame)
        query.restore(outer)
        return outcome
    }

    // MARK: Builders

    private func build(_ statement: Statement, _ frame: inout Frame) throws(RegoError) {
        switch statement {
        case .newBuilder(let number, let kind):
            switch kind {
            case .array: frame.builders[number] = .array(ArrayBuilder())
            case .set: frame.builders[number] = .set(SetBuilder())
            case .object: frame.builders[number] = .object(ObjectBuilder())
            case .partial: frame.builders[number] = .partial(PartialBuilder())
            }
        case .append(let number, let operand):
            guard case .array(var builder) = frame.builders[number] else { return }
            builder.append(value(operand, frame), context)
            frame.builders[number] = .array(builder)
        case .insert(let number, let key, let element):
            insert(number, value(key, frame), value(element, frame), &frame)
        case .insertOnce(let number, let key, let element):
            guard case .object(var builder) = frame.builders[number] else { return }
            try builder.insertOnce(value(key, frame), value(element, frame), context)
            frame.builders[number] = .object(builder)
        case .insertPartial(let number, let path, let element, let isMember):
            guard case .partial(var builder) = frame.builders[number] else { return }
            try builder.insert(
                path.map { value($0, frame) }, value(element, frame), isMember: isMember, context)
            frame.builders[number] = .partial(builder)
        case .finish(let number, _, let target):
            switch frame.builders[number] {
            case .array(let builder): frame.locals[target] = builder.finish(context)
            case .set(let builder): frame.locals[target] = builder.finish(context)
            case .object(let builder): frame.locals[target] = builder.finish(context)
            case .partial(let builder): frame.locals[target] = builder.finish(context)
            }
        default: throw RegoError(.internal, "statement that the evaluator does not know")
        }
    }

    private func insert(_ number: Builder, _ key: Value, _ element: Value, _ frame: inout Frame) {
        switch frame.builders[number] {
        case .set(var builder):
            builder.insert(key, context)
            frame.builders[number] = .set(builder)
        case .object(var builder):
            builder.insert(key, element, context)
            frame.builders[number] = .object(builder)
        case .array, .partial: break
        }
    }
}
