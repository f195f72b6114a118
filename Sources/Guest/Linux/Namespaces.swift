internal import CLinux

/// Kinds of namespaces. namespaces(7).
package struct NamespaceKinds: OptionSet, Equatable {
    /// The `CLONE_NEW` bits.
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// CLONE_NEWTIME: offsets of the clocks monotonic and boottime. time_namespaces(7).
    package static let time = NamespaceKinds(rawValue: 0x0000_0080)
    /// CLONE_NEWNS: the list of mounts. mount_namespaces(7).
    package static let mount = NamespaceKinds(rawValue: 0x0002_0000)
    /// CLONE_NEWCGROUP: what the roots of the hierarchies are. cgroup_namespaces(7).
    package static let cgroup = NamespaceKinds(rawValue: 0x0200_0000)
    /// CLONE_NEWUTS: host name and NIS domain name. uts_namespaces(7).
    package static let uts = NamespaceKinds(rawValue: 0x0400_0000)
    /// CLONE_NEWIPC: System V IPC and POSIX message queues. ipc_namespaces(7).
    package static let ipc = NamespaceKinds(rawValue: 0x0800_0000)
    /// CLONE_NEWUSER: user and group ids, and what capabilities are over. user_namespaces(7).
    package static let user = NamespaceKinds(rawValue: 0x1000_0000)
    /// CLONE_NEWPID: numbers of processes. pid_namespaces(7).
    package static let pid = NamespaceKinds(rawValue: 0x2000_0000)
    /// CLONE_NEWNET: interfaces, addresses, routes, ports, abstract sockets. network_namespaces(7).
    package static let network = NamespaceKinds(rawValue: 0x4000_0000)
}

/// Leaves namespaces for new ones; for `pid` and `time` it is the next child that does.
/// The corresponding C function is `unshare`.
package func unshare(_ kinds: NamespaceKinds) throws(Errno) {
    try valueOrErrno(coffer_unshare(kinds.rawValue))
}

/// Joins the namespace that a file of nsfs is, or with a pidfd the namespaces of a process.
/// The corresponding C function is `setns`.
package func join(_ namespace: borrowing Descriptor, _ kinds: NamespaceKinds) throws(Errno) {
    try valueOrErrno(coffer_setns(namespace.raw, kinds.rawValue))
}
