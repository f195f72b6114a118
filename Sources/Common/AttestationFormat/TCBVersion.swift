/// Which byte of a TCB version is which component.
public enum TCBLayout: Equatable, Sendable {
    /// Milan and Genoa: boot loader, TEE, four reserved, SNP, microcode.
    case original
    /// Turin and later: FMC, boot loader, TEE, SNP, three reserved, microcode.
    case withFMC
}

/// TCB_VERSION: eight security version numbers, whose meaning depends on the chip family.
public struct TCBVersion: Equatable, Hashable, Sendable {
    /// Exactly 8 bytes, as in the report.
    public let bytes: [UInt8]

    /// Every component 0: no platform is older.
    package static let zero = TCBVersion(unchecked: [UInt8](repeating: 0, count: 8))

    /// Refuses another number of bytes than 8.
    public init(bytes: [UInt8]) throws(AttestationFormatError) {
        guard bytes.count == 8 else {
            throw .wrongLength(what: "TCB version", expected: 8, found: bytes.count)
        }
        self.bytes = bytes
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    /// The components by name.
    public func components(_ layout: TCBLayout) -> TCBComponents {
        switch layout {
        case .original:
            TCBComponents(
                fmc: nil, bootLoader: bytes[0], tee: bytes[1], snp: bytes[6], microcode: bytes[7])
        case .withFMC:
            TCBComponents(
                fmc: bytes[0], bootLoader: bytes[1], tee: bytes[2], snp: bytes[3], microcode: bytes[7])
        }
    }

    /// The version for components in a layout.
    public init(_ components: TCBComponents, layout: TCBLayout) {
        switch layout {
        case .original:
            bytes = [
                components.bootLoader, components.tee, 0, 0, 0, 0, components.snp, components.microcode,
            ]
        case .withFMC:
            bytes = [
                components.fmc ?? 0, components.bootLoader, components.tee, components.snp, 0, 0, 0,
                components.microcode,
            ]
        }
    }

    /// True when a byte that the layout reserves is not zero.
    public func hasReservedBits(_ layout: TCBLayout) -> Bool {
        let reserved = layout == .original ? 2..<6 : 4..<7
        return !bytes[reserved].allSatisfy { $0 == 0 }
    }
}

/// The security version numbers of the parts that a platform's trust rests on.
public struct TCBComponents: Equatable, Sendable {
    /// First mutable code; Turin and later, nil before.
    public var fmc: UInt8?
    /// Of the security processor.
    public var bootLoader: UInt8
    /// The security processor's operating system.
    public var tee: UInt8
    /// The SNP firmware.
    public var snp: UInt8
    /// Of the cores; the last byte in every layout.
    public var microcode: UInt8

    public init(fmc: UInt8?, bootLoader: UInt8, tee: UInt8, snp: UInt8, microcode: UInt8) {
        self.fmc = fmc
        self.bootLoader = bootLoader
        self.tee = tee
        self.snp = snp
        self.microcode = microcode
    }

    /// True when every component is at least the other's.
    public func isAtLeast(_ other: TCBComponents) -> Bool {
        (fmc ?? 0) >= (other.fmc ?? 0) && bootLoader >= other.bootLoader && tee >= other.tee
            && snp >= other.snp && microcode >= other.microcode
    }
}

extension TCBComponents: CustomStringConvertible {
    /// For instance "boot loader 4, TEE 0, SNP 24, microcode 219".
    public var description: String {
        let first = fmc.map { "FMC \($0), " } ?? ""
        return first + "boot loader \(bootLoader), TEE \(tee), SNP \(snp), microcode \(microcode)"
    }
}
