/// A compiled policy as its host sees it: bytes of a request in, bytes of an answer out, nothing kept in between.
public struct CompiledPolicy: Sendable {
    private let constants: Constants?
    private let failure: RegoError?
    private let functions: Int
    private let slots: Int
    private let information: StaticString
    private let baseData: Int?

    /// Made once per process by the generated code.
    ///
    /// - Parameters:
    ///   - constants: the policy's constants, as the compiler wrote them.
    ///   - functions: how many functions remember results.
    ///   - slots: how many values `with` puts in place of functions.
    ///   - information: JSON object answered to `coffer/plugin`.
    ///   - baseData: number of the constant that holds compiled-in documents.
    public init(
        constants text: StaticString, functions: Int, slots: Int, information: StaticString, baseData: Int?
    ) {
        var loaded: Constants?
        var failure: RegoError?
        do throws(RegoError) { loaded = try Constants(text) } catch { failure = error }
        constants = loaded
        self.failure = failure
        self.functions = functions
        self.slots = slots
        self.information = information
        self.baseData = baseData
    }

    /// Answers one request. Never fails: what goes wrong is in the answer.
    ///
    /// - Parameter select: evaluates an entry point; undefined when there is no such rule.
    public func answer(
        _ request: [UInt8], select: (Query, String) throws(RegoError) -> Value
    ) -> [UInt8] {
        let context = Context.create()
        defer { context.destroy() }
        do throws(RegoError) {
            return try respond(request, context, select)
        } catch {
            return error.json
        }
    }

    private func respond(
        _ request: [UInt8], _ context: Context, _ select: (Query, String) throws(RegoError) -> Value
    ) throws(RegoError) -> [UInt8] {
        guard let constants else { throw failure ?? RegoError(.internal, "the policy has no constants") }
        let message = try JSONReader.parse(request, context)
        guard let name = message["query"].string else {
            throw RegoError(.input, "request: expected an object with a string \"query\"")
        }
        if name == "coffer/plugin" {
            let bytes = UnsafeBufferPointer(
                start: information.utf8Start, count: information.utf8CodeUnitCount)
            return Self.result(Array(bytes))
        }
        let query = Query.create(context: context, constants: constants, functions: functions, slots: slots)
        defer { query.destroy() }
        var data = message["data"].isObject ? message["data"] : Value.emptyObject
        if let baseData { data = query.merge(base: data, virtual: constants[baseData]) }
        query.begin(input: message["input"], data: data)
        let result = try select(query, name)
        return result.isUndefined ? Array("{}".utf8) : Self.result(result.json)
    }

    private static func result(_ json: [UInt8]) -> [UInt8] {
        var answer: [UInt8] = []
        answer.reserveCapacity(json.count + 12)
        answer.append(contentsOf: "{\"result\":".utf8)
        answer.append(contentsOf: json)
        answer.append(UInt8(ascii: "}"))
        return answer
    }
}

/// Sets a complete rule's value; a different one before is a conflict.
@inlinable
public func assignRule(_ target: inout Value, _ value: Value) throws(RegoError) {
    if target.isDefined, !(target == value) {
        throw RegoError(.conflict, "complete rules must not produce multiple outputs")
    }
    target = value
}

/// Sets a function's value; a different one before is a conflict.
@inlinable
public func assignFunction(_ target: inout Value, _ value: Value) throws(RegoError) {
    if target.isDefined, !(target == value) {
        throw RegoError(.conflict, "functions must not produce multiple outputs for same inputs")
    }
    target = value
}

/// An object of members; two values for one key are a conflict.
public func makeObject(_ q: Query, _ members: [(Value, Value)]) throws(RegoError) -> Value {
    var builder = ObjectBuilder()
    for member in members { try builder.insertOnce(member.0, member.1, q.context) }
    return builder.finish(q.context)
}
