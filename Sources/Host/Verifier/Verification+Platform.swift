internal import AttestationFormat

extension Verification {
    /// The launch policy that the guest runs under.
    mutating func judgeGuestPolicy(_ report: AttestationReport) {
        let bits = report.policy
        let text = "0x" + String(bits.rawValue, radix: 16)
        if !bits.mandatoryBitIsSet {
            fail(.policyBits, "\(text): bit 17 is not set")
        } else {
            require(
                .policyBits, bits.reservedBits == 0, text,
                else: "\(text): reserved bits 0x\(String(bits.reservedBits, radix: 16)) are set")
        }
        if bits.allowsDebug {
            note(
                .debug, policy.allowDebug ? .warning : .failed, "the host may decrypt the guest's memory")
        } else {
            pass(.debug, "the host may not decrypt the guest's memory")
        }
        if bits.allowsMigrationAgent {
            note(
                .migration, policy.allowMigrationAgent ? .warning : .failed,
                "a migration agent may move the guest's memory")
        } else {
            pass(.migration, "no migration agent")
        }
        if policy.refuseSMT {
            require(
                .simultaneousMultithreading, !bits.allowsSMT, "not allowed",
                else: "the guest may share a core with the host's threads")
        }
        if let minimum = policy.minimumABI {
            let found = (bits.minimumABIMajor, bits.minimumABIMinor)
            require(
                .policyABI, found >= (minimum.major, minimum.minor), "\(found.0).\(found.1)",
                else: "\(found.0).\(found.1), expected at least \(minimum.major).\(minimum.minor)")
        }
    }

    /// Firmware and platform.
    mutating func judgePlatform(_ report: AttestationReport) {
        if let family = verdict.family { judgeTCBs(report, family.tcbLayout) }
        if let minimum = policy.minimumFirmware {
            let lowest = min(report.currentFirmware, report.committedFirmware)
            require(
                .firmware, lowest >= minimum, lowest.description,
                else: "\(lowest), expected at least \(minimum)")
        }
        if report.platformInfo.aliasCheckComplete {
            pass(.aliasCheck, "the firmware looked for aliased memory")
        } else {
            note(
                .aliasCheck, policy.requireAliasCheck ? .failed : .warning,
                "the firmware does not say that it looked for aliased memory (CVE-2024-21944)")
        }
        let unknown = report.platformInfo.unknownBits
        if unknown != 0 { note(.platformBits, .warning, "unknown bits 0x\(String(unknown, radix: 16))") }
        judgeMitigations(report)
    }

    private mutating func judgeTCBs(_ report: AttestationReport, _ layout: TCBLayout) {
        let current = report.currentTCB.components(layout)
        let committed = report.committedTCB.components(layout)
        let reported = report.reportedTCB.components(layout)
        let launch = report.launchTCB.components(layout)
        if let minimum = policy.minimumTCB {
            let low = [("reported", reported), ("committed", committed), ("launch", launch)]
                .first { !$0.1.isAtLeast(minimum) }
            require(
                .minimumTCB, low == nil, "at least \(minimum)",
                else: "\(low?.0 ?? ""): \(low?.1.description ?? ""), expected at least \(minimum)")
        } else {
            note(.minimumTCB, .notChecked, "reported: \(reported)")
        }
        if !committed.isAtLeast(reported) || !current.isAtLeast(committed) {
            fail(.provisionalFirmware, "TCBs out of order: current \(current); committed \(committed)")
        } else if current != committed {
            note(
                .provisionalFirmware, policy.allowProvisionalFirmware ? .warning : .failed,
                "current \(current); committed only \(committed): the host can go back")
        } else {
            pass(.provisionalFirmware, "the running firmware is committed")
        }
    }

    private mutating func judgeMitigations(_ report: AttestationReport) {
        let mask = policy.requiredMitigations
        guard mask != 0 else { return }
        guard let launch = report.launchMitigations, let current = report.currentMitigations else {
            fail(.mitigations, "a version \(report.version) report does not tell; version 5 does")
            return
        }
        require(
            .mitigations, launch & mask == mask && current & mask == mask, "0x\(String(current, radix: 16))",
            else:
                "launch 0x\(String(launch, radix: 16)), current 0x\(String(current, radix: 16)), expected all of "
                + "0x\(String(mask, radix: 16))")
    }
}
