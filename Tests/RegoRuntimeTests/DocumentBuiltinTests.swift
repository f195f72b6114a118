import RegoRuntime
import Testing

/// Built-ins that read a language of their own: GraphQL, schemas, templates, globs.
struct DocumentBuiltinTests {
    private static let schema = """
        type Query { hero(id: ID!, kind: Kind = A): Hero search(text: String!): [Found] }
        type Hero implements Named { name: String! friends(first: Int): [Hero] }
        type Ship { name: Int length(in: Unit): Float }
        interface Named { name: String! }
        union Found = Hero | Ship
        enum Kind { A B }
        input Unit { name: String! digits: Int = 2 }
        """

    private func message(_ query: String) throws -> String {
        let context = Context.create(strict: true)
        defer { context.destroy() }
        do throws(RegoError) {
            let result = try Builtins.graphqlParse(
                context, context.string(query), context.string(Self.schema))
            return result.isDefined ? "valid" : "undefined"
        } catch {
            let text = error.message.dropFirst("graphql.parse: ".count)
            return String(text).replacing(" in GraphQL string at location ", with: " @")
        }
    }

    @Test(arguments: [
        ("{hero(id: 1) {name friends {name}}}", "valid"),
        ("{hero(id: 1) {nam}}", "Cannot query field \"nam\" on type \"Hero\" @1:15"),
        ("{hero(id: 1)}", "Field \"hero\" of type \"Hero\" must have a selection of subfields @1:2"),
        (
            "{hero(id: 1) {name {x}}}",
            "Field \"name\" must not have a selection since type \"String!\" has no subfields @1:15"
        ),
        ("{hero(id: 1, kin: A) {name}}", "Unknown argument \"kin\" on field \"Query.hero\" @1:2"),
        ("{hero(id: 1.5) {name}}", "Expected value of type \"ID!\", found 1.5 @1:11"),
        ("{hero(id: 1, kind: C) {name}}", "Expected value of type \"Kind\", found C @1:20"),
        (
            "{hero(id: 1) {friends(first: 2147483648) {name}}}",
            "Expected value of type \"Int\", found 2147483648 @1:30"
        ),
        (
            "query($x: ID) {hero(id: $x) {name}}",
            "Variable \"$x\" of type \"ID\" used in position expecting type \"ID!\" @1:25"
        ),
        ("query($x: ID = 1) {hero(id: $x) {name}}", "valid"),
        ("query Q {hero(id: $x) {name}}", "Variable \"$x\" is not defined by operation \"Q\" @1:19"),
        ("query Q($x: Int) {hero(id: 1) {name}}", "Variable \"$x\" is never used in operation \"Q\" @1:9"),
        ("query($x: Hero) {hero(id: $x) {name}}", "Variable \"$x\" cannot be non-input type \"Hero\" @1:7"),
        ("{search(text: \"\") {... on Hero {name} ... on Ship {n: name}}}", "valid"),
        ("{search(text: \"\") {name}}", "Cannot query field \"name\" on type \"Found\" @1:20"),
        (
            "{search(text: \"\") {... on Hero {name} ... on Ship {name}}}",
            "Fields \"name\" conflict because they return conflicting types Int and String!. Use different aliases on "
                + "the fields to fetch both if this was intentional @1:52"
        ),
        (
            "{hero(id: 1) {... on Ship {name}}}",
            "Fragment cannot be spread here as objects of type \"Hero\" can never be of type \"Ship\" @1:15"
        ),
        ("{hero(id: 1) {...F}}", "Unknown fragment \"F\" @1:15"),
        ("{hero(id: 1) {name}} fragment F on Hero {name}", "Fragment \"F\" is never used @1:22"),
        (
            "{a: hero(id: 1) {name} a: hero(id: 2) {name}}",
            "Fields \"a\" conflict because they have differing arguments. Use different aliases on the fields to fetch "
                + "both if this was intentional @1:24"
        ),
        (
            "{hero(id: 1) {name @skip(if: true) @skip(if: true)}}",
            "The directive \"@skip\" can only be used once at this location @1:36"
        ),
        (
            "query A {hero(id: 1) {name}} {hero(id: 1) {name}}",
            "This anonymous operation must be the only defined operation @1:30"
        ),
        (
            "{search(text: \"\") {... on Ship {length(in: {digits: 1})}}}",
            "Field \"Unit.name\" of required type \"String!\" was not provided @1:44"
        ),
        ("{__schema {types {name}} __type(name: \"x\") {kind}}", "valid"),
    ])
    func queries(_ query: String, _ expected: String) throws {
        #expect(try message(query) == expected)
    }

