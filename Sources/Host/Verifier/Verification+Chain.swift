internal import AttestationFormat

/// The three certificates behind a report.
struct CertificateChain {
    let endorsement: Certificate
    let intermediate: Certificate
    let root: Certificate
}

extension Verification {
    /// Everything that rests on the certificates: chain, names, validity, revocation, signature, chip, TCB.
    mutating func judgeChainAndSignature(_ report: AttestationReport) {
        guard let endorsement = endorsement(for: report) else {
            fail(.chain, "no endorsement certificate (\(expectedName(report))) in the evidence")
            judgeFamily(report, nil)
            return
        }
        let extensions: EndorsementExtensions?
        do throws(AttestationFormatError) {
            extensions = try EndorsementExtensions(endorsement)
        } catch {
            extensions = nil
            fail(.certificateTCB, "endorsement certificate: \(error)")
        }
        judgeFamily(report, extensions)
        judgeSignature(report, endorsement)
        if let extensions { judgeChip(report, extensions) }
        guard let chain = chain(from: endorsement) else { return }
        judgeRoot(chain, report)
        judgeNames(chain, report, extensions)
        judgeValidity(chain)
        judgeRevocation(chain)
    }

    private func expectedName(_ report: AttestationReport) -> String {
        report.keyInfo.key == .vlek ? "SEV-VLEK" : "SEV-VCEK"
    }

    /// Among the certificates of the right name, the one whose chip is the report's, else the first.
    private func endorsement(for report: AttestationReport) -> Certificate? {
        let named = evidence.certificates.filter { $0.commonName == expectedName(report) }
        let sameChip = named.first { certificate in
            do throws(AttestationFormatError) {
                guard let chip = try EndorsementExtensions(certificate).hardwareID else { return false }
                return report.chipID.starts(with: chip)
            } catch {
                return false
            }
        }
        return sameChip ?? named.first
    }

    /// The chain by names and signatures; a failed check says where it breaks.
    private mutating func chain(from endorsement: Certificate) -> CertificateChain? {
        guard endorsement.publicKeyAlgorithm == .ellipticCurveKey, endorsement.publicKeyCurve == .curveP384
        else {
            fail(.chain, "the endorsement certificate's key is not on P-384")
            return nil
        }
        guard let intermediate = issuer(of: endorsement, "endorsement certificate") else { return nil }
        guard let root = issuer(of: intermediate, "intermediate certificate") else { return nil }
        guard root.subject == root.issuer, signs(root, root) else {
            fail(.chain, "\(root.commonName) is not self-signed: three certificates expected")
            return nil
        }
        for certificate in [endorsement, intermediate, root] {
            let unknown = certificate.extensions.first {
                $0.critical && $0.identifier != .basicConstraints && $0.identifier != .keyUsage
            }
            if let unknown {
                fail(.chain, "\(certificate.commonName): unknown critical extension \(unknown.identifier)")
                return nil
            }
        }
        pass(.chain, [endorsement, intermediate, root].map(\.commonName).joined(separator: " by "))
        return CertificateChain(endorsement: endorsement, intermediate: intermediate, root: root)
    }

    private mutating func issuer(of certificate: Certificate, _ what: String) -> Certificate? {
        let pool = evidence.certificates + [policy.developmentRoot].compactMap { $0 }
        let named = pool.filter { $0.subject == certificate.issuer }
        if named.isEmpty {
            fail(.chain, "\(certificate.issuerCommonName), issuer of the \(what), is not in the evidence")
            return nil
        }
        guard Certificate.isPSSWithSHA384(certificate.signatureAlgorithm) else {
            fail(.chain, "\(what): signature algorithm is not RSASSA-PSS with SHA-384 and salt 48")
            return nil
        }
        let authorities = named.filter { $0.isAuthority && $0.maySignCertificates }
        if authorities.isEmpty {
            fail(.chain, "\(certificate.issuerCommonName) may not issue certificates")
            return nil
        }
        guard let issuer = authorities.first(where: { signs($0, certificate) }) else {
            fail(.chain, "\(what): its signature is not \(certificate.issuerCommonName)'s")
            return nil
        }
        return issuer
    }

    private func signs(_ issuer: Certificate, _ certificate: Certificate) -> Bool {
        guard let key = PublicKey(subjectPublicKeyInfo: issuer.publicKey), key.bits >= 4096 else {
            return false
        }
        return key.verifiesPSS(certificate.signature, over: certificate.signedPart)
    }

    private mutating func judgeSignature(_ report: AttestationReport, _ endorsement: Certificate) {
        guard let scalars = report.signatureScalars else {
            fail(.signature, "the signature field holds more than two 48-byte numbers")
            return
        }
        let message = [UInt8](evidence.report.prefix(AttestationReport.signedSize))
        let key = PublicKey(subjectPublicKeyInfo: endorsement.publicKey)
        require(
            .signature, key?.verifiesECDSA(r: scalars.r, s: scalars.s, over: message) ?? false,
            "made by the \(endorsement.commonName)", else: "not made by the \(endorsement.commonName)'s key")
    }

    private mutating func judgeRoot(_ chain: CertificateChain, _ report: AttestationReport) {
        if chain.root.encoding == policy.developmentRoot?.encoding {
            verdict.isDevelopment = true
            pass(.root, "DEVELOPMENT root, trusted because it was named; not AMD")
            return
        }
        let digest = Digest.sha256(chain.root.encoding)
        guard let family = TrustRoot.amd.first(where: { $0.value == digest })?.key else {
            fail(
                .root, "\(chain.root.commonName) (SHA-256 \(Hexadecimal.encode(digest))) is not a known root")
            return
        }
        let reportFamily = verdict.family
        require(
            .root, reportFamily == nil || reportFamily == family, "AMD's ARK-\(family.name)",
            else:
                "AMD's ARK-\(family.name), but the report is of \(reportFamily?.name ?? "no known family")")
    }

    private mutating func judgeNames(
        _ chain: CertificateChain, _ report: AttestationReport, _ extensions: EndorsementExtensions?
    ) {
        guard let family = verdict.family else {
            fail(.names, "cannot be judged: the family is unknown")
            return
        }
        let intermediate = report.keyInfo.key == .vlek ? "SEV-VLEK-\(family.name)" : "SEV-\(family.name)"
        let expected = [intermediate, "ARK-\(family.name)"]
        let found = [chain.intermediate.commonName, chain.root.commonName]
        require(
            .names, found == expected, found.joined(separator: ", "),
            else: "\(found.joined(separator: ", ")), expected \(expected.joined(separator: ", "))")
    }

    private mutating func judgeValidity(_ chain: CertificateChain) {
        let time = DERTime.generalizedTime(policy.time)
        for certificate in [chain.endorsement, chain.intermediate, chain.root] {
            let period =
                "\(DERTime.generalizedTime(certificate.notBefore)) to \(DERTime.generalizedTime(certificate.notAfter))"
            guard policy.time < certificate.notBefore || policy.time > certificate.notAfter else { continue }
            let what = "\(certificate.commonName) is valid from \(period), judged at \(time)"
            note(.validity, policy.ignoreValidity ? .warning : .failed, what)
            return
        }
        pass(.validity, "all certificates are valid at \(time)")
    }
}
