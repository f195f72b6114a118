package import AttestationFormat

/// What a relying party demands of evidence. The defaults refuse what no honest group needs; what is nil or empty is
/// not checked and shown as such.
package struct VerificationPolicy: Sendable {
    /// A root beside AMD's, for development: verdicts that rest on it say so.
    package var developmentRoot: Certificate?
    /// Accepted families; nil accepts all that have a root.
    package var families: Set<ChipFamily>?
    /// Refuse Milan: its endorsement keys can be extracted by software (arXiv 2605.12990). Otherwise it is a warning.
    package var refuseMilan = false
    /// Launch digests, any of which is right. Empty is not checked.
    package var measurements: [[UInt8]] = []
    /// 32 bytes: the policy digest.
    package var hostData: [UInt8]?
    /// 64 bytes, compared whole: see `ReportBinding`.
    package var reportData: [UInt8]?
    /// VMPLs that may have asked for the report; 0 is the most privileged. One that the host asked for is
    /// refused in any case.
    package var privilegeLevels: Set<UInt32> = [0]
    /// Accept a guest whose memory the host may decrypt, with a warning.
    package var allowDebug = false
    /// Accept a guest that a migration agent may move, with a warning.
    package var allowMigrationAgent = false
    /// Refuse guests that may run with simultaneous multithreading.
    package var refuseSMT = false
    /// Least ABI version that the guest's policy must demand: (major, minor).
    package var minimumABI: (major: UInt8, minor: UInt8)?
    /// Least version of every TCB component, in the reported, committed and launch TCB.
    package var minimumTCB: TCBComponents?
    /// Least firmware version, of the current and of the committed one.
    package var minimumFirmware: FirmwareVersion?
    /// Accept firmware that is loaded but not committed: the host can go back behind it.
    package var allowProvisionalFirmware = false
    /// Refuse platforms whose firmware did not look for aliased memory.
    package var requireAliasCheck = false
    /// Mitigation bits that must be set; needs a version 5 report.
    package var requiredMitigations: UInt64 = 0
    /// Least GUEST_SVN of the ID block; 0 is not checked.
    package var minimumGuestSVN: UInt32 = 0
    /// 16 bytes of the ID block.
    package var familyID: [UInt8]?
    /// 16 bytes of the ID block.
    package var imageID: [UInt8]?
    /// 48 bytes each, any of which is right: who signed the ID block.
    package var idKeyDigests: [[UInt8]] = []
    /// 48 bytes each, any of which is right: who signed the ID key; all zeros accepts launches without one.
    package var authorKeyDigests: [[UInt8]] = []
    /// Chips that are refused, by CHIP_ID (64 bytes): no revocation list can name a single chip.
    package var refusedChips: [[UInt8]] = []
    /// Accept reports that hide their chip although its own key signed.
    package var allowMaskedChip = false
    /// Refuse when no current revocation list of the root is at hand.
    package var requireRevocationList = false
    /// The time that certificates are judged at, seconds since 1970. Guest and host clocks belong to the host: this is
    /// the relying party's own.
    package var time: Int64
    /// Accept certificates out of their validity period.
    package var ignoreValidity = false

    package init(time: Int64) { self.time = time }
}
