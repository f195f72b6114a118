internal import CLinux
internal import Linux

/// The root file system where criu wants it: a mount, and not below one that covers it. It is there while criu works.
struct RestoreRoot {
    /// Where it is mounted.
    let path: String

    /// Mounts it in the container's state directory.
    init(of root: String, in directory: StateDirectory) throws(RuntimeError) {
        guard let resolved = realpath(directory.path, nil) else {
            throw .failed(.openRoot, Errno(coffer_errno()), detail: directory.path)
        }
        defer { free(resolved) }
        let place = String(cString: resolved) + "/criu-root"
        path = place
        try step(.attachRoot, "to \(place)") { () throws(Errno) in
            try valueOrErrno(coffer_make_directory_at(AT_FDCWD, place, 0o755))
            let result = coffer_mount_call(root, place, nil, UInt(MS_BIND) | UInt(MS_REC), nil)
            if result < 0 {
                _ = coffer_unlink_at(AT_FDCWD, place, AT_REMOVEDIR)
                try valueOrErrno(result)
            }
        }
    }

    /// Takes it away again.
    func detach() throws(RuntimeError) {
        try step(.detachOldRoot, path) { () throws(Errno) in
            try valueOrErrno(coffer_unmount_call(path, Int32(MNT_DETACH) | Int32(UMOUNT_NOFOLLOW)))
            try valueOrErrno(coffer_unlink_at(AT_FDCWD, path, AT_REMOVEDIR))
        }
    }
}
