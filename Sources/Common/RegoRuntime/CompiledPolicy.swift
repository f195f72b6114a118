/// A compiled policy: what the generated code tells about itself. Made once per process; ``PolicyEvaluator`` asks it.
public struct CompiledPolicy: Sendable {
    /// Evaluates the entry point of a number; undefined when there is none.
    public typealias Select = @Sendable (_ query: Query, _ entrypoint: Int) throws(RegoError) -> Value

    let constants: Constants?
    let failure: RegoError?
    let functions: Int
    let slots: Int
    let information: StaticString
    let baseData: Int?
    let entrypoints: Int
    let select: Select

    /// Made by the generated code.
    ///
    /// - Parameters:
    ///   - constants: the policy's constants, as the compiler wrote them.
    ///   - functions: how many functions remember results.
    ///   - slots: how many values `with` puts in place of functions.
    ///   - information: JSON object answered to `coffer/plugin`.
    ///   - baseData: number of the constant that holds compiled-in documents.
    ///   - entrypoints: number of the constant that holds the entry points' numbers by name.
    ///   - select: evaluates an entry point.
    public init(
        constants text: StaticString, functions: Int, slots: Int, information: StaticString, baseData: Int?,
        entrypoints: Int, select: @escaping Select
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
        self.entrypoints = entrypoints
        self.select = select
    }

    /// Answers one request with nothing kept: see ``PolicyEvaluator/answer(_:)``.
    public func answer(_ request: [UInt8]) -> [UInt8] { PolicyEvaluator(self).answer(request) }
}
