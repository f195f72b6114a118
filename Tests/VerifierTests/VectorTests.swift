import AttestationFormat
import Foundation
import Testing

@testable import Verifier

/// Real evidence that lives beside the repository; tests that need it are skipped without it.
enum Vectors {
    static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data/snp-vectors")
    static let present = FileManager.default.fileExists(atPath: directory.path)
    static let absence: Comment = "the SEV-SNP vectors (../shared/data/snp-vectors) are not here"

    static func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appendingPathComponent(name)))
    }

    /// AMD's intermediates and roots of all families.
    static func roots() throws -> [Certificate] {
        try ["milan", "genoa", "turin"].flatMap { family in
            try Certificate.all(derOrPEM: bytes("roots/trustee_\(family)_ask_ark_asvk.pem"))
        }
    }

    /// A report, or a report with its table, and AMD's roots.
    static func evidence(_ report: String, certificates: [String] = []) throws -> Evidence {
        var evidence = try Evidence(parsing: bytes(report))
        evidence.certificates += try roots()
        for file in certificates { try evidence.add(file: bytes(file)) }
        return evidence
    }

    /// 21 November 2026: the vectors' certificates are valid, but for the VLEK.
    static let time: Int64 = 1_795_219_200

    static func policy() -> VerificationPolicy { VerificationPolicy(time: time) }
}

/// Every real report with the outcome that its maker and the layout's rules lead to.
@Suite struct VectorTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let report: String
        var certificates: [String] = []
        let family: ChipFamily
        /// What default demands refuse; empty when they accept.
        var refusals: Set<Check.Subject> = []
        var testDescription: String { report }
    }

    static let vectors: [Vector] = [
        // DEBUG is set in its policy.
        Vector(
            report: "gosev-milan/report.bin", certificates: ["gosev-milan/vcek.der"], family: .milan,
            refusals: [.debug]),
        Vector(report: "virtee-milan/report.bin", certificates: ["virtee-milan/vcek.der"], family: .milan),
        // Microcode 206 runs, 115 is committed.
        Vector(
            report: "trustee-milan-vcek/report.bin", certificates: ["trustee-milan-vcek/vcek.der"],
            family: .milan, refusals: [.provisionalFirmware]),
        Vector(report: "mstav-milan/report.bin", certificates: ["mstav-milan/vcek.pem"], family: .milan),
        Vector(report: "mstav-genoa/report.bin", certificates: ["mstav-genoa/vcek.pem"], family: .genoa),
        Vector(
            report: "mssidecar-attest/snp_report.bin",
            certificates: ["mssidecar-attest/uvm_host_amd_certificate.json"], family: .milan),
        // Microcode 210 runs, 115 is committed.
        Vector(
            report: "derived-trustee-hcl/report.bin", certificates: ["derived-trustee-hcl/vcek.pem"],
            family: .milan, refusals: [.provisionalFirmware]),
        Vector(
            report: "derived-trustee-az-genoa/report.bin",
            certificates: ["derived-trustee-az-genoa/vcek.pem"], family: .genoa),
        Vector(
            report: "derived-trustee-az-v0/report.bin", certificates: ["derived-trustee-az-v0/vcek.pem"],
            family: .milan),
        Vector(
            report: "derived-trustee-az-v1/report.bin", certificates: ["derived-trustee-az-v1/vcek.pem"],
            family: .milan),
        Vector(
            report: "derived-oak-genoa_oc/report.bin", certificates: ["derived-oak-genoa_oc/vcek.der"],
            family: .genoa),
        Vector(
            report: "derived-oak-milan_oc_release/report.bin",
            certificates: ["derived-oak-milan_oc_release/vcek.der"], family: .milan),
        Vector(
            report: "derived-oak-milan_oc_staging/report.bin",
            certificates: ["derived-oak-milan_oc_staging/vcek.der"], family: .milan),
        Vector(
            report: "derived-oak-milan_rk_release/report.bin",
            certificates: ["derived-oak-milan_rk_release/vcek.der"], family: .milan),
        Vector(
            report: "derived-oak-milan_rk_staging/report.bin",
            certificates: ["derived-oak-milan_rk_staging/vcek.der"], family: .milan),
        Vector(
            report: "mstav-milan-crypto/report.bin", certificates: ["mstav-milan-crypto/vcek.pem"],
            family: .milan),
        Vector(report: "ext/mstav-turin.bin", family: .turin),
        Vector(report: "ext/oak-turin_oc.bin", family: .turin),
        Vector(report: "ext/trustee-e2e.bin", family: .genoa),
        Vector(report: "ext/veraison-hostblob.bin", family: .genoa),
        // A provider's key of one year, out of date by now; asked at VMPL 1; microcode 220 runs, 219 is committed.
        Vector(
            report: "ext/trustee-milan-vlek.bin", family: .milan,
            refusals: [.validity, .privilegeLevel, .provisionalFirmware]),
        Vector(report: "ext/gosev-milan.bin", family: .milan, refusals: [.debug]),
        Vector(report: "ext/mssidecar-attest.bin", family: .milan),
        Vector(report: "ext/mstav-genoa.bin", family: .genoa),
        Vector(report: "ext/mstav-milan.bin", family: .milan),
        Vector(report: "ext/oak-genoa_oc.bin", family: .genoa),
        Vector(report: "ext/oak-milan_oc_release.bin", family: .milan),
        Vector(
            report: "ext/trustee-milan-vcek.bin", family: .milan, refusals: [.provisionalFirmware]),
        Vector(report: "ext/virtee-milan.bin", family: .milan),
    ]

    @Test(.enabled(if: Vectors.present, Vectors.absence), arguments: vectors)
    func realReport(vector: Vector) throws {
        let evidence = try Vectors.evidence(vector.report, certificates: vector.certificates)
        let verdict = Verification.verdict(on: evidence, policy: Vectors.policy())
        #expect(Set(verdict.failures.map(\.subject)) == vector.refusals, "\(verdict.table)")
        #expect(verdict.family == vector.family)
        #expect(!verdict.isDevelopment)
        #expect(verdict[.signature] == .passed)
        #expect(verdict[.root] == .passed)
    }

    /// No byte of a report can change, signature and reserved fields included.
    @Test(.enabled(if: Vectors.present, Vectors.absence)) func everyChangedByteIsRefused() throws {
        let evidence = try Vectors.evidence("mstav-genoa/report.bin", certificates: ["mstav-genoa/vcek.pem"])
        for offset in 0..<AttestationReport.size {
            var changed = evidence
            changed.report[offset] ^= 1 << UInt8(offset % 8)
            let verdict = Verification.verdict(on: changed, policy: Vectors.policy())
            #expect(!verdict.isAccepted, "byte \(offset)")
        }
    }
}
