import AttestationFormat
import Testing

@Suite struct CertificateTableTests {
    static let extended = Vectors.files { $0.hasPrefix("ext/") && $0.hasSuffix(".bin") }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"), arguments: extended)
    func realTablesRead(file: String) throws {
        let bytes = try Vectors.bytes(file)
        let report = try AttestationReport(parsing: [UInt8](bytes.prefix(AttestationReport.size)))
        let table = try CertificateTable(parsing: [UInt8](bytes.dropFirst(AttestationReport.size)))
        #expect(!table.entries.isEmpty)
        for entry in table.entries where [GUID.vcek, .vlek, .ask, .ark].contains(entry.guid) {
            #expect(throws: Never.self) { try Certificate(derOrPEM: entry.contents) }
        }
        #expect(report.encoded() == [UInt8](bytes.prefix(AttestationReport.size)))
        #expect(try CertificateTable(parsing: table.encoded()) == table)
    }

    private let sample = CertificateTable(entries: [
        .init(guid: .ark, contents: [1, 2, 3]), .init(guid: .vcek, contents: []),
        .init(guid: .crl, contents: [UInt8](repeating: 9, count: 300)),
    ])

    @Test func roundTrip() throws {
        #expect(try CertificateTable(parsing: sample.encoded()) == sample)
        #expect(sample[.ark] == [1, 2, 3])
        #expect(sample[.vlek] == nil)
    }

    @Test(arguments: [0, 24, 4096]) func emptyAndZeroTablesAreEmpty(count: Int) throws {
        #expect(try CertificateTable(parsing: [UInt8](repeating: 0, count: count)).entries.isEmpty)
    }

    @Test func everyTruncationIsRefused() {
        let bytes = sample.encoded()
        for count in 1..<bytes.count {
            #expect(throws: AttestationFormatError.self) {
                try CertificateTable(parsing: [UInt8](bytes.prefix(count)))
            }
        }
    }

    /// Offset and length of the first entry that must be refused in a table of one entry (48 bytes of header).
    @Test(
        arguments: [
            (0, 1), (47, 1), (52, 1), (48, 5), (0xFFFF_FFFF, 1), (48, 0xFFFF_FFFF),
            (0xFFFF_FFFF, 0xFFFF_FFFF),
        ] as [(UInt64, UInt64)])
    func entriesOutsideAreRefused(offset: UInt64, length: UInt64) {
        var bytes = GUID.vcek.bytes
        bytes.appendLittleEndian(offset, count: 4)
        bytes.appendLittleEndian(length, count: 4)
        bytes.padZeros(to: 52)
        #expect(throws: AttestationFormatError.self) { try CertificateTable(parsing: bytes) }
    }

    @Test func tooManyEntriesAreRefused() {
        let many = CertificateTable(
            entries: [CertificateTable.Entry](repeating: .init(guid: .vcek, contents: []), count: 33))
        #expect(throws: AttestationFormatError.tooMany(what: "certificate table entries", limit: 32)) {
            try CertificateTable(parsing: many.encoded())
        }
    }

    @Test func unterminatedTableIsRefused() {
        var bytes: [UInt8] = []
        for _ in 0..<4 { bytes += GUID.vcek.bytes + [24, 0, 0, 0, 0, 0, 0, 0] }
        #expect(throws: AttestationFormatError.unterminatedCertificateTable) {
            try CertificateTable(parsing: bytes)
        }
    }

    @Test func guidsPrintInOrder() throws {
        #expect(GUID.vcek.description == "63da758d-e664-4564-adc5-f4b93be8accd")
        #expect(GUID.vlek.description == "a8074bc2-a25a-483e-aae6-39c045a0b8a1")
        #expect(GUID.ask.description == "4ab7b379-bbac-4fe4-a02f-05aef327c782")
        #expect(GUID.ark.description == "c0b406a4-a803-4952-9743-3fb6014cd0ae")
        #expect(GUID.crl.description == "92f81bc3-5811-4d3d-97ff-d19f88dc67ea")
        #expect(throws: AttestationFormatError.self) { try GUID(bytes: [1, 2]) }
    }

    @Test func randomTablesNeverTrap() {
        var generator = Generator(state: 7)
        for _ in 0..<3000 {
            var bytes = sample.encoded()
            for _ in 0..<3 { bytes[Int(generator.next() % UInt64(bytes.count))] = generator.bytes(1)[0] }
            guard let table = try? CertificateTable(parsing: bytes) else { continue }
            #expect(table.entries.count <= CertificateTable.maximumEntries)
        }
    }
}
