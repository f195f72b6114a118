import RegoRuntime
import Testing

/// Calls a built-in by its Rego name with operands written as terms; the result as a term, "undefined" or an error.
func call(_ name: String, _ operands: [String], strict: Bool = false) throws -> String {
    let table = BuiltinTable()
    return try withContext(strict: strict) { context in
        let builtin = try #require(table[name], "no built-in \(name)")
        let values = try operands.map { try term($0, context) }
        #expect(values.count == builtin.arity)
        do throws(RegoError) {
            let result = try values.withUnsafeBufferPointer { buffer throws(RegoError) -> Value in
                try builtin.call(context, buffer.baseAddress!)
            }
            return result.isUndefined ? "undefined" : result.description
        } catch {
            return error.description
        }
    }
}

/// A call written as `name | operand | operand`, and the result that is expected.
struct Case: CustomTestStringConvertible {
    let text: String
    let expected: String

    init(_ text: String, _ expected: String) {
        self.text = text
        self.expected = expected
    }

    var testDescription: String { text }

    func check(strict: Bool = false) throws {
        let parts = text.split(separator: "|", omittingEmptySubsequences: false).map { part in
            String(part.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
        }
        let result = try call(parts[0], Array(parts.dropFirst()), strict: strict)
        #expect(result == expected, "\(text)")
    }
}

struct BuiltinTests {
    @Test(arguments: [
        Case("plus | 1 | 2", "3"), Case("plus | 9223372036854775807 | 1", "9223372036854775808"),
        Case("minus | -9223372036854775808 | 1", "-9223372036854775809"), Case("plus | 0.1 | 0.2", "0.3"),
        Case("mul | 123456789012345678901 | 10", "1234567890123456789010"),
        Case("div | 1 | 3", "0.33333333333333333334"),
        Case("div | 6 | 3", "2"), Case("div | 1 | 0", "undefined"), Case("rem | 7 | 0", "undefined"),
        Case("rem | -7 | 3", "-1"), Case("rem | 1.5 | 2", "undefined"),
        Case("rem | 10 | 18446744073709551616", "10"),
        Case("minus | {1, 2, 3} | {2}", "{1, 3}"), Case("minus | 1 | {2}", "undefined"),
        Case("abs | -3", "3"),
        Case("abs | -9223372036854775808", "9223372036854775808"), Case("round | 2.5", "3"),
        Case("round | -2.5", "-3"),
        Case("ceil | 1.2", "2"), Case("ceil | -1.2", "-1"), Case("floor | 1.8", "1"),
        Case("floor | -1.2", "-2"),
        Case("plus | 1e3 | 0.5", "1000.5"), Case("plus | \"a\" | 1", "undefined"), Case("div | 5 | 2", "2.5"),
        Case("mul | 1.5 | 2", "3"), Case("div | 0 | 3", "0"),
        Case("plus | 1234567.5 | 0.25", "1.23456775e+06"),
    ])
    func arithmetic(_ example: Case) throws { try example.check() }

