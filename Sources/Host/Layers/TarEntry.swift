/// One member of an archive: everything but its content.
package struct TarEntry: Equatable, Sendable {
    /// What the member makes in the file system.
    package enum Kind: Equatable, Sendable {
        /// A regular file of that many bytes.
        case file(size: UInt64)
        /// Another name for an earlier file.
        case hardLink(target: [ByteName])
        case symbolicLink(target: ByteName)
        case characterDevice(major: UInt32, minor: UInt32)
        case blockDevice(major: UInt32, minor: UInt32)
        case directory
        case fifo
    }

    /// The path below the layer's root, part by part; empty for the root itself.
    package var path: [ByteName]
    /// A file's content follows in the archive.
    package var kind: Kind
    /// As the archive has it; a hard link takes none of it, its file has its own.
    package var metadata: FileMetadata
    /// Names with their namespace ("security.capability") and values, by name.
    package var attributes: [ByteName: [UInt8]]

    /// The path with slashes, for messages.
    package var name: ByteName { path.isEmpty ? "/" : ByteName(path.map(\.bytes).joined(separator: [0x2F])) }
}

/// What every file has.
package struct FileMetadata: Equatable, Sendable {
    /// Permission bits with set-user-id, set-group-id and sticky (07777).
    package var mode: UInt16
    /// The number; names of users in the archive are not looked at.
    package var user: UInt32
    /// The number; names of groups in the archive are not looked at.
    package var group: UInt32
    /// Modification time, seconds since 1970 and nanoseconds.
    package var seconds: Int64
    /// 0 to 999,999,999.
    package var nanoseconds: UInt32

    package init(
        mode: UInt16, user: UInt32 = 0, group: UInt32 = 0, seconds: Int64 = 0, nanoseconds: UInt32 = 0
    ) {
        self.mode = mode
        self.user = user
        self.group = group
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// For directories that no archive describes.
    package static let plainDirectory = FileMetadata(mode: 0o755)
}

/// How much an archive may ask for.
package struct TarLimits: Sendable {
    /// Members of one archive.
    package var entries = 4_000_000
    /// Bytes of one extended header or long name.
    package var headerBytes: UInt64 = 1 << 20
    /// Bytes of all files together.
    package var fileBytes: UInt64 = 256 << 30
    /// Bytes of one path, as in Linux.
    package var pathBytes = 4096
    /// Bytes of one part of a path, as in Linux.
    package var nameBytes = 255

    package init() {}
}
