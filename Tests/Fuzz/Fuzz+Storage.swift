import Storage

/// What the guest reads from a layer's disk before anything is verified: sizes that are believed must fit together.
func fuzzSuperblock(_ bytes: [UInt8]) {
    let limit: UInt64 = 1 << 44
    var block = [UInt8](repeating: 0, count: FilesystemSuperblock.size)
    block.replaceSubrange(0..<min(block.count, bytes.count), with: bytes.prefix(block.count))
    if let found = try? FilesystemSuperblock(block) {
        precondition(found.dataSize > 0 && found.dataSize <= limit && found.dataSize % 4096 == 0)
    }
    var verity = [UInt8](repeating: 0, count: VeritySuperblock.size)
    verity.replaceSubrange(0..<min(verity.count, bytes.count), with: bytes.prefix(verity.count))
    if let found = try? VeritySuperblock(verity) {
        precondition(found.salt.count <= 256 && found.dataBlocks > 0 && found.dataBlocks <= limit / 4096)
        precondition(VeritySuperblock.treeBlocks(dataBlocks: found.dataBlocks) < found.dataBlocks / 64 + 16)
    }
}
