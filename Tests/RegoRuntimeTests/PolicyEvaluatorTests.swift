import RegoRuntime
import Testing

/// A policy as the generator would write it, asked again and again through one evaluator.
struct PolicyEvaluatorTests {
    /// `p/input` is input.x, `p/data` is data.y, `p/memo` remembers input.x, `p/error` conflicts.
    private static let policy = CompiledPolicy(
        constants: #"["x","y",{"p/data":1,"p/error":3,"p/input":0,"p/memo":2}]"#, functions: 1, slots: 0,
        information: #"{"name":"test"}"#, baseData: nil, entrypoints: 2
    ) { (query, entrypoint) throws(RegoError) -> Value in
        switch entrypoint {
        case 0: return query.input[query.constant(0)]
        case 1: return query.data[query.constant(1)]
        case 2:
            return query.isKnown(0) ? query.remembered(0) : query.remember(0, query.input[query.constant(0)])
        case 3: throw RegoError(.conflict, "two values")
        default: return .undefined
        }
    }

    @Test(arguments: [
        (#"{"query":"p/input","input":{"x":[1,"é",{"a":null}]}}"#, #"{"result":[1,"é",{"a":null}]}"#),
        (#"{"query":"p/input","input":{}}"#, "{}"),
        (
            #"{"query":"p/data","data":{"y":"\u0001\"\\\n12345678901234567890\u2028"}}"#,
            "{\"result\":\"\\u0001\\\"\\\\\\n12345678901234567890\\u2028\"}"
        ),
        (#"{"query":"p/none"}"#, "{}"),
        (#"{"query":"coffer/plugin"}"#, #"{"result":{"name":"test"}}"#),
    ])
    func answers(_ request: String, _ expected: String) {
        #expect(text(PolicyEvaluator(Self.policy).answer(Array(request.utf8))) == expected)
        #expect(text(Self.policy.answer(Array(request.utf8))) == expected)
    }

    @Test(arguments: [
        #"{"query":"p/error"}"#, #"{"input":1}"#, #"{"query":1}"#, "{", "",
        #"{"query":"p/input","query":""}"#,
    ])
    func refuses(_ request: String) throws {
        let answer = text(PolicyEvaluator(Self.policy).answer(Array(request.utf8)))
        #expect(answer.hasPrefix(#"{"error":{"code":""#), "\(request) gave \(answer)")
    }

    @Test func nothingIsKeptFromOneRequestToTheNext() {
        let evaluator = PolicyEvaluator(Self.policy)
        for turn in [3, 1, 2] {
            let request = #"{"query":"p/memo","input":{"x":\#(turn)}}"#
            #expect(text(evaluator.answer(Array(request.utf8))) == #"{"result":\#(turn)}"#)
        }
        #expect(text(evaluator.answer(Array(#"{"query":"p/memo"}"#.utf8))) == "{}")
        #expect(text(evaluator.answer(Array("{".utf8))).hasPrefix(#"{"error""#))
        #expect(
            text(evaluator.answer(Array(#"{"query":"p/memo","input":{"x":9}}"#.utf8))) == #"{"result":9}"#)
    }

    @Test func loadedDocumentsStayUntilOthersAreLoaded() throws {
        let evaluator = PolicyEvaluator(Self.policy)
        let input = try #require(evaluator.entrypoint("p/input"))
        let data = try #require(evaluator.entrypoint("p/data"))
        #expect(evaluator.entrypoint("p/none") == nil)
        #expect(try evaluator.value(of: input).isUndefined)
        // More than a dozen members have an index, which must outlive the query that uses it first.
        let members = (0..<40).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
        try evaluator.load(data: Array(#"{"y":{\#(members)}}"#.utf8))
        try evaluator.load(input: Array(#"{"x":"one"}"#.utf8))
        for _ in 0..<3 {
            #expect(try text(evaluator.value(of: input).json) == #""one""#)
            #expect(try evaluator.value(of: data)["k39"].int == 39)
            #expect(text(evaluator.answer(Array(#"{"query":"p/data"}"#.utf8))) == "{}")
        }
        try evaluator.load(input: Array(#"{"x":"two"}"#.utf8))
        #expect(try text(evaluator.value(of: input).json) == #""two""#)
        #expect(throws: RegoError.self) { try evaluator.load(data: Array("[1]".utf8)) }
        #expect(try evaluator.value(of: data).isUndefined)
        #expect(throws: RegoError.self) { try evaluator.load(input: Array("{".utf8)) }
        #expect(try evaluator.value(of: input).isUndefined)
    }

    @Test func unreadableConstantsAreARefusal() {
        let broken = CompiledPolicy(
            constants: "[", functions: 0, slots: 0, information: "{}", baseData: nil, entrypoints: 0
        ) { _, _ in .true }
        let evaluator = PolicyEvaluator(broken)
        #expect(text(evaluator.answer(Array(#"{"query":"p"}"#.utf8))).hasPrefix(#"{"error""#))
        #expect(evaluator.entrypoint("p") == nil)
    }

    private func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}
