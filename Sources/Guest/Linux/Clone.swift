internal import CLinux

/// A process that was just cloned, seen from its parent.
package struct ClonedProcess: ~Copyable {
    /// Its number in the parent's PID namespace.
    package let pid: Int32
    /// Stands for this process and no other, even after its number is used again. pidfd_open(2).
    package let pidfd: Descriptor

    package init(pid: Int32, pidfd: consuming Descriptor) {
        self.pid = pid
        self.pidfd = pidfd
    }

    /// Hands the pidfd over.
    package consuming func takePidfd() -> Descriptor { pidfd }
}

/// Splits this process in two with new namespaces and a control group; returns nil in the child.
/// The corresponding C function is `clone3`.
///
/// The caller has exactly one thread, so that the child may go on in Swift: no lock can be held by a thread that
/// does not exist there.
package func clone(
    _ namespaces: NamespaceKinds, into cgroup: borrowing Descriptor?
) throws(Errno) -> ClonedProcess? {
    var pidfd: Int32 = -1
    let group: Int32 =
        switch cgroup {
        case .some(let directory): directory.raw
        case .none: -1
        }
    let pid = try valueOrErrno(coffer_clone3(namespaces.rawValue, SIGCHLD, group, &pidfd))
    if pid == 0 { return nil }
    return ClonedProcess(pid: Int32(truncatingIfNeeded: pid), pidfd: Descriptor(owning: pidfd))
}
