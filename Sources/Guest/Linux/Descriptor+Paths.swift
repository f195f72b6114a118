internal import CLinux

/// How the kernel may walk a path on openat2(2).
package struct PathResolution: OptionSet {
    /// `RESOLVE_` bits.
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// Never leave the file system of the directory.
    package static let noCrossing = PathResolution(rawValue: 0x01)
    /// Never follow the links of /proc that are not paths.
    package static let noMagicLinks = PathResolution(rawValue: 0x02)
    /// Follow no symbolic link at all.
    package static let noSymbolicLinks = PathResolution(rawValue: 0x04)
    /// Anything that would leave the directory is an error.
    package static let beneath = PathResolution(rawValue: 0x08)
    /// The directory is `/` for this walk: absolute links and `..` stay inside.
    package static let inRoot = PathResolution(rawValue: 0x10)

    /// For paths inside a container's root file system.
    package static let container: PathResolution = [.inRoot, .noMagicLinks]
    /// For files of a private procfs or a control group: nothing that could redirect the walk.
    package static let exact: PathResolution = [.beneath, .noSymbolicLinks, .noMagicLinks, .noCrossing]
}

/// Takes ownership of a descriptor number that a CLinux wrapper returned, or throws its error.
package func descriptorOrErrno(_ result: Int) throws(Errno) -> Descriptor {
    Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(result)))
}

extension Descriptor {
    /// Opens a path of the caller's own file system; close-on-exec always. The corresponding C function is `open`.
    package static func open(_ path: String, _ flags: Int32, mode: UInt32 = 0) throws(Errno) -> Descriptor {
        try descriptorOrErrno(coffer_open(path, flags, mode))
    }

    /// Opens a path below this directory; close-on-exec always. The corresponding C function is `openat2`.
    ///
    /// A walk that raced with a rename is tried again (EAGAIN, openat2(2)), a bounded number of times.
    package borrowing func open(
        _ path: String, _ flags: Int32, mode: UInt32 = 0, resolve: PathResolution
    ) throws(Errno) -> Descriptor {
        let how = UInt64(UInt32(bitPattern: flags | O_CLOEXEC))
        var result = -Int(EAGAIN)
        var attempts = 0
        while (result == -Int(EAGAIN) || result == -Int(EINTR)) && attempts < 128 {
            result = coffer_openat2(raw, path, how, UInt64(mode), resolve.rawValue)
            attempts += 1
        }
        return try descriptorOrErrno(result)
    }

    /// A second descriptor of the same open file, close-on-exec. The corresponding C function is `fcntl`.
    package borrowing func duplicate() throws(Errno) -> Descriptor {
        try descriptorOrErrno(coffer_duplicate(raw))
    }

    /// What the kernel says about the open file. The corresponding C function is `fstatat`.
    package borrowing func status() throws(Errno) -> FileStatus { try status(of: "") }

    /// What the kernel says about a name in this directory; a symbolic link is not followed.
    package borrowing func status(of name: String) throws(Errno) -> FileStatus {
        var status = stat()
        try valueOrErrno(coffer_status_at(raw, name, AT_EMPTY_PATH | AT_SYMLINK_NOFOLLOW, &status))
        return FileStatus(status)
    }

    /// The magic number of the file system that the file is on. The corresponding C function is `fstatfs`.
    package borrowing func filesystemType() throws(Errno) -> Int64 {
        var type: Int64 = 0
        try valueOrErrno(coffer_filesystem_type(raw, &type))
        return type
    }

    /// The attributes of the mount that the file is on. The corresponding C function is `fstatfs`.
    package borrowing func mountAttributes() throws(Errno) -> MountAttributes {
        var flags: Int64 = 0
        try valueOrErrno(coffer_filesystem_flags(raw, &flags))
        return MountAttributes(filesystemFlags: flags)
    }

    /// Where a symbolic link in this directory points; with an empty name, the link that this descriptor is.
    package borrowing func readLink(_ name: String) throws(Errno) -> String {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let capacity = buffer.count
        let size = try valueOrErrno(
            buffer.withUnsafeMutableBytes { bytes in
                coffer_read_link_at(raw, name, bytes.baseAddress, capacity)
            })
        return String(decoding: buffer[..<size], as: UTF8.self)
    }

    /// Makes a directory. The corresponding C function is `mkdirat`.
    package borrowing func makeDirectory(_ name: String, mode: UInt32) throws(Errno) {
        try valueOrErrno(coffer_make_directory_at(raw, name, mode))
    }

    /// Removes a name. The corresponding C function is `unlinkat`.
    package borrowing func remove(_ name: String, directory: Bool = false) throws(Errno) {
        try valueOrErrno(coffer_unlink_at(raw, name, directory ? AT_REMOVEDIR : 0))
    }
}

/// The part of stat(2) that the guest looks at.
package struct FileStatus: Equatable {
    /// Of the file system, as the kernel packs major and minor; with `inode` it names the file.
    package let device: UInt64
    /// Unique in the file system only.
    package let inode: UInt64
    /// Type and permission bits, as `st_mode`.
    package let mode: UInt32
    /// As this process's user namespace shows it.
    package let userID: UInt32
    /// As this process's user namespace shows it.
    package let groupID: UInt32
    /// Numbers of the device that the file is, if it is one.
    package let deviceMajor: UInt32
    /// 0 when the file is no device.
    package let deviceMinor: UInt32

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        mode = status.st_mode
        userID = status.st_uid
        groupID = status.st_gid
        deviceMajor = gnu_dev_major(status.st_rdev)
        deviceMinor = gnu_dev_minor(status.st_rdev)
    }

    private var kind: UInt32 { mode & 0o170000 }
    /// S_IFDIR.
    package var isDirectory: Bool { kind == 0o040000 }
    /// S_IFREG.
    package var isRegular: Bool { kind == 0o100000 }
    /// S_IFLNK: only of a file that was opened or looked at without following it.
    package var isSymbolicLink: Bool { kind == 0o120000 }
    /// S_IFCHR.
    package var isCharacterDevice: Bool { kind == 0o020000 }
    /// S_IFBLK.
    package var isBlockDevice: Bool { kind == 0o060000 }
    /// S_IFIFO.
    package var isFifo: Bool { kind == 0o010000 }
}
