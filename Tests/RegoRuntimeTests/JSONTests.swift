import RegoRuntime
import Testing

struct JSONTests {
    @Test(arguments: [
        ("null", "null"), (" [ 1 , 2.50, -3e+7 ] ", "[1,2.50,-3e+7]"),
        ("{\"b\":1,\"a\":[]}", "{\"a\":[],\"b\":1}"),
        ("\"a\\u00e9\\ud83d\\ude00\\n\\u0001\"", "\"aé😀\\n\\u0001\""), ("\"\\ud800x\"", "\"\u{fffd}x\""),
        ("123456789012345678901234567890", "123456789012345678901234567890"), ("-0", "-0"), ("\"\"", "\"\""),
        ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
        ("\"0123456789\\\"abcdefghijklmnop\\\\\"", "\"0123456789\\\"abcdefghijklmnop\\\\\""),
    ])
    func readsAndWrites(text: String, expected: String) throws {
        try withContext { context in
            let value = try JSONReader.parse(Array(text.utf8), context)
            #expect(String(decoding: value.json, as: UTF8.self) == expected)
        }
    }

    @Test(arguments: [
        "", "nul", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\":1,\"a\":2}", "01", "1.", "1e", "-", "+1", "\"\\x\"",
        "\"\\u12g4\"",
        "\"a", "[1 2]", "{\"a\" 1}", "1 2", "{1,2}", "set()", "\"\u{1}\"", "[", "{\"a\":", "\"\\", "\"\\u1",
    ])
    func refuses(text: String) {
        withContext { context in
            #expect(throws: RegoError.self) { try JSONReader.parse(Array(text.utf8), context) }
        }
    }

    @Test func refusesBrokenUTF8() {
        withContext { context in
            for bytes: [UInt8] in [
                [0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe2, 0x82], [0xf5, 0x80, 0x80, 0x80],
            ] {
                #expect(throws: RegoError.self) { try JSONReader.parse([34] + bytes + [34], context) }
            }
        }
    }

    @Test func refusesDeepNesting() {
        withContext { context in
            let text = String(repeating: "[", count: 100_000)
            #expect(throws: RegoError.self) { try JSONReader.parse(Array(text.utf8), context) }
        }
    }

    @Test func lastMemberWinsWhenAllowed() throws {
        try withContext { context in
            let value = try JSONReader.parse(Array("{\"a\":1,\"a\":2}".utf8), context, duplicates: .lastWins)
            #expect(value["a"].int == 2 && value.count == 1)
        }
    }

    @Test func constantsHoldTerms() throws {
        let constants = try Constants("[{3, 1, 2}, {\"k\": {1: set()}}, \"x\"]")
        #expect(constants.count == 3)
        #expect(constants[0].description == "{1, 2, 3}")
        #expect(constants[1].description == "{\"k\": {1: set()}}")
        #expect(constants[9].isUndefined)
        #expect(throws: RegoError.self) { try Constants("{}") }
    }
}
