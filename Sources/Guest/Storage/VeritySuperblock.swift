/// The 4096 bytes between a layer's data and its hash tree. The bytes are the host's.
///
/// Format: cryptsetup's lib/verity/verity.c, struct verity_sb; version 1, hash type 1.
package struct VeritySuperblock: Equatable {
    /// 0 to 256 bytes.
    package let salt: [UInt8]
    /// Blocks of 4096 bytes.
    package let dataBlocks: UInt64

    /// Bytes; the whole block counts, zeros included.
    package static let size = 4096
    static let blockSize: UInt64 = 4096
    static let algorithm = "sha256"

    /// Reads the block; everything that is not exactly this format is refused.
    package init(_ bytes: [UInt8]) throws(SuperblockFault) {
        guard bytes.count == Self.size else {
            throw SuperblockFault("length", found: UInt64(bytes.count), expected: "4096")
        }
        let fields = LittleEndian(bytes: bytes)
        // "verity\0\0" as a little-endian number.
        try Self.require("signature", fields.uint64(0), 0x0000_7974_6972_6576)
        try Self.require("version", UInt64(fields.uint32(8)), 1)
        try Self.require("hash type", UInt64(fields.uint32(12)), 1)
        guard bytes[32..<38].elementsEqual(Self.algorithm.utf8), fields.isZero(38..<64) else {
            throw SuperblockFault("algorithm", found: fields.uint64(32), expected: "\"sha256\"")
        }
        try Self.require("data block size", UInt64(fields.uint32(64)), Self.blockSize)
        try Self.require("hash block size", UInt64(fields.uint32(68)), Self.blockSize)
        let blocks = fields.uint64(72)
        guard blocks > 0, blocks <= FilesystemSuperblock.limit / Self.blockSize else {
            throw SuperblockFault("data blocks", found: blocks, expected: "1 to 2^32")
        }
        let saltSize = Int(fields.uint16(80))
        guard saltSize <= 256 else {
            throw SuperblockFault("salt size", found: UInt64(saltSize), expected: "0 to 256")
        }
        guard fields.isZero(82..<88), fields.isZero((88 + saltSize)..<Self.size) else {
            throw SuperblockFault("padding", found: 1, expected: "zeros")
        }
        salt = Array(bytes[88..<(88 + saltSize)])
        dataBlocks = blocks
    }

    /// How many blocks the hash tree has for `dataBlocks`: 128 hashes a block, level by level. A single data block
    /// has no tree; its own hash is the root.
    package static func treeBlocks(dataBlocks: UInt64) -> UInt64 {
        let hashesPerBlock = blockSize / 32
        var level = dataBlocks
        var total: UInt64 = 0
        while level > 1 {
            level = (level - 1) / hashesPerBlock + 1
            total += level
        }
        return total
    }

    private static func require(_ field: String, _ found: UInt64, _ expected: UInt64) throws(SuperblockFault)
    {
        if found != expected { throw SuperblockFault(field, found: found, expected: "\(expected)") }
    }
}
