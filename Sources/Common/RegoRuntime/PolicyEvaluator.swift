/// Asks a compiled policy, again and again: keeps the arena, the compiled patterns and the documents in between.
///
/// Not to be shared between threads; each may have its own.
public final class PolicyEvaluator {
    /// An entry point, looked up once by ``PolicyEvaluator/entrypoint(_:)``.
    public struct Entrypoint: Sendable {
        let number: Int
    }

    private let policy: CompiledPolicy
    private let query: Query?
    /// Values of the query that is being answered.
    private let context: Context
    /// The loaded documents; they stay until others are loaded.
    private let dataContext: Context
    private let inputContext: Context
    private var data = Value.emptyObject
    private var input = Value.undefined

    /// An evaluator with an arena of its own.
    ///
    /// - Parameter strict: failures of built-in functions are errors instead of undefined.
    public init(_ policy: CompiledPolicy, limits: Limits = Limits(), strict: Bool = false) {
        self.policy = policy
        let context = Context.create(limits: limits, strict: strict)
        self.context = context
        dataContext = Context.create(limits: limits, firstChunk: 4096)
        inputContext = Context.create(limits: limits, firstChunk: 4096)
        query = policy.constants.map {
            Query.create(
                context: context, constants: $0, functions: policy.functions, slots: policy.slots)
        }
        if let number = policy.baseData, let constants = policy.constants { data = constants[number] }
    }

    deinit {
        query?.destroy()
        context.destroy()
        dataContext.destroy()
        inputContext.destroy()
    }

    /// Answers one request of the plugin's protocol, which brings its documents along:
    /// `{"query":"policy/...","input":...,"data":...}` gives `{"result":...}`, `{}` when undefined, or
    /// `{"error":{"code":...,"message":...}}`. Never fails: what goes wrong is in the answer.
    public func answer(_ request: [UInt8]) -> [UInt8] {
        context.reset()
        do throws(RegoError) { return try respond(request) } catch { return error.json }
    }

    private func respond(_ request: [UInt8]) throws(RegoError) -> [UInt8] {
        let (query, constants) = try usable()
        let message = try JSONReader.parse(request, context)
        let name = message["query"]
        guard name.isString else {
            throw RegoError(.input, "request: expected an object with a string \"query\"")
        }
        let number = constants[policy.entrypoints][name].int
        if number == nil, name.string == "coffer/plugin" {
            return Self.result(
                Array(
                    UnsafeBufferPointer(
                        start: policy.information.utf8Start, count: policy.information.utf8CodeUnitCount)))
        }
        var data = message["data"].isObject ? message["data"] : Value.emptyObject
        if let base = policy.baseData { data = query.merge(base: data, virtual: constants[base]) }
        query.begin(input: message["input"], data: data)
        let result = try policy.select(query, number ?? -1)
        return result.isUndefined ? Array("{}".utf8) : Self.result(result)
    }

    private func usable() throws(RegoError) -> (Query, Constants) {
        guard let query, let constants = policy.constants else {
            throw policy.failure ?? RegoError(.internal, "the policy has no constants")
        }
        return (query, constants)
    }

    private static func result(_ value: Value) -> [UInt8] {
        var answer = Array("{\"result\":".utf8)
        answer.reserveCapacity(2048)
        JSONWriter.write(value, into: &answer)
        answer.append(UInt8(ascii: "}"))
        return answer
    }

    private static func result(_ json: [UInt8]) -> [UInt8] {
        Array("{\"result\":".utf8) + json + Array("}".utf8)
    }
}

// MARK: Documents that stay

extension PolicyEvaluator {
    /// The entry point of a name like `policy/allow`; nil when the policy has no such one.
    public func entrypoint(_ name: String) -> Entrypoint? {
        guard let constants = policy.constants else { return nil }
        return constants[policy.entrypoints][name].int.map { Entrypoint(number: $0) }
    }

    /// Reads the base documents, one JSON object, for all that is asked from now on.
    ///
    /// - Throws: `.input` when the text is no JSON object; the former documents are gone then.
    public func load(data json: [UInt8]) throws(RegoError) {
        data = .emptyObject
        dataContext.reset()
        var loaded = try JSONReader.parse(json, dataContext)
        guard loaded.isObject else { throw RegoError(.input, "data: expected an object") }
        if let base = policy.baseData, let constants = policy.constants {
            loaded = Query.merge(base: loaded, virtual: constants[base], dataContext)
        }
        Constants.seal(loaded)
        data = loaded
    }

    /// Reads the input, any JSON value, for all that is asked from now on.
    ///
    /// - Throws: `.input` when the text is no JSON; there is no input then.
    public func load(input json: [UInt8]) throws(RegoError) {
        input = .undefined
        inputContext.reset()
        let loaded = try JSONReader.parse(json, inputContext)
        Constants.seal(loaded)
        input = loaded
    }

    /// The value of an entry point for the loaded documents; undefined when it has none. Valid until the next call.
    ///
    /// - Throws: what the policy's rules throw, and exceeded limits.
    public func value(of entrypoint: Entrypoint) throws(RegoError) -> Value {
        let (query, _) = try usable()
        context.reset()
        query.begin(input: input, data: data)
        return try policy.select(query, entrypoint.number)
    }
}
