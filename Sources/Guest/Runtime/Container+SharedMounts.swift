internal import CLinux
internal import Linux
internal import OCI

/// What a container without a mount namespace leaves among its maker's mounts: its root file system, mounted on itself,
/// and everything on top of that.
struct SharedMounts {
    /// Where the root file system is; nil for a container whose mounts go with its namespace.
    private let root: String?
    /// How many mounts there were before.
    private let before: Int

    /// Before the container is made.
    init(before plan: ContainerPlan) throws(RuntimeError) {
        root = plan.hasMountNamespace ? nil : plan.root
        before = try root.map { root throws(RuntimeError) in try Self.count(root) } ?? 0
    }

    /// Of a container that was made whole: there is one more than there was.
    init(of spec: OCI.Spec, root: String) {
        let isShared = !(spec.linux?.namespaces ?? []).contains { $0.type == "mount" }
        self.root = isShared ? root : nil
        before = -1
    }

    /// Takes away what was mounted since.
    func detach() throws(RuntimeError) {
        guard let root else { return }
        let wanted = before < 0 ? try Self.count(root) - 1 : before
        while try Self.count(root) > max(wanted, 0) {
            try step(.detachOldRoot, root) { () throws(Errno) in
                try valueOrErrno(coffer_unmount_call(root, Int32(MNT_DETACH) | Int32(UMOUNT_NOFOLLOW)))
            }
        }
    }

    /// How many mounts lie on a directory. proc_pid_mountinfo(5).
    private static func count(_ root: String) throws(RuntimeError) -> Int {
        try MountLine.all(for: .detachOldRoot).count { $0.place == root }
    }
}
