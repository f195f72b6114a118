/// Why a launch digest could not be computed.
package enum LaunchMeasurementError: Error, Equatable, CustomStringConvertible {
    /// A digest to continue from has not 48 bytes.
    case digestLength(Int)
    /// The firmware file is not whole pages, is empty or larger than 16 MiB.
    case firmwareSize(Int)
    /// The firmware's footer table could not be read.
    case firmwareFooter(String)
    /// The firmware has no SEV metadata: it cannot start an SEV-SNP guest.
    case firmwareWithoutMetadata
    /// The firmware's SEV metadata is damaged.
    case firmwareMetadata(String)
    /// A kernel is given, but the firmware does not check its hash.
    case firmwareWithoutKernelHashes
    /// The virtual processor count is not 1 to 512.
    case processorCount(Int)
    /// A file could not be read.
    case unreadable(String, String)

    package var description: String {
        switch self {
        case .digestLength(let count): "launch digest: \(count) bytes, expected 48"
        case .firmwareSize(let count):
            "firmware: \(count) bytes, expected whole 4096-byte pages, at most 16 MiB"
        case .firmwareFooter(let reason): "firmware: footer table: \(reason)"
        case .firmwareWithoutMetadata: "firmware: no SEV metadata, so it cannot start an SEV-SNP guest"
        case .firmwareMetadata(let reason): "firmware: SEV metadata: \(reason)"
        case .firmwareWithoutKernelHashes:
            "firmware: no kernel hashes section, so a kernel would not be measured; "
                + "use a firmware built for it (OVMF.amdsev.fd)"
        case .processorCount(let count): "virtual processors: \(count), expected 1 to 512"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        }
    }
}
