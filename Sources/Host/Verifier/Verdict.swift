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
        case format
        case version
        case signatureAlgorithm = "signature-algorithm"
        case reservedFields = "reserved-fields"
        case signingKey = "signing-key"
        case privilegeLevel = "privilege-level"
        case family
        case chain
        case root
        case names
        case validity
        case revocation
        case signature
        case chipID = "chip-id"
        case certificateTCB = "certificate-tcb"
        case minimumTCB = "minimum-tcb"
        case provisionalFirmware = "provisional-firmware"
        case firmware
        case policyBits = "policy-bits"
        case debug
        case migration
        case simultaneousMultithreading = "smt"
        case policyABI = "policy-abi"
        case aliasCheck = "alias-check"
        case platformBits = "platform-bits"
        case mitigations
        case measurement
        case hostData = "host-data"
        case reportData = "report-data"
        case guestSVN = "guest-svn"
        case familyID = "family-id"
        case imageID = "image-id"
        case idKey = "id-key"
        case authorKey = "author-key"
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
