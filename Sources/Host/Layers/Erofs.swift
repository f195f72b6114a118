/// Names and sizes of the EROFS on-disk format, version 1, uncompressed. Source: fs/erofs/erofs_fs.h of Linux and
/// "EROFS On-Disk Format" of its documentation.
enum Erofs {
    static let blockSize = 4096
    static let superblockOffset = 1024
    static let magic: UInt32 = 0xE0F5_E1E2
    /// feature_compat: the superblock has a checksum; time stamps are modification times.
    static let compatible: UInt32 = 0x1 | 0x2
    /// Inodes are addressed in units of this many bytes from the start of the metadata.
    static let inodeSlot = 32
    /// We write the extended form only: it alone has time stamps and 32-bit owners.
    static let inodeSize = 64
    static let directoryEntrySize = 12
    static let attributeHeaderSize = 12

    /// i_format: bit 0 is the extended form, bits 1-3 say where the data is.
    enum Format {
        /// Data in consecutive blocks.
        static let plain: UInt16 = 1 | 0 << 1
        /// The last, partial block right behind the inode.
        static let inline: UInt16 = 1 | 2 << 1
    }

    /// The namespaces of extended attributes: the index stands for the prefix.
    static let attributePrefixes: [(index: UInt8, prefix: String, exact: Bool)] = [
        (1, "user.", false), (2, "system.posix_acl_access", true), (3, "system.posix_acl_default", true),
        (4, "trusted.", false), (6, "security.", false),
    ]

    /// File types of directory entries, and the type bits of i_mode (stat(2)).
    static func types(of kind: LayerNode.Kind) -> (entry: UInt8, mode: UInt16) {
        switch kind {
        case .file: (1, 0o100000)
        case .directory: (2, 0o040000)
        case .characterDevice, .whiteout: (3, 0o020000)
        case .blockDevice: (4, 0o060000)
        case .fifo: (5, 0o010000)
        case .symbolicLink: (7, 0o120000)
        }
    }

    static func blocks(_ bytes: UInt64) -> UInt64 {
        (bytes + UInt64(blockSize) - 1) / UInt64(blockSize)
    }
}

/// Little-endian values into a byte array.
extension [UInt8] {
    mutating func put<Value: FixedWidthInteger>(_ value: Value, at offset: Int) {
        for index in 0..<(Value.bitWidth / 8) {
            self[offset + index] = UInt8(truncatingIfNeeded: value >> (index * 8))
        }
    }

    mutating func append<Value: FixedWidthInteger>(littleEndian value: Value) {
        for index in 0..<(Value.bitWidth / 8) { append(UInt8(truncatingIfNeeded: value >> (index * 8))) }
    }

    mutating func pad(to multiple: Int) {
        append(contentsOf: [UInt8](repeating: 0, count: (multiple - count % multiple) % multiple))
    }
}

/// The Castagnoli checksum as the kernel's crc32c() computes it: no final inversion.
enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { index in
        (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
    }

    static func checksum(_ bytes: some Sequence<UInt8>, seed: UInt32 = ~0) -> UInt32 {
        bytes.reduce(seed) { $0 >> 8 ^ table[Int(UInt8(truncatingIfNeeded: $0) ^ $1)] }
    }
}
