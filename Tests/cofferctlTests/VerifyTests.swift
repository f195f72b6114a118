import Foundation
import JSON
import Testing

/// `cofferctl verify` and `measure` from the outside, on real evidence.
@Suite struct VerifyTests {
    private static let vectors = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data/snp-vectors").path
    private static let isReady = Cofferctl.isBuilt && FileManager.default.fileExists(atPath: vectors)
    private static let absence: Comment = "cofferctl is not built, or ../shared/data/snp-vectors is not here"

    private static let evidence = ["verify", "--evidence", vectors + "/ext/mstav-genoa.bin"]
    private static let chain = ["--certificates", vectors + "/roots/trustee_genoa_ask_ark_asvk.pem"]
    private static let time = ["--at", "2026-06-01T00:00:00Z"]
    private static let hostData = [
        "--host-data", "4f4448c67f3c8dfc8de8a5e37125d807dadcc41f06cf23f615dbd52eec777d10",
    ]

    private static func run(_ arguments: [String]) throws -> Cofferctl.Result {
        try Cofferctl.run(arguments)
    }

    @Test(.enabled(if: isReady, absence)) func acceptance() throws {
        let result = try Self.run(Self.evidence + Self.chain + Self.time + Self.hostData)
        #expect(result.status == 0, "\(result.errors)")
        #expect(result.output.contains("ok    host-data"))
        #expect(result.output.contains("ACCEPTED; not checked: "))
    }

    @Test(.enabled(if: isReady, absence)) func acceptanceAsJSON() throws {
        let result = try Self.run(Self.evidence + Self.chain + Self.time + ["--json"])
        let json = try JSON.parse(result.output)
        #expect(json["accepted"]?.boolValue == true)
        #expect(json["family"]?.stringValue == "Genoa")
    }

    /// Demands that this report does not meet: exit code 3, and the demand is named.
    @Test(
        .enabled(if: isReady, absence),
        arguments: [
            (["--host-data", String(repeating: "0", count: 64)], "host-data"),
            (["--measurement", String(repeating: "0", count: 96)], "measurement"),
            (["--report-data", String(repeating: "1", count: 128)], "report-data"),
            (["--family", "Turin"], "family"),
            (["--vmpl", "2"], "privilege-level"),
            (["--minimum-tcb", "bl=255"], "minimum-tcb"),
            (["--minimum-firmware", "9.0.0"], "firmware"),
            (["--refuse-smt"], "smt"),
            (["--require-revocation-list"], "revocation"),
            (["--id-key", String(repeating: "0", count: 96)], "id-key"),
            (["--minimum-guest-svn", "4000000000"], "guest-svn"),
        ] as [([String], String)])
    func refusals(demand: [String], subject: String) throws {
        let result = try Self.run(Self.evidence + Self.chain + Self.time + demand)
        #expect(result.status == 3, "\(result.output)")
        #expect(result.output.contains("REFUSED: \(subject)"), "\(result.output)")
    }

    @Test(.enabled(if: isReady, absence)) func withoutAChain() throws {
        let result = try Self.run(
            ["verify", "--evidence", Self.vectors + "/mstav-genoa/report.bin"] + Self.time)
        #expect(result.status == 3)
        #expect(result.output.contains("FAIL  chain"))
    }

    @Test(.enabled(if: isReady, absence)) func expiredCertificates() throws {
        let result = try Self.run(Self.evidence + Self.chain + ["--at", "2060-01-01T00:00:00Z"])
        #expect(result.status == 3 && result.output.contains("REFUSED: validity"))
        let ignored = try Self.run(
            Self.evidence + Self.chain + ["--at", "2060-01-01T00:00:00Z", "--ignore-expiry"])
        #expect(ignored.status == 0 && ignored.output.contains("warn  validity"))
    }

    /// Arguments that make no sense.
    @Test(
        .enabled(if: isReady, absence),
        arguments: [
            ["--host-data", "xyz"], ["--host-data", "00"], ["--measurement", "00"], ["--at", "yesterday"],
            ["--family", "Rome"], ["--minimum-tcb", "bl"], ["--minimum-tcb", "x=1"],
            ["--minimum-firmware", "1"],
            ["--nonce", "00"], ["--policy", "p", "--host-data", "00"], ["--unknown"],
        ])
    func usage(arguments: [String]) throws {
        let result = try Self.run(Self.evidence + arguments)
        #expect(result.status == 2 || result.status == 64, "\(result.output)\(result.errors)")
        #expect(!result.errors.isEmpty)
    }

    @Test(.enabled(if: isReady, absence), arguments: ["/nowhere", "/dev/null"])
    func unreadableEvidence(path: String) throws {
        let result = try Self.run(["verify", "--evidence", path])
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("cofferctl: "))
    }

    /// What `--extract` writes is what an independent program verifies.
    @Test(.enabled(if: isReady, absence)) func extraction() throws {
        let directory = try Cofferctl.Directory()
        _ = try Self.run(Self.evidence + Self.chain + Self.time + ["--extract", directory.path])
        let openssl = Process()
        openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        openssl.currentDirectoryURL = URL(fileURLWithPath: directory.path)
        openssl.arguments = [
            "verify", "-no_check_time", "-CAfile", "ARK-Genoa.pem", "-untrusted", "SEV-Genoa.pem",
            "SEV-VCEK.pem",
        ]
        openssl.standardOutput = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        #expect(openssl.terminationStatus == 0)
        let report = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/report.bin"))
        #expect(report.count == 1184)
    }

    /// The firmware's own digest is that of sev-snp-measure for one EPYC-v4 processor and no kernel.
    @Test(.enabled(if: isReady, absence)) func measurement() throws {
        let result = try Self.run(["measure", "--firmware", Self.vectors + "/measure/OVMF.amdsev.fd"])
        #expect(result.status == 0, "\(result.errors)")
        #expect(
            result.output
                == "d74bd3ea40b240c3228edc5177ce6193561ebff633dbd0be76d6c143b876d65102425c0e2e8a930857c48daa5eacda58\n"
        )
    }

    @Test(
        .enabled(if: Cofferctl.isBuilt),
        arguments: [
            (["measure"], 64), (["measure", "--appliance", "/nowhere"], 1),
            (["measure", "--kernel", "/nowhere"], 1), (["measure", "--firmware", "/dev/null"], 1),
            (["measure", "--firmware", "/dev/null", "--model", "x"], 2),
            (["measure", "--firmware", "/dev/null", "--monitor", "x"], 2),
            (["measure", "--firmware", "/dev/null", "--features", "x"], 2),
        ] as [([String], Int32)])
    func badMeasurements(arguments: [String], status: Int32) throws {
        let result = try Self.run(arguments)
        #expect(result.status == status, "\(result.errors)")
    }
}
