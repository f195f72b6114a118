import Foundation
import Testing

@testable import RegoCompiler

/// The language's own conformance suite, through parser, checker, planner and evaluator.
///
/// `COFFER_SUITE_REPORT=folder` writes what passed and what did not, one text file per version.
struct SuiteTests {
    @Test(.enabled(if: SuiteReport.isPresent, "the suite is not beside this checkout"))
    func version0() throws {
        try check("v0", .v0, cases: 1953, SuiteShortfalls.v0)
    }

    @Test(.enabled(if: SuiteReport.isPresent, "the suite is not beside this checkout"))
    func version1() throws {
        try check("v1", .v1, cases: 2274, SuiteShortfalls.v1)
    }

    private func check(
        _ folder: String, _ version: RegoVersion, cases: Int,
        _ shortfalls: [String: (failed: Int, notRun: Int)]
    ) throws {
        let report = try SuiteReport(folder: folder, version: version)
        if let target = ProcessInfo.processInfo.environment["COFFER_SUITE_REPORT"] {
            try report.text.write(toFile: "\(target)/\(folder).txt", atomically: true, encoding: .utf8)
        }
        let total = report.total
        #expect(total.passed + total.failed + total.notRun == cases)
        for (family, count) in report.families.sorted(by: { $0.key < $1.key }) {
            let allowed = shortfalls[family] ?? (failed: 0, notRun: 0)
            let examples = report.failures.filter { $0.id.hasPrefix(family + "/") }.prefix(3)
            #expect(count.failed <= allowed.failed, "\(folder)/\(family): \(examples)")
            #expect(count.notRun <= allowed.notRun, "\(folder)/\(family): cases are left out")
        }
    }
}
