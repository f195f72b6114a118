package import Policy

/// What the superblock of a layer's file system says about its size. The bytes are the host's.
package struct FilesystemSuperblock: Equatable {
    /// Told by its magic number; of the rest only the size is checked here.
    package let filesystem: LayerFilesystem
    /// Bytes of the file system, a multiple of 4096; the verity superblock starts there.
    package let dataSize: UInt64

    /// Where superblocks start on the device, and how much is read.
    package static let offset: UInt64 = 1024
    /// Bytes that are read at `offset`.
    package static let size = 1024

    /// The unit that dm-verity hashes.
    static let block: UInt64 = 4096
    /// More than any layer has, and small enough that no sum of sizes can overflow.
    static let limit: UInt64 = 1 << 44

    /// Reads the 1024 bytes at `offset`; nil when no known magic number is there.
    package init?(_ bytes: [UInt8]) throws(SuperblockFault) {
        guard bytes.count == Self.size else { return nil }
        let fields = LittleEndian(bytes: bytes)
        if fields.uint32(0) == 0xE0F5_E1E2 {
            filesystem = .erofs
            dataSize = try Self.erofs(fields)
        } else if fields.uint16(56) == 0xEF53 {
            filesystem = .ext4
            dataSize = try Self.ext4(fields)
        } else {
            return nil
        }
        guard dataSize % Self.block == 0, dataSize > 0, dataSize <= Self.limit else {
            throw SuperblockFault(
                "size in bytes", found: dataSize, expected: "a multiple of 4096 from 4096 to \(Self.limit)")
        }
    }

    /// fs/erofs/erofs_fs.h, struct erofs_super_block.
    private static func erofs(_ fields: LittleEndian) throws(SuperblockFault) -> UInt64 {
        let bits = UInt64(fields.bytes[12])
        guard bits >= 9, bits <= 12 else {
            throw SuperblockFault("blkszbits", found: bits, expected: "9 to 12")
        }
        return UInt64(fields.uint32(36)) << bits
    }

    /// fs/ext4/ext4.h, struct ext4_super_block.
    private static func ext4(_ fields: LittleEndian) throws(SuperblockFault) -> UInt64 {
        let shift = UInt64(fields.uint32(24))
        guard shift <= 2 else { throw SuperblockFault("s_log_block_size", found: shift, expected: "0 to 2") }
        let has64BitFeature = fields.uint32(96) & 0x80 != 0
        let high = UInt64(fields.uint32(336))
        if has64BitFeature && high != 0 {
            throw SuperblockFault("s_blocks_count_hi", found: high, expected: "0")
        }
        return UInt64(fields.uint32(4)) << (10 + shift)
    }
}
