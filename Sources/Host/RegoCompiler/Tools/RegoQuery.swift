package import RegoRuntime

/// One query over modules and documents, as the tools ask it.
package final class RegoQuery {
    /// One expression of the query with its value.
    package struct ExpressionValue {
        /// As it stands in the query, without the separator after it.
        package var text: String
        /// From 1.
        package var row: Int
        /// From 1, in bytes.
        package var column: Int
        /// `true` for expressions that have none, such as assignments.
        package var value: Value
    }

    /// One solution.
    package struct Solution {
        /// In the query's order.
        package var expressions: [ExpressionValue]
        /// The query's variables, in order of name.
        package var bindings: [(name: String, value: Value)]
    }

    /// Whose context holds the values of solutions.
    package let evaluator: Evaluator
    private let plan: CompiledPlan
    private let sources: [String: String]
    private let strict: Bool
    private let expressions: [(text: String, position: Position, variable: String?)]

    /// Parses, checks and plans the query.
    package init(
        _ text: String, modules: CompiledModules, version: RegoVersion, limits: Limits = Limits(),
        strict: Bool = false
    ) throws {
        var parsed = try Parser.query(text, version: version)
        var named: [(String, Position, String?)] = []
        for index in parsed.indices {
            let place = parsed[index].position
            let end = index + 1 < parsed.count ? parsed[index + 1].position.offset : text.utf8.count
            let source = Self.trimmed(text, place.offset, end)
            var variable: String?
            if let term = Self.valued(parsed[index]) {
                let name = "expression \(index)"
                parsed[index].kind = .term(
                    Term(.call(Callee("eq"), [Term(.variable(name), place), term]), place))
                variable = name
            }
            named.append((source, place, variable))
        }
        expressions = named
        sources = modules.sources
        self.strict = strict
        plan = try CompiledPlan(modules, query: parsed)
        evaluator = try Evaluator(plan, limits: limits, strict: strict)
    }

    /// The term whose value an expression has; `nil` for statements, which are just true.
    private static func valued(_ expression: Expression) -> Term? {
        guard !expression.isNegated, case .term(let term) = expression.kind else { return nil }
        if case .call(let callee, _) = term.kind, ["eq", "assign"].contains(callee.name) { return nil }
        return term
    }

    /// The text of one expression, without what separates it from the next.
    private static func trimmed(_ text: String, _ start: Int, _ end: Int) -> String {
        var bytes = Array(text.utf8)[start..<max(start, end)]
        while let last = bytes.last, [9, 10, 13, 32, 59].contains(last) { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// All solutions. The values live until the next call.
    ///
    /// - Parameters:
    ///   - input: JSON text; `nil` for no input.
    ///   - data: JSON text of an object.
    package func solutions(input: [UInt8]?, data: [UInt8]) throws(RegoError) -> [Solution] {
        evaluator.reset()
        let context = evaluator.context
        let document = try input.map { (bytes) throws(RegoError) in try JSONReader.parse(bytes, context) }
        let answer = try evaluator.evaluate(
            query: 0, input: document ?? .undefined, data: try JSONReader.parse(data, context))
        return (0..<answer.count).map { solution(answer[$0], context) }
    }

    /// The query as a program of its own; see ``PolicyPackage``.
    package func native() throws(CompilationError) -> PolicyPackage {
        try PolicyPackage(query: plan, sources: sources, strict: strict)
    }

    /// All solutions in a native program's answer. The values live until the next call.
    ///
    /// - Throws: the program's error, or `.internal` for an answer that is none.
    package func solutions(answered bytes: [UInt8]) throws(RegoError) -> [Solution] {
        evaluator.reset()
        let context = evaluator.context
        let answer = try JSONReader.parse(bytes, context)
        if let message = answer["error"]["message"].string {
            let codes: [RegoError.Code] = [.conflict, .type, .builtin, .withMerge, .limit, .input]
            let text = answer["error"]["code"].string
            throw RegoError(codes.first { RegoError($0, "").codeText == text } ?? .internal, message)
        }
        let rows = answer["result"]
        guard rows.isArray else { throw RegoError(.internal, "the program's answer has no result") }
        return (0..<rows.count).map { solution(rows[$0], context) }
    }

    private func solution(_ bindings: Value, _ context: Context) -> Solution {
        var result = Solution(expressions: [], bindings: [])
        for entry in expressions {
            let value = entry.variable.map { bindings[$0] } ?? .true
            result.expressions.append(
                ExpressionValue(
                    text: entry.text, row: entry.position.line, column: entry.position.column, value: value))
        }
        for turn in 0..<bindings.scanCount {
            guard let name = bindings.key(at: turn).string, !name.hasPrefix("expression ") else { continue }
            result.bindings.append((name, bindings.value(at: turn)))
        }
        return result
    }
}
