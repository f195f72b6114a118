import JSON
import Testing

@Suite struct JSONParserTests {
    @Test(
        arguments: [
            ("null", JSON.null), (" true ", true), ("[]", []), ("{}", [:]), ("[1,-2]", [1, -2]),
            (#"{"a":{"b":[null,"x"]}}"#, ["a": ["b": [nil, "x"]]]),
            (#""\u00e9\n\ud83d\ude00""#, "é\n😀"), ("\"é\"", "é"),
        ] as [(String, JSON)])
    func accepts(text: String, value: JSON) throws {
        #expect(try JSON.parse(text) == value)
    }

    @Test(
        arguments: [
            ("", JSONError(.unexpectedEnd, at: 0)),
            ("[1,]", JSONError(.unexpectedByte(93, expected: "a value"), at: 3)),
            ("01", JSONError(.badNumber, at: 0)), ("1.", JSONError(.badNumber, at: 0)),
            ("-", JSONError(.badNumber, at: 0)),
            ("1 2", JSONError(.trailingBytes, at: 2)),
            ("tru", JSONError(.unexpectedEnd, at: 3)),
            (#"{"a":1,"a":2}"#, JSONError(.duplicateKey("a"), at: 7)),
            ("\"a\nb\"", JSONError(.badString("a control character in a string must be escaped"), at: 2)),
            (#""\ud800x""#, JSONError(.badString("a high surrogate without its low one"), at: 1)),
            (#""\udc00""#, JSONError(.badString("a low surrogate without its high one"), at: 1)),
            (#""\x""#, JSONError(.badString("unknown escape in a string"), at: 1)),
        ] as [(String, JSONError)])
    func refuses(text: String, error: JSONError) {
        #expect(throws: error) { try JSON.parse(text) }
    }

    @Test(
        arguments: [[0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xFF, 0x22]] as [[UInt8]]
    )
    func refusesBadUTF8(bytes: [UInt8]) {
        #expect(throws: JSONError(.notUTF8, at: 0)) { try JSON.parse(bytes) }
    }

    @Test func depthIsLimited() {
        let text = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError(.tooDeep(limit: 128), at: 128)) { try JSON.parse(text) }
    }

    @Test func numberOfValuesIsLimited() {
        var limits = JSONLimits()
        limits.values = 3
        #expect(throws: JSONError(.tooManyValues(limit: 3), at: 5)) {
            try JSON.parse("[1,2,3]", limits: limits)
        }
    }

    @Test func laterDuplicateCountsWhereAllowed() throws {
        var limits = JSONLimits()
        limits.allowDuplicateKeys = true
        #expect(try JSON.parse(#"{"a":1,"a":2}"#, limits: limits) == ["a": 2])
    }
}
