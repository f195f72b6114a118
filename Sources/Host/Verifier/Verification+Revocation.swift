internal import AttestationFormat

extension Verification {
    /// The root's revocation lists and the built-in list of revoked intermediates. Lists name intermediates only: a
    /// chip's certificate has serial number 0, so chips are refused by `refusedChips`.
    mutating func judgeRevocation(_ chain: CertificateChain) {
        let serial = chain.intermediate.serial
        let isKnown = TrustRoot.knownRevoked.contains { entry in
            entry.serial == serial && TrustRoot.amd[entry.family] == Digest.sha256(chain.root.encoding)
        }
        if isKnown {
            fail(
                .revocation,
                "\(chain.intermediate.commonName) \(Hexadecimal.encode(serial)) was revoked by AMD")
            return
        }
        let lists = evidence.revocationLists.filter { isAuthentic($0, chain.root) }
        if lists.contains(where: { $0.revokedSerials.contains(serial) }) {
            fail(.revocation, "\(chain.intermediate.commonName) \(Hexadecimal.encode(serial)) is revoked")
            return
        }
        let current = lists.first { list in
            list.thisUpdate <= policy.time && (list.nextUpdate.map { policy.time <= $0 } ?? false)
        }
        if let current {
            pass(.revocation, "not revoked by list number \(current.number.map { "\($0)" } ?? "unknown")")
            return
        }
        let outcome: Outcome = policy.requireRevocationList ? .failed : .notChecked
        if lists.isEmpty, evidence.revocationLists.isEmpty {
            note(.revocation, outcome, "no revocation list of \(chain.root.commonName) at hand")
        } else if lists.isEmpty {
            note(.revocation, outcome, "no revocation list at hand is signed by \(chain.root.commonName)")
        } else {
            note(
                .revocation, outcome,
                "the revocation list is not current at \(DERTime.generalizedTime(policy.time))")
        }
    }

    private func isAuthentic(_ list: RevocationList, _ root: Certificate) -> Bool {
        guard list.issuer == root.subject, root.maySignRevocationLists,
            Certificate.isPSSWithSHA384(list.signatureAlgorithm),
            let key = PublicKey(subjectPublicKeyInfo: root.publicKey)
        else { return false }
        return key.verifiesPSS(list.signature, over: list.signedPart)
    }
}
