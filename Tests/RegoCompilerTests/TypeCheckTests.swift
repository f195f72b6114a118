import Testing

@testable import RegoCompiler

/// What the compiler finds wrong without evaluating anything.
struct TypeCheckTests {
    private func findings(_ body: String, isStrict: Bool = false) -> [Diagnostic] {
        let source = RegoCompiler.Source(file: "p.rego", text: "package p\n\n" + body + "\n")
        do throws(CompilationError) {
            let modules = try RegoCompiler.compile([source])
            return isStrict ? modules.strictFindings : []
        } catch {
            return error.diagnostics
        }
    }

    /// A module, where the fault is, the message, and the lines below it.
    @Test(
        arguments: [
            ("r if { x := 1; x == \"a\" }", "3:16", "match error", ["left  : number", "right : string"]),
            ("r if 1 == \"a\"", "3:6", "match error", ["left  : number", "right : string"]),
            (
                "r if { [x, 1] = [2, \"b\"] }", "3:8", "match error",
                ["left  : array<number, number>", "right : array<number, string>"]
            ),
            (
                "r if { [x, y] := [1]; x == y }", "3:8", "match error",
                ["left  : array<any, any>", "right : array<number>"]
            ),
            (
                "a := {\"foo\": 1}\nr := a.bar", "4:8", "undefined ref: data.p.a.bar",
                ["have: \"bar\"", "want (one of): [\"foo\"]"]
            ),
            (
                "r if { x := {\"foo\": 1}; x.bar == 1 }", "3:27", "undefined ref: x.bar",
                ["have: \"bar\"", "want (one of): [\"foo\"]"]
            ),
            (
                "r if { x := [1, 2]; x[5] }", "3:23", "undefined ref: x[5]",
                ["have: 5", "want (one of): [0 1]"]
            ),
            ("r if { x := [1, 2]; x.a }", "3:23", "undefined ref: x.a", ["have: string", "want: number"]),
            ("r if { x := 5; x.a }", "3:18", "undefined ref: x.a", ["have: number"]),
            (
                "s contains \"a\"\nr if s[1]", "4:8", "undefined ref: data.p.s[1]",
                ["have: number", "want: string"]
            ),
            (
                "r := count(5)", "3:6", "count: invalid argument(s)",
                [
                    "have: (number, ???)",
                    "want: (any<string, array[any], object[any: any], set[any]>, number)",
                ]
            ),
            (
                "r := \"a\" + 1", "3:6", "plus: invalid argument(s)",
                ["have: (string, number, ???)", "want: (number, number, number)"]
            ),
            (
                "r := concat(\",\", [1])", "3:6", "concat: invalid argument(s)",
                [
                    "have: (string, array<number>, ???)",
                    "want: (string, any<array[string], set[string]>, string)",
                ]
            ),
            (
                "f(1) := 2\nr := f(\"x\")", "4:6", "data.p.f: invalid argument(s)",
                ["have: (string, ???)", "want: (number, number)"]
            ),
            (
                "r if { some x in [1]; startswith(x, \"a\") }", "3:23", "startswith: invalid argument(s)",
                ["have: (number, string, ???)", "want: (string, string, boolean)"]
            ),
            (
                "r if { every x in [1] { x == \"a\" } }", "3:25", "match error",
                ["left  : number", "right : string"]
            ),
            (
                "r := [x | x := upper(\"a\"); x == 1]", "3:28", "match error",
                ["left  : string", "right : number"]
            ),
        ] as [(String, String, String, [String])])
    func faults(_ body: String, _ place: String, _ message: String, _ details: [String]) throws {
        let found = findings(body)
        try #require(found.count == 1, "\(found)")
        #expect(found[0].code == .type)
        #expect("\(found[0].position.line):\(found[0].position.column)" == place)
        #expect(found[0].message == message)
        #expect(found[0].details == details)
    }

