internal import CLinux
internal import Linux

/// The container's first process before it becomes the container's program.
///
/// It runs in the child of clone3, which is single-threaded, and does what the plan says, in this order, up to the
/// one execve. Everything that can be opened, compiled or judged was prepared by the maker. Each step's failure goes
/// to the maker as a message with the step's name.
struct Stage: ~Copyable {
    let plan: ContainerPlan
    let preparation: Preparation
    let channel: MessageSocket
    /// The terminal's inner side, once there is one.
    var terminal: Descriptor?
    /// What the root file system's own directory is.
    var rootStatus: FileStatus?
    /// Where this process's security labels are written; nil when there are none.
    var ownProc: Descriptor?

    /// Does everything, never comes back: the process becomes the program or ends with status 1.
    static func run(_ plan: ContainerPlan, _ preparation: Preparation, channel: consuming MessageSocket)
        -> Never
    {
        var stage = Stage(plan: plan, preparation: preparation, channel: channel)
        do throws(RuntimeError) {
            try stage.enterNamespaces()
            try stage.buildRoot()
            try stage.finish()
        } catch {
            stage.report(error)
        }
        fatalExit()
    }

    /// Tells the maker what failed; when that fails too there is no one left to tell.
    borrowing func report(_ error: RuntimeError) {
        do throws(Errno) {
            try channel.send(Handshake.failed(error).bytes)
        } catch {
            coffer_exit_now(1)
        }
    }

    /// What comes first in every process of a container; ends with the maker's word that it is in its group.
    mutating func begin(keeping descriptors: [Int32] = []) throws(RuntimeError) {
        // It goes with the old root; where there is none, the maker is the one to close it last.
        if !plan.newNamespaces.contains(.mount) { coffer_close_view() }
        try closeInherited(keeping: descriptors + [coffer_own_view()])
        ownProc = try openOwnProc()
        // A maker that is not the machine's root can only write the maps of a process that is no secret yet.
        let waitsForMaps = plan.newNamespaces.contains(.user)
        if !waitsForMaps { try hide() }
        try step(.setSessionLeader) { () throws(Errno) in try valueOrErrno(coffer_setsid()) }
        coffer_reset_signals(try channel.expectProceed())
        // A container that waits for `start` can be ended as any process.
        if case .fifo = preparation.gate { coffer_end_on_signals() }
        if waitsForMaps { try hide() }
        try enterLegacyGroups()
        if plan.process.affinity.initial == nil { try AffinityPlan.reset() }
    }

    /// Nothing in a container may look into this process or open its executable through /proc.
    private borrowing func hide() throws(RuntimeError) {
        try step(.setSecurityLabel, "dumpable") { () throws(Errno) in
            try valueOrErrno(coffer_prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))
        }
    }

    /// By writing 0, a thread moves itself: for a whole process, or another one, the kernel stops all forks and exits of the
    /// machine, and waits for all processors before (cgroup_procs_write_start in kernel/cgroup/cgroup.c; 5 to 30 ms).
    /// This process has one thread.
    private borrowing func enterLegacyGroups() throws(RuntimeError) {
        for group in preparation.legacyGroups {
            try step(.enterControlGroup, "0 to cgroups: \(group.path)") { () throws(Errno) in
                try group.file.descriptor.writeOnce("0")
            }
        }
    }

    private borrowing func makeNetwork() throws(RuntimeError) {
        try step(.unshareNamespace, "network") { () throws(Errno) in try unshare(.network) }
        try bringLoopbackUp()
    }

    private borrowing func bringLoopbackUp() throws(RuntimeError) {
        try step(.bringLoopbackUp) { () throws(Errno) in try valueOrErrno(coffer_interface_up("lo")) }
    }

    /// Into the network namespace that the maker had made; where it could not, this process tries, and has an error to tell.
    borrowing func joinNetwork() throws(RuntimeError) {
        guard let network = try channel.expectNetwork() else { return try makeNetwork() }
        try step(.joinNamespace, "network") { () throws(Errno) in try join(network, .network) }
        leave(network)
    }

    /// Namespaces and the names in them.
    private mutating func enterNamespaces() throws(RuntimeError) {
        try begin()
        try joinNamespaces()
        if plan.newNamespaces.contains(.user) || preparation.joins(.user) { try becomeRoot() }
        // Not before the process is in its control group: the cgroup namespace's root is where it is made.
        if plan.newNamespaces.contains(.cgroup) {
            try step(.unshareNamespace, "cgroup") { () throws(Errno) in try unshare(.cgroup) }
        }
        switch preparation.network {
        // Only now, as root of the user namespace, so that its files belong to that.
        case .byProcess: try makeNetwork()
        case .withProcess: try bringLoopbackUp()
        case .none, .aside: break
        }
        try setNames()
        try separateKeys()
    }

    private borrowing func joinNamespaces() throws(RuntimeError) {
        // With a user namespace among them a helper has joined all of them already.
        if preparation.joins(.user) { return }
        for namespace in preparation.namespaces where namespace.kind != .user && namespace.kind != .pid {
            try step(.joinNamespace, namespace.kind.name) { () throws(Errno) in
                try join(namespace.file.descriptor, namespace.kind)
            }
        }
    }

    /// Root of the user namespace: until now the ids were the overflow ids there.
    borrowing func becomeRoot() throws(RuntimeError) {
        try step(.setUser, "0 of the user namespace") { () throws(Errno) in
            try valueOrErrno(coffer_set_group_ids(0))
            try valueOrErrno(coffer_set_user_ids(0))
        }
    }

    private borrowing func setNames() throws(RuntimeError) {
        if !plan.hostname.isEmpty {
            try step(.setHostname, plan.hostname) { () throws(Errno) in
                try valueOrErrno(coffer_set_hostname(plan.hostname, plan.hostname.utf8.count))
            }
        }
        if !plan.domainname.isEmpty {
            try step(.setDomainname, plan.domainname) { () throws(Errno) in
                try valueOrErrno(coffer_set_domainname(plan.domainname, plan.domainname.utf8.count))
            }
        }
    }

    /// A session keyring of the container's own, so that no process of it sees its maker's keys.
    borrowing func separateKeys() throws(RuntimeError) {
        if !preparation.options.newKeyring { return }
        try labelKeys()
        let result = coffer_join_session_keyring("_ses." + plan.id)
        // A kernel without keyrings has nothing to separate.
        if result == -Int(ENOSYS) { return }
        try step(.joinKeyring) { () throws(Errno) in try valueOrErrno(result) }
    }
}

/// For the compiler: what comes after an exit.
func fatalExit() -> Never {
    while true { coffer_exit_now(1) }
}
