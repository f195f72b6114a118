internal import CLinux
internal import Linux
package import Policy

/// What a layer disk is, computed from the disk itself and not from what the host says about it.
package struct LayerInspection: Equatable {
    /// Lower-case hexadecimal.
    package let rootHash: String
    /// Algorithm, salt and sizes from the verity superblock; the tree's offset from where the data ends.
    package let verity: VerityParameters
    /// Told by the magic number of its superblock.
    package let filesystem: LayerFilesystem

    /// Reads the two superblocks and the top of the hash tree of a device (or of an image file, for tests).
    ///
    /// The disk is the host's: it may lie and it may change between two reads. Everything read is bounded, the
    /// root hash covers the rest, and dm-verity is opened with the values read here and not with a second reading.
    package init(devicePath: String) throws(StorageError) {
        let device: Descriptor
        do throws(Errno) {
            device = try openFile(devicePath, O_RDONLY)
        } catch {
            throw .openDevice(devicePath, error)
        }
        let size = try Self.size(of: device, devicePath)
        let superblock = try Self.filesystem(device, devicePath)
        let tree = superblock.dataSize + UInt64(VeritySuperblock.size)
        try Self.require(size, atLeast: tree, devicePath)
        let verity = try Self.verity(device, devicePath, dataSize: superblock.dataSize)
        let treeBlocks = VeritySuperblock.treeBlocks(dataBlocks: verity.dataBlocks)
        try Self.require(size, atLeast: tree + treeBlocks * VeritySuperblock.blockSize, devicePath)
        // With one data block there is no tree, and the root is that block's own hash.
        let top = try Self.read(
            device, devicePath, at: treeBlocks == 0 ? 0 : tree, count: Int(VeritySuperblock.blockSize))
        rootHash = Digest.hexadecimal(Digest.sha256(verity.salt + top))
        self.verity = VerityParameters(
            algorithm: VeritySuperblock.algorithm, salt: verity.salt,
            dataBlockSize: UInt32(VeritySuperblock.blockSize),
            hashBlockSize: UInt32(VeritySuperblock.blockSize), dataBlocks: verity.dataBlocks,
            hashTreeOffset: tree)
        filesystem = superblock.filesystem
    }

    /// The file system superblock of any device.
    static func filesystem(
        _ device: borrowing Descriptor, _ path: String
    ) throws(StorageError) -> FilesystemSuperblock {
        let bytes = try read(
            device, path, at: FilesystemSuperblock.offset, count: FilesystemSuperblock.size)
        do throws(SuperblockFault) {
            if let superblock = try FilesystemSuperblock(bytes) { return superblock }
        } catch {
            throw .filesystemSuperblock(path, error)
        }
        throw .unknownFilesystem(path)
    }

    private static func verity(
        _ device: borrowing Descriptor, _ path: String, dataSize: UInt64
    ) throws(StorageError) -> VeritySuperblock {
        let bytes = try read(device, path, at: dataSize, count: VeritySuperblock.size)
        do throws(SuperblockFault) {
            let verity = try VeritySuperblock(bytes)
            let expected = dataSize / VeritySuperblock.blockSize
            if verity.dataBlocks != expected {
                throw SuperblockFault("data blocks", found: verity.dataBlocks, expected: "\(expected)")
            }
            return verity
        } catch {
            throw .veritySuperblock(path, error)
        }
    }

    private static func read(
        _ device: borrowing Descriptor, _ path: String, at offset: UInt64, count: Int
    ) throws(StorageError) -> [UInt8] {
        do throws(Errno) {
            return try readExactly(device, at: offset, count: count)
        } catch {
            throw .readDevice(path, offset: offset, error)
        }
    }

    private static func size(of device: borrowing Descriptor, _ path: String) throws(StorageError) -> UInt64 {
        let end = lseek(device.raw, 0, SEEK_END)
        if end < 0 { throw .readDevice(path, offset: 0, Errno(coffer_errno())) }
        return UInt64(end)
    }

    private static func require(_ size: UInt64, atLeast needed: UInt64, _ path: String) throws(StorageError) {
        if size < needed { throw .deviceTooSmall(path, size: size, needed: needed) }
    }
}
