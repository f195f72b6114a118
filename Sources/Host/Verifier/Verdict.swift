package import AttestationFormat

/// The outcome of one demand.
package enum Outcome: String, Equatable, Sendable {
    case passed
    case failed
    /// Not a reason to refuse, but a relying party should know.
    case warning
    /// Nothing was demanded.
    case notChecked = "not checked"
}

/// One demand, its outcome and why.
package struct Check: Equatable, Sendable {
    /// What was looked at; the raw value is the stable code in JSON output.
    package enum Subject: String, CaseIterable, Sendable {
        /// The bytes are a report at all.
        case format
        /// The report's version.
        case version
        /// How the report says it was signed.
        case signatureAlgorithm = "signature-algorithm"
        /// Fields that the specification reserves are zero.
        case reservedFields = "reserved-fields"
        /// The kind of key: VCEK or VLEK.
        case signingKey = "signing-key"
        /// The VMPL that asked, and that it was not the host.
        case privilegeLevel = "privilege-level"
        /// The chip's generation: known, accepted, and the certificate's too.
        case family
        /// From the endorsement certificate by signatures to a self-signed root.
        case chain
        /// The root is AMD's, of the chip's family, or the one named for development.
        case root
        /// Intermediate and root are called as AMD calls them for this family.
        case names
        /// All three certificates, at the policy's time.
        case validity
        /// The intermediate is on no list of the root at hand, nor on the built-in one.
        case revocation
        /// The report's own, by the endorsement certificate's key.
        case signature
        /// The certificate is of the chip that the report names.
        case chipID = "chip-id"
        /// The certificate is for the TCB that the report names.
        case certificateTCB = "certificate-tcb"
        /// Reported, committed and launch TCB against the policy's least.
        case minimumTCB = "minimum-tcb"
        /// What runs is committed, and the TCBs are in order.
        case provisionalFirmware = "provisional-firmware"
        /// Current and committed firmware; only when the policy names a least version.
        case firmware
        /// The guest policy's mandatory and reserved bits.
        case policyBits = "policy-bits"
        /// Whether the host may decrypt the guest's memory.
        case debug
        /// Whether a migration agent may move the guest.
        case migration
        /// Only when the policy refuses it.
        case simultaneousMultithreading = "smt"
        /// Only when the policy names a least version.
        case policyABI = "policy-abi"
        /// Whether the firmware looked for aliased memory.
        case aliasCheck = "alias-check"
        /// Bits of PLATFORM_INFO that have no published meaning; shown, not fatal.
        case platformBits = "platform-bits"
        /// Only when the policy demands some.
        case mitigations
        /// The launch digest: what runs.
        case measurement
        /// HOST_DATA: the digest of the policy that it obeys.
        case hostData = "host-data"
        /// REPORT_DATA: whom the report answers.
        case reportData = "report-data"
        /// Only when the policy names a least number.
        case guestSVN = "guest-svn"
        /// Only when the policy names one.
        case familyID = "family-id"
        /// Only when the policy names one.
        case imageID = "image-id"
        /// Only when the policy names some.
        case idKey = "id-key"
        /// Only when the policy names some.
        case authorKey = "author-key"
        /// What came beside the report and could not be read.
        case certificateTable = "certificate-table"
    }

    /// What was looked at.
    package let subject: Subject
    /// How it came out.
    package let outcome: Outcome
    /// What was found, and what was demanded when that differs.
    package let detail: String
}

/// What a relying party can conclude from evidence.
package struct Verdict: Sendable {
    /// In the order of judging.
    package internal(set) var checks: [Check] = []
    /// The chain ends at a development root: the report proves nothing about hardware.
    package internal(set) var isDevelopment = false
    /// The time that validity was judged at, seconds since 1970.
    package let time: Int64
    /// The report, when it could be read.
    package internal(set) var report: AttestationReport?
    /// The chip's family, when known.
    package internal(set) var family: ChipFamily?

    init(time: Int64) { self.time = time }

    /// Every demand is met.
    package var isAccepted: Bool { !checks.isEmpty && failures.isEmpty }
    /// The demands that are not met; empty too when nothing was judged.
    package var failures: [Check] { checks.filter { $0.outcome == .failed } }

    /// The outcome for a subject; nil when judging ended before it.
    package subscript(subject: Check.Subject) -> Outcome? {
        checks.first { $0.subject == subject }?.outcome
    }
}