    /// Nothing is said where a value may be of several types.
    @Test(arguments: [
        "r if input.x == 1\nq if input.x == \"a\"", "r if data.other.x.y == 1",
        "a := 1 if input.x\na := \"b\" if not input.x\nr if a == \"b\"",
        "a := {\"x\": 1} if input.x\na := {\"y\": 2} if not input.x\nr if a.y == 2",
        "a := {input.k: 1}\nr := a.whatever",
        "f(x) := x.a\nr := f({\"a\": 1})", "f(1) := 2\nf(\"x\") := 3\nr := f(\"x\")",
        "r if { walk(input, [path, v]); path[0] == \"a\"; v == 1 }",
        "r if { x := json.unmarshal(\"1\"); x == \"a\"; x == 1 }",
        "a := 1\nr if a == \"x\" with data.p.a as \"x\"",
        "r if { x := {k: v | some k, v in {\"a\": 1}}; x.b == 1 }", "r if { [\"a\", x] = input.y; x.z }",
        "s contains input.x\nr if s[\"a\"]\nq if s[1]", "r := [] == [1]\nq if set() == {1}",
        "r if { x := [1 | input.a]; x[7] }",
        "m[k] := v if some k, v in input.o\nr := m.a.b", "r if { x := max([1, 2]); x == \"a\" }",
        "r if { a := {\"x\": {\"y\": 1}}; some k; a[k].y == 1 }", "r := object.get({\"a\": 1}, \"b\", \"c\")",
        "r if { x := {1: \"a\"}; x[1.0] == \"a\"; y := [1]; y[0.0] == 1 }",
    ])
    func nothingIsWrong(_ body: String) {
        #expect(findings(body).isEmpty, "\(findings(body))")
    }

    /// Checks besides types; the second group only in strict mode.
    @Test(arguments: [
        ("r := any([true])", false, "3:6", "deprecated built-in function calls in expression: any"),
        (
            "r if re_match(\"a\", input.x)", false, "3:6",
            "deprecated built-in function calls in expression: re_match"
        ),
        ("import data.a\nimport data.b.a\nr := a", false, "4:1", "import must not shadow import data.a"),
        (
            "import data.a as input\nr := input", false, "3:1",
            "imports must not shadow input (use a different import name)"
        ),
        ("input := 1", false, "3:1", "rules must not shadow input (use a different rule name)"),
        (
            "r if { input := 1; input == 1 }", false, "3:8",
            "variables must not shadow input (use a different variable name)"
        ),
        ("f(data) := 1", false, "3:3", "args must not shadow data (use a different argument name)"),
        ("r if { some x; input.y }", false, "3:13", "declared var x unused"),
        ("r if { x := input.y; input.z }", true, "3:8", "assigned var x unused"),
        ("f(x, y) := x", true, "3:6", "unused argument y. (hint: use _ (wildcard variable) instead)"),
        ("import data.a\nr := 1", true, "3:1", "import data.a unused"),
        ("import input.a as b\nr := 1", true, "3:1", "import input.a as b unused"),
    ])
    func otherChecks(_ body: String, _ isStrict: Bool, _ place: String, _ message: String) throws {
        let found = findings(body, isStrict: isStrict)
        try #require(found.count == 1, "\(found)")
        #expect("\(found[0].position.line):\(found[0].position.column)" == place)
        #expect(found[0].message == message)
    }

    @Test(arguments: [
        "import data.a\nr := a.b", "import input.a\nr if q with input as a\nq if input", "f(x, _) := x",
        "f([x, y]) := x if y", "r if { x := 1; y := x; y == 1 }",
        "r if { x := 1; not y(x) }\ny(z) if z", "r := [x | some i; x := input.l[i]]",
        "r if { every x in [1] { x > 0 } }",
        "r := $\"{input.a}\" if { b := input.a; $\"{b}\" == \"c\" }",
        "import rego.v1\nr := 1",
        "r if { some x, _ in input.a; x }",
    ])
    func nothingIsUnused(_ body: String) {
        #expect(findings(body, isStrict: true).isEmpty, "\(findings(body, isStrict: true))")
    }

    @Test func theErrorShowsWhatToDo() {
        let text = "package p\n\nr := \"a\" + 1\n"
        let rendered = findings("r := \"a\" + 1").map { $0.rendered(in: ["p.rego": text]) }
        #expect(
            rendered == [
                """
                p.rego:3:6: rego_type_error: plus: invalid argument(s)
                    r := "a" + 1
                         ^
                    have: (string, number, ???)
                    want: (number, number, number)
                    operand 1 must be number

                """
            ])
    }
}
