import Foundation
import RegoRuntime
import Testing

@testable import RegoCompiler

/// The recorded decisions of a reference engine, replayed through compiler, framework and evaluator.
struct CorpusTests {
    static let folder = FrameworkSources.root.deletingLastPathComponent()
        .appendingPathComponent("shared/data/policy-corpus")

    static var isPresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

    private static func lines(_ file: URL) throws -> [Substring] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["gzip", "-dc", file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return text.split(separator: "\n")
    }

    /// Replays every `step`-th scenario of a part; answers how many were replayed and what differed.
    private func replay(_ part: String, step: Int) throws -> (count: Int, differences: [String]) {
        let framework = try FrameworkSources.modules()
        let folder = Self.folder.appendingPathComponent(part)
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "gz" }.sorted { $0.lastPathComponent < $1.lastPathComponent }
        var count = 0
        var differences: [String] = []
        for (number, file) in files.enumerated() where number % step == 0 {
            for line in try Self.lines(file) where line.utf8.count < 400_000 {
                let context = Context.create()
                defer { context.destroy() }
                let replay = CorpusReplay(
                    try JSONReader.parse(Array(line.utf8), context), framework: framework)
                replay.run()
                count += 1
                differences += replay.differences.map { "\(file.lastPathComponent): \($0)" }
            }
        }
        return (count, differences)
    }

    /// COFFER_FULL_CORPUS=1 replays everything; otherwise a part, so that the suite stays quick in debug builds.
    private var step: Int { ProcessInfo.processInfo.environment["COFFER_FULL_CORPUS"] == "1" ? 1 : 6 }

    @Test(.enabled(if: CorpusTests.isPresent, "the policy corpus is not beside this checkout"))
    func recordedTestsAgree() throws {
        let (count, differences) = try replay("tests", step: step)
        #expect(differences.isEmpty, "\(differences.prefix(5))")
        #expect(count >= 80)
    }

    @Test(.enabled(if: CorpusTests.isPresent, "the policy corpus is not beside this checkout"))
    func mutatedTestsAgree() throws {
        let (count, differences) = try replay("mutated", step: step)
        #expect(differences.isEmpty, "\(differences.prefix(5))")
        #expect(count >= 16)
    }
}
