internal import AttestationFormat
package import JSON

extension Verdict {
    /// The first line a person reads.
    package var headline: String {
        let failures = failures
        guard failures.isEmpty else {
            return "REFUSED: \(failures.map(\.subject.rawValue).joined(separator: ", "))"
        }
        let open = checks.filter { $0.outcome == .notChecked }.map(\.subject.rawValue)
        let unchecked = open.isEmpty ? "" : "; not checked: \(open.joined(separator: ", "))"
        let development = isDevelopment ? " (DEVELOPMENT root: proves nothing about hardware)" : ""
        return "ACCEPTED\(development)\(unchecked)"
    }

    /// A line per check, then the headline.
    package var table: String {
        let width = checks.map(\.subject.rawValue.count).max() ?? 0
        let marks: [Outcome: String] = [
            .passed: "ok  ", .failed: "FAIL", .warning: "warn", .notChecked: "-   ",
        ]
        let lines = checks.map { check in
            let name = check.subject.rawValue
            let padding = String(repeating: " ", count: width - name.count)
            return "\(marks[check.outcome] ?? "?   ")  \(name)\(padding)  \(check.detail)"
        }
        return (lines + ["", headline]).joined(separator: "\n")
    }

    /// For programs: `accepted`, `development`, `time`, `family`, `checks`, and the report's main fields.
    package var json: JSON {
        var object = JSONObject()
        object["accepted"] = .bool(isAccepted)
        object["development"] = .bool(isDevelopment)
        object["time"] = .string(DERTime.generalizedTime(time))
        object["family"] = family.map { .string($0.name) } ?? .null
        object["checks"] = .array(
            checks.map { check in
                [
                    "subject": .string(check.subject.rawValue), "outcome": .string(check.outcome.rawValue),
                    "detail": .string(check.detail),
                ]
            })
        if let report { object["report"] = Verdict.summary(report) }
        return .object(object)
    }

    private static func summary(_ report: AttestationReport) -> JSON {
        [
            "version": JSON(Int(report.version)),
            "policy": .string("0x" + String(report.policy.rawValue, radix: 16)),
            "platformInfo": .string("0x" + String(report.platformInfo.rawValue, radix: 16)),
            "vmpl": JSON(Int(report.vmpl)),
            "guestSVN": JSON(Int(report.guestSVN)),
            "measurement": .string(Hexadecimal.encode(report.measurement)),
            "hostData": .string(Hexadecimal.encode(report.hostData)),
            "reportData": .string(Hexadecimal.encode(report.reportData)),
            "reportID": .string(Hexadecimal.encode(report.reportID)),
            "chipID": .string(Hexadecimal.encode(report.chipID)),
            "reportedTCB": .string(Hexadecimal.encode(report.reportedTCB.bytes)),
            "firmware": .string(report.currentFirmware.description),
        ]
    }
}
