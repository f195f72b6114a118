import RegoRuntime
import Testing

/// A call whose operands are separated by ` | `, also when they hold bars.
private func check(_ example: Case, strict: Bool = false) throws {
    let parts = example.text.split(separator: " | ").map(String.init)
    #expect(
        try call(parts[0], Array(parts.dropFirst()), strict: strict) == example.expected, "\(example.text)")
}

struct FamilyTests {
    @Test(arguments: [
        Case("units.parse | \"1.1Ki\"", "1126.4000000000"), Case("units.parse | \"500m\"", "0.5000000000"),
        Case("units.parse | \"10E\"", "10000000000000000000"),
        Case("units.parse | \"5e1Gi\"", "53687091200"), Case("units.parse | \"-3.5E2m\"", "-0.3500000000"),
        Case("units.parse | \".5K\"", "500"),
        Case("units.parse | \"1M\"", "1000000"), Case("units.parse | \"0.0005K\"", "0.5000000000"),
        Case("units.parse | \"7.8E-1\"", "0.7800000000"),
        Case("units.parse_bytes | \"1.1KiB\"", "1126"),
        Case("units.parse_bytes | \"10eib\"", "11529215046068469760"),
        Case("units.parse_bytes | \"1e-2KB\"", "10"), Case("units.parse_bytes | \"100m\"", "100000000"),
        Case("units.parse_bytes | \"10e\"", "10000000000000000000"),
        Case("numbers.range | 1 | 3", "[1, 2, 3]"), Case("numbers.range | 3 | 1", "[3, 2, 1]"),
        Case("numbers.range | 0.5 | 1", "undefined"),
        Case(
            "numbers.range | 99999999999999999999 | 100000000000000000000",
            "[99999999999999999999, 100000000000000000000]"),
        Case("numbers.range_step | 10 | 3 | 2", "[10, 8, 6, 4]"),
        Case("numbers.range_step | 0 | 10 | 99999999999999999999", "[0]"),
        Case("bits.and | 7 | 9", "1"), Case("bits.or | -8 | 3", "-5"), Case("bits.xor | 42 | 3", "41"),
        Case("bits.negate | 42", "-43"),
        Case("bits.lsh | 9223372036854775807 | 1", "18446744073709551614"), Case("bits.rsh | -5 | 1", "-3"),
        Case("bits.rsh | -1 | 70", "-1"),
        Case("bits.and | -18446744073709551616 | 36893488147419103232", "36893488147419103232"),
        Case("bits.lsh | 1 | -1", "undefined"),
    ])
    func numbers(_ example: Case) throws { try check(example) }

    @Test(arguments: [
        Case("units.parse | \"foo\"", "eval_builtin_error: units.parse: units.parse: no amount provided"),
        Case(
            "units.parse | \"100 k\"",
            "eval_builtin_error: units.parse: units.parse: spaces not allowed in resource strings"),
        Case(
            "units.parse_bytes | \"0.0.0\"",
            "eval_builtin_error: units.parse_bytes: units.parse_bytes: could not parse byte amount to a number"
        ),
        Case(
            "units.parse | \"10e10000000Ei\"",
            "eval_builtin_error: units.parse: units.parse: exponent too large"),
        Case(
            "numbers.range_step | 0 | 10 | -2",
            "eval_builtin_error: numbers.range_step: numbers.range_step: step must be a positive integer"),
        Case(
            "bits.and | 7.2 | 1",
            "eval_type_error: bits.and: operand 1 must be integer number but got floating-point number"),
        Case(
            "bits.lsh | 7 | -1",
            "eval_type_error: bits.lsh: operand 2 must be an unsigned integer number but got a negative integer"
        ),
        Case(
            "net.cidr_expand | \"192.168.1.1/33\"",
            "eval_builtin_error: net.cidr_expand: invalid CIDR address: 192.168.1.1/33"),
        Case(
            "uri.parse | \"http://exa%6dple.com/\"",
            "eval_builtin_error: uri.parse: parse \"http://exa%6dple.com/\": invalid URL escape \"%6d\""),
        Case(
            "uri.parse | \"http://a<b@example.com/\"",
            "eval_builtin_error: uri.parse: parse \"http://a<b@example.com/\": net/url: invalid userinfo"),
        Case(
            "base64.decode | \"a\"", "eval_builtin_error: base64.decode: illegal base64 data at input byte 1"),
        Case(
            "object.subset | 1 | {}",
            "eval_type_error: object.subset: both arguments object.subset must be of the same type or array and set"
        ),
    ])
    func failures(_ example: Case) throws { try check(example, strict: true) }

