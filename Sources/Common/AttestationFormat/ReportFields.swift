/// CPUID family, model and stepping of the chip, in reports from version 3 on.
public struct CPUIdentity: Equatable, Sendable {
    /// The combined family, as CPUID's base and extended fields add up to: 0x19 and 0x1A so far.
    public let family: UInt8
    /// The combined model; with the family it tells the chip's generation, see `ChipFamily`.
    public let model: UInt8
    /// Revision of the model.
    public let stepping: UInt8

    public init(family: UInt8, model: UInt8, stepping: UInt8) {
        self.family = family
        self.model = model
        self.stepping = stepping
    }
}

/// Version of the security processor's firmware.
public struct FirmwareVersion: Equatable, Comparable, Sendable, CustomStringConvertible {
    /// Compared first; with `minor` the version of the firmware ABI.
    public let major: UInt8
    /// Compared second.
    public let minor: UInt8
    /// Compared last: the fixes within a version.
    public let build: UInt8

    public init(major: UInt8, minor: UInt8, build: UInt8) {
        self.major = major
        self.minor = minor
        self.build = build
    }

    public static func < (left: FirmwareVersion, right: FirmwareVersion) -> Bool {
        (Int(left.major), Int(left.minor), Int(left.build))
            < (Int(right.major), Int(right.minor), Int(right.build))
    }

    /// `major.minor.build`.
    public var description: String { "\(major).\(minor).\(build)" }
}

/// The report's flags word at 0x48: which key signed and how.
public struct SigningKeyInfo: Equatable, Sendable {
    /// The word as it stands in the report.
    public let rawValue: UInt32

    /// The key behind a report's signature.
    public enum Key: Equatable, Sendable {
        /// Versioned chip endorsement key: this chip's own.
        case vcek
        /// Versioned loaded endorsement key: the cloud provider's.
        case vlek
        /// The report is not signed.
        case none
        /// A value that the specification reserves.
        case reserved(UInt32)
    }

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The ID block carried an author key.
    public var authorKeyEnabled: Bool { rawValue & 1 != 0 }
    /// The host asked the firmware to leave the chip id out.
    public var maskChipKey: Bool { rawValue & 2 != 0 }
    /// Bits 4 to 2.
    public var key: Key {
        switch rawValue >> 2 & 7 {
        case 0: .vcek
        case 1: .vlek
        case 7: .none
        case let value: .reserved(value)
        }
    }
    /// Bits that the specification reserves and that must be zero.
    public var reservedBits: UInt32 { rawValue & ~0x1F }
}

/// The launch policy that the guest owner set: POLICY of the firmware ABI, table 9.
public struct GuestPolicy: Equatable, Sendable {
    /// The 64 bits as they stand in the report.
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    private func bit(_ number: UInt64) -> Bool { rawValue >> number & 1 != 0 }

    /// Bits 7 to 0: compared with the firmware's ABI version when majors are equal.
    public var minimumABIMinor: UInt8 { UInt8(truncatingIfNeeded: rawValue) }
    /// Bits 15 to 8: older firmware may not run the guest.
    public var minimumABIMajor: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 8) }
    /// The guest may run with simultaneous multithreading on.
    public var allowsSMT: Bool { bit(16) }
    /// Bit 17 is reserved and must be one.
    public var mandatoryBitIsSet: Bool { bit(17) }
    /// A migration agent may be associated: it could move the guest's memory.
    public var allowsMigrationAgent: Bool { bit(18) }
    /// The host may decrypt the guest's memory.
    public var allowsDebug: Bool { bit(19) }
    /// Bit 20: the guest may run on one socket only.
    public var requiresSingleSocket: Bool { bit(20) }
    /// Bit 21: Compute Express Link may be populated with devices or memory.
    public var allowsCXL: Bool { bit(21) }
    /// Bit 22: memory encryption has to be AES-256-XTS.
    public var requiresAES256XTS: Bool { bit(22) }
    /// Bit 23: running average power limit, a side channel, has to be off.
    public var requiresRAPLDisabled: Bool { bit(23) }
    /// Bit 24: the host must not see the ciphertext of the guest's memory.
    public var requiresCiphertextHiding: Bool { bit(24) }
    /// Bit 25: the host must not have the firmware swap or move the guest's pages.
    public var requiresPageSwapDisabled: Bool { bit(25) }
    /// Bits that the specification reserves and that must be zero.
    public var reservedBits: UInt64 { rawValue & ~0x3FF_FFFF }
}

/// What the platform had on when it made the report: PLATFORM_INFO of the firmware ABI, table 24.
public struct PlatformInfo: Equatable, Sendable {
    /// The 64 bits as they stand in the report.
    public let rawValue: UInt64

    public init(rawValue: UInt64) { self.rawValue = rawValue }

    private func bit(_ number: UInt64) -> Bool { rawValue >> number & 1 != 0 }

    /// Simultaneous multithreading is on.
    public var smtEnabled: Bool { bit(0) }
    /// Transparent memory encryption of everything, guests or not, is on.
    public var tsmeEnabled: Bool { bit(1) }
    /// Memory with error correction is in use.
    public var eccEnabled: Bool { bit(2) }
    /// The running average power limit is off.
    public var raplDisabled: Bool { bit(3) }
    /// The host does not see the ciphertext of guests' memory.
    public var ciphertextHidingEnabled: Bool { bit(4) }
    /// The firmware looked for aliased memory at boot (the answer to BadRAM, CVE-2024-21944).
    public var aliasCheckComplete: Bool { bit(5) }
    /// Bit 6, seen set on Turin; the public specification reserves it.
    public var iommuWriteSafe: Bool { bit(6) }
    /// SEV Trusted I/O is on: devices may be in a guest's trust.
    public var sevTIOEnabled: Bool { bit(7) }
    /// Bits with no published meaning: to be shown, not to be fatal.
    public var unknownBits: UInt64 { rawValue & ~0xFF }
}
