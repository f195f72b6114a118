internal import AttestationFormat

extension Verification {
    /// What runs (MEASUREMENT), what it obeys (HOST_DATA), and whom the report answers (REPORT_DATA).
    mutating func judgeBindings(_ report: AttestationReport) {
        let measured = Hexadecimal.encode(report.measurement)
        if policy.measurements.isEmpty {
            note(.measurement, .notChecked, measured)
        } else {
            let expected = policy.measurements.map { Hexadecimal.encode($0) }.joined(separator: " or ")
            let isExpected = policy.measurements.contains(report.measurement)
            require(
                .measurement, isExpected, measured,
                else: "\(measured), expected \(expected)")
        }
        compare(.hostData, report.hostData, policy.hostData)
        // The whole field: a binding in the first bytes alone would leave the rest to an attacker.
        compare(.reportData, report.reportData, policy.reportData)
    }

    /// The ID block: who signed the launch, and which version of the image.
    mutating func judgeIdentity(_ report: AttestationReport) {
        if policy.minimumGuestSVN > 0 {
            let minimum = policy.minimumGuestSVN
            require(
                .guestSVN, report.guestSVN >= minimum, "\(report.guestSVN)",
                else: "\(report.guestSVN), expected at least \(minimum)")
        }
        if policy.familyID != nil { compare(.familyID, report.familyID, policy.familyID) }
        if policy.imageID != nil { compare(.imageID, report.imageID, policy.imageID) }
        if !policy.idKeyDigests.isEmpty {
            require(
                .idKey, policy.idKeyDigests.contains(report.idKeyDigest),
                Hexadecimal.encode(report.idKeyDigest),
                else: "\(Hexadecimal.encode(report.idKeyDigest)) is not accepted")
        }
        if !policy.authorKeyDigests.isEmpty {
            // Without an author key the field is zero, which a relying party may demand too.
            let isPresent = report.authorKeyDigest.contains { $0 != 0 }
            let isExpected = policy.authorKeyDigests.contains(report.authorKeyDigest)
            require(
                .authorKey, isExpected && isPresent == report.keyInfo.authorKeyEnabled,
                Hexadecimal.encode(report.authorKeyDigest),
                else: "\(Hexadecimal.encode(report.authorKeyDigest)) is not accepted")
        }
    }

    private mutating func compare(_ subject: Check.Subject, _ found: [UInt8], _ expected: [UInt8]?) {
        let text = Hexadecimal.encode(found)
        guard let expected else {
            note(subject, .notChecked, text)
            return
        }
        require(
            subject, found == expected, text, else: "\(text), expected \(Hexadecimal.encode(expected))")
    }
}