    @Test(arguments: [
        Case("object.subset | {\"a\": {\"b\": 1, \"c\": 2}} | {\"a\": {\"b\": 1}}", "true"),
        Case("object.subset | {1, 2} | {2}", "true"),
        Case("object.subset | [1, 2, 3] | [2, 3]", "true"),
        Case("object.subset | [1, 2, 3] | [1, 3]", "false"),
        Case("object.subset | [1, 2, 3] | {3, 1}", "true"),
        Case(
            "json.remove | {\"a\": {\"b\": 1, \"c\": [1, 2]}} | [\"a/b\", \"/a/c/0\"]",
            "{\"a\": {\"c\": [2]}}"),
        Case(
            "json.filter | {\"a\": {\"b\": 1, \"c\": 2}, \"d\": 1} | {\"a/b\", [\"d\"]}",
            "{\"a\": {\"b\": 1}, \"d\": 1}"),
        Case("json.remove | {\"a~/\": 1} | [\"a~0~1\"]", "{}"),
        Case("json.remove | {\"a\": 1} | [\"\"]", "{\"a\": 1}"),
        Case(
            "json.patch | {\"a\": [1, 2]} | [{\"op\": \"add\", \"path\": \"/a/1\", \"value\": 9}]",
            "{\"a\": [1, 9, 2]}"),
        Case("json.patch | {\"a\": 1} | [{\"op\": \"test\", \"path\": \"/a\", \"value\": 2}]", "undefined"),
        Case(
            "json.patch | {\"a\": 1} | [{\"op\": \"move\", \"from\": \"/a\", \"path\": \"/b\"}]", "{\"b\": 1}"
        ),
        Case("json.patch | [1] | [{\"op\": \"add\", \"path\": \"-\", \"value\": 2}]", "[1, 2]"),
        Case("json.patch | {} | [{\"op\": \"remove\", \"path\": \"/x\"}]", "undefined"),
        Case("json.patch | {1, 2} | [{\"op\": \"add\", \"path\": [3], \"value\": 3}]", "{1, 2, 3}"),
        Case("json.patch | 1 | [{\"op\": \"replace\", \"path\": \"\", \"value\": 2}]", "2"),
        Case(
            "json.marshal | {\"a\": {2, 1}, \"b\": \"<\"}",
            "\"{\\\"a\\\":[1,2],\\\"b\\\":\\\"\\\\u003c\\\"}\""),
        Case("json.marshal_with_options | [1] | {\"indent\": \" \"}", "\"[\\n 1\\n]\""),
        Case("json.unmarshal | \"{\\\"a\\\": 1.0}\"", "{\"a\": 1.0}"),
        Case("json.unmarshal | \"{\"", "undefined"), Case("json.is_valid | \"[]\"", "true"),
        Case("json.is_valid | \"{\"", "false"),
        Case("walk | {\"a\": [1]}", "[[[], {\"a\": [1]}], [[\"a\"], [1]], [[\"a\", 0], 1]]"),
        Case("graph.reachable | {\"a\": [\"b\"], \"b\": {\"a\"}, \"c\": []} | [\"a\"]", "{\"a\", \"b\"}"),
        Case(
            "graph.reachable_paths | {\"a\": [\"b\"], \"b\": [\"c\"], \"c\": [\"a\"]} | {\"a\"}",
            "{[\"a\", \"b\", \"c\"]}"),
    ])
    func documents(_ example: Case) throws { try check(example) }

