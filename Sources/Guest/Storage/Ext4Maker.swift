internal import CExt2fs
internal import CLinux
internal import Linux

/// Makes an ext4 file system with libext2fs, in this process.
///
/// Laid out for a device whose sectors cannot be read before they were written (dm-integrity): blocks are as large
/// as the device's sectors, there are no backup superblocks (they are written in parts of a block), nothing is read
/// that was not written here, and the kernel is told which inode tables were never written. No journal: scratch does
/// not outlive the machine.
struct Ext4Maker {
    private let devicePath: String

    private static let blockSize: UInt64 = 4096
    /// One inode for this many bytes.
    private static let bytesPerInode: UInt64 = 16384
    private static let minimumBlocks: UInt64 = 256
    private static let rootInode: ext2_ino_t = 2

    /// Formats a block device. Everything on it is lost.
    static func format(devicePath: String) throws(StorageError) {
        let blocks = try Self(devicePath: devicePath).firstBlock()
        try Self(devicePath: devicePath).build(blocks: blocks)
    }

    /// Writes zeros to the first block, part of which the superblock will replace, and returns the device's size in
    /// blocks.
    private func firstBlock() throws(StorageError) -> UInt64 {
        do throws(Errno) {
            let device = try openFile(devicePath, O_RDWR)
            let size = lseek(device.raw, 0, SEEK_END)
            if size < 0 || lseek(device.raw, 0, SEEK_SET) != 0 { throw Errno(coffer_errno()) }
            try writeAll([UInt8](repeating: 0, count: Int(Self.blockSize)), to: device)
            if fsync(device.raw) != 0 { throw Errno(coffer_errno()) }
            return UInt64(size) / Self.blockSize
        } catch {
            throw .prepareDevice(devicePath, error)
        }
    }

    private func build(blocks: UInt64) throws(StorageError) {
        guard blocks >= Self.minimumBlocks else {
            throw .deviceTooSmall(
                devicePath, size: blocks * Self.blockSize, needed: Self.minimumBlocks * Self.blockSize)
        }
        var layout = Self.layout(blocks: blocks)
        var created: ext2_filsys?
        try check(
            "laying out",
            ext2fs_initialize(
                devicePath, EXT2_FLAG_64BITS, &layout, coffer_unix_io_manager(), &created))
        guard let filesystem = created else { throw .makeFilesystem(devicePath, step: "laying out", code: 0) }
        do throws(StorageError) {
            try fill(filesystem)
        } catch {
            ext2fs_free(filesystem)
            throw error
        }
        var closing: ext2_filsys? = filesystem
        try check("writing out", ext2fs_close_free(&closing))
    }

    private static func layout(blocks: UInt64) -> ext2_super_block {
        var layout = ext2_super_block()
        layout.s_rev_level = 1
        layout.s_log_block_size = 2
        layout.s_log_cluster_size = 2
        layout.s_inode_size = 256
        layout.s_min_extra_isize = 32
        layout.s_want_extra_isize = 32
        layout.s_feature_compat = UInt32(
            EXT2_FEATURE_COMPAT_EXT_ATTR | EXT2_FEATURE_COMPAT_DIR_INDEX | EXT4_FEATURE_COMPAT_SPARSE_SUPER2)
        layout.s_feature_incompat = UInt32(
            EXT2_FEATURE_INCOMPAT_FILETYPE | EXT3_FEATURE_INCOMPAT_EXTENTS | EXT4_FEATURE_INCOMPAT_FLEX_BG)
        layout.s_feature_ro_compat = UInt32(
            EXT2_FEATURE_RO_COMPAT_LARGE_FILE | EXT4_FEATURE_RO_COMPAT_HUGE_FILE
                | EXT4_FEATURE_RO_COMPAT_GDT_CSUM | EXT4_FEATURE_RO_COMPAT_DIR_NLINK
                | EXT4_FEATURE_RO_COMPAT_EXTRA_ISIZE)
        layout.s_log_groups_per_flex = 4
        // s_backup_bgs stays (0, 0): no backup superblock anywhere.
        let usable = min(blocks, UInt64(UInt32.max))
        ext2fs_blocks_count_set(&layout, usable)
        layout.s_inodes_count = UInt32(truncatingIfNeeded: max(64, usable * blockSize / bytesPerInode))
        return layout
    }

    private func fill(_ filesystem: ext2_filsys) throws(StorageError) {
        try identify(filesystem)
        try check("placing the tables", ext2fs_allocate_tables(filesystem))
        // The kernel reads and rewrites the block that holds the reserved inodes and the root directory's.
        let table = ext2fs_inode_table_loc(filesystem, 0)
        try check(
            "clearing the first inodes", ext2fs_zero_blocks2(filesystem, table, 1, nil, nil))
        try check(
            "making the root directory", ext2fs_mkdir(filesystem, Self.rootInode, Self.rootInode, nil))
        let first = filesystem.pointee.super.pointee.s_first_ino
        for inode in 1..<max(first, 2) where inode != Self.rootInode {
            ext2fs_inode_alloc_stats2(filesystem, inode, 1, 0)
        }
        ext2fs_mark_super_dirty(filesystem)
        ext2fs_mark_ib_dirty(filesystem)
        ext2fs_mark_bb_dirty(filesystem)
    }

    /// A random identity, and a random seed for the hashes of directory entries.
    private func identify(_ filesystem: ext2_filsys) throws(StorageError) {
        let superblock = filesystem.pointee.super!
        let uuid = coffer_getrandom(&superblock.pointee.s_uuid, 16)
        let seed = coffer_getrandom(&superblock.pointee.s_hash_seed, 16)
        guard uuid == 16, seed == 16 else {
            throw .makeFilesystem(devicePath, step: "naming", code: Int(EIO))
        }
        superblock.pointee.s_def_hash_version = UInt8(truncatingIfNeeded: EXT2_HASH_HALF_MD4)
        superblock.pointee.s_flags |= UInt32(EXT2_FLAGS_UNSIGNED_HASH)
        superblock.pointee.s_max_mnt_count = -1
        // EXT2_ERRORS_RO: an unreadable block of the file system's own stops all writing.
        superblock.pointee.s_errors = 2
    }

    private func check(_ step: String, _ code: errcode_t) throws(StorageError) {
        if code != 0 { throw .makeFilesystem(devicePath, step: step, code: code) }
    }
}
