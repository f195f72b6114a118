internal import Foundation

/// dm-verity behind a file system image: a superblock of one block, then the hash tree, top level first.
///
/// Version 1, SHA-256, blocks of 4096 bytes, a salt of 32 zero bytes, UUID zero: `veritysetup format` with the same
/// parameters writes the same bytes. Source: Documentation/admin-guide/device-mapper/verity.rst, cryptsetup's
/// "DMVerity" page.
package struct VerityTree {
    static let blockSize = 4096
    static let digestSize = 32
    static let salt = [UInt8](repeating: 0, count: 32)
    private static let digestsPerBlock = blockSize / digestSize

    /// Hashes the first `dataSize` bytes of the file and writes superblock and tree behind them.
    ///
    /// - Parameter dataSize: a multiple of 4096.
    /// - Returns: the root hash, 32 bytes.
    static func write(
        to file: OpenFile, dataSize: UInt64, progress: (UInt64) -> Void
    ) throws(LayersError) -> [UInt8] {
        let (root, tree) = try compute(file, dataSize: dataSize, progress: progress)
        let tail = superblock(dataBlocks: dataSize / UInt64(blockSize)) + tree
        try tail.withBytes { bytes throws(LayersError) in try file.write(bytes, at: dataSize) }
        return root
    }

    /// The root hash and the tree, top level first, over the first `dataSize` bytes.
    static func compute(
        _ file: OpenFile, dataSize: UInt64, progress: (UInt64) -> Void
    ) throws(LayersError) -> (root: [UInt8], tree: [UInt8]) {
        let dataBlocks = Int(clamping: dataSize / UInt64(blockSize))
        guard dataBlocks > 1 else { throw .filesystem("\(file.path): nothing to hash") }
        var level = padded(try dataDigests(of: file, blocks: dataBlocks, progress: progress))
        var tree = level
        while level.count > blockSize {
            level = padded(digests(of: level))
            tree = level + tree
        }
        return (digests(of: level), tree)
    }

    private static func padded(_ level: [UInt8]) -> [UInt8] {
        var level = level
        level.pad(to: blockSize)
        return level
    }

    /// Digests of the blocks of `level`, which is whole blocks.
    private static func digests(of level: [UInt8]) -> [UInt8] {
        var digests = [UInt8](repeating: 0, count: level.count / blockSize * digestSize)
        level.withUnsafeBytes { source in
            digests.withUnsafeMutableBufferPointer { target in hash(source, into: target) }
        }
        return digests
    }

    private static func hash(
        _ blocks: UnsafeRawBufferPointer, into digests: UnsafeMutableBufferPointer<UInt8>
    ) {
        var hash = SHA256()
        guard let target = digests.baseAddress else { return }
        for index in 0..<(blocks.count / blockSize) {
            let block = UnsafeRawBufferPointer(rebasing: blocks[index * blockSize..<(index + 1) * blockSize])
            hash.reset()
            salt.withUnsafeBytes { hash.update($0) }
            hash.update(block)
            hash.finish(into: target + index * digestSize)
        }
    }

    /// Reads pieces of the file and hashes each on all processors.
    private static func dataDigests(
        of file: OpenFile, blocks: Int, progress: (UInt64) -> Void
    ) throws(LayersError) -> [UInt8] {
        let piece = 8 << 20
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: blockSize)
        defer { buffer.deallocate() }
        let all = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: blocks * digestSize)
        defer { all.deallocate() }
        var done = 0
        while done < blocks {
            let count = min(piece / blockSize, blocks - done)
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count * blockSize)])
            try file.readFully(at: UInt64(done) * UInt64(blockSize), into: part)
            let digests = UnsafeMutableBufferPointer(
                rebasing: all[done * digestSize..<(done + count) * digestSize])
            hashOnAllProcessors(UnsafeRawBufferPointer(part), into: digests)
            done += count
            progress(UInt64(count * blockSize))
        }
        return Array(all)
    }

    private static func hashOnAllProcessors(
        _ blocks: UnsafeRawBufferPointer, into digests: UnsafeMutableBufferPointer<UInt8>
    ) {
        let count = blocks.count / blockSize
        let share = max(64, (count + 7) / 8)
        nonisolated(unsafe) let blocks = blocks
        nonisolated(unsafe) let digests = digests
        DispatchQueue.concurrentPerform(iterations: (count + share - 1) / share) { index in
            let range = index * share..<min(count, (index + 1) * share)
            hash(
                UnsafeRawBufferPointer(
                    rebasing: blocks[range.lowerBound * blockSize..<range.upperBound * blockSize]),
                into: UnsafeMutableBufferPointer(
                    rebasing: digests[range.lowerBound * digestSize..<range.upperBound * digestSize]))
        }
    }

    private static func superblock(dataBlocks: UInt64) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockSize)
        block.replaceSubrange(0..<8, with: Array("verity\0\0".utf8))
        block.put(UInt32(1), at: 8)
        block.put(UInt32(1), at: 12)
        block.replaceSubrange(32..<38, with: Array("sha256".utf8))
        block.put(UInt32(blockSize), at: 64)
        block.put(UInt32(blockSize), at: 68)
        block.put(dataBlocks, at: 72)
        block.put(UInt16(salt.count), at: 80)
        block.replaceSubrange(88..<88 + salt.count, with: salt)
        return block
    }
}
