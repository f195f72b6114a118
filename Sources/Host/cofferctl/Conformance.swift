internal import ArgumentParser
internal import AttestationFormat
internal import Foundation
internal import JSON
internal import Verifier

/// `cofferctl verify conformance`: the adapter that the tinfoil-conformance harness runs, one process per case.
struct ConformanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Answer one case of the tinfoil-conformance suite (stage verify-attestation-sev).",
        discussion: """
            Reads a case from standard input and prints the answer, both JSON. Exit codes are the suite's: 0 accepted,
            10 rejected, 20 unsupported, 30 malformed.

            Example:
              cofferctl verify conformance --authorities amd-chain.pem < input.json
            """,
        shouldDisplay: false)

    @Option(help: "Intermediates and roots (PEM) for cases that bring none. Repeatable.")
    var authorities: [String] = []

    func run() throws {
        let certificates = try authorities.flatMap { try Certificate.all(derOrPEM: CommandFile.read($0)) }
        let answer = ConformanceCase.answer(
            to: try CommandFile.read("-"), certificates: certificates,
            now: Int64(Date().timeIntervalSince1970), decompress: ConformanceCommand.decompress)
        Terminal.output(bytes: answer.json.serialized() + [10])
        if answer.status != .accepted { throw ExitCode(answer.status.rawValue) }
    }

    /// Runs gzip over a file, so that no pipe can fill up; nil when it refuses.
    private static func decompress(_ bytes: [UInt8]) -> [UInt8]? {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).gz")
        defer { try? FileManager.default.removeItem(at: file) }
        do {
            try Data(bytes).write(to: file)
            let gzip = Process()
            gzip.executableURL = URL(fileURLWithPath: "/usr/bin/env")
            gzip.arguments = ["gzip", "-dc", file.path]
            let output = Pipe()
            gzip.standardOutput = output
            gzip.standardError = FileHandle.nullDevice
            try gzip.run()
            let result = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
            gzip.waitUntilExit()
            return gzip.terminationStatus == 0 ? result : nil
        } catch {
            return nil
        }
    }
}