    @Test(arguments: [
        Case("startswith | \"abc\" | \"ab\"", "true"), Case("endswith | \"abc\" | \"bc\"", "true"),
        Case("endswith | \"abc\" | \"ab\"", "false"), Case("concat | \",\" | [\"a\", \"b\"]", "\"a,b\""),
        Case("concat | \"\" | {\"b\", \"a\"}", "\"ab\""), Case("concat | \",\" | [1]", "undefined"),
        Case("split | \"a.b.c\" | \".\"", "[\"a\", \"b\", \"c\"]"),
        Case("split | \"äb\" | \"\"", "[\"ä\", \"b\"]"),
        Case("split | \"\" | \",\"", "[\"\"]"), Case("indexof | \"äöü\" | \"ü\"", "2"),
        Case("indexof | \"a\" | \"\"", "undefined"),
        Case("indexof | \"abc\" | \"x\"", "-1"), Case("indexof_n | \"aaa\" | \"aa\"", "[0, 1]"),
        Case("substring | \"äbcd\" | 1 | 2", "\"bc\""), Case("substring | \"abc\" | 1 | -1", "\"bc\""),
        Case("substring | \"abc\" | 5 | 1", "\"\""), Case("substring | \"abc\" | -1 | 1", "undefined"),
        Case("replace | \"aXbX\" | \"X\" | \"yy\"", "\"ayybyy\""),
        Case("replace | \"ab\" | \"\" | \"-\"", "\"-a-b-\""),
        Case("lower | \"ABÄß\"", "\"abäß\""), Case("upper | \"abäß\"", "\"ABÄß\""),
        Case("trim | \"..a.\" | \".\"", "\"a\""),
        Case("trim_left | \"xxa\" | \"x\"", "\"a\""), Case("trim_right | \"axx\" | \"x\"", "\"a\""),
        Case("trim_prefix | \"abab\" | \"ab\"", "\"ab\""), Case("trim_suffix | \"abab\" | \"ab\"", "\"ab\""),
        Case("trim_space | \" \\t a \\n\"", "\"a\""), Case("strings.count | \"cheese\" | \"e\"", "3"),
        Case("strings.reverse | \"aäb\"", "\"bäa\""), Case("format_int | 255 | 16", "\"ff\""),
        Case("format_int | -3.9 | 2", "\"-11\""), Case("format_int | 1 | 3", "undefined"),
        Case("strings.replace_n | {\"<\": \"&lt;\", \">\": \"&gt;\"} | \"<b>\"", "\"&lt;b&gt;\""),
        Case("strings.any_prefix_match | [\"a\", \"bc\"] | {\"b\"}", "true"),
        Case("strings.any_suffix_match | \"abc\" | [\"x\", \"bc\"]", "true"),
        Case("contains | \"abc\" | \"b\"", "true"),
    ])
    func strings(_ example: Case) throws { try example.check() }

    @Test(arguments: [
        Case("sprintf | \"%v %s %d\" | [{\"a\": 1}, \"x\", 3]", "\"{\\\"a\\\": 1} x 3\""),
        Case("sprintf | \"%s\" | [123456789123456789123]", "\"123456789123456789123\""),
        Case("sprintf | \"%d\" | [\"x\"]", "\"%!d(string=x)\""),
        Case("sprintf | \"%s\" | [5]", "\"%!s(int=5)\""),
        Case("sprintf | \"%v\" | []", "\"%!v(MISSING)\""),
        Case("sprintf | \"a\" | [1, \"b\"]", "\"a%!(EXTRA int=1, string=b)\""),
        Case("sprintf | \"%05d|%-4d|%+d|%x|%X\" | [42, 7, 1, 255, 255]", "\"00042|7   |+1|ff|FF\""),
        Case("sprintf | \"%.2f %6.1f %e\" | [3.14159, 2.55, 1.5]", "\"3.14    2.5 1.500000e+00\""),
        Case("sprintf | \"%v %v\" | [1.5, 1e21]", "\"1.5 1e+21\""),
        Case("sprintf | \"%q\" | [\"a\\\"b\"]", "\"\\\"a\\\\\\\"b\\\"\""),
        Case("sprintf | \"%[2]v %[1]v\" | [1, 2]", "\"2 1\""), Case("sprintf | \"%\" | []", "\"%!(NOVERB)\""),
        Case("sprintf | \"%t\" | [true]", "\"%!t(string=true)\""),
        Case("sprintf | \"100%%\" | []", "\"100%\""),
        Case("sprintf | \"%v\" | [{1, 2}]", "\"{1, 2}\""), Case("sprintf | \"%*d\" | [4, 1]", "\"   1\""),
    ])
    func formatting(_ example: Case) throws {
        if example.text.split(separator: "|").count > 3 {
            // The format itself has bars: call with its parts put together again.
            let parts = example.text.split(separator: " | ").map(String.init)
            #expect(try call(parts[0], Array(parts.dropFirst())) == example.expected)
        } else {
            try example.check()
        }
    }

