import AttestationFormat
import Foundation
import Testing

@testable import Attestation

@Suite struct ReportSourceTests {
    private let data = [UInt8](repeating: 7, count: 64)

    private func report(_ change: (inout AttestationReport) -> Void = { _ in }) -> [UInt8] {
        var report = AttestationReport()
        report.reportData = data
        change(&report)
        return report.encoded()
    }

    @Test(arguments: [0, 63, 65]) func otherRequestLengthsAreRefused(count: Int) {
        #expect(throws: AttestationError.self) {
            try ReportSource.device.evidence(reportData: [UInt8](repeating: 0, count: count))
        }
    }

    @Test func answersMustBeForThisRequest() throws {
        #expect(
            try Evidence(report: report(), certificateTable: [], reportData: data).fields.reportData == data)
        #expect(
            description {
                try Evidence(report: report { $0.reportData[0] = 8 }, certificateTable: [], reportData: data)
            }
            .contains("another request"))
        #expect(
            description {
                try Evidence(
                    report: report { $0.vmpl = AttestationReport.hostRequestedVMPL }, certificateTable: [],
                    reportData: data)
            }.contains("the host asked"))
        #expect(
            description { try Evidence(report: [1], certificateTable: [], reportData: data) }.contains(
                "1 bytes"))
    }

    private func description(_ body: () throws -> Evidence) -> String {
        do {
            _ = try body()
            return "accepted"
        } catch {
            return "\(error)"
        }
    }

    @Test func deviceResponses() throws {
        func response(status: UInt32, size: UInt32) -> [UInt8] {
            var bytes: [UInt8] = []
            bytes.appendLittleEndian(UInt64(status), count: 4)
            bytes.appendLittleEndian(UInt64(size), count: 4)
            bytes.padZeros(to: 32)
            bytes += report()
            bytes.padZeros(to: 4000)
            return bytes
        }
        #expect(try ReportSource.report(inResponse: response(status: 0, size: 1184)) == report())
        #expect(throws: AttestationError.self) {
            try ReportSource.report(inResponse: response(status: 0x16, size: 1184))
        }
        #expect(throws: AttestationError.self) {
            try ReportSource.report(inResponse: response(status: 0, size: 1183))
        }
        #expect(throws: AttestationError.self) { try ReportSource.report(inResponse: [0, 0, 0]) }
    }

    /// A plain directory is no report interface: refused at the first step, and nothing is left behind.
    @Test func aDirectoryThatIsNoReportInterface() throws {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("coffer-tsm-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        do {
            _ = try ReportSource.configuration.configurationEvidence(data, in: directory.path)
            Issue.record("accepted")
        } catch {
            #expect(error.description.contains("inblob"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
    }

    #if SimulatedPSP
        @Test func simulatedAnswers() throws {
            var answer: [UInt8] = []
            answer.appendLittleEndian(1184, count: 4)
            answer += report() + [9, 9]
            let evidence = try ReportSource.evidence(inAnswer: answer, reportData: data)
            #expect(evidence.report == report())
            #expect(evidence.certificateTable == [9, 9])
            for count in 0..<(4 + 1184) {
                #expect(throws: AttestationError.self) {
                    try ReportSource.evidence(inAnswer: [UInt8](answer.prefix(count)), reportData: data)
                }
            }
            answer[0] = 0
            #expect(throws: AttestationError.self) {
                try ReportSource.evidence(inAnswer: answer, reportData: data)
            }
        }
    #endif
}
