internal import ArgumentParser
internal import Foundation
internal import RegoCompiler
internal import RegoRuntime

/// `cofferctl rego test`: runs a policy's own tests.
struct RegoTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Run the rules whose names begin with test_.",
        discussion: """
            A test passes when its rule is true. Rules that begin with todo_test_ are skipped. Exits with code 1 when a
            test does not pass or there is none.

            Example: cofferctl rego test policy/ --coverage
            """)

    @Argument(help: "Modules, documents, or folders of such.")
    var paths: [String]

    @Option(help: "Run only the tests whose path contains this.")
    var run: String = ""

    @Flag(name: .shortAndLong, help: "Print the tests that pass, too.")
    var verbose = false

    @Flag(help: "Print which lines the tests reach.")
    var coverage = false

    @Flag(help: "Print the results as JSON.")
    var json = false

    @OptionGroup var options: RegoOptions

    func run() async throws {
        let workspace = try options.workspace(paths)
        let modules = try options.compile(workspace)
        let tester: RegoTester
        do {
            tester = try RegoTester(
                modules, data: workspace.data, filter: run, limits: Limits(work: 2_000_000_000),
                measuresCoverage: coverage)
        } catch let error as CompilationError {
            throw RegoOptions.report(error, workspace.sources)
        }
        if json { try printJSON(tester) } else { printText(tester) }
        let bad = tester.results.filter { $0.outcome == .fail || $0.outcome == .error }
        if tester.results.isEmpty { throw Failure("no rules that begin with test_ were found") }
        if !bad.isEmpty { throw ExitCode.failure }
    }

    private func printText(_ tester: RegoTester) {
        for result in tester.results where verbose || result.outcome != .pass {
            let time = String(format: "%.3f ms", Double(result.nanoseconds) / 1_000_000)
            print("\(result.path): \(result.outcome.rawValue) (\(time))")
            if let message = result.message { print("  \(message)") }
            if result.outcome == .fail { print("  \(result.position)") }
        }
        let counts = Dictionary(grouping: tester.results, by: \.outcome).mapValues(\.count)
        for outcome in [RegoTester.Outcome.pass, .fail, .error, .skipped] {
            if let count = counts[outcome] { print("\(outcome.rawValue): \(count)/\(tester.results.count)") }
        }
        guard coverage else { return }
        print(String(format: "coverage: %.1f %% of the lines", tester.coverage.percent))
        for (file, lines) in tester.coverage.notReached.sorted(by: { $0.key < $1.key }) {
            print("  \(file): not reached: \(lines.sorted().map(String.init).joined(separator: ", "))")
        }
    }

    private func printJSON(_ tester: RegoTester) throws {
        let items = tester.results.map { result -> [String: Any] in
            var item: [String: Any] = [
                "name": result.path, "outcome": result.outcome.rawValue.lowercased(),
                "duration": result.nanoseconds,
                "location": ["file": result.position.file, "row": result.position.line],
            ]
            if let message = result.message { item["message"] = message }
            return item
        }
        var members: [String: Any] = ["tests": items]
        if coverage {
            members["coverage"] = tester.coverage.percent
            members["notReached"] = tester.coverage.notReached.mapValues { $0.sorted() }
        }
        let data = try JSONSerialization.data(
            withJSONObject: members, options: [.sortedKeys, .prettyPrinted])
        print(String(decoding: data, as: UTF8.self))
    }
}
