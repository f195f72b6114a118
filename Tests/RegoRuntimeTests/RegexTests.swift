import RegoRuntime
import Testing

struct RegexTests {
    @Test(arguments: [
        ("", "", true), ("", "x", true), ("^$", "", true), ("^$", "x", false), ("a|b", "xb", true),
        ("^a|b$", "ac", true),
        ("^[a-z]+\\[[0-9]+\\]$", "foo[1]", true), ("^(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", false),
        ("^.$", "ä", true), ("^..$", "ä", false), ("^.$", "\n", false), ("(?s)^.$", "\n", true),
        ("^[^a]$", "\n", true),
        ("(?i)^straße$", "STRAßE", true), ("(?i)k", "\u{212a}", true), ("^\\d{3}$", "123", true),
        ("^\\d{2,3}$", "1234", false),
        ("\\bfoo\\b", "a foo b", true), ("\\bfoo\\b", "afoo", false), ("\\Boo", "foo", true),
        ("(?m)^b$", "a\nb\nc", true),
        ("^b$", "a\nb\nc", false), ("\\Aa\\z", "a", true), ("[[:alpha:]]+", "12", false),
        ("[^[:alpha:]]", "ab1", true),
        ("^\\p{L}+$", "äöü", true), ("^\\pN$", "7", true), ("^\\P{L}$", "ä", false),
        ("^\\p{Greek}$", "α", true),
        ("a{,2}", "a{,2}", true), ("^a{0}$", "", true), ("^(?:ab){2}$", "abab", true),
        ("^(?P<x>a)(?<y>b)$", "ab", true),
        ("^\\x41\\x{1F600}$", "A😀", true), ("\\Qa.b\\E", "a.b", true), ("\\Qa.b\\E", "axb", false),
        ("^[a-]$", "-", true),
        ("^[]a]$", "]", true), ("^\\101$", "A", true), ("x*", "é", true),
        ("^PATH=.+$", "PATH=/usr/bin:/bin", true),
        ("^(a|ab)(c|bcd)(d*)$", "abcd", true), ("[\\w.-]+@[\\w.-]+", "me@example.org", true),
        ("(|a)*", "b", true),
        ("(?i)[^a]", "A", false), ("^[\\x{400}-\\x{4FF}]+$", "Привет", true), ("\\n", "\n", true),
        ("(?U)^a+$", "aa", true),
        ("^[^\\x00-\\x{10FFFF}]", "a", false), ("(?-s).", "\n", false), ("(?i:a)b", "Ab", true),
        ("(?i:a)b", "AB", false),
    ])
    func matches(pattern: String, text: String, expected: Bool) throws {
        let regex = try Regex.compile(pattern)
        #expect(regex.matches(text) == expected)
        #expect(regex.matches(text) == expected, "the second time, from what was learnt")
    }

    @Test(arguments: [
        ("(", "missing closing ): `(`"), (")", "unexpected ): `)`"), ("[", "missing closing ]: `[`"),
        ("++", "missing argument to repetition operator: `+`"),
        ("a**", "invalid nested repetition operator: `**`"), ("a{1001}", "invalid repeat count: `{1001}`"),
        ("\\", "trailing backslash at end of expression"),
        ("\\8", "invalid escape sequence: `\\8`"), ("[z-a]", "invalid character class range: `z-a`"),
        ("(?P<1", "invalid named capture: `(?P<1`"),
        ("(?=a)", "invalid or unsupported Perl syntax: `(?=`"),
        ("\\pX", "invalid character class range: `\\pX`"), ("(a{100}){100}", "invalid repeat count: `{100}`"),
        ("\\C", "invalid escape sequence: `\\C`"), ("$^[[[", "missing closing ]: `[[[`"),
        ("(?i", "missing closing ): `(?i`"),
    ])
    func refuses(pattern: String, reason: String) {
        #expect(throws: RegoError(.builtin, "error parsing regexp: " + reason)) { try Regex.compile(pattern) }
    }

    @Test func deepNestingIsRefused() {
        let pattern = String(repeating: "(", count: 100_000)
        #expect(throws: RegoError.self) { try Regex.compile(pattern) }
    }

    /// States are thrown away when there are too many; the answers stay right.
    @Test func forgettingStatesKeepsAnswersRight() throws {
        let regex = try Regex.compile("(a|b)*a(a|b){14}$")
        var text = ""
        var state: UInt32 = 12345
        for _ in 0..<20_000 {
            state = state &* 1_103_515_245 &+ 12345
            text += state >> 16 & 1 == 0 ? "a" : "b"
        }
        let expected = Array(text.utf8)[text.utf8.count - 15] == 97
        #expect(regex.matches(text) == expected)
    }

    @Test(arguments: [
        Case("regex.find_n | \"a.\" | \"paranormal\" | -1", "[\"ar\", \"an\", \"al\"]"),
        Case("regex.find_n | \"a.\" | \"paranormal\" | 2", "[\"ar\", \"an\"]"),
        Case("regex.find_n | \"x*\" | \"äb\" | -1", "[\"\", \"\", \"\"]"),
        Case("regex.find_n | \"^a.\" | \"abacad\" | -1", "[\"ab\"]"),
        Case("regex.find_n | \"a+?\" | \"aaa\" | 1", "[\"a\"]"),
        Case(
            "regex.find_all_string_submatch_n | \"[^aouiye]([aouiye])([^aouiye])?\" | \"somestri\" | -1",
            "[[\"som\", \"o\", \"m\"], [\"ri\", \"i\", \"\"]]"),
        Case("regex.split | \"a\" | \"banana\"", "[\"b\", \"n\", \"n\", \"\"]"),
        Case("regex.split | \"z+\" | \"pizza\"", "[\"pi\", \"a\"]"),
        Case("regex.split | \"^[a-z ]+$\" | \"foobar baz\"", "[\"\", \"\"]"),
        Case("regex.split | \"x\" | \"\"", "[\"\"]"),
        Case("regex.replace | \"-wy-wxxy-\" | \"w(x*)y\" | \"${1}0\"", "\"-0-xx0-\""),
        Case("regex.replace | \"foo\" | \"^[a-z]\" | \"F\"", "\"Foo\""),
        Case("regex.replace | \"foo\" | \"(?P<n>o)\" | \"$n$n$$\"", "\"foo$oo$\""),
        Case("regex.replace | \"abc\" | \"\" | \"-\"", "\"-a-b-c-\""),
        Case("regex.template_match | \"urn:foo:{.*}\" | \"urn:foo:bar:baz\" | \"{\" | \"}\"", "true"),
        Case("regex.match | \"[\" | \"x\"", "undefined"),
        Case("regex.is_valid | \"++\"", "false"), Case("regex.is_valid | 1", "false"),
        Case("regex.match | 1 | \"x\"", "undefined"),
    ])
    func builtins(_ example: Case) throws {
        let parts = example.text.split(separator: " | ").map(String.init)
        #expect(try call(parts[0], Array(parts.dropFirst())) == example.expected)
    }
}
