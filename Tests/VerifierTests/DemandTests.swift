import AttestationFormat
import Testing

@testable import Verifier

/// One real report, judged by demands that it meets and by demands that it does not.
@Suite struct DemandTests {
    struct Demand: CustomTestStringConvertible, Sendable {
        let name: String
        let subject: Check.Subject
        let outcome: Outcome
        let change: @Sendable (inout VerificationPolicy) -> Void
        var testDescription: String { name }

        init(
            _ name: String, _ subject: Check.Subject, _ outcome: Outcome,
            _ change: @escaping @Sendable (inout VerificationPolicy) -> Void
        ) {
            (self.name, self.subject, self.outcome, self.change) = (name, subject, outcome, change)
        }
    }

    private static func hexadecimal(_ text: String) -> [UInt8] { Hexadecimal.decode(text) ?? [] }

    private static let measurement = hexadecimal(
        "5feee30d6d7e1a29f403d70a4198237ddfb13051a2d6976439487c609388ed7f98189887920ab2fa0096903a0c23fca1")
    private static let hostData = hexadecimal(
        "4f4448c67f3c8dfc8de8a5e37125d807dadcc41f06cf23f615dbd52eec777d10")

    /// Demands on mstav-milan: Milan, version 3, policy 0x3001f, TCB 4/0/24/219.
    static let demands: [Demand] = [
        Demand("measurement, right", .measurement, .passed) { $0.measurements = [measurement] },
        Demand("measurement, one of two", .measurement, .passed) {
            $0.measurements = [[UInt8](repeating: 0, count: 48), measurement]
        },
        Demand("measurement, wrong", .measurement, .failed) {
            $0.measurements = [[UInt8](repeating: 0, count: 48)]
        },
        Demand("no measurement demanded", .measurement, .notChecked) { $0.measurements = [] },
        Demand("host data, right", .hostData, .passed) { $0.hostData = hostData },
        Demand("host data, wrong", .hostData, .failed) { $0.hostData = [UInt8](repeating: 0, count: 32) },
        Demand("host data, a prefix only", .hostData, .failed) { $0.hostData = [UInt8](hostData.dropLast()) },
        Demand("report data, right", .reportData, .passed) {
            $0.reportData = [UInt8](repeating: 0, count: 64)
        },
        Demand("report data, last byte wrong", .reportData, .failed) {
            $0.reportData = [UInt8](repeating: 0, count: 63) + [1]
        },
        Demand("report data of another key", .reportData, .failed) {
            $0.reportData = ReportBinding.reportData(
                nonce: [UInt8](repeating: 7, count: 16), subjectPublicKeyInfo: [1])
        },
        Demand("family accepted", .family, .warning) { $0.families = [.milan] },
        Demand("family not accepted", .family, .failed) { $0.families = [.genoa, .turin] },
        Demand("Milan refused", .family, .failed) { $0.refuseMilan = true },
        Demand("VMPL 0 not accepted", .privilegeLevel, .failed) { $0.privilegeLevels = [1] },
        Demand("VMPL 0 or 1", .privilegeLevel, .passed) { $0.privilegeLevels = [0, 1] },
        Demand("SMT refused", .simultaneousMultithreading, .failed) { $0.refuseSMT = true },
        Demand("ABI 0.31", .policyABI, .passed) { $0.minimumABI = (0, 31) },
        Demand("ABI 1.0", .policyABI, .failed) { $0.minimumABI = (1, 0) },
        Demand("its TCB", .minimumTCB, .passed) {
            $0.minimumTCB = TCBComponents(fmc: nil, bootLoader: 4, tee: 0, snp: 24, microcode: 219)
        },
        Demand("a newer microcode", .minimumTCB, .failed) {
            $0.minimumTCB = TCBComponents(fmc: nil, bootLoader: 4, tee: 0, snp: 24, microcode: 220)
        },
        Demand("a component that it lacks", .minimumTCB, .failed) {
            $0.minimumTCB = TCBComponents(fmc: 1, bootLoader: 4, tee: 0, snp: 24, microcode: 219)
        },
        Demand("its firmware", .firmware, .passed) {
            $0.minimumFirmware = FirmwareVersion(major: 1, minor: 55, build: 29)
        },
        Demand("newer firmware", .firmware, .failed) {
            $0.minimumFirmware = FirmwareVersion(major: 1, minor: 56, build: 0)
        },
        Demand("alias check", .aliasCheck, .passed) { $0.requireAliasCheck = true },
        Demand("mitigations of an old report", .mitigations, .failed) { $0.requiredMitigations = 1 },
        Demand("a newer image", .guestSVN, .failed) { $0.minimumGuestSVN = 1000 },
        Demand("another family id", .familyID, .failed) { $0.familyID = [UInt8](repeating: 0xEE, count: 16) },
        Demand("another image id", .imageID, .failed) { $0.imageID = [UInt8](repeating: 0xEE, count: 16) },
        Demand("another id key", .idKey, .failed) { $0.idKeyDigests = [[UInt8](repeating: 1, count: 48)] },
        Demand("an author key", .authorKey, .failed) {
            $0.authorKeyDigests = [[UInt8](repeating: 1, count: 48)]
        },
        Demand("no author key", .authorKey, .passed) {
            $0.authorKeyDigests = [[UInt8](repeating: 0, count: 48)]
        },
        Demand("before the certificate", .validity, .failed) { $0.time = 1_600_000_000 },
        Demand("after the certificate", .validity, .failed) { $0.time = 2_100_000_000 },
        Demand("after the certificate, ignored", .validity, .warning) {
            $0.time = 2_100_000_000
            $0.ignoreValidity = true
        },
        Demand("no revocation list", .revocation, .notChecked) { _ in },
        Demand("no revocation list but demanded", .revocation, .failed) { $0.requireRevocationList = true },
    ]

