import Foundation
import RegoRuntime
import Testing

@testable import RegoCompiler

/// The two back ends answer alike: cases of the suite as generated native code and through the evaluator.
///
/// Compiling takes about a minute, so this runs with `COFFER_NATIVE_SUITE=1`, as `hack/test` does; what was compiled is
/// kept. `COFFER_NATIVE_STEP=4` takes every fourth case that can be compared instead of all.
struct NativeSuiteTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static var isWanted: Bool { SuiteReport.isPresent && environment["COFFER_NATIVE_SUITE"] == "1" }

    @Test(
        .enabled(if: isWanted, "COFFER_NATIVE_SUITE=1 is not set, or the suite is not beside this checkout"),
        arguments: [(RegoVersion.v1, "v1"), (.v0, "v0")])
    func backEndsAgree(_ version: RegoVersion, _ folder: String) throws {
        let root = SuiteReport.root.appendingPathComponent(folder)
        let families = try FileManager.default.contentsOfDirectory(at: root, includingPropertiesForKeys: nil)
            .sorted { $0.lastPathComponent < $1.lastPathComponent }
        // Answers that depend on the host's clock or on cryptography that plugins do not have.
        let excluded = ["time", "jwt", "rand", "uuid"]
        let examples = try families.filter { family in
            !excluded.contains { family.lastPathComponent.hasPrefix($0) }
        }.flatMap { try SuiteCase.cases(of: $0) }
        let step = Self.environment["COFFER_NATIVE_STEP"].flatMap(Int.init) ?? 1
        let batch = try NativeBatch(examples, version: version, step: step)
        #expect(batch.entries.count >= 1200 / step)
        let answers = try batch.answers(of: batch.build())
        try #require(answers.count == batch.entries.count, "\(answers.last ?? "")")
        for (entry, answer) in zip(batch.entries, answers) {
            let expected = try evaluated(entry)
            #expect(answer == expected, "\(entry.example.id)")
        }
    }

    /// What the evaluator says, in the form of a plugin's answer.
    private func evaluated(_ entry: NativeBatch.Entry) throws -> String {
        let evaluator = try Evaluator(entry.plan)
        let context = evaluator.context
        do throws(RegoError) {
            let data = try JSONReader.parse(Array(entry.example.data.utf8), context)
            let input = try entry.example.input.map { (text) throws(RegoError) in
                try JSONReader.parse(Array(text.utf8), context)
            }
            let value = try evaluator.evaluate(
                entrypoint: entry.entrypoint, input: input ?? .undefined, data: data)
            return value.isUndefined ? "{}" : "{\"result\":\(String(decoding: value.json, as: UTF8.self))}"
        } catch {
            return String(decoding: error.json, as: UTF8.self)
        }
    }
}