    @Test(arguments: [
        Case("count | [1, 2]", "2"), Case("count | \"äb\"", "2"), Case("count | 1", "undefined"),
        Case("sum | [1, 2.5]", "3.5"),
        Case("product | {2, 3}", "6"), Case("max | [1, \"a\", 2]", "\"a\""), Case("min | {3, 1}", "1"),
        Case("max | []", "undefined"),
        Case("sort | [3, 1, 2]", "[1, 2, 3]"), Case("any | [false, true]", "true"), Case("all | []", "true"),
        Case("array.concat | [1] | [2]", "[1, 2]"), Case("array.slice | [1, 2, 3] | 1 | 9", "[2, 3]"),
        Case("array.slice | [1, 2, 3] | -1 | 2", "[1, 2]"), Case("array.reverse | [1, 2]", "[2, 1]"),
        Case("array.flatten | [1, [2, [3]], []]", "[1, 2, [3]]"), Case("union | {{1}, {2}}", "{1, 2}"),
        Case("intersection | {{1, 2}, {2, 3}}", "{2}"), Case("intersection | set()", "set()"),
        Case("and | {1, 2} | {2}", "{2}"),
        Case("or | {1} | {2}", "{1, 2}"), Case("object.get | {\"a\": {\"b\": 1}} | [\"a\", \"b\"] | 0", "1"),
        Case("object.get | {\"a\": 1} | \"b\" | 7", "7"),
        Case("object.get | {\"a\": 1} | [] | 7", "{\"a\": 1}"),
        Case("object.keys | {\"a\": 1, \"b\": 2}", "{\"a\", \"b\"}"),
        Case("object.union | {\"a\": {\"x\": 1}} | {\"a\": {\"y\": 2}}", "{\"a\": {\"x\": 1, \"y\": 2}}"),
        Case(
            "object.union_n | [{\"a\": {\"b\": 2}}, {\"a\": 4}, {\"a\": {\"c\": 3}}]", "{\"a\": {\"c\": 3}}"),
        Case("object.remove | {\"a\": 1, \"b\": 2} | [\"a\"]", "{\"b\": 2}"),
        Case("object.filter | {\"a\": 1, \"b\": 2} | {\"a\": 0}", "{\"a\": 1}"),
        Case("to_number | \"1.50\"", "1.50"),
        Case("to_number | null", "0"), Case("to_number | \"x\"", "undefined"),
        Case("to_number | \"+5\"", "5"),
        Case("type_name | set()", "\"set\""), Case("is_null | null", "true"),
        Case("cast_array | {2, 1}", "[1, 2]"),
        Case("semver.compare | \"1.0.0-alpha.1\" | \"1.0.0-alpha.beta\"", "-1"),
        Case("semver.is_valid | \"1.0\"", "false"),
        Case("semver.compare | \"1.10.0\" | \"1.9.0+x\"", "1"), Case("semver.is_valid | 1", "false"),
        Case("internal.member_2 | 1 | [1]", "true"),
        Case("internal.member_3 | \"a\" | 1 | {\"a\": 1}", "true"),
    ])
    func collectionsAndTypes(_ example: Case) throws { try example.check() }

    @Test(arguments: [
        Case("concat | 1 | []", "eval_type_error: concat: operand 1 must be string but got number"),
        Case(
            "count | 1",
            "eval_type_error: count: operand 1 must be one of {array, object, set, string} but got number"),
        Case(
            "sum | [\"a\"]",
            "eval_type_error: sum: operand 1 must be array of numbers but got array containing string"),
        Case("div | 1 | 0", "eval_builtin_error: div: divide by zero"),
        Case("minus | 1 | {2}", "eval_type_error: minus: operand 2 must be number but got set"),
        Case(
            "substring | \"a\" | 1.5 | 1",
            "eval_type_error: substring: operand 2 must be integer number but got floating-point number"),
        Case(
            "semver.compare | \"1\" | \"1.0.0\"",
            "eval_builtin_error: semver.compare: operand 1: string \"1\" is not a valid SemVer"),
    ])
    func strictModeThrows(_ example: Case) throws { try example.check(strict: true) }
}
