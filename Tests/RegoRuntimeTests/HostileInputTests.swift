import RegoRuntime
import Testing

/// Operands that are made to exhaust memory, time or the process: each is answered or refused.
struct HostileInputTests {
    @Test(arguments: [
        Case("sprintf | \"%*d\" | [-9223372036854775808, 1]", "\"%!(BADWIDTH)1\""),
        Case("sprintf | \"%.*d\" | [-9223372036854775808, 1]", "\"%!(BADPREC)1\""),
        Case("plus | 1e999999999 | 1", "undefined"),
        Case("mul | 1e-999999999 | 2", "undefined"),
        Case("mul | 1e-19999 | 1e-19999", "undefined"),
        Case("round | 1e999999999999999999999", "undefined"),
        Case("to_number | \"1e999999999\"", "1e999999999"),
        Case("equal | 1e999999999 | 1e999999998", "false"),
        Case("lt | -1e999999999 | 1e-999999999", "true"),
        Case("abs | -9223372036854775808", "9223372036854775808"),
        Case("div | -9223372036854775808 | -1", "9223372036854775808"),
        Case("rem | -9223372036854775808 | -1", "0"),
        Case("time.add_date | 0 | 9223372036854775807 | 1 | 1", "undefined"),
        Case("time.parse_duration_ns | \"9999999999999999999h\"", "undefined"),
        Case("strings.split_n | \"a.b\" | \".\" | -9223372036854775808", #"["a", "b"]"#),
        Case("array.slice | [1, 2] | -9223372036854775808 | 9223372036854775807", "[1, 2]"),
    ])
    func numbers(_ example: Case) throws {
        let parts = example.text.split(separator: " | ").map(String.init)
        #expect(try call(parts[0], Array(parts.dropFirst())) == example.expected, "\(example.text)")
    }

    private func refusal(of patch: String) throws -> RegoError.Code? {
        let context = Context.create(limits: Limits(work: 100_000))
        defer { context.destroy() }
        let operations = try JSONReader.parse(Array(patch.utf8), context)
        do throws(RegoError) {
            let result = try Builtins.jsonPatch(context, .emptyObject, operations)
            return result.isUndefined ? .input : nil
        } catch {
            return error.code
        }
    }

    /// Each copy doubles what would be written out.
    @Test func copiesOfCopies() throws {
        let copies = (0..<60).map { #"{"op": "copy", "from": "", "path": "/\#($0)"}"# }
        #expect(try refusal(of: "[" + copies.joined(separator: ",") + "]") == .limit)
        #expect(try refusal(of: "[" + copies.prefix(5).joined(separator: ",") + "]") == nil)
    }

    /// Operands that nest, repeat or refer to themselves: an error or a refusal, in bounded time.
    @Test(arguments: [
        ("graphql.parse_query", [String(repeating: "{a", count: 5000)]),
        ("graphql.parse_query", ["query($a:" + String(repeating: "[", count: 100_000)]),
        ("graphql.parse_query", ["{a(b:" + String(repeating: "[", count: 100_000)]),
        ("graphql.parse_schema", ["\"\"\"" + String(repeating: "\n ", count: 100_000) + "\"\"\""]),
        ("graphql.is_valid", ["{...A} fragment A on Query {...A}", "type Query {a: Int}"]),
        ("graphql.is_valid", [HostileInputTests.doubling(30), "type Query {a: Query b: Int}"]),
        ("json.match_schema", ["{}", ##"{"$ref": "#"}"##]),
        ("json.match_schema", [#"{"a": {"a": 1}}"#, ##"{"anyOf": [{"$ref": "#"}, {"$ref": "#"}]}"##]),
        ("json.match_schema", ["{}", #"{"not": "# + String(repeating: #"{"not": "#, count: 450) + "1"]),
        ("strings.render_template", [String(repeating: "{{if .a}}", count: 5000), "{}"]),
        ("strings.render_template", ["{{" + String(repeating: "(", count: 100_000) + ".a}}", "{}"]),
        ("strings.render_template", [HostileInputTests.loops(9), #"{"a": [1,2,3,4,5,6,7,8,9,0]}"#]),
        (
            "regex.globs_match",
            [String(repeating: "a*", count: 50_000), String(repeating: "[ab]*", count: 50_000)]
        ),
    ])
    func documents(_ name: String, _ texts: [String]) throws {
        let context = Context.create(limits: Limits(work: 100_000))
        defer { context.destroy() }
        let builtin = try #require(BuiltinTable()[name])
        var operands = texts.map { context.string($0) }
        if name == "strings.render_template" {
            operands[1] = try JSONReader.parse(Array(texts[1].utf8), context)
        }
        do throws(RegoError) {
            let result = try operands.withUnsafeBufferPointer { buffer throws(RegoError) -> Value in
                try builtin.call(context, buffer.baseAddress!)
            }
            #expect(result.isUndefined || result.isBoolean, "\(name): \(result)")
            // What was refused leaves the query as deep as it was.
            for _ in 0..<Limits().depth { try context.enter() }
        } catch {
            #expect(error.code == .limit, "\(name): \(error)")
        }
    }

    /// A query whose fragments double what is selected, level by level.
    private static func doubling(_ levels: Int) -> String {
        var text = "{...F0}"
        for level in 0..<levels {
            text += " fragment F\(level) on Query {a {...F\(level + 1)} a {...F\(level + 1)}}"
        }
        return text + " fragment F\(levels) on Query {b}"
    }

    private static func loops(_ levels: Int) -> String {
        String(repeating: "{{range $.a}}", count: levels) + "x" + String(repeating: "{{end}}", count: levels)
    }

    /// A patch must not nest what then cannot be walked.
    @Test func nestedByPatches() throws {
        let steps = (1..<600).map {
            #"{"op": "add", "path": "\#(String(repeating: "/a", count: $0))", "value": {}}"#
        }
        #expect(try refusal(of: "[" + steps.joined(separator: ",") + "]") == .limit)
        #expect(try refusal(of: "[" + steps.prefix(400).joined(separator: ",") + "]") == nil)
    }
}
