/// ATTESTATION_REPORT of the SEV Secure Nested Paging Firmware ABI specification (56860), table 23.
///
/// 1184 bytes, little-endian. Versions 2, 3 (4 has the same layout) and 5 are read. Parsing checks shape only:
/// whether a value is acceptable is the verifier's question.
public struct AttestationReport: Equatable, Sendable {
    /// Bytes of a report of any version.
    public static let size = 0x4A0
    /// Bytes covered by the signature, from the start.
    public static let signedSize = 0x2A0
    /// VMPL of a report that the host asked for instead of the guest (SNP_HV_REPORT_REQ).
    public static let hostRequestedVMPL: UInt32 = 0xFFFF_FFFF

    /// 2, 3, 4 or 5.
    public var version: UInt32 = 3
    /// Security version from the ID block.
    public var guestSVN: UInt32 = 0
    /// Set at launch and not part of the measurement: it has to be looked at on its own.
    public var policy = GuestPolicy(rawValue: 0x30000)
    /// 16 bytes from the ID block.
    public var familyID = [UInt8](repeating: 0, count: 16)
    /// 16 bytes from the ID block.
    public var imageID = [UInt8](repeating: 0, count: 16)
    /// The privilege level that asked, 0 to 3, or `hostRequestedVMPL`.
    public var vmpl: UInt32 = 0
    /// 1 is ECDSA P-384 with SHA-384, the only one defined.
    public var signatureAlgorithm: UInt32 = 1
    /// Of what runs now; the host can go back from it as far as `committedTCB`.
    public var currentTCB = TCBVersion.zero
    /// What was switched on when the report was made.
    public var platformInfo = PlatformInfo(rawValue: 0)
    /// Which key signed, and whether the host hid the chip.
    public var keyInfo = SigningKeyInfo(rawValue: 0)
    /// 64 bytes that the guest chose.
    public var reportData = [UInt8](repeating: 0, count: 64)
    /// 48 bytes: the launch digest.
    public var measurement = [UInt8](repeating: 0, count: 48)
    /// 32 bytes that the host chose at launch; immutable after.
    public var hostData = [UInt8](repeating: 0, count: 32)
    /// 48 bytes: SHA-384 of the ID key.
    public var idKeyDigest = [UInt8](repeating: 0, count: 48)
    /// 48 bytes: SHA-384 of the author key; zero unless `keyInfo.authorKeyEnabled`.
    public var authorKeyDigest = [UInt8](repeating: 0, count: 48)
    /// 32 bytes, one value per guest instance.
    public var reportID = [UInt8](repeating: 0, count: 32)
    /// 32 bytes: the migration agent's report id; all ones without an agent.
    public var migrationAgentReportID = [UInt8](repeating: 0xFF, count: 32)
    /// The TCB that the endorsement key was derived from.
    public var reportedTCB = TCBVersion.zero
    /// The chip's CPUID family, model and stepping; nil in version 2.
    public var cpuid: CPUIdentity?
    /// 64 bytes; Turin fills 8.
    public var chipID = [UInt8](repeating: 0, count: 64)
    /// Below which the host cannot go back any more.
    public var committedTCB = TCBVersion.zero
    /// The firmware that runs now.
    public var currentFirmware = FirmwareVersion(major: 0, minor: 0, build: 0)
    /// Below which the host cannot go back any more.
    public var committedFirmware = FirmwareVersion(major: 0, minor: 0, build: 0)
    /// What ran when the guest was launched or imported.
    public var launchTCB = TCBVersion.zero
    /// Mitigations in force at launch; version 5 only.
    public var launchMitigations: UInt64?
    /// Mitigations in force now; version 5 only.
    public var currentMitigations: UInt64?
    /// 512 bytes: r and s little-endian in 72-byte slots, then zeros.
    public var signature = [UInt8](repeating: 0, count: 512)
    /// Offsets of the reserved fields that were not zero in the parsed bytes.
    public private(set) var nonZeroReserved: [Int] = []

    /// A report of zeros with version 3, for making one.
    public init() {}

    /// Reads exactly one report.
    public init(parsing bytes: [UInt8]) throws(AttestationFormatError) {
        guard bytes.count == AttestationReport.size else {
            throw .wrongLength(
                what: "attestation report", expected: AttestationReport.size, found: bytes.count)
        }
        var reader = ByteReader(bytes[...], of: "attestation report")
        version = try reader.u32()
        guard version >= 2, version <= 5 else { throw .unsupportedReportVersion(version) }
        try readLaunchFields(&reader)
        try readPlatformFields(&reader)
        signature = try reader.take(512)
    }
}

extension AttestationReport {
    private mutating func readLaunchFields(_ reader: inout ByteReader) throws(AttestationFormatError) {
        guestSVN = try reader.u32()
        policy = GuestPolicy(rawValue: try reader.u64())
        familyID = try reader.take(16)
        imageID = try reader.take(16)
        vmpl = try reader.u32()
        signatureAlgorithm = try reader.u32()
        currentTCB = try TCBVersion(bytes: reader.take(8))
        platformInfo = PlatformInfo(rawValue: try reader.u64())
        keyInfo = SigningKeyInfo(rawValue: try reader.u32())
        try skipReserved(4, &reader)
        reportData = try reader.take(64)
        measurement = try reader.take(48)
        hostData = try reader.take(32)
        idKeyDigest = try reader.take(48)
        authorKeyDigest = try reader.take(48)
        reportID = try reader.take(32)
        migrationAgentReportID = try reader.take(32)
        reportedTCB = try TCBVersion(bytes: reader.take(8))
    }

    private mutating func readPlatformFields(_ reader: inout ByteReader) throws(AttestationFormatError) {
        if version == 2 {
            try skipReserved(24, &reader)
        } else {
            cpuid = CPUIdentity(family: try reader.u8(), model: try reader.u8(), stepping: try reader.u8())
            try skipReserved(21, &reader)
        }
        chipID = try reader.take(64)
        committedTCB = try TCBVersion(bytes: reader.take(8))
        currentFirmware = try readFirmware(&reader)
        committedFirmware = try readFirmware(&reader)
        launchTCB = try TCBVersion(bytes: reader.take(8))
        if version >= 5 {
            launchMitigations = try reader.u64()
            currentMitigations = try reader.u64()
            try skipReserved(152, &reader)
        } else {
            try skipReserved(168, &reader)
        }
    }

    private mutating func readFirmware(
        _ reader: inout ByteReader
    ) throws(AttestationFormatError) -> FirmwareVersion {
        let build = try reader.u8()
        let minor = try reader.u8()
        let major = try reader.u8()
        try skipReserved(1, &reader)
        return FirmwareVersion(major: major, minor: minor, build: build)
    }

    private mutating func skipReserved(_ count: Int, _ reader: inout ByteReader)
        throws(AttestationFormatError)
    {
        let start = reader.offset
        for byte in try reader.slice(count) where byte != 0 {
            nonZeroReserved.append(start)
            return
        }
    }
}
