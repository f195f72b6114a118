internal import Appliance
internal import ArgumentParser
internal import Foundation
internal import Verifier

/// Measurement, policy digest and binding.
struct ReferenceOptions: ParsableArguments {
    @Option(help: "An expected launch measurement, 96 hexadecimal digits. Repeatable: any of them is right.")
    var measurement: [String] = []

    @Option(
        help:
            "An appliance directory, whose measurement (booted directly, as `cofferctl run` does) is expected."
    )
    var appliance: String?

    @Option(help: "The compiled policy (plugin file or its directory), whose SHA-256 HOST_DATA must be.")
    var policy: String?

    @Option(help: "The expected HOST_DATA, 64 hexadecimal digits.")
    var hostData: String?

    @Option(help: "The public key (PEM) that REPORT_DATA must bind; needs --nonce.")
    var key: String?

    @Option(help: "The nonce that REPORT_DATA must bind, 16 to 64 bytes in hexadecimal; needs --key.")
    var nonce: String?

    @Option(help: "The expected REPORT_DATA, 128 hexadecimal digits, instead of --key and --nonce.")
    var reportData: String?

    @Option(help: "An accepted ID key, SHA-384 in 96 hexadecimal digits. Repeatable.")
    var idKey: [String] = []

    @Option(help: "An accepted author key, SHA-384 in 96 hexadecimal digits. Repeatable.")
    var authorKey: [String] = []

    @Option(help: "Least GUEST_SVN of the ID block.")
    var minimumGuestSvn: UInt32 = 0

    func validate() throws {
        if policy != nil && hostData != nil {
            throw ValidationError("--policy and --host-data exclude each other")
        }
        if (key == nil) != (nonce == nil) { throw ValidationError("--key and --nonce belong together") }
        if key != nil && reportData != nil {
            throw ValidationError("--key and --report-data exclude each other")
        }
    }

    func apply(to demands: inout VerificationPolicy) throws {
        demands.measurements = try measurement.map {
            try CommandFile.hexadecimal("--measurement", $0, 48...48)
        }
        if let appliance {
            demands.measurements.append(
                try LaunchMeasurement.directKernelBoot(appliance: URL(fileURLWithPath: appliance)))
        }
        demands.idKeyDigests = try idKey.map { try CommandFile.hexadecimal("--id-key", $0, 48...48) }
        demands.authorKeyDigests = try authorKey.map {
            try CommandFile.hexadecimal("--author-key", $0, 48...48)
        }
        demands.minimumGuestSVN = minimumGuestSvn
        if let hostData { demands.hostData = try CommandFile.hexadecimal("--host-data", hostData, 32...32) }
        if let policy { demands.hostData = try CommandFile.policyDigest(policy) }
        if let reportData {
            demands.reportData = try CommandFile.hexadecimal("--report-data", reportData, 64...64)
        }
        if let key, let nonce {
            demands.reportData = ReportBinding.reportData(
                nonce: try CommandFile.hexadecimal("--nonce", nonce, ReportBinding.nonceSizes),
                subjectPublicKeyInfo: try CommandFile.publicKey(key))
        }
    }
}
