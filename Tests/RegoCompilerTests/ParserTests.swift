import Testing

@testable import RegoCompiler

/// What only the parser sees.
struct ParserTests {
    /// Every level used to be read twice: forty of them would not end.
    @Test(arguments: [("[", "]"), ("{\"a\": ", "}"), ("{", "}"), ("(", ")"), ("{1: [", "]}")])
    func nestedLiterals(_ open: String, _ close: String) throws {
        let text = String(repeating: open, count: 90) + "1" + String(repeating: close, count: 90)
        #expect(try Parser.query(text).count == 1)
        let endless = String(repeating: open, count: 5000)
        #expect(throws: CompilationError.self) { try Parser.query(endless) }
    }

    /// Groups and bodies of the logical operators are tried once for each place.
    @Test(arguments: ["(", "{", "not (", "not {"])
    func nestedGroups(_ open: String) throws {
        let close = open.contains("(") ? ")" : "}"
        let body =
            String(repeating: open + " ", count: 60) + "input.x" + String(repeating: " " + close, count: 60)
        let text = """
            package p
            import future.keywords.and
            import future.keywords.or
            import future.keywords.not
            p if { \(body) or input.y }
            """
        let rules = try Parser.module(text, file: "", version: .v1, allowsExperiments: true).rules
        #expect(rules.count == 1)
        #expect(throws: CompilationError.self) {
            try Parser.module(text, file: "", version: .v1, allowsExperiments: false)
        }
    }
}
