import AttestationFormat
import Testing

@Suite struct CertificateTests {
    static let certificates = Vectors.files {
        !$0.hasPrefix("fragments/") && !$0.hasPrefix("did-x509/") && !$0.hasPrefix("azcvm")
            && !$0.contains("key")
            && !$0.contains("invalid") && !$0.contains("crl")
            && ($0.hasSuffix(".der") || $0.hasSuffix(".pem"))
    }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"), arguments: certificates)
    func realCertificatesRead(file: String) throws {
        let all = try Certificate.all(derOrPEM: try Vectors.bytes(file))
        #expect(!all.isEmpty)
        for certificate in all {
            #expect(Certificate.isPSSWithSHA384(certificate.signatureAlgorithm))
            #expect(certificate.notBefore < certificate.notAfter)
            let isRoot = certificate.commonName.hasPrefix("ARK-")
            #expect((certificate.subject == certificate.issuer) == isRoot)
            if ["SEV-VCEK", "SEV-VLEK"].contains(certificate.commonName) {
                #expect(certificate.publicKeyCurve == .curveP384)
                #expect(!certificate.isAuthority)
                let extensions = try EndorsementExtensions(certificate)
                #expect(ChipFamily(productName: extensions.productName) != nil)
            } else {
                #expect(certificate.isAuthority && certificate.maySignCertificates)
                #expect(certificate.maySignRevocationLists == isRoot)
            }
        }
    }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"))
    func turinCertificatesHaveTheirOwnShape() throws {
        let bytes = try Vectors.bytes("virtee-turin-chain-only/vcek.der")
        let extensions = try EndorsementExtensions(try Certificate(parsing: bytes))
        #expect(extensions.structureVersion == 1)
        #expect(extensions.tcb.fmc != nil)
        #expect(extensions.hardwareID?.count == 8)
    }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"))
    func everyTruncationIsRefused() throws {
        let bytes = try Vectors.bytes("gosev-milan/vcek.der")
        for count in 0..<bytes.count {
            #expect(throws: AttestationFormatError.self) {
                try Certificate(parsing: [UInt8](bytes.prefix(count)))
            }
        }
        #expect(throws: AttestationFormatError.trailingBytes(what: "certificate", count: 1)) {
            try Certificate(parsing: bytes + [0])
        }
    }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"))
    func damagedBytesNeverTrap() throws {
        let bytes = try Vectors.bytes("virtee-turin-chain-only/vcek.der")
        var generator = Generator(state: 3)
        for _ in 0..<4000 {
            var damaged = bytes
            for _ in 0..<(1 + generator.next() % 4) {
                damaged[Int(generator.next() % UInt64(bytes.count))] = generator.bytes(1)[0]
            }
            guard let certificate = try? Certificate(parsing: damaged) else { continue }
            #expect(certificate.encoding == damaged)
            _ = try? EndorsementExtensions(certificate)
        }
    }

    @Test(.enabled(if: Vectors.present, "\(Vectors.absence)"))
    func revocationListsRead() throws {
        let genoa = try RevocationList(parsing: Vectors.bytes("revocation/crl-genoa-2022-10-31.der"))
        #expect(genoa.revokedSerials == [[0x02, 0x00, 0x01]])
        #expect(genoa.number == 2)
        #expect(genoa.nextUpdate.map(DERTime.generalizedTime) == "20231031230000Z")
        let milan = try RevocationList(parsing: Vectors.bytes("revocation/crl-milan-2022-05-09.der"))
        #expect(milan.revokedSerials.isEmpty)
        let bytes = try Vectors.bytes("revocation/crl-genoa-2022-10-31.der")
        for count in 0..<bytes.count {
            #expect(throws: AttestationFormatError.self) {
                try RevocationList(parsing: [UInt8](bytes.prefix(count)))
            }
        }
    }
}
