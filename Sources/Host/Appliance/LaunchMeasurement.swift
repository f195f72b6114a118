internal import CCrypto

/// The launch digest of an SEV-SNP guest (firmware ABI 56860, section 8.17.2): a chain of SHA-384 over the pages
/// that the host hands to the security processor before the guest's first instruction.
package struct LaunchMeasurement: Equatable, Sendable {
    /// The pages' types in PAGE_INFO.
    package enum PageType: UInt8, Sendable {
        /// Measured with its contents.
        case normal = 1
        /// A processor's first state (VMSA), measured with its contents.
        case virtualMachineSaveArea = 2
        /// Zeros, of which only the address is measured.
        case zero = 3
        /// In the chain by its address alone: the contents are the host's.
        case unmeasured = 4
        /// Filled by the security processor after measuring; by its address alone.
        case secrets = 5
        /// The CPUID table, checked by the security processor; by its address alone.
        case cpuid = 6
    }

    /// Bytes of a page.
    package static let pageSize = 4096
    /// Guest physical address that every save area is measured at.
    package static let saveAreaAddress: UInt64 = 0xFFFF_FFFF_F000

    /// 48 bytes: the digest so far; the launch digest after the last page.
    package private(set) var digest = [UInt8](repeating: 0, count: 48)

    package init() {}

    /// Continues from a digest, for instance that of a firmware file.
    package init(continuing digest: [UInt8]) throws(LaunchMeasurementError) {
        guard digest.count == 48 else { throw .digestLength(digest.count) }
        self.digest = digest
    }

    /// Measures one page of a type whose contents count, at an address.
    ///
    /// - Parameter page: at most 4096 bytes; the rest of the page is zero.
    package mutating func add(_ type: PageType, page: some Collection<UInt8>, at address: UInt64) {
        var contents = [UInt8](page.prefix(LaunchMeasurement.pageSize))
        contents += [UInt8](repeating: 0, count: LaunchMeasurement.pageSize - contents.count)
        extend(type, contents: LaunchMeasurement.sha384(contents), address: address)
    }

    /// Measures pages whose contents do not count: zero, unmeasured, secrets, CPUID.
    package mutating func add(_ type: PageType, at address: UInt64, pages: Int = 1) {
        for page in 0..<pages {
            extend(
                type, contents: [UInt8](repeating: 0, count: 48),
                address: address &+ UInt64(page * LaunchMeasurement.pageSize))
        }
    }

    /// PAGE_INFO: digest, contents, length, type, permissions of the lower privilege levels (none), address.
    private mutating func extend(_ type: PageType, contents: [UInt8], address: UInt64) {
        var info = digest + contents
        info += [0x70, 0, type.rawValue, 0, 0, 0, 0, 0]
        info += littleEndian(address, count: 8)
        digest = LaunchMeasurement.sha384(info)
    }

    static func sha384(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 48)
        SHA384(bytes, bytes.count, &digest)
        return digest
    }

    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        SHA256(bytes, bytes.count, &digest)
        return digest
    }
}

/// The `count` (at most 8) low bytes of a number, least significant first.
func littleEndian(_ value: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
}
