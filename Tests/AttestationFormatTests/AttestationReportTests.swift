import AttestationFormat
import Foundation
import JSON
import Testing

@Suite struct AttestationReportTests {
    static let reportFiles = Vectors.files { $0.hasSuffix("/report.bin") || $0.hasSuffix("/snp_report.bin") }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"), arguments: reportFiles)
    func realReportsReadAndWriteBack(file: String) throws {
        let bytes = try Vectors.bytes(file)
        let report = try AttestationReport(parsing: bytes)
        #expect(report.encoded() == bytes)
        #expect(report.nonZeroReserved.isEmpty)
        #expect(report.signatureScalars != nil)
        #expect(report.signatureAlgorithm == 1)
    }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"))
    func realReportsHaveTheFieldsOfTheManifest() throws {
        let manifest = try JSON.parse(try Vectors.bytes("MANIFEST.json"))
        let entries = try #require(manifest.arrayValue)
        var compared = 0
        for entry in entries {
            let name = try #require(entry.objectValue?["name"]?.stringValue)
            let file = name == "mssidecar-attest" ? "\(name)/snp_report.bin" : "\(name)/report.bin"
            guard AttestationReportTests.reportFiles.contains(file) else { continue }
            try compare(try AttestationReport(parsing: Vectors.bytes(file)), try #require(entry.objectValue))
            compared += 1
        }
        #expect(compared >= 15)
    }

    private func compare(_ report: AttestationReport, _ entry: JSONObject) throws {
        func text(_ key: String) -> String? { entry[key]?.stringValue }
        #expect(Int(report.version) == entry["version"]?.intValue)
        #expect("0x" + String(report.policy.rawValue, radix: 16) == text("policy"))
        #expect("0x" + String(report.platformInfo.rawValue, radix: 16) == text("plat"))
        #expect(Int(report.vmpl) == entry["vmpl"]?.intValue)
        #expect(report.currentFirmware.description == text("cur_ver"))
        #expect(Hexadecimal.encode(report.measurement) == text("measurement"))
        #expect(Hexadecimal.encode(report.hostData) == text("host_data"))
        #expect(Hexadecimal.encode(report.reportData) == text("report_data"))
        #expect(Hexadecimal.encode(report.chipID) == text("chip"))
        #expect(Hexadecimal.encode(report.idKeyDigest) == text("idkey"))
        #expect(Int(report.guestSVN) == entry["svn"]?.intValue)
        #expect((report.keyInfo.key == .vcek) == (text("signing") == "VCEK"))
        let family = try #require(
            report.cpuid.map { ChipFamily($0) }
                ?? ChipFamily(productName: text("family").map { String($0.prefix { $0 != " " }) } ?? ""))
        #expect(text("family")?.hasPrefix(family.name) == true)
        let levels: [(String, TCBVersion)] = [
            ("reported", report.reportedTCB), ("current", report.currentTCB),
            ("committed", report.committedTCB), ("launch", report.launchTCB),
        ]
        for (key, version) in levels {
            let expected = try #require(entry[key]?.objectValue)
            let found = version.components(family.tcbLayout)
            #expect(Int(found.bootLoader) == expected["bl"]?.intValue)
            #expect(Int(found.tee) == expected["tee"]?.intValue)
            #expect(Int(found.snp) == expected["snp"]?.intValue)
            #expect(Int(found.microcode) == expected["ucode"]?.intValue)
        }
    }

    @Test func everyLengthButTheRightOneIsRefused() {
        for count in 0..<AttestationReport.size {
            #expect(
                throws: AttestationFormatError.wrongLength(
                    what: "attestation report", expected: 1184, found: count)
            ) { try AttestationReport(parsing: [UInt8](repeating: 3, count: count)) }
        }
        #expect(throws: AttestationFormatError.self) {
            try AttestationReport(parsing: [UInt8](repeating: 0, count: 1185))
        }
    }

    @Test(arguments: [0, 1, 6, 7, 0xFFFF_FFFF] as [UInt32])
    func unknownVersionsAreRefused(version: UInt32) {
        var report = AttestationReport()
        report.version = version
        #expect(throws: AttestationFormatError.unsupportedReportVersion(version)) {
            try AttestationReport(parsing: report.encoded())
        }
    }

    @Test(arguments: [2, 3, 4, 5] as [UInt32])
    func madeReportsReadBack(version: UInt32) throws {
        var report = AttestationReport()
        report.version = version
        report.policy = GuestPolicy(rawValue: 0x3001F)
        report.reportData = (0..<64).map { UInt8($0) }
        report.chipID = [UInt8](repeating: 7, count: 64)
        if version > 2 { report.cpuid = CPUIdentity(family: 0x1A, model: 2, stepping: 1) }
        if version == 5 { (report.launchMitigations, report.currentMitigations) = (1, 0x3F) }
        #expect(try AttestationReport(parsing: report.encoded()) == report)
    }

    /// Offset of a byte inside a reserved field, and the field's start, per version.
    @Test(arguments: [
        (2, 0x4C, 0x4C), (2, 0x188, 0x188), (2, 0x19F, 0x188), (3, 0x18B, 0x18B), (3, 0x1EB, 0x1EB),
        (3, 0x1EF, 0x1EF), (4, 0x1F8, 0x1F8), (3, 0x29F, 0x1F8), (5, 0x208, 0x208), (5, 0x29F, 0x208),
    ])
    func reservedBytesAreNoticed(version: UInt32, offset: Int, field: Int) throws {
        var report = AttestationReport()
        report.version = version
        var bytes = report.encoded()
        bytes[offset] = 1
        #expect(try AttestationReport(parsing: bytes).nonZeroReserved == [field])
    }

    @Test(arguments: [48, 71, 120, 143, 144, 511])
    func signaturesOfTooManyBytesHaveNoScalars(offset: Int) {
        var report = AttestationReport()
        #expect(report.signatureScalars != nil)
        report.signature[offset] = 1
        #expect(report.signatureScalars == nil)
    }

    @Test func signatureScalarsTurnAround() throws {
        let r = (1...48).map { UInt8($0) }
        let s: [UInt8] = [9, 8, 7]
        var report = AttestationReport()
        report.signature = AttestationReport.signatureField(r: r, s: s)
        let scalars = try #require(report.signatureScalars)
        #expect(scalars.r == r)
        #expect(scalars.s == [UInt8](repeating: 0, count: 45) + s)
    }

    @Test func randomBytesNeverTrap() {
        var generator = Generator(state: 1)
        for _ in 0..<2000 {
            var bytes = generator.bytes(AttestationReport.size)
            bytes.replaceSubrange(0..<4, with: [UInt8(generator.next() % 7), 0, 0, 0])
            guard let report = try? AttestationReport(parsing: bytes) else { continue }
            #expect(report.encoded().count == AttestationReport.size)
        }
    }
}

/// A small deterministic generator: a failing case fails again.
struct Generator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state >> 11 ^ state << 7
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next() >> 20) }
    }
}
