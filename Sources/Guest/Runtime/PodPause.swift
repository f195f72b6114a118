internal import CLinux
internal import Linux

/// The first process of a process namespace that a pod's containers share.
///
/// It keeps the namespace, adopts what ended containers leave behind, and does nothing else: this binary again, under a
/// name of its own, in an empty root, as nobody, with no descriptor, no capability and a control group of its own.
/// When it ends the kernel ends every process in the namespace. pid_namespaces(7).
package final class PodPause {
    /// The name under which the binary is this process and not the guest's init.
    static let programName = "coffer-pod"
    /// User and group: nobody's. Containers of that user cannot trace it either, see `coffer_pause`.
    private static let nobody: UInt32 = 65534

    /// Its number in the guest's own process namespace.
    package let processID: Int32
    /// The process namespace, to be joined.
    let namespace: SharedDescriptor
    private let process: SharedDescriptor
    private let group: ControlGroup

    /// Takes over a process that `become` is about to make this one, and lets it go on.
    init(
        _ child: consuming ClonedProcess, _ namespace: SharedDescriptor, in group: ControlGroup,
        _ channel: borrowing MessageSocket
    ) throws(RuntimeError) {
        self.namespace = namespace
        self.group = group
        processID = child.pid
        process = SharedDescriptor(child.takePidfd())
        try channel.say(.start)
        // The channel closes on execve; a message instead is the error.
        if case .failed(let error) = try channel.hear().message { throw error }
    }

    /// A group beside those of the pod's containers: a group that has groups below it may have no process itself.
    static func makeGroup(_ sandboxID: String) throws(RuntimeError) -> ControlGroup {
        let group = ControlGroup(
            layout: try ControlGroupLayout.current(), path: "/pods/" + sandboxID + "/pause")
        try group.create()
        return group
    }

    /// Begins to end the namespace and every process in it. The end comes when all of them have been reaped, by whoever
    /// reaps this process's siblings; nobody waits for it here.
    package func kill() throws(RuntimeError) {
        let result = coffer_pidfd_send_signal(process.descriptor.raw, SIGKILL)
        if result < 0 && result != -Int(ESRCH) {
            try step(.sendSignal, "of the pod's first process") { () throws(Errno) in
                try valueOrErrno(result)
            }
        }
    }

    /// Removes what it leaves behind, once it has been reaped.
    package func removeRemains() throws(RuntimeError) { try group.end() }

    // MARK: - In the child

    /// Leaves everything behind but the channel and the program. Nothing that can fail is left for `become`.
    static func prepare(_ channel: borrowing MessageSocket) throws(RuntimeError) -> Descriptor {
        let program = try step(.execute, "/proc/self/exe") { () throws(Errno) in
            try Descriptor.open("/proc/self/exe", O_PATH)
        }
        try step(.makeRootPrivate) { () throws(Errno) in
            try valueOrErrno(coffer_mount_call(nil, "/", nil, UInt(MS_REC) | UInt(MS_PRIVATE), nil))
        }
        let root = try step(.attachRoot, "of the pod's first process") { () throws(Errno) in
            try DetachedMount.make(
                type: "tmpfs", source: "tmpfs",
                options: [("mode", "0555"), ("size", "4096"), ("nr_inodes", "1")],
                attributes: [.readOnly, .noSetuid, .noDevices, .noExecute])
        }
        try coverInitialRoot(with: root.root)
        try closeOthers(than: [channel.socket.raw, program.raw])
        try dropRights()
        return program
    }

    private static func dropRights() throws(RuntimeError) {
        try step(.setNoNewPrivileges) { () throws(Errno) in
            try valueOrErrno(coffer_prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        }
        // What is ignored stays so across execve, and a parent that ignores its children's ends has none to reap.
        try step(.execute, "ignoring SIGCHLD") { () throws(Errno) in
            try valueOrErrno(coffer_ignore_signal(SIGCHLD))
        }
        try step(.setGroups) { () throws(Errno) in
            try valueOrErrno(coffer_set_groups(nil, 0))
            try valueOrErrno(coffer_set_group_ids(nobody))
        }
        // LAST: the capabilities go with the user.
        try step(.setUser) { () throws(Errno) in try valueOrErrno(coffer_set_user_ids(nobody)) }
    }

    /// Becomes the first process; returns only with the error.
    static func become(_ program: borrowing Descriptor) -> RuntimeError {
        let result = programName.withCString { name in
            var arguments: [UnsafeMutablePointer<CChar>?] = [UnsafeMutablePointer(mutating: name), nil]
            var environment: [UnsafeMutablePointer<CChar>?] = [nil]
            return coffer_execveat(program.raw, "", &arguments, &environment, AT_EMPTY_PATH)
        }
        return .failed(.execute, Errno(Int32(truncatingIfNeeded: -result)), detail: programName)
    }
}
