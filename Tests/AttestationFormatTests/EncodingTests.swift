import AttestationFormat
import Testing

@Suite struct EncodingTests {
    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64OfTheStandard(text: String, encoded: String) {
        #expect(Base64.encode(text.utf8) == encoded)
        #expect(Base64.decode(encoded.utf8) == [UInt8](text.utf8))
        let url = encoded.filter { $0 != "=" }
        #expect(Base64.encode(text.utf8, alphabet: .url) == url)
        #expect(Base64.decode(url.utf8, alphabet: .url) == [UInt8](text.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zh==", "Zm9", "Zm9v=", "Zm9v!", "Zm 9v", "-_-_", "=", "Zg==Zg==",
    ])
    func badBase64IsRefused(text: String) {
        #expect(Base64.decode(text.utf8) == nil)
    }

    @Test(arguments: ["Z", "Zh", "+/+/", "Zg=", "Zg==Z"]) func badURLBase64IsRefused(text: String) {
        #expect(Base64.decode(text.utf8, alphabet: .url) == nil)
    }

    @Test func base64OfAllBytes() {
        let bytes = (0...255).map { UInt8($0) }
        for alphabet in [Base64.Alphabet.standard, .url] {
            #expect(Base64.decode(Base64.encode(bytes, alphabet: alphabet).utf8, alphabet: alphabet) == bytes)
        }
    }

    @Test func hexadecimal() {
        let bytes = (0...255).map { UInt8($0) }
        #expect(Hexadecimal.decode(Hexadecimal.encode(bytes)) == bytes)
        #expect(Hexadecimal.decode("0aFf") == [0x0A, 0xFF])
        for bad in ["0", "0g", " 0", "é1"] { #expect(Hexadecimal.decode(bad) == nil) }
    }

    @Test func pemRoundTrip() throws {
        let contents = (0..<200).map { UInt8($0) }
        let text = PEM.encode(label: "CERTIFICATE", contents)
        let blocks = try PEM.parse([UInt8](("text before\n" + text + "between\r\n" + text).utf8))
        #expect(blocks == [PEM.Block](repeating: .init(label: "CERTIFICATE", contents: contents), count: 2))
        let carriage = text.split(separator: "\n").joined(separator: "\r\n")
        #expect(try PEM.parse([UInt8](carriage.utf8)).count == 1)
        #expect(PEM.isPEM([UInt8]("\r\n -----BEGIN X-----".utf8)) && !PEM.isPEM([0x30, 0x82]))
    }

    /// Texts that are cut, mislabelled or not base64.
    @Test(arguments: [
        "-----BEGIN A-----\nZg==\n", "-----BEGIN A-----\nZg==\n-----END B-----\n", "-----BEGIN A\nZg==\n",
        "-----BEGIN A-----\nZ*==\n-----END A-----\n", "-----BEGIN A-----\nZg==\n-----END A",
        "-----BEGIN A-----\nZg==\n-----BEGIN A-----\nZg==\n-----END A-----\n",
    ])
    func badPEMIsRefused(text: String) {
        #expect(throws: AttestationFormatError.self) { try PEM.parse([UInt8](text.utf8)) }
    }

    @Test func tooManyBlocksAreRefused() {
        let text = String(repeating: PEM.encode(label: "A", [1]), count: 33)
        #expect(throws: AttestationFormatError.tooMany(what: "PEM blocks", limit: 32)) {
            try PEM.parse([UInt8](text.utf8))
        }
    }

    /// Lengths that DER forbids: indefinite, not minimal, five bytes, longer than the input.
    @Test(
        arguments: [
            [0x30, 0x80, 0, 0], [0x30, 0x81, 0x7F], [0x30, 0x82, 0, 0x80], [0x30, 0x85, 1, 0, 0, 0, 0],
            [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0x03, 0, 0], [0x30], [0x1F, 0x01, 0], [],
        ] as [[UInt8]])
    func badDERIsRefused(bytes: [UInt8]) {
        var reader = DERReader(bytes[...], of: "test")
        do {
            _ = try reader.value(DER.sequence)
            Issue.record("accepted \(bytes)")
        } catch {
            #expect(!error.description.isEmpty)
        }
    }

    @Test(arguments: [0, 1, 127, 128, 255, 256, 65536, UInt64.max])
    func derNumbersRoundTrip(number: UInt64) throws {
        var reader = DERReader(DERWriter.integer(number)[...], of: "test")
        #expect(try reader.unsigned() == number)
        try reader.finish()
    }

    @Test func derLongValuesRoundTrip() throws {
        for count in [0, 127, 128, 255, 256, 70000] {
            let bytes = [UInt8](repeating: 5, count: count)
            var reader = DERReader(DERWriter.octetString(bytes)[...], of: "test")
            #expect(try reader.value(DER.octetString).contents.elementsEqual(bytes))
        }
    }

    @Test func negativeAndHugeNumbersAreRefused() {
        for bytes in [
            [2, 1, 0x80], [2, 0], [2, 10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [2, 9, 1, 0, 0, 0, 0, 0, 0, 0, 0],
        ] {
            #expect(throws: AttestationFormatError.self) {
                var reader = DERReader(bytes.map { UInt8($0) }[...], of: "test")
                _ = try reader.unsigned()
            }
        }
    }

    @Test func objectIdentifiersPrint() {
        #expect(ObjectIdentifier.rsaPSS.description == "1.2.840.113549.1.1.10")
        #expect(ObjectIdentifier.amd(3, 8).description == "1.3.6.1.4.1.3704.1.3.8")
        #expect(ObjectIdentifier([2, 16, 840]).description == "2.16.840")
        #expect(ObjectIdentifier(contents: [0x86]).description == "?")
        #expect(ObjectIdentifier(contents: [UInt8](repeating: 0xFF, count: 20)).description == "?")
    }

    @Test(
        arguments: [
            ("700101000000Z", false, 0), ("19700101000000Z", true, 0), ("000229120000Z", false, 951_825_600),
            ("20261121091700Z", true, 1_795_252_620), ("491231235959Z", false, 2_524_607_999),
            ("500101000000Z", false, -631_152_000), ("99991231235959Z", true, 253_402_300_799),
        ] as [(String, Bool, Int64)])
    func times(text: String, generalized: Bool, seconds: Int64) {
        #expect(DERTime.seconds([UInt8](text.utf8)[...], generalized: generalized) == seconds)
        if generalized { #expect(DERTime.generalizedTime(seconds) == text) }
    }

    @Test(arguments: [
        "", "Z", "7001010000Z", "700101000000", "701301000000Z", "700132000000Z", "70010100000xZ",
    ])
    func badTimesAreRefused(text: String) {
        #expect(DERTime.seconds([UInt8](text.utf8)[...], generalized: false) == nil)
    }
}