    @Test(arguments: [
        ("{{.a}} {{.b.c}} {{.x}}", "1 d <undefined>"), ("{{- .a -}} x", "1x"), ("{{/* c */}}{{.a}}", "1"),
        ("{{if eq .a 1}}one{{else if .b}}two{{else}}three{{end}}", "one"),
        ("{{if gt .a 1}}one{{else if .b}}two{{else}}three{{end}}", "two"),
        ("{{with .b}}{{.c}}{{end}}{{with .x}}y{{else}}z{{end}}", "dz"),
        ("{{range $i, $v := .l}}{{$i}}={{$v}};{{end}}", "0=p;1=q;"),
        ("{{range .x}}{{else}}none{{end}}", "none"),
        ("{{range .l}}{{if eq . \"q\"}}{{break}}{{end}}{{.}}{{end}}", "p"),
        ("{{$n := len .l}}{{printf \"%03d\" $n}}", "002"), ("{{index .l 1 | print}}", "q"),
        ("{{.l}} {{.b}}", "[p q] map[c:d]"), ("{{and .a .x}}{{or .x .a}}{{not .x}}", "<undefined>1true"),
    ])
    func templates(_ text: String, _ expected: String) throws {
        let context = Context.create(strict: true)
        defer { context.destroy() }
        let variables = try JSONReader.parse(
            Array(#"{"a": 1, "b": {"c": "d"}, "l": ["p", "q"]}"#.utf8), context)
        let result = try Builtins.stringsRenderTemplate(context, context.string(text), variables)
        #expect(result.string == expected)
    }

    @Test(arguments: [
        "{{", "{{.a", "{{if .a}}", "{{end}}", "{{else}}", "{{nosuch}}", "{{$x}}", "{{break}}",
        "{{template \"x\"}}",
    ])
    func templatesThatAreNone(_ text: String) throws {
        let context = Context.create()
        defer { context.destroy() }
        #expect(try Builtins.stringsRenderTemplate(context, context.string(text), .emptyObject).isUndefined)
    }

    /// Schema, document, and the descriptions of what does not fit.
    @Test(arguments: [
        (#"{"type": ["integer", "null"]}"#, "1.0", []),
        (#"{"type": "integer"}"#, "1.5", ["(root): Invalid type. Expected: integer, given: number"]),
        (#"{"required": ["a"], "properties": {"a": {"minLength": 2}}}"#, "{}", ["(root): a is required"]),
        (
            #"{"properties": {"a": {"minLength": 2, "pattern": "^x"}}}"#, #"{"a": "y"}"#,
            ["a: String length must be greater than or equal to 2", "a: Does not match pattern '^x'"]
        ),
        (#"{"items": {"maximum": 3}}"#, "[1, 4]", ["1: Must be less than or equal to 3"]),
        (
            #"{"items": [{}], "additionalItems": false}"#, "[1, 4]",
            ["(root): No additional items allowed on array"]
        ),
        (
            #"{"additionalProperties": false, "patternProperties": {"^a": {}}}"#, #"{"ab": 1, "b": 2}"#,
            ["(root): Additional property b is not allowed"]
        ),
        (#"{"enum": [1, "x"]}"#, "2", ["(root): (root) must be one of the following: 1, \"x\""]),
        (#"{"exclusiveMinimum": 1}"#, "1", ["(root): Must be greater than 1"]),
        (#"{"minimum": 1, "exclusiveMinimum": true}"#, "1", ["(root): Must be greater than 1"]),
        (#"{"multipleOf": 0.1}"#, "0.3", []),
        (#"{"uniqueItems": true}"#, "[1, 2, 1]", ["(root): array items[0,2] must be unique"]),
        (
            #"{"oneOf": [{"type": "string"}, {"minLength": 1}]}"#, "\"ab\"",
            ["(root): Must validate one and only one schema (oneOf)"]
        ),
        (
            #"{"if": {"minimum": 5}, "then": {"maximum": 7}}"#, "8",
            ["(root): Must be less than or equal to 7", "(root): Must validate \"then\" as \"if\" was valid"]
        ),
        (
            ##"{"definitions": {"p": {"type": "string"}}, "properties": {"a": {"$ref": "#/definitions/p"}}}"##,
            #"{"a": 1}"#,
            ["a: Invalid type. Expected: string, given: integer"]
        ),
        (#"{"dependencies": {"a": ["b"]}}"#, #"{"a": 1}"#, ["(root): Has a dependency on b"]),
        (
            #"{"format": "date-time"}"#, "\"2020-13-01T00:00:00Z\"",
            ["(root): Does not match format 'date-time'"]
        ),
        (#"{"contains": {"const": 2}}"#, "[1]", ["(root): At least one of the items must match"]),
    ])
    func schemas(_ schema: String, _ document: String, _ expected: [String]) throws {
        let context = Context.create(strict: true)
        defer { context.destroy() }
        let result = try Builtins.jsonMatchSchema(context, context.string(document), context.string(schema))
        let errors = (0..<result[1].count).map { result[1][$0]["error"].string ?? "" }
        #expect(errors == expected)
        #expect(result[0].isTrue == expected.isEmpty)
    }

    @Test(arguments: [
        Case("regex.globs_match | \"a*\" | \"b*\"", "true"),
        Case("regex.globs_match | \"a+b\" | \"a.\"", "true"),
        Case("regex.globs_match | \"a+b\" | \"[c-z]+\"", "false"),
        Case("regex.globs_match | \"\" | \"a\"", "false"),
        Case("regex.globs_match | \"*\" | \"a\"", "undefined"),
        Case("regex.globs_match | \"[b-a]\" | \"a\"", "undefined"),
    ])
    func globs(_ example: Case) throws { try example.check() }
}
