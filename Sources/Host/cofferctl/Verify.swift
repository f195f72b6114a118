internal import ArgumentParser
internal import AttestationFormat
internal import Foundation
internal import JSON
internal import Verifier

/// `cofferctl verify`: evidence to verdict.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Judge an attestation report: who signed it, what runs, which policy, for whom.",
        discussion: """
            Reads a report (1184 bytes), a report followed by a certificate table, or the JSON of a container's
            attestation socket, and prints one line per demand. What is not demanded is shown as not checked.

            REPORT_DATA must be SHA-512(nonce || public key in DER, SubjectPublicKeyInfo).

            Examples:
              cofferctl verify --evidence evidence.json --policy policy --appliance appliance \\
                --key public.pem --nonce 6f1c...
              cofferctl verify --evidence report.bin --certificates chain.pem --measurement 5feee30d...

            Exit codes: 0 accepted, 3 refused, 1 the evidence could not be read, 2 or 64 wrong usage.
            """,
        subcommands: [ConformanceCommand.self])

    @Option(help: "The evidence file; - reads standard input.")
    var evidence = "-"

    @Option(help: "Also write the report (report.bin) and every certificate (PEM) to this directory.")
    var extract: String?

    @OptionGroup(title: "Where the signature must come from")
    var trust: TrustOptions

    @OptionGroup(title: "What must run")
    var reference: ReferenceOptions

    @OptionGroup(title: "What the platform must be")
    var platform: PlatformOptions

    @OptionGroup var output: OutputOptions

    func run() throws {
        var evidence = try Evidence(parsing: CommandFile.read(evidence))
        for file in trust.certificates { try evidence.add(file: CommandFile.read(file)) }
        if let extract { try VerifyCommand.extract(evidence, to: extract) }
        var policy = VerificationPolicy(time: try trust.time())
        try trust.apply(to: &policy)
        try reference.apply(to: &policy)
        try platform.apply(to: &policy)
        let verdict = Verification.verdict(on: evidence, policy: policy)
        if output.json {
            Terminal.output(bytes: verdict.json.serialized() + [10])
        } else {
            Terminal.output(verdict.table)
        }
        if !verdict.isAccepted { throw ExitCode(ExitStatus.refused.rawValue) }
    }
}

extension VerifyCommand {
    /// Writes what other programs (openssl) can read: `report.bin`, and `SEV-VCEK.pem`, `SEV-Genoa.pem` and so on.
    private static func extract(_ evidence: Evidence, to directory: String) throws {
        let directory = URL(fileURLWithPath: directory)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        try Data(evidence.report).write(to: directory.appendingPathComponent("report.bin"))
        for certificate in evidence.certificates {
            // The name comes from the evidence: only plain characters become part of a path.
            let name = String(
                certificate.commonName.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
            let text = PEM.encode(label: "CERTIFICATE", certificate.encoding)
            try Data(text.utf8).write(to: directory.appendingPathComponent("\(name).pem"))
        }
    }
}
