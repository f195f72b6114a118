internal import AttestationFormat

/// Judges evidence by a relying party's demands. Every demand gets its check, also after a failure, so that one run
/// tells all that is wrong.
package struct Verification {
    let evidence: Evidence
    let policy: VerificationPolicy
    var verdict: Verdict

    /// The verdict on evidence.
    package static func verdict(on evidence: Evidence, policy: VerificationPolicy) -> Verdict {
        var verification = Verification(
            evidence: evidence, policy: policy, verdict: Verdict(time: policy.time))
        verification.judge()
        return verification.verdict
    }

    private mutating func judge() {
        for problem in evidence.unreadable { note(.certificateTable, .warning, problem) }
        let report: AttestationReport
        do throws(AttestationFormatError) {
            report = try AttestationReport(parsing: evidence.report)
        } catch {
            fail(.format, error.description)
            return
        }
        verdict.report = report
        pass(.format, "\(AttestationReport.size) bytes")
        judgeForm(report)
        judgeChainAndSignature(report)
        judgeGuestPolicy(report)
        judgePlatform(report)
        judgeBindings(report)
        judgeIdentity(report)
    }

    mutating func note(_ subject: Check.Subject, _ outcome: Outcome, _ detail: String) {
        verdict.checks.append(Check(subject: subject, outcome: outcome, detail: detail))
    }

    mutating func pass(_ subject: Check.Subject, _ detail: String) { note(subject, .passed, detail) }

    mutating func fail(_ subject: Check.Subject, _ detail: String) { note(subject, .failed, detail) }

    /// Passes or fails by a condition; both texts say what was found.
    mutating func require(
        _ subject: Check.Subject, _ condition: Bool, _ passed: @autoclosure () -> String,
        else failed: @autoclosure () -> String
    ) {
        note(subject, condition ? .passed : .failed, condition ? passed() : failed())
    }
}

extension Verification {
    /// What every report must look like, whoever made it.
    private mutating func judgeForm(_ report: AttestationReport) {
        pass(.version, "\(report.version)")
        require(
            .signatureAlgorithm, report.signatureAlgorithm == 1, "ECDSA P-384 with SHA-384",
            else: "\(report.signatureAlgorithm), expected 1 (ECDSA P-384 with SHA-384)")
        let reserved = report.nonZeroReserved.map { "0x" + String($0, radix: 16) }
        require(
            .reservedFields, reserved.isEmpty && report.keyInfo.reservedBits == 0, "zero",
            else:
                "not zero: \((reserved + (report.keyInfo.reservedBits == 0 ? [] : ["0x48"])).joined(separator: ", "))"
        )
        switch report.keyInfo.key {
        case .vcek: pass(.signingKey, "VCEK")
        case .vlek: pass(.signingKey, "VLEK")
        case .none: fail(.signingKey, "the report says it is not signed")
        case .reserved(let value): fail(.signingKey, "reserved value \(value), expected 0 (VCEK) or 1 (VLEK)")
        }
        let levels = policy.privilegeLevels.sorted().map { "\($0)" }.joined(separator: ", ")
        if report.vmpl == AttestationReport.hostRequestedVMPL {
            fail(.privilegeLevel, "the host asked for this report, not the guest")
        } else {
            require(
                .privilegeLevel, policy.privilegeLevels.contains(report.vmpl), "\(report.vmpl)",
                else: "\(report.vmpl), expected \(levels)")
        }
    }
}
