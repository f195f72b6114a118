internal import Foundation

/// Writes an initramfs: a cpio archive in the "newc" format that the kernel unpacks.
///
/// Deterministic: the bytes follow from the entries and their order alone. Times and owners are zero, inode numbers
/// count up. Source: the kernel's Documentation/driver-api/early-userspace/buffer-format.rst.
public struct CpioArchive: Sendable {
    private var bytes: [UInt8] = []
    private var inode: UInt32 = 0
    private var paths: Set<String> = []

    /// An archive without entries.
    public init() {}

    /// Adds a directory. Parents have to be added first, by the caller.
    public mutating func addDirectory(_ path: String, mode: UInt16 = 0o755) throws(ApplianceError) {
        try append(path, type: 0o040000, mode: mode, contents: [])
    }

    /// Adds a regular file.
    public mutating func addFile(
        _ path: String, mode: UInt16 = 0o644, contents: [UInt8]
    ) throws(ApplianceError) {
        try append(path, type: 0o100000, mode: mode, contents: contents)
    }

    /// The archive with its trailer, padded to 512 bytes as cpio(1) does.
    public func finished() -> [UInt8] {
        var archive = self
        archive.appendEntry("TRAILER!!!", inode: 0, mode: 0, contents: [])
        archive.pad(to: 512)
        return archive.bytes
    }

    private mutating func append(
        _ path: String, type: UInt32, mode: UInt16, contents: [UInt8]
    ) throws(ApplianceError) {
        try check(path)
        guard contents.count <= Int(UInt32.max) else { throw .archiveEntryTooLarge(path, contents.count) }
        inode += 1
        appendEntry(path, inode: inode, mode: type | UInt32(mode & 0o7777), contents: contents)
    }

    private mutating func check(_ path: String) throws(ApplianceError) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = !parts.isEmpty && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard isPlain, path != "TRAILER!!!", !path.utf8.contains(0) else { throw .archivePath(path) }
        guard paths.insert(path).inserted else { throw .archiveDuplicate(path) }
        let parent = parts.dropLast().joined(separator: "/")
        guard parent.isEmpty || paths.contains(parent) else { throw .archiveParentMissing(path) }
    }

    private mutating func appendEntry(_ path: String, inode: UInt32, mode: UInt32, contents: [UInt8]) {
        let name = Array(path.utf8) + [0]
        bytes += Array("070701".utf8)
        // Inode, mode, user, group, links, time, size, device and its kind (4 fields), name size, checksum.
        let fields: [UInt32] = [
            inode, mode, 0, 0, 1, 0, UInt32(contents.count), 0, 0, 0, 0, UInt32(name.count), 0,
        ]
        for field in fields { bytes += Array(String(format: "%08X", field).utf8) }
        bytes += name
        pad(to: 4)
        bytes += contents
        pad(to: 4)
    }

    private mutating func pad(to boundary: Int) {
        while bytes.count % boundary != 0 { bytes.append(0) }
    }
}
