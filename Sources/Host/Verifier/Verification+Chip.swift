internal import AttestationFormat

extension Verification {
    /// The family by CPUID (version 3 on), else by the certificate; both must agree, and the relying party accept it.
    mutating func judgeFamily(_ report: AttestationReport, _ extensions: EndorsementExtensions?) {
        let certified = extensions.flatMap { ChipFamily(productName: $0.productName) }
        let family: ChipFamily?
        if let cpuid = report.cpuid {
            family = ChipFamily(cpuid)
            guard family != nil else {
                fail(.family, "unknown CPUID family \(cpuid.family) model \(cpuid.model)")
                return
            }
        } else {
            family = certified
        }
        guard let family else {
            fail(.family, "unknown: the report has no CPUID and no certificate names a known product")
            return
        }
        verdict.family = family
        if let extensions, certified != family {
            fail(.family, "report of \(family.name), certificate of \(extensions.productName)")
        } else if let accepted = policy.families, !accepted.contains(family) {
            let names = accepted.map(\.name).sorted().joined(separator: ", ")
            fail(.family, "\(family.name), expected \(names)")
        } else if family == .milan {
            note(
                .family, policy.refuseMilan ? .failed : .warning,
                "Milan: its endorsement keys can be extracted by software, so a capable host can forge its reports"
            )
        } else {
            pass(.family, family.name)
        }
    }

    /// The certificate is this chip's, at this TCB; the TCBs are high enough and in order.
    mutating func judgeChip(_ report: AttestationReport, _ extensions: EndorsementExtensions) {
        judgeChipID(report, extensions)
        guard let family = verdict.family else { return }
        let layout = family.tcbLayout
        let reported = report.reportedTCB.components(layout)
        if report.reportedTCB.hasReservedBits(layout) {
            fail(.certificateTCB, "the reported TCB has reserved bits set")
        } else {
            require(
                .certificateTCB, extensions.tcb == reported, reported.description,
                else: "the report says \(reported), the certificate \(extensions.tcb)")
        }
    }

    private mutating func judgeChipID(_ report: AttestationReport, _ extensions: EndorsementExtensions) {
        let isMasked = report.chipID.allSatisfy { $0 == 0 }
        if policy.refusedChips.contains(report.chipID) {
            fail(.chipID, "this chip is refused")
        } else if report.keyInfo.key == .vlek {
            let provider = extensions.providerID.map { " of \($0)" } ?? ""
            note(.chipID, .passed, "not bound to a chip: signed by the provider's key\(provider)")
        } else if isMasked {
            note(
                .chipID, policy.allowMaskedChip ? .warning : .failed,
                "the report hides its chip, so the certificate may be another chip's")
        } else if let chip = extensions.hardwareID, !chip.isEmpty {
            let padded = chip + [UInt8](repeating: 0, count: max(0, 64 - chip.count))
            require(
                .chipID, padded == report.chipID, Hexadecimal.encode(chip.prefix(8)) + "...",
                else:
                    "the report is of chip \(Hexadecimal.encode(report.chipID.prefix(8)))..., the certificate of "
                    + Hexadecimal.encode(chip.prefix(8)) + "...")
        } else {
            fail(.chipID, "the certificate names no chip")
        }
    }
}
