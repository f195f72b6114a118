import Foundation
import JSON
import Testing

/// A container proves itself: a fresh key, the asker's nonce, the running machine, the policy in force. And what the
/// relying party must refuse: rows 1, 2 and 9 of the threat model.
@Suite(.serialized, .enabled(if: VMTests.isOn, VMTests.comment))
struct ProofTests {
    /// What one container answered to one nonce.
    struct Proof: Sendable {
        let directory: String
        let nonce: String

        var evidence: String { directory + "/evidence.json" }
        var key: String { directory + "/key.pem" }
    }

    private static let nonce = String(repeating: "5a", count: 32)

    /// One machine and one proof for the suite; the machine is not needed to judge.
    private static let proof = Result { () throws -> Proof in
        let pod = try PodUnderTest(name: "proof")
        let answer = try pod.exec("nginx", "/usr/local/bin/attest", input: nonce + "\n")
        guard answer.status == 0 else { throw Cofferctl.Failure(description: "attest: \(answer.errors)") }
        let directory = VMTests.state + "-proof"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let lines = answer.output.split(separator: "\n", omittingEmptySubsequences: false)
        let proof = Proof(directory: directory, nonce: nonce)
        try lines.filter { !$0.hasPrefix("{") }.joined(separator: "\n")
            .write(toFile: proof.key, atomically: true, encoding: .utf8)
        try lines.filter { $0.hasPrefix("{") }.joined()
            .write(toFile: proof.evidence, atomically: true, encoding: .utf8)
        return proof
    }

    private static let root = VMTests.state + "/psp/ark.pem"

    /// The verdict when everything that a relying party knows is demanded; `changes` replace or (empty) drop options.
    private static func verify(_ changes: [String: String] = [:]) throws -> (status: Int32, json: JSON) {
        let proof = try proof.get()
        let inputs = try VMTests.inputs.get()
        var options = [
            "--evidence": proof.evidence, "--key": proof.key, "--nonce": proof.nonce,
            "--policy": inputs.policy,
            "--appliance": inputs.appliance, "--trust-root": root,
        ]
        options.merge(changes) { $1 }
        let arguments = options.filter { !$0.value.isEmpty }.sorted { $0.key < $1.key }.flatMap {
            [$0.key, $0.value]
        }
        let result = try Cofferctl.run(["verify", "--json"] + arguments)
        return (result.status, try JSON.parse(result.output))
    }

    private static func failures(_ json: JSON) -> [String?] {
        (json["checks"]?.arrayValue ?? []).filter { $0["outcome"]?.stringValue == "failed" }
            .map { $0["subject"]?.stringValue }
    }

    @Test func theProofHolds() throws {
        let (status, json) = try Self.verify()
        #expect(status == 0, "\(json.text)")
        #expect(json["accepted"]?.boolValue == true)
        #expect(json["development"]?.boolValue == true)
        let passed = (json["checks"]?.arrayValue ?? []).filter { $0["outcome"]?.stringValue == "passed" }
            .compactMap { $0["subject"]?.stringValue }
        for subject in ["signature", "chain", "root", "measurement", "host-data", "report-data", "debug"] {
            #expect(passed.contains(subject))
        }
    }

    /// The simulated processor's root counts for nothing unless it is named.
    @Test func withoutTheNamedRoot() throws {
        let (status, json) = try Self.verify(["--trust-root": ""])
        #expect(status == 3)
        #expect(Self.failures(json) == ["root"])
    }

    /// A replayed report: right key, another nonce.
    @Test func anotherNonce() throws {
        let (status, json) = try Self.verify(["--nonce": String(repeating: "5b", count: 32)])
        #expect(status == 3)
        #expect(Self.failures(json) == ["report-data"])
    }

    /// The man in the middle: another key under the same report.
    @Test func anotherKey() throws {
        let path = try Self.proof.get().directory + "/other.pem"
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.arguments = ["genpkey", "-algorithm", "ED25519", "-out", path + ".private"]
        try openssl.run()
        openssl.waitUntilExit()
        let publicKey = Process()
        publicKey.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        publicKey.arguments = ["pkey", "-in", path + ".private", "-pubout", "-out", path]
        try publicKey.run()
        publicKey.waitUntilExit()
        let (status, json) = try Self.verify(["--key": path])
        #expect(status == 3)
        #expect(Self.failures(json) == ["report-data"])
    }

    @Test func anotherPolicy() throws {
        let path = try Self.proof.get().directory + "/plugin"
        var plugin = try Data(contentsOf: URL(fileURLWithPath: VMTests.inputs.get().policy + "/plugin"))
        plugin[plugin.count - 1] ^= 1
        try plugin.write(to: URL(fileURLWithPath: path))
        let (status, json) = try Self.verify(["--policy": path])
        #expect(status == 3)
        #expect(Self.failures(json) == ["host-data"])
    }

    /// The same kernel and command line with another initramfs.
    @Test func anotherGuestImage() throws {
        let inputs = try VMTests.inputs.get()
        let text = try String(contentsOfFile: inputs.appliance + "/appliance.json", encoding: .utf8)
        let manifest = try JSON.parse(text)
        let commandLine = try #require(manifest["commandLine"]?.stringValue)
        let measured = try Cofferctl.run([
            "measure", "--kernel", inputs.appliance + "/vmlinuz", "--initrd", inputs.appliance + "/vmlinuz",
            "--append", commandLine,
        ])
        let measurement = measured.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let (status, json) = try Self.verify(["--appliance": "", "--measurement": measurement])
        #expect(status == 3)
        #expect(Self.failures(json) == ["measurement"])
    }
}
