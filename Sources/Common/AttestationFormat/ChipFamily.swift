/// The processor generations that make SEV-SNP reports: each has its own root key.
public enum ChipFamily: Equatable, Hashable, Sendable, CaseIterable {
    case milan
    /// Genoa, Bergamo and Siena share a root.
    case genoa
    case turin
    /// Known by CPUID only; AMD has published no root for it yet.
    case venice

    /// The family of a CPUID signature, nil when unknown.
    public init?(_ cpuid: CPUIdentity) {
        switch (cpuid.family, cpuid.model) {
        case (0x19, 0x00...0x0F): self = .milan
        case (0x19, 0x10...0x1F), (0x19, 0xA0...0xAF): self = .genoa
        case (0x1A, 0x00...0x11): self = .turin
        case (0x1A, 0x50...0x57), (0x1A, 0x90...0x9F), (0x1A, 0xA0...0xAF), (0x1A, 0xC0...0xC7):
            self = .venice
        default: return nil
        }
    }

    /// The family of an endorsement certificate's product name: "Milan-B0" names Milan. Nil when unknown.
    public init?(productName: String) {
        let name = productName.split(separator: "-").first.map(String.init) ?? ""
        for family in ChipFamily.allCases where family.name == name {
            self = family
            return
        }
        return nil
    }

    /// AMD's name as certificates spell it.
    public var name: String {
        switch self {
        case .milan: "Milan"
        case .genoa: "Genoa"
        case .turin: "Turin"
        case .venice: "Venice"
        }
    }

    /// How this family lays out its TCB version.
    public var tcbLayout: TCBLayout {
        switch self {
        case .milan, .genoa: .original
        case .turin, .venice: .withFMC
        }
    }
}
