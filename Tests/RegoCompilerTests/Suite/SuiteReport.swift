import Foundation

@testable import RegoCompiler

/// What became of the cases of one version of the language.
struct SuiteReport {
    struct Count {
        var passed = 0
        var failed = 0
        var notRun = 0
    }

    static let root = FrameworkSources.root.deletingLastPathComponent()
        .appendingPathComponent("shared/data/opa-cases")
    static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path) }

    private(set) var families: [String: Count] = [:]
    private(set) var failures: [(id: String, why: String)] = []
    private(set) var reasons: [String: Int] = [:]

    var total: Count {
        families.values.reduce(into: Count()) {
            $0.passed += $1.passed
            $0.failed += $1.failed
            $0.notRun += $1.notRun
        }
    }

    /// Runs the folder of a version.
    init(folder: String, version: RegoVersion, only: String? = nil) throws {
        let runner = SuiteRunner(version: version)
        let folders = try FileManager.default.contentsOfDirectory(
            at: Self.root.appendingPathComponent(folder), includingPropertiesForKeys: nil
        ).sorted { $0.lastPathComponent < $1.lastPathComponent }
        for family in folders where only == nil || family.lastPathComponent == only {
            for example in try SuiteCase.cases(of: family) { note(runner.run(example), example) }
        }
    }

    private mutating func note(_ outcome: SuiteRunner.Outcome, _ example: SuiteCase) {
        switch outcome {
        case .passed: families[example.family, default: Count()].passed += 1
        case .failed(let why):
            families[example.family, default: Count()].failed += 1
            failures.append(("\(example.id) \(example.note)", why))
        case .notRun(let why):
            families[example.family, default: Count()].notRun += 1
            reasons[why, default: 0] += 1
        }
    }

    /// The numbers for a reader: totals, what is not complete, what was not run and why.
    var text: String {
        let sum = total
        var lines = ["passed \(sum.passed), failed \(sum.failed), not run \(sum.notRun)"]
        for (name, count) in families.sorted(by: { $0.key < $1.key }) where count.failed + count.notRun > 0 {
            lines.append("  \(name): passed \(count.passed), failed \(count.failed), not run \(count.notRun)")
        }
        for (why, count) in reasons.sorted(by: { $0.key < $1.key }) {
            lines.append("  not run, \(why): \(count)")
        }
        for failure in failures { lines.append("FAIL \(failure.id): \(failure.why)") }
        return lines.joined(separator: "\n") + "\n"
    }
}
