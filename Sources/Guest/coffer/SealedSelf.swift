internal import CLinux
internal import Linux

/// The program's own file, out of reach of what runs in containers: a process there can get hold of the file that this
/// process runs from (/proc/PID/exe) and would keep it open until it can be written. CVE-2019-5736.
enum SealedSelf {
    /// Returns when this process runs from something that cannot be written; until then it runs itself again from such
    /// a thing. Called before anything was done, so that nothing is done twice.
    static func ensure() throws(Errno) {
        // On a read-only file system, such as this function makes, there is nothing to write to.
        if try valueOrErrno(coffer_executable_is_read_only()) == 1 { return }
        do throws(Errno) {
            try runReadOnlyView()
        } catch {
            // Without the privilege to mount: a copy.
            if ![EPERM, EINVAL, ENOSYS].contains(error.code) { throw error }
            if try isSealedCopy() { return }
            try runSealedCopy()
        }
    }

    /// The same file, seen through a mount of its own that is read-only and attached nowhere.
    private static func runReadOnlyView() throws(Errno) {
        let view = try DetachedMount.clone(of: "/proc/self/exe", recursive: false)
        try view.change(set: .readOnly)
        try valueOrErrno(coffer_execute_again(view.root.raw))
    }

    private static func isSealedCopy() throws(Errno) -> Bool {
        let file = try Descriptor.open("/proc/self/exe", O_RDONLY)
        // F_SEAL_WRITE, linux/fcntl.h; files of other kinds have no seals at all.
        let seals = coffer_seals(file.raw)
        return seals >= 0 && seals & 0x8 != 0
    }

    private static func runSealedCopy() throws(Errno) {
        let bytes = try Descriptor.open("/proc/self/exe", O_RDONLY).contents(limit: 1 << 28)
        let copy = try descriptorOrErrno(coffer_sealable_memory("coffer"))
        try copy.write(bytes)
        try valueOrErrno(coffer_seal(copy.raw))
        try valueOrErrno(coffer_execute_again(copy.raw))
    }
}
