import Foundation
import JSON
import Testing

/// `cofferctl rego` from the outside.
@Suite struct RegoTests {
    private static let absence: Comment = "cofferctl is not built"

    private func folder() throws -> Cofferctl.Directory {
        let folder = try Cofferctl.Directory()
        try folder.write(
            """
            package policy

            default allow := false

            allow if {
                some role in data.roles[input.user]
                role == "admin"
            }
            """, "policy.rego")
        try folder.write("roles: {ann: [user, admin], bob: [user]}\n", "data.yaml")
        try folder.write(#"{"user": "bob"}"#, "input.json")
        return folder
    }

    @Test(
        .enabled(if: Cofferctl.isBuilt, absence),
        arguments: [
            ("data.policy.allow", "false\n"), ("data.roles[\"ann\"][i] == \"admin\"", "false\ntrue\n"),
            ("1 + 1", "2\n"), ("\"text\"", "text\n"), ("data.nothing", "\n"),
        ])
    func rawValues(query: String, expected: String) throws {
        let folder = try folder()
        let result = try Cofferctl.run(
            "rego", "eval", "-d", "policy.rego", "-d", "data.yaml", "-i", "input.json", "-f", "raw", query,
            in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output == expected)
    }

    /// Expressions, their places and the bindings, as other tools expect them.
    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func resultsAsJSON() throws {
        let folder = try folder()
        let result = try Cofferctl.run(
            "rego", "eval", "-d", ".", "-i", "input.json", "data.policy.allow; x := input.user",
            in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        let first = try JSON.parse(result.output)["result"]?.arrayValue?.first
        let expressions = first?["expressions"]?.arrayValue
        #expect(expressions?.count == 2)
        #expect(expressions?.first?["value"]?.boolValue == false)
        #expect(expressions?.last?["text"]?.stringValue == "x := input.user")
        #expect(first?["bindings"]?["x"]?.stringValue == "bob")
        let nothing = try Cofferctl.run("rego", "eval", "data.nothing", in: folder.path)
        #expect(nothing.output == "{}\n")
    }

    /// A compiled query prints what the evaluator prints.
    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func nativeQueries() throws {
        let folder = try folder()
        let question = [
            "-d", ".", "-i", "input.json", "data.policy; x := data.roles[user][_]; user != input.user",
        ]
        let expected = try Cofferctl.run(["rego", "eval"] + question, in: folder.path)
        let native = try Cofferctl.run(["rego", "eval", "--native"] + question, in: folder.path)
        #expect(native.status == 0, "\(native.errors)")
        #expect(expected.output.contains("\"user\": \"ann\""))
        #expect(native.output == expected.output)
    }

    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func nativeQueriesRefuseWhatAGuestLacks() throws {
        let folder = try folder()
        let result = try Cofferctl.run("rego", "eval", "--native", "time.now_ns()", in: folder.path)
        #expect(result.status == 1)
        #expect(result.errors.contains("time.now_ns is not available"))
    }

    /// All forms are measured, and they agree: a difference is an error.
    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func benchmarks() throws {
        let folder = try folder()
        let result = try Cofferctl.run(
            "rego", "bench", "-d", ".", "-i", "input.json", "--seconds", "0.05", "--json",
            "data.policy.allow",
            in: folder.path)
        #expect(result.status == 0, "\(result.errors)")
        let rows = try JSON.parse(result.output).arrayValue ?? []
        #expect(
            rows.map { $0["packaging"]?.stringValue } == [
                "evaluator: decision", "plugin: request through a pipe", "native: request",
                "native: decision",
            ])
        let other = try Cofferctl.run("rego", "bench", "policy.allow", in: folder.path)
        #expect(other.status == 64)
        #expect(other.errors.contains("expected a document such as data.policy.allow"))
    }

    @Test(
        .enabled(if: Cofferctl.isBuilt, absence),
        arguments: [
            ("package p\n\nallow {\n\tinput.x\n}\n", ["3:1", "`if` keyword is required", "write `if {`"]),
            ("package p\n\nallow if countt(input.x)\n", ["3:10", "undefined function countt", "^"]),
            ("package p\n\nallow if not x == input.y\n", ["var x is unsafe", "outside of `not`"]),
        ] as [(String, [String])])
    func errorsNameThePlace(module: String, expected: [String]) throws {
        let folder = try Cofferctl.Directory()
        try folder.write(module, "bad.rego")
        let result = try Cofferctl.run("rego", "check", "bad.rego", in: folder.path)
        #expect(result.status == 1)
        for text in expected { #expect(result.errors.contains(text), "\(result.errors)") }
    }

    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func aGuestHasNoNetwork() throws {
        let result = try Cofferctl.run("rego", "eval", "http.send({\"url\": \"http://a\"})")
        #expect(result.status == 1)
        #expect(result.errors.contains("there is no network in a sealed guest"))
    }

    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func ownTests() throws {
        let folder = try folder()
        try folder.write(
            """
            package policy_test
            import data.policy
            test_admin if policy.allow with input.user as "ann"
            test_other if not policy.allow with input.user as "bob"
            """, "policy_test.rego")
        let good = try Cofferctl.run("rego", "test", ".", "--coverage", in: folder.path)
        #expect(good.status == 0, "\(good.output)\(good.errors)")
        #expect(good.output.contains("PASS: 2/2"))
        #expect(good.output.contains("coverage: 100.0 %"))
        try folder.write("package more_test\ntest_wrong if 1 == 2\n", "more_test.rego")
        let bad = try Cofferctl.run("rego", "test", ".", in: folder.path)
        #expect(bad.status == 1)
        #expect(bad.output.contains("data.more_test.test_wrong: FAIL"))
    }

    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func dependencies() throws {
        let folder = try folder()
        let result = try Cofferctl.run("rego", "deps", "-d", ".", "data.policy.allow", in: folder.path)
        #expect(result.output == "rule      data.policy.allow\ndocument  data.roles\ndocument  input.user\n")
    }

    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func formatting() throws {
        let folder = try Cofferctl.Directory()
        try folder.write("package  p\nallow:=true   # yes\n", "a.rego")
        let printed = try Cofferctl.run("rego", "fmt", "a.rego", in: folder.path)
        #expect(printed.output == "package p\n\nallow := true # yes\n")
        let listed = try Cofferctl.run("rego", "fmt", "--list", "--fail", ".", in: folder.path)
        #expect(listed.status == 1)
        #expect(listed.output.hasSuffix("a.rego\n"))
        let differences = try Cofferctl.run("rego", "fmt", "-d", "a.rego", in: folder.path)
        #expect(differences.output.contains("-package  p\n") && differences.output.contains("+package p\n"))
        #expect(try Cofferctl.run("rego", "fmt", "-w", "a.rego", in: folder.path).status == 0)
        let again = try Cofferctl.run("rego", "fmt", "--fail", "-l", "a.rego", in: folder.path)
        #expect(again.status == 0 && again.output.isEmpty)
        try folder.write("package p\nallow if {\n", "b.rego")
        #expect(
            try Cofferctl.run("rego", "fmt", "b.rego", in: folder.path).errors.contains("rego_parse_error"))
    }

    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func strictChecks() throws {
        let folder = try Cofferctl.Directory()
        try folder.write("package p\n\nallow if {\n\tx := 1\n\tinput.y\n}\n", "a.rego")
        #expect(try Cofferctl.run("rego", "check", "a.rego", in: folder.path).status == 0)
        let strict = try Cofferctl.run("rego", "check", "--strict", "a.rego", in: folder.path)
        #expect(strict.status == 1)
        #expect(strict.errors.contains("4:2: rego_compile_error: assigned var x unused"))
    }

    @Test(.enabled(if: Cofferctl.isBuilt, absence)) func experimentalKeywords() throws {
        let folder = try Cofferctl.Directory()
        try folder.write("package p\nimport future.keywords.or\nallow if input.x or true\n", "a.rego")
        let query = ["rego", "eval", "-d", "a.rego", "-f", "raw", "data.p.allow"]
        let refused = try Cofferctl.run(query, in: folder.path)
        #expect(refused.errors.contains("--experimental-keywords allows them"))
        let allowed = try Cofferctl.run(query + ["--experimental-keywords"], in: folder.path)
        #expect(allowed.output == "true\n", "\(allowed.errors)")
    }
}
