#if SimulatedPSP
    import AttestationFormat
    import Foundation
    import Testing

    @testable import Hypervisor

    @Suite struct SimulatedSecurityProcessorTests {
        /// Kept from run to run, because making a chain takes seconds.
        static let stateDirectory = FileManager.default.temporaryDirectory
            .appendingPathComponent("coffer-test-chain-\(getuid())").path

        static func processor(version: UInt32 = 5) throws -> SimulatedSecurityProcessor {
            try SimulatedSecurityProcessor(
                stateDirectory: stateDirectory, hostData: [UInt8](repeating: 0xAA, count: 32),
                measurement: [UInt8](repeating: 0xBB, count: 48), reportVersion: version)
        }

        @Test(arguments: [3, 5] as [UInt32])
        func reportsCarryWhatWasGiven(version: UInt32) throws {
            let data = (0..<64).map { UInt8($0) }
            let (bytes, table) = try Self.processor(version: version).report(reportData: data)
            let report = try AttestationReport(parsing: bytes)
            #expect(report.version == version)
            #expect(report.reportData == data)
            #expect(report.hostData == [UInt8](repeating: 0xAA, count: 32))
            #expect(report.measurement == [UInt8](repeating: 0xBB, count: 48))
            #expect(report.signatureScalars != nil)
            let certificates = try CertificateTable(parsing: table)
            #expect(certificates.entries.map(\.guid) == [.vcek, .ask, .ark])
            let endorsement = try Certificate(parsing: try #require(certificates[.vcek]))
            let extensions = try EndorsementExtensions(endorsement)
            #expect(extensions.hardwareID == report.chipID)
            #expect(extensions.tcb == report.reportedTCB.components(.original))
        }

        @Test func theChainStaysFromRunToRun() throws {
            let first = try Self.processor()
            let second = try Self.processor()
            #expect(first.certificateTable == second.certificateTable)
            #expect(FileManager.default.fileExists(atPath: first.rootCertificatePath))
        }

        /// The chain is X.509 that an independent program accepts.
        @Test func opensslAcceptsTheChain() throws {
            let directory = URL(fileURLWithPath: try Self.processor().rootCertificatePath)
                .deletingLastPathComponent()
            let openssl = Process()
            openssl.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            openssl.arguments = [
                "verify", "-CAfile", directory.appendingPathComponent("ark.pem").path, "-untrusted",
                directory.appendingPathComponent("ask.pem").path,
                directory.appendingPathComponent("vcek.pem").path,
            ]
            try openssl.run()
            openssl.waitUntilExit()
            #expect(openssl.terminationStatus == 0)
        }

        @Test func channelAnswerIsFramed() throws {
            let processor = try Self.processor()
            let answer = try processor.channelAnswer(reportData: [UInt8](repeating: 1, count: 64))
            var reader = ByteReader(answer[...], of: "answer")
            #expect(Int(try reader.u32()) == answer.count - 4)
            #expect(try reader.u32() == 1184)
            let report = try AttestationReport(parsing: reader.take(1184))
            #expect(report.reportData == [UInt8](repeating: 1, count: 64))
            #expect(try reader.take(reader.remaining) == processor.certificateTable)
        }

        @Test(arguments: [0, 63, 65]) func otherLengthsAreRefused(count: Int) throws {
            let processor = try Self.processor()
            #expect(throws: SimulatedSecurityProcessorError.wrongLength("REPORT_DATA", 64, count)) {
                try processor.report(reportData: [UInt8](repeating: 0, count: count))
            }
            #expect(throws: SimulatedSecurityProcessorError.wrongLength("HOST_DATA", 32, count)) {
                try SimulatedSecurityProcessor(
                    stateDirectory: Self.stateDirectory, hostData: [UInt8](repeating: 0, count: count),
                    measurement: [UInt8](repeating: 0, count: 48))
            }
        }

        @Test func unknownReportVersionIsRefused() {
            #expect(throws: SimulatedSecurityProcessorError.reportVersion(2)) {
                try Self.processor(version: 2)
            }
        }

        @Test func damagedStateIsNamed() throws {
            let directory = FileManager.default.temporaryDirectory
                .appendingPathComponent("coffer-damaged-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: directory) }
            try Data("nonsense".utf8).write(to: directory.appendingPathComponent("ark.pem"))
            #expect(throws: SimulatedSecurityProcessorError.self) {
                try SimulatedSecurityProcessor(
                    stateDirectory: directory.path, hostData: [UInt8](repeating: 0, count: 32),
                    measurement: [UInt8](repeating: 0, count: 48))
            }
        }
    }
#endif
