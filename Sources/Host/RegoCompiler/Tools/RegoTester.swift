package import RegoRuntime

/// Runs the rules of a workspace whose names begin with `test_`.
package struct RegoTester {
    /// How a test ended; the raw value is the word that is printed.
    package enum Outcome: String {
        /// Its value is true.
        case pass = "PASS"
        /// Undefined, or another value.
        case fail = "FAIL"
        /// It could not be evaluated.
        case error = "ERROR"
        /// A `todo_test_`.
        case skipped = "SKIPPED"
    }

    /// One test.
    package struct Result {
        /// `data.package.test_name`
        package var path: String
        /// Of the test's first rule.
        package var position: Position
        /// `skipped` for `todo_test_`, `error` when it cannot be evaluated, `fail` when it is not true.
        package var outcome: Outcome
        /// The error's text, where there is one.
        package var message: String?
        /// Reading the documents included; 0 when skipped.
        package var nanoseconds: Int
    }

    /// Which lines of which files were reached.
    package struct Coverage {
        /// By file; lines count from 1.
        package var reached: [String: Set<Int>] = [:]
        /// By file; lines that some rule or expression has and no test came to.
        package var notReached: [String: Set<Int>] = [:]

        /// Reached lines in a hundred.
        package var percent: Double {
            let hit = reached.values.reduce(0) { $0 + $1.count }
            let all = notReached.values.reduce(hit) { $0 + $1.count }
            return all == 0 ? 100 : 100 * Double(hit) / Double(all)
        }
    }

    /// In the order of the rules' paths.
    package private(set) var results: [Result] = []
    /// Empty unless it was asked for.
    package private(set) var coverage = Coverage()

    /// - Parameter filter: runs only tests whose path contains it.
    package init(
        _ modules: CompiledModules, data: [UInt8], filter: String = "", limits: Limits = Limits(),
        measuresCoverage: Bool = false
    ) throws {
        let tests = modules.tree.ruleNodes.filter {
            guard let name = $0.path.last, $0.kind == .complete else { return false }
            return (name.hasPrefix("test_") || name.hasPrefix("todo_test_"))
                && (filter.isEmpty || $0.name.contains(filter))
        }
        let paths = tests.map { $0.path.dropFirst().joined(separator: "/") }
        let plan = try CompiledPlan(modules, entrypoints: paths, folds: false)
        let evaluator = try Evaluator(plan, limits: limits)
        if measuresCoverage { evaluator.recordsPositions = true }
        for (test, path) in zip(tests, paths) {
            results.append(Self.run(test, path, evaluator, data))
        }
        if measuresCoverage { cover(plan, evaluator.reachedPositions) }
    }

    private static func run(
        _ test: RuleNode, _ path: String, _ evaluator: Evaluator, _ data: [UInt8]
    ) -> Result {
        var result = Result(
            path: test.name, position: test.rules[0].rule.position, outcome: .fail, message: nil,
            nanoseconds: 0)
        if test.path.last?.hasPrefix("todo_") == true {
            result.outcome = .skipped
            return result
        }
        let start = ContinuousClock.now
        do {
            evaluator.reset()
            let documents = try JSONReader.parse(data, evaluator.context)
            let value = try evaluator.evaluate(entrypoint: path, input: .undefined, data: documents)
            if value.isTrue { result.outcome = .pass }
        } catch {
            result.outcome = .error
            result.message = "\(evaluator.position): \(error)"
        }
        let spent = ContinuousClock.now - start
        result.nanoseconds =
            Int(spent.components.seconds) * 1_000_000_000
            + Int(spent.components.attoseconds / 1_000_000_000)
        return result
    }

    /// Lines of rules and expressions that some test needs to reach; tests themselves do not count.
    private mutating func cover(_ plan: CompiledPlan, _ positions: Set<Position>) {
        for position in plan.plan.positions where !position.file.isEmpty {
            if positions.contains(where: { $0.file == position.file && $0.line == position.line }) {
                coverage.reached[position.file, default: []].insert(position.line)
            } else {
                coverage.notReached[position.file, default: []].insert(position.line)
            }
        }
    }
}