    @Test(.enabled(if: Vectors.present, Vectors.absence), arguments: demands)
    func demand(demand: Demand) throws {
        let evidence = try Vectors.evidence("mstav-milan/report.bin", certificates: ["mstav-milan/vcek.pem"])
        var policy = Vectors.policy()
        demand.change(&policy)
        let verdict = Verification.verdict(on: evidence, policy: policy)
        #expect(verdict[demand.subject] == demand.outcome, "\(verdict.table)")
        #expect(verdict.isAccepted == (demand.outcome != .failed), "\(verdict.table)")
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func aRefusedChip() throws {
        let evidence = try Vectors.evidence("mstav-milan/report.bin", certificates: ["mstav-milan/vcek.pem"])
        var policy = Vectors.policy()
        policy.refusedChips = [try AttestationReport(parsing: evidence.report).chipID]
        #expect(Verification.verdict(on: evidence, policy: policy)[.chipID] == .failed)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func debugIsAcceptedOnlyWhenAllowed() throws {
        let evidence = try Vectors.evidence("gosev-milan/report.bin", certificates: ["gosev-milan/vcek.der"])
        var policy = Vectors.policy()
        #expect(Verification.verdict(on: evidence, policy: policy)[.debug] == .failed)
        policy.allowDebug = true
        #expect(Verification.verdict(on: evidence, policy: policy)[.debug] == .warning)
    }

    /// Alias checks are newer than this report's firmware.
    @Test(.enabled(if: Vectors.present, Vectors.absence)) func missingAliasCheck() throws {
        let evidence = try Vectors.evidence(
            "virtee-milan/report.bin", certificates: ["virtee-milan/vcek.der"])
        var policy = Vectors.policy()
        #expect(Verification.verdict(on: evidence, policy: policy)[.aliasCheck] == .warning)
        policy.requireAliasCheck = true
        #expect(Verification.verdict(on: evidence, policy: policy)[.aliasCheck] == .failed)
    }

    /// A version 5 report that has mitigation bit 0 and no other.
    @Test(
        .enabled(if: Vectors.present, Vectors.absence),
        arguments: [(1, Outcome.passed), (2, .failed), (3, .failed)] as [(UInt64, Outcome)])
    func mitigations(mask: UInt64, outcome: Outcome) throws {
        let evidence = try Vectors.evidence(
            "derived-oak-genoa_oc/report.bin", certificates: ["derived-oak-genoa_oc/vcek.der"])
        var policy = Vectors.policy()
        policy.requiredMitigations = mask
        #expect(Verification.verdict(on: evidence, policy: policy)[.mitigations] == outcome)
    }

    @Test(.enabled(if: Vectors.present, Vectors.absence)) func providerKeyAtItsTime() throws {
        let evidence = try Vectors.evidence("ext/trustee-milan-vlek.bin")
        var policy = Vectors.policy()
        policy.time = 1_740_000_000
        policy.privilegeLevels = [1]
        policy.allowProvisionalFirmware = true
        let verdict = Verification.verdict(on: evidence, policy: policy)
        #expect(verdict.isAccepted, "\(verdict.table)")
    }
}
