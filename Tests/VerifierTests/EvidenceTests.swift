import AttestationFormat
import JSON
import Testing

@testable import Verifier

@Suite struct EvidenceTests {
    private let report = AttestationReport().encoded()

    @Test func bareReport() throws {
        let evidence = try Evidence(parsing: report)
        #expect(evidence.report == report)
        #expect(evidence.certificates.isEmpty)
    }

    @Test func jsonOfTheSocket() throws {
        let table = CertificateTable(entries: []).encoded()
        let json: JSON = [
            "attestation_report": .string(Base64.encode(report)), "cert_table": .string(Base64.encode(table)),
        ]
        #expect(try Evidence(parsing: json.serialized()).report == report)
        let raw: JSON = ["report": .string(Hexadecimal.encode(report))]
        #expect(try Evidence(parsing: [32, 10] + raw.serialized()).report == report)
    }

    /// Texts that are not evidence.
    @Test(arguments: [
        "", "x", "{}", "{", "{\"attestation_report\": 1}", "{\"attestation_report\": \"*\"}",
        "{\"report\": \"0\"}",
        "{\"report\": \"00\", \"cert_table\": \"*\"}", "{\"report\": \"00\", \"cert_table\": \"AAAA\"}",
    ])
    func otherTextsAreRefused(text: String) {
        #expect(throws: EvidenceError.self) { try Evidence(parsing: [UInt8](text.utf8)) }
    }

    @Test func aDamagedTableIsRefused() {
        #expect(throws: EvidenceError.self) { try Evidence(parsing: report + [1, 2, 3]) }
    }

    /// The host's rubbish under a known identifier is named, not fatal.
    @Test func damagedEntriesAreNamed() throws {
        let table = CertificateTable(entries: [
            .init(guid: .vcek, contents: [1, 2, 3]), .init(guid: .crl, contents: []),
            .init(guid: try GUID(bytes: [UInt8](repeating: 5, count: 16)), contents: [9]),
        ])
        let evidence = try Evidence(parsing: report + table.encoded())
        #expect(evidence.unreadable.count == 2)
        let verdict = Verification.verdict(on: evidence, policy: VerificationPolicy(time: 0))
        #expect(verdict.checks.filter { $0.subject == .certificateTable }.count == 2)
        #expect(!verdict.isAccepted)
    }

    @Test(arguments: ["", "x", "{}", "-----BEGIN KEY-----\nAA==\n-----END KEY-----\n"])
    func filesThatAreNoCertificates(text: String) {
        #expect(throws: EvidenceError.self) {
            var evidence = Evidence(report: report)
            try evidence.add(file: [UInt8](text.utf8))
        }
    }

    @Test(arguments: [0, 1, 1183]) func shortReportsAreRefused(count: Int) {
        let verdict = Verification.verdict(
            on: Evidence(report: [UInt8](repeating: 0, count: count)), policy: VerificationPolicy(time: 0))
        #expect(verdict[.format] == .failed)
        #expect(!verdict.isAccepted)
        #expect(verdict.headline == "REFUSED: format")
    }

    @Test func anEmptyVerdictAcceptsNothing() {
        #expect(!Verdict(time: 0).isAccepted)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func outputTellsAll() throws {
        let evidence = try Vectors.evidence("gosev-milan/report.bin", certificates: ["gosev-milan/vcek.der"])
        let verdict = Verification.verdict(on: evidence, policy: Vectors.policy())
        #expect(verdict.headline == "REFUSED: debug")
        #expect(verdict.table.split(separator: "\n").count == verdict.checks.count + 1)
        let json = try JSON.parse(verdict.json.serialized())
        #expect(json["accepted"]?.boolValue == false)
        #expect(json["development"]?.boolValue == false)
        #expect(json["family"]?.stringValue == "Milan")
        #expect(json["checks"]?.arrayValue?.count == verdict.checks.count)
    }
}
