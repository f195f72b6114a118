#if SimulatedPSP
    internal import AttestationFormat
    internal import Foundation

    /// Makes the certificates of the throw-away chain: X.509 of the same shape as AMD's, under another organization.
    struct SimulatedCertificate {
        let commonName: String
        let issuerCommonName: String
        /// SubjectPublicKeyInfo, DER.
        let publicKey: [UInt8]
        let serial: UInt64
        /// Whole Extension values, DER.
        let extensions: [[UInt8]]

        /// Certificates start a day early, so that a clock that is a little slow accepts them.
        private static let validityBefore: TimeInterval = 86400
        private static let validity: TimeInterval = 7 * 365 * 86400

        /// The certificate, DER, signed by its issuer.
        func signed(by issuer: SimulatedKey) throws(SimulatedSecurityProcessorError) -> [UInt8] {
            let now = Date()
            let algorithm = SimulatedCertificate.pssWithSHA384
            let fields = DERWriter.sequence([
                DERWriter.value(DER.context(0), DERWriter.integer(2)),
                DERWriter.integer(serial),
                algorithm,
                SimulatedCertificate.name(issuerCommonName),
                DERWriter.sequence([
                    SimulatedCertificate.time(now.addingTimeInterval(-SimulatedCertificate.validityBefore)),
                    SimulatedCertificate.time(now.addingTimeInterval(SimulatedCertificate.validity)),
                ]),
                SimulatedCertificate.name(commonName),
                publicKey,
                DERWriter.value(DER.context(3), DERWriter.sequence(extensions)),
            ])
            return DERWriter.sequence([fields, algorithm, DERWriter.bitString(try issuer.signPSS(fields))])
        }

        private static let pssWithSHA384: [UInt8] = {
            let null: [UInt8] = [0x05, 0x00]
            let hash = DERWriter.sequence([DERWriter.objectIdentifier(.sha384), null])
            let mask = DERWriter.sequence([DERWriter.objectIdentifier(.mgf1), hash])
            let parameters = DERWriter.sequence([
                DERWriter.value(DER.context(0), hash),
                DERWriter.value(DER.context(1), mask),
                DERWriter.value(DER.context(2), DERWriter.integer(48)),
                DERWriter.value(DER.context(3), DERWriter.integer(1)),
            ])
            return DERWriter.sequence([DERWriter.objectIdentifier(.rsaPSS), parameters])
        }()

        private static func time(_ date: Date) -> [UInt8] {
            let text = DERTime.generalizedTime(Int64(date.timeIntervalSince1970))
            // RFC 5280 4.1.2.5: dates through 2049 must be UTCTime.
            return text < "2050"
                ? DERWriter.text(DER.utcTime, String(text.dropFirst(2)))
                : DERWriter.text(DER.generalizedTime, text)
        }

        private static func name(_ commonName: String) -> [UInt8] {
            let organization = ObjectIdentifier([2, 5, 4, 10])
            return DERWriter.sequence([
                attribute(organization, "Coffer simulated security processor (not AMD)"),
                attribute(.commonName, commonName),
            ])
        }

        private static func attribute(_ type: ObjectIdentifier, _ text: String) -> [UInt8] {
            let pair = DERWriter.sequence([
                DERWriter.objectIdentifier(type), DERWriter.text(DER.utf8String, text),
            ])
            return DERWriter.value(DER.set, pair)
        }
    }

    extension SimulatedCertificate {
        /// Extensions of a root or an intermediate: CA, may sign certificates (and revocation lists).
        static let authorityExtensions: [[UInt8]] = [
            criticalExtension(.basicConstraints, DERWriter.sequence([DERWriter.value(DER.boolean, [0xFF])])),
            // keyCertSign and cRLSign; one unused bit.
            criticalExtension(.keyUsage, DERWriter.value(DER.bitString, [1, 0x06])),
        ]

        /// AMD's extensions of an endorsement certificate.
        static func endorsementExtensions(
            productName: String, tcb: TCBComponents, hardwareID: [UInt8]
        ) -> [[UInt8]] {
            var levels: [(UInt32, UInt8)] = [(1, tcb.bootLoader), (2, tcb.tee), (3, tcb.snp)]
            levels += [(4, 0), (5, 0), (6, 0), (7, 0), (8, tcb.microcode)]
            var extensions = [
                plainExtension(.amd(1), DERWriter.integer(0)),
                plainExtension(.amd(2), DERWriter.text(DER.ia5String, productName)),
            ]
            for (number, level) in levels {
                extensions.append(plainExtension(.amd(3, number), DERWriter.integer(UInt64(level))))
            }
            extensions.append(plainExtension(.amd(4), hardwareID))
            return extensions
        }

        private static func plainExtension(_ identifier: ObjectIdentifier, _ value: [UInt8]) -> [UInt8] {
            DERWriter.sequence([DERWriter.objectIdentifier(identifier), DERWriter.octetString(value)])
        }

        private static func criticalExtension(_ identifier: ObjectIdentifier, _ value: [UInt8]) -> [UInt8] {
            DERWriter.sequence([
                DERWriter.objectIdentifier(identifier), DERWriter.value(DER.boolean, [0xFF]),
                DERWriter.octetString(value),
            ])
        }
    }
#endif
