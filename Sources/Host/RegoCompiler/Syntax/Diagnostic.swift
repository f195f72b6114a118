/// One thing that is wrong with a module, with the place and the remedy.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    /// The class of the error, named as the Open Policy Agent names it.
    public enum Code: String, Sendable {
        /// The text is no Rego.
        case parse = "rego_parse_error"
        /// A name, an import or an assignment that the language does not allow there.
        case compile = "rego_compile_error"
        /// A value of a kind that can never fit, or rules of one name that cannot go together.
        case type = "rego_type_error"
        /// A variable has no value when it is needed.
        case unsafe = "rego_unsafe_var_error"
        /// A rule depends on itself.
        case recursion = "rego_recursion_error"
    }

    /// The class, which clients may match on.
    public var code: Code
    /// One line, without position and code.
    public var message: String
    /// Where it is wrong, not always where it has to be mended.
    public var position: Position
    /// What to write instead, when the compiler knows it.
    public var hint: String?
    /// What was found and what was expected, a line each.
    public var details: [String] = []

    init(_ code: Code, _ message: String, at position: Position, hint: String? = nil) {
        self.code = code
        self.message = message
        self.position = position
        self.hint = hint
    }

    /// `file:line:column: code: message`.
    public var description: String {
        "\(position): \(code.rawValue): \(message)" + (hint.map { "; \($0)" } ?? "")
            + details.map { "\n\t\($0)" }.joined()
    }

    /// The message, the source line and a caret under the place.
    public func rendered(in sources: [String: String]) -> String {
        var text = "\(position): \(code.rawValue): \(message)\n"
        if let source = sources[position.file] {
            let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
            if position.line >= 1, position.line <= lines.count {
                let line = lines[position.line - 1]
                let margin = line.utf8.prefix(max(0, position.column - 1))
                    .map { $0 == UInt8(ascii: "\t") ? "\t" : " " }.joined()
                text += "    \(line)\n    \(margin)^\n"
            }
        }
        for line in details { text += "    \(line)\n" }
        if let hint { text += "    \(hint)\n" }
        return text
    }
}

/// The reasons why a set of modules was refused; never empty.
public struct CompilationError: Error, Sendable, CustomStringConvertible {
    /// In the order in which they were found.
    public var diagnostics: [Diagnostic]

    /// Every reason with its line and a caret, then how many there are.
    public func rendered(in sources: [RegoCompiler.Source]) -> String {
        let texts = Dictionary(sources.map { ($0.file, $0.text) }, uniquingKeysWith: { first, _ in first })
        let count = diagnostics.count
        return diagnostics.map { $0.rendered(in: texts) }.joined()
            + "\(count) error\(count == 1 ? "" : "s")\n"
    }

    /// A refusal for these reasons.
    public init(_ diagnostics: [Diagnostic]) { self.diagnostics = diagnostics }
    init(_ code: Diagnostic.Code, _ message: String, at position: Position, hint: String? = nil) {
        diagnostics = [Diagnostic(code, message, at: position, hint: hint)]
    }

    public var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
