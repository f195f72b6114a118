import AttestationFormat
import Testing

@testable import Verifier

/// Chains that are incomplete, mixed, damaged or revoked.
@Suite struct ChainTests {
    private static func verdict(_ evidence: Evidence, time: Int64 = Vectors.time) -> Verdict {
        Verification.verdict(on: evidence, policy: VerificationPolicy(time: time))
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func withoutCertificates() throws {
        let verdict = Self.verdict(Evidence(report: try Vectors.bytes("mstav-milan/report.bin")))
        #expect(verdict[.chain] == .failed)
        #expect(!verdict.isAccepted)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence), arguments: ["ARK-Milan", "SEV-Milan"])
    func withoutOneAuthority(name: String) throws {
        var evidence = try Vectors.evidence("mstav-milan/report.bin", certificates: ["mstav-milan/vcek.pem"])
        evidence.certificates.removeAll { $0.commonName == name }
        let verdict = Self.verdict(evidence)
        #expect(verdict[.chain] == .failed)
        #expect(verdict.checks.contains { $0.detail.contains(name) })
    }

    /// The certificate of another chip: wrong key, wrong chip, wrong TCB.
    @Test(.enabled(if: Vectors.present, Vectors.absence)) func certificateOfAnotherChip() throws {
        let evidence = try Vectors.evidence("mstav-milan/report.bin", certificates: ["virtee-milan/vcek.der"])
        let failures = Set(Self.verdict(evidence).failures.map(\.subject))
        #expect(failures == [.signature, .chipID, .certificateTCB])
    }

    /// The certificate of another family.
    @Test(.enabled(if: Vectors.present, Vectors.absence)) func certificateOfAnotherFamily() throws {
        let evidence = try Vectors.evidence("mstav-milan/report.bin", certificates: ["mstav-genoa/vcek.pem"])
        let verdict = Self.verdict(evidence)
        #expect(verdict[.family] == .failed)
        #expect(verdict[.root] == .failed)
        #expect(verdict[.names] == .failed)
    }

    /// Certificates whose contents were altered after signing: readable, but the signature does not hold.
    @Test(
        .enabled(if: Vectors.present, Vectors.absence),
        arguments: ["trustee-milan-vcek/vcek-invalid-legacy.der", "trustee-milan-vcek/vcek-invalid-new.der"])
    func alteredCertificates(file: String) throws {
        let evidence = try Vectors.evidence("trustee-milan-vcek/report.bin", certificates: [file])
        #expect(Self.verdict(evidence)[.chain] == .failed)
    }

    /// No byte of the endorsement certificate can change.
    @Test(.enabled(if: Vectors.present, Vectors.absence)) func everyChangedByteOfTheCertificate() throws {
        let bytes = try Vectors.bytes("virtee-milan/vcek.der")
        let base = try Vectors.evidence("virtee-milan/report.bin")
        for offset in stride(from: 0, to: bytes.count, by: 7) {
            var changed = bytes
            changed[offset] ^= 0x10
            guard let certificate = try? Certificate(parsing: changed) else { continue }
            var evidence = base
            evidence.certificates.append(certificate)
            #expect(!Self.verdict(evidence).isAccepted, "byte \(offset)")
        }
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func keysOfTheTwoAlgorithmsDoNotMix() throws {
        let root = try #require(try Vectors.roots().first { $0.commonName == "ARK-Milan" })
        let key = try #require(PublicKey(subjectPublicKeyInfo: root.publicKey))
        #expect(key.verifiesPSS(root.signature, over: root.signedPart))
        #expect(!key.verifiesPSS(root.signature, over: root.signedPart + [0]))
        #expect(!key.verifiesPSS([], over: root.signedPart))
        #expect(!key.verifiesECDSA(r: [1], s: [1], over: root.signedPart))
        #expect(PublicKey(subjectPublicKeyInfo: root.publicKey + [0]) == nil)
        #expect(PublicKey(subjectPublicKeyInfo: []) == nil)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func pinsAreThoseOfTheRoots() throws {
        for family in [ChipFamily.milan, .genoa, .turin] {
            let root = try #require(try Vectors.roots().first { $0.commonName == "ARK-\(family.name)" })
            #expect(TrustRoot.amd[family] == Digest.sha256(root.encoding))
        }
    }

    private static let revocationTime: Int64 = 1_670_000_000

    /// A chain under the revoked Genoa intermediate cannot be had whole: the revocation check is judged by itself.
    private static func revocation(
        of intermediate: String, lists: [String], time: Int64, require: Bool = false
    ) throws -> Outcome? {
        var evidence = Evidence(report: [])
        for list in lists { try evidence.add(file: Vectors.bytes("revocation/\(list)")) }
        var policy = VerificationPolicy(time: time)
        policy.requireRevocationList = require
        var verification = Verification(evidence: evidence, policy: policy, verdict: Verdict(time: time))
        let authority = try Certificate(parsing: Vectors.bytes("revocation/\(intermediate)"))
        let root = try Certificate(parsing: Vectors.bytes("revocation/ark-genoa.der"))
        verification.judgeRevocation(
            CertificateChain(endorsement: authority, intermediate: authority, root: root))
        return verification.verdict[.revocation]
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func revocationByAMDsList() throws {
        let good = "ask-genoa-serial020002-good.der"
        let revoked = "ask-genoa-serial020001-revoked.der"
        let list = "crl-genoa-2022-10-31.der"
        let time = Self.revocationTime
        #expect(try Self.revocation(of: good, lists: [list], time: time) == .passed)
        #expect(try Self.revocation(of: revoked, lists: [list], time: time) == .failed)
        // Known without any list.
        #expect(try Self.revocation(of: revoked, lists: [], time: time) == .failed)
        // Out of date, of another root, or missing: not checked, or refused when demanded.
        for lists in [[list], ["crl-milan-2022-05-09.der"], []] {
            #expect(try Self.revocation(of: good, lists: lists, time: Vectors.time) == .notChecked)
            #expect(try Self.revocation(of: good, lists: lists, time: Vectors.time, require: true) == .failed)
        }
        // Before it was issued.
        #expect(try Self.revocation(of: good, lists: [list], time: 1_600_000_000) == .notChecked)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func alteredRevocationListCountsForNothing() throws
    {
        var bytes = try Vectors.bytes("revocation/crl-genoa-2022-10-31.der")
        bytes[bytes.count - 1] ^= 1
        var evidence = Evidence(report: [])
        try evidence.add(file: bytes)
        let authority = try Certificate(parsing: Vectors.bytes("revocation/ask-genoa-serial020002-good.der"))
        let root = try Certificate(parsing: Vectors.bytes("revocation/ark-genoa.der"))
        var verification = Verification(
            evidence: evidence, policy: VerificationPolicy(time: Self.revocationTime),
            verdict: Verdict(time: Self.revocationTime))
        verification.judgeRevocation(
            CertificateChain(endorsement: authority, intermediate: authority, root: root))
        #expect(verification.verdict[.revocation] == .notChecked)
    }
}
