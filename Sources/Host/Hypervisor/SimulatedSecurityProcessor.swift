#if SimulatedPSP
    package import AttestationFormat
    internal import CCrypto
    internal import Foundation
    internal import Verifier

    /// A security processor for machines without SEV-SNP: reports of the real layout, signed by a throw-away chain
    /// of the real shape. It proves nothing to anyone who did not choose to trust its root by name; it exists so
    /// that the whole flow can run on any machine. Built only with the `SimulatedPSP` trait.
    package struct SimulatedSecurityProcessor: Sendable {
        /// The PEM file to name as `cofferctl verify --trust-root`.
        package let rootCertificatePath: String
        private let chain: SimulatedChain
        private let hostData: [UInt8]
        private let measurement: [UInt8]
        private let reportVersion: UInt32
        private let reportID: [UInt8]

        /// A processor for one guest.
        ///
        /// - Parameters:
        ///   - stateDirectory: keeps keys and certificates from run to run; made when missing, which takes some
        ///     seconds (two RSA-4096 keys).
        ///   - hostData: 32 bytes, HOST_DATA of every report.
        ///   - measurement: 48 bytes, MEASUREMENT of every report.
        ///   - reportVersion: 3 or 5.
        package init(
            stateDirectory: String, hostData: [UInt8], measurement: [UInt8], reportVersion: UInt32 = 5
        ) throws(SimulatedSecurityProcessorError) {
            guard hostData.count == 32 else { throw .wrongLength("HOST_DATA", 32, hostData.count) }
            guard measurement.count == 48 else { throw .wrongLength("MEASUREMENT", 48, measurement.count) }
            guard reportVersion == 3 || reportVersion == 5 else { throw .reportVersion(reportVersion) }
            self.hostData = hostData
            self.measurement = measurement
            self.reportVersion = reportVersion
            chain = try SimulatedChain(stateDirectory: stateDirectory)
            rootCertificatePath = chain.rootCertificatePath
            reportID = SimulatedKey.random(32)
        }

        /// A signed report and the certificate table beside it, as SNP_GET_EXT_REPORT gives them.
        ///
        /// - Parameter reportData: 64 bytes that the guest chose.
        package func report(
            reportData: [UInt8]
        ) throws(SimulatedSecurityProcessorError) -> (report: [UInt8], certTable: [UInt8]) {
            guard reportData.count == 64 else { throw .wrongLength("REPORT_DATA", 64, reportData.count) }
            return (try sign(unsignedReport(reportData: reportData)), certificateTable)
        }

        /// The certificates as a host hands them over.
        package var certificateTable: [UInt8] {
            CertificateTable(entries: [
                .init(guid: .vcek, contents: chain.endorsement),
                .init(guid: .ask, contents: chain.intermediate),
                .init(guid: .ark, contents: chain.root),
            ]).encoded()
        }

        /// The answer on the guest's channel: length of what follows, length of the report, report, table.
        package func channelAnswer(reportData: [UInt8]) throws(SimulatedSecurityProcessorError) -> [UInt8] {
            let (report, table) = try report(reportData: reportData)
            var answer: [UInt8] = []
            answer.appendLittleEndian(UInt64(4 + report.count + table.count), count: 4)
            answer.appendLittleEndian(UInt64(report.count), count: 4)
            return answer + report + table
        }

        /// The report before it is signed; tests change fields of it.
        package func unsignedReport(reportData: [UInt8]) -> AttestationReport {
            var report = AttestationReport()
            report.version = reportVersion
            report.policy = GuestPolicy(rawValue: 0x30000)
            report.platformInfo = PlatformInfo(rawValue: 0x25)
            report.reportData = reportData
            report.hostData = hostData
            report.measurement = measurement
            report.reportID = reportID
            report.cpuid = CPUIdentity(family: 0x19, model: 0x11, stepping: 1)
            report.chipID = chain.hardwareID
            let tcb = TCBVersion(SimulatedChain.tcb, layout: .original)
            report.currentTCB = tcb
            report.reportedTCB = tcb
            report.committedTCB = tcb
            report.launchTCB = tcb
            report.currentFirmware = FirmwareVersion(major: 1, minor: 55, build: 54)
            report.committedFirmware = report.currentFirmware
            if reportVersion >= 5 {
                report.launchMitigations = 1
                report.currentMitigations = 1
            }
            return report
        }

        /// The report's bytes with the signature that the firmware would make.
        package func sign(_ report: AttestationReport) throws(SimulatedSecurityProcessorError) -> [UInt8] {
            var report = report
            let message = [UInt8](report.encoded().prefix(AttestationReport.signedSize))
            let (r, s) = try chain.endorsementKey.signECDSA(message)
            report.signature = AttestationReport.signatureField(r: r, s: s)
            return report.encoded()
        }
    }
#endif
