#if SimulatedPSP
    import AttestationFormat
    import Foundation
    import Hypervisor
    import Testing

    @testable import Verifier

    /// Reports with a good signature of a development chain and one field that must be refused.
    @Suite struct CraftedReportTests {
        /// Kept from run to run, because making a chain takes seconds.
        private static let stateDirectory = FileManager.default.temporaryDirectory
            .appendingPathComponent("coffer-test-chain-\(getuid())").path

        private static let measurement = [UInt8](repeating: 0xBB, count: 48)
        private static let hostData = [UInt8](repeating: 0xAA, count: 32)
        private static let nonce = [UInt8](repeating: 0x11, count: 32)
        /// The simulated root's own key stands for the container's: any SubjectPublicKeyInfo will do.
        private static func key() throws -> [UInt8] { try root().publicKey }

        /// Made once: tests run side by side.
        private static let made = Result {
            try SimulatedSecurityProcessor(
                stateDirectory: stateDirectory, hostData: hostData, measurement: measurement)
        }

        private static func processor() throws -> SimulatedSecurityProcessor { try made.get() }

        private static func root() throws -> Certificate {
            let path = try processor().rootCertificatePath
            return try Certificate(derOrPEM: [UInt8](try Data(contentsOf: URL(fileURLWithPath: path))))
        }

        private static func policy() throws -> VerificationPolicy {
            var policy = VerificationPolicy(time: Int64(Date().timeIntervalSince1970))
            policy.developmentRoot = try root()
            policy.measurements = [measurement]
            policy.hostData = hostData
            policy.reportData = ReportBinding.reportData(nonce: nonce, subjectPublicKeyInfo: try key())
            return policy
        }

        private static func evidence(_ change: (inout AttestationReport) -> Void = { _ in }) throws
            -> Evidence
        {
            let processor = try processor()
            var report = processor.unsignedReport(
                reportData: ReportBinding.reportData(nonce: nonce, subjectPublicKeyInfo: try key()))
            change(&report)
            return try Evidence(parsing: processor.sign(report) + processor.certificateTable)
        }

        @Test func theWholeFlowIsAccepted() throws {
            let verdict = Verification.verdict(on: try Self.evidence(), policy: try Self.policy())
            #expect(verdict.isAccepted, "\(verdict.table)")
            #expect(verdict.isDevelopment)
            #expect(verdict.headline.contains("DEVELOPMENT"))
            #expect(verdict[.measurement] == .passed && verdict[.hostData] == .passed)
            #expect(verdict[.reportData] == .passed)
        }

        /// A development chain is nothing without its root being named.
        @Test func theRootMustBeNamed() throws {
            var policy = try Self.policy()
            policy.developmentRoot = nil
            let verdict = Verification.verdict(on: try Self.evidence(), policy: policy)
            #expect(verdict.failures.map(\.subject) == [.root])
            #expect(!verdict.isDevelopment)
        }

        /// A root of the same name and another key.
        @Test func anotherDevelopmentRootIsRefused() throws {
            let directory = FileManager.default.temporaryDirectory
                .appendingPathComponent("coffer-other-\(UUID().uuidString)").path
            defer { try? FileManager.default.removeItem(atPath: directory) }
            let other = try SimulatedSecurityProcessor(
                stateDirectory: directory, hostData: Self.hostData, measurement: Self.measurement)
            let evidence = try Evidence(
                parsing: other.sign(other.unsignedReport(reportData: [UInt8](repeating: 0, count: 64)))
                    + other.certificateTable)
            let verdict = Verification.verdict(on: evidence, policy: try Self.policy())
            #expect(verdict[.root] == .failed)
            #expect(!verdict.isDevelopment)
        }

        struct Case: CustomTestStringConvertible, Sendable {
            let testDescription: String
            let subject: Check.Subject
            let change: @Sendable (inout AttestationReport) -> Void

            init(
                _ name: String, _ subject: Check.Subject,
                _ change: @escaping @Sendable (inout AttestationReport) -> Void
            ) {
                (testDescription, self.subject, self.change) = (name, subject, change)
            }
        }

        /// One wrong field each; the signature is good.
        static let cases: [Case] = [
            Case("other algorithm", .signatureAlgorithm) { $0.signatureAlgorithm = 2 },
            Case("unsigned", .signingKey) { $0.keyInfo = SigningKeyInfo(rawValue: 7 << 2) },
            Case("reserved key", .signingKey) { $0.keyInfo = SigningKeyInfo(rawValue: 3 << 2) },
            Case("reserved flags", .reservedFields) { $0.keyInfo = SigningKeyInfo(rawValue: 0x20) },
            Case("asked by the host", .privilegeLevel) { $0.vmpl = AttestationReport.hostRequestedVMPL },
            Case("VMPL 3", .privilegeLevel) { $0.vmpl = 3 },
            Case("VMPL 4", .privilegeLevel) { $0.vmpl = 4 },
            Case("Milan's CPUID", .family) { $0.cpuid = CPUIdentity(family: 0x19, model: 1, stepping: 1) },
            Case("unknown CPUID", .family) { $0.cpuid = CPUIdentity(family: 1, model: 1, stepping: 1) },
            Case("another chip", .chipID) { $0.chipID[0] ^= 1 },
            Case("a masked chip", .chipID) { $0.chipID = [UInt8](repeating: 0, count: 64) },
            Case("another TCB", .certificateTCB) { $0.reportedTCB = $0.changed(.reported) },
            Case("TCB with reserved bytes", .certificateTCB) { $0.reportedTCB = $0.changed(.reserved) },
            Case("reported above committed", .provisionalFirmware) { $0.committedTCB = $0.changed(.lower) },
            Case("committed above current", .provisionalFirmware) { $0.currentTCB = $0.changed(.lower) },
            Case("provisional firmware", .provisionalFirmware) { $0.currentTCB = $0.changed(.higher) },
            Case("debug", .debug) { $0.policy = GuestPolicy(rawValue: 0xB0000) },
            Case("migration agent", .migration) { $0.policy = GuestPolicy(rawValue: 0x70000) },
            Case("bit 17 missing", .policyBits) { $0.policy = GuestPolicy(rawValue: 0x10000) },
            Case("reserved policy bit", .policyBits) { $0.policy = GuestPolicy(rawValue: 1 << 26 | 0x30000) },
            Case("measurement", .measurement) { $0.measurement[47] ^= 1 },
            Case("host data", .hostData) { $0.hostData[31] ^= 0x80 },
            Case("report data", .reportData) { $0.reportData[63] ^= 1 },
        ]

        @Test(arguments: cases) func oneWrongField(wrong: Case) throws {
            let verdict = Verification.verdict(on: try Self.evidence(wrong.change), policy: try Self.policy())
            #expect(verdict[wrong.subject] == .failed, "\(verdict.table)")
            #expect(!verdict.isAccepted)
        }

        /// The man in the middle: the right report for another key, or for yesterday's nonce.
        @Test func otherKeysAndNoncesAreRefused() throws {
            var policy = try Self.policy()
            policy.reportData = ReportBinding.reportData(
                nonce: [UInt8](repeating: 0x12, count: 32), subjectPublicKeyInfo: try Self.key())
            #expect(Verification.verdict(on: try Self.evidence(), policy: policy)[.reportData] == .failed)
            policy.reportData = ReportBinding.reportData(
                nonce: Self.nonce, subjectPublicKeyInfo: try Self.key().dropLast() + [0])
            #expect(Verification.verdict(on: try Self.evidence(), policy: policy)[.reportData] == .failed)
        }

        /// What is refused by default and can be allowed.
        @Test func allowances() throws {
            var policy = try Self.policy()
            policy.allowMigrationAgent = true
            policy.allowMaskedChip = true
            policy.allowProvisionalFirmware = true
            let evidence = try Self.evidence {
                $0.policy = GuestPolicy(rawValue: 0x70000)
                $0.chipID = [UInt8](repeating: 0, count: 64)
                $0.currentTCB = $0.changed(.higher)
            }
            let verdict = Verification.verdict(on: evidence, policy: policy)
            #expect(verdict.isAccepted, "\(verdict.table)")
            #expect(verdict.checks.filter { $0.outcome == .warning }.count >= 3)
        }

        @Test func unknownPlatformBitsAreShown() throws {
            let evidence = try Self.evidence { $0.platformInfo = PlatformInfo(rawValue: 1 << 40 | 0x25) }
            let verdict = Verification.verdict(on: evidence, policy: try Self.policy())
            #expect(verdict[.platformBits] == .warning)
            #expect(verdict.isAccepted)
        }
    }

    extension AttestationReport {
        fileprivate enum Change { case reported, reserved, lower, higher }

        fileprivate func changed(_ change: Change) -> TCBVersion {
            var components = reportedTCB.components(.original)
            switch change {
            case .reported, .lower: components.snp -= 1
            case .higher: components.microcode += 1
            case .reserved:
                var bytes = reportedTCB.bytes
                bytes[3] = 1
                return (try? TCBVersion(bytes: bytes)) ?? reportedTCB
            }
            return TCBVersion(components, layout: .original)
        }
    }
#endif