    @Test(arguments: [
        Case("glob.match | \"*.github.com\" | [\".\"] | \"api.github.com\"", "true"),
        Case("glob.match | \"*\" | [] | \"foo.bar\"", "false"),
        Case("glob.match | \"*\" | null | \"foo.bar\"", "true"),
        Case("glob.match | \"api.**.com\" | [\".\"] | \"api.cdn.github.com\"", "true"),
        Case("glob.match | \"{cat,bat,[fr]at}\" | [] | \"rat\"", "true"),
        Case("glob.match | \"[!a-c]at\" | [] | \"bat\"", "false"),
        Case("glob.match | \"?at\" | [\"f\"] | \"fat\"", "false"),
        Case("glob.match | \"[\" | [] | \"x\"", "undefined"),
        Case("glob.match | \"{a\" | [] | \"x\"", "undefined"),
        Case("glob.match | \"a\" | [\"bc\"] | \"x\"", "undefined"),
        Case("glob.quote_meta | \"*.github.com\"", "\"\\\\*.github.com\""),
        Case("base64.encode | \"hi?\"", "\"aGk/\""), Case("base64.decode | \"aGk/\"", "\"hi?\""),
        Case("base64.is_valid | \"a\"", "false"),
        Case("base64url.encode | \"hi?>\"", "\"aGk_Pg==\""),
        Case("base64url.encode_no_pad | \"hi?>\"", "\"aGk_Pg\""),
        Case("base64url.decode | \"aGk_Pg\"", "\"hi?>\""),
        Case("hex.encode | \"aä\"", "\"61c3a4\""), Case("hex.decode | \"61C3a4\"", "\"aä\""),
        Case("hex.decode | \"6\"", "undefined"),
        Case("urlquery.encode | \"a b&ä\"", "\"a+b%26%C3%A4\""),
        Case("urlquery.decode | \"a+b%26\"", "\"a b&\""), Case("urlquery.decode | \"%\"", "undefined"),
        Case("urlquery.encode_object | {\"a\": [\"1\", \"2\"], \"b\": \"x y\"}", "\"a=1&a=2&b=x+y\""),
        Case("urlquery.decode_object | \"a=1&b=2&a=3\"", "{\"a\": [\"1\", \"3\"], \"b\": [\"2\"]}"),
        Case(
            "uri.parse | \"https://u@example.com:8080/a%2Fb?q=1#top\"",
            "{\"fragment\": \"top\", \"hostname\": \"example.com\", \"path\": \"/a/b\", \"port\": \"8080\", \"raw_path\": \"/a%2Fb\", \"raw_query\": \"q=1\", \"scheme\": \"https\"}"
        ),
        Case(
            "uri.parse | \"http://[::1]:8080\"",
            "{\"hostname\": \"::1\", \"port\": \"8080\", \"scheme\": \"http\"}"),
        Case("uri.parse | \"mailto:a@b\"", "{\"scheme\": \"mailto\"}"),
        Case("uri.is_valid | \"http://[invalid\"", "false"),
        Case("uri.is_valid | \"https://example.com/\"", "true"), Case("uri.is_valid | \"\"", "false"),
        Case(
            "uuid.parse | \"00000000-0000-4000-8000-000000000000\"",
            "{\"variant\": \"RFC4122\", \"version\": 4}"),
        Case(
            "uuid.parse | \"URN:UUID:000003e8-48b9-21ee-b200-325096b39f47\"",
            "{\"clocksequence\": 12800, \"domain\": \"Person\", \"id\": 1000, \"macvariables\": \"local:unicast\", \"nodeid\": \"32-50-96-b3-9f-47\", \"time\": 1693566990121469600, \"variant\": \"RFC4122\", \"version\": 2}"
        ),
        Case("uuid.parse | \"x\"", "undefined"),
    ])
    func texts(_ example: Case) throws { try check(example) }

    @Test(arguments: [
        Case("net.cidr_contains | \"10.0.0.0/8\" | \"10.1.2.3\"", "true"),
        Case("net.cidr_contains | \"172.17.0.0/24\" | \"172.17.0.0/16\"", "false"),
        Case("net.cidr_contains | \"2001:4860:4860::8888/32\" | \"2001:4860:4860:1234::8888/40\"", "true"),
        Case("net.cidr_contains | \"x\" | \"1.2.3.4\"", "undefined"),
        Case("net.cidr_intersects | \"192.168.1.0/25\" | \"192.168.1.64/25\"", "true"),
        Case("net.cidr_is_valid | \"10.0.0.0/33\"", "false"),
        Case(
            "net.cidr_expand | \"192.168.1.1/30\"",
            "{\"192.168.1.0\", \"192.168.1.1\", \"192.168.1.2\", \"192.168.1.3\"}"),
        Case(
            "net.cidr_contains_matches | [[\"1.1.2.0/24\", 1], \"1.1.1.0/24\"] | [\"1.1.1.1\", \"1.1.2.1\"]",
            "{[0, 1], [1, 0]}"),
        Case(
            "net.cidr_merge | [\"192.0.2.112/31\", \"192.0.2.116/31\", \"192.0.2.118/31\"]",
            "{\"192.0.2.112/31\", \"192.0.2.116/30\"}"),
        Case(
            "net.cidr_merge | [\"fe80::/120\", \"192.0.2.0/24\", \"192.0.3.0/24\"]",
            "{\"192.0.2.0/23\", \"fe80::/120\"}"),
        Case("net.cidr_merge | [\"::/0\", \"fe80::1/128\"]", "{\"::/0\"}"),
        Case("net.cidr_merge | [\"192.0.128.0\", \"192.0.129.0\"]", "{\"192.0.128.0/23\"}"),
        Case("net.cidr_contains | \"::ffff:0:0/96\" | \"1.2.3.4\"", "false"),
        Case("net.cidr_merge | []", "set()"),
    ])
    func networks(_ example: Case) throws { try check(example) }

    @Test func aRangeBeyondItsLimitsIsRefused() throws {
        let context = Context.create(limits: Limits(work: 10_000, depth: 100, memory: 1 << 20))
        defer { context.destroy() }
        #expect(throws: RegoError.self) { try Builtins.numbersRange(context, .int(1), .int(1 << 41)) }
        #expect(throws: RegoError.self) { try Builtins.numbersRange(context, .int(1), .int(1 << 20)) }
        #expect(throws: RegoError.self) { try Builtins.netCidrExpand(context, context.string("::/0")) }
    }

    @Test func randomNumbersAreTheSameWithinOneQuery() throws {
        #expect(try call("rand.intn", ["\"key\"", "100"]) == call("rand.intn", ["\"key\"", "100"]))
        #expect(try call("uuid.rfc4122", ["\"k\""]).count == 38)
    }
}
