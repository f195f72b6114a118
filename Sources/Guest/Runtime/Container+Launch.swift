internal import CLinux
internal import Linux
internal import OCI

extension Container {
    /// Clones the stage into its namespaces and group, and follows it until it is ready. A stage that fails is reaped.
    static func launch(
        _ plan: ContainerPlan, _ preparation: Preparation, in group: ControlGroup,
        _ directory: borrowing Descriptor?, _ record: RecordKeeper?
    ) throws(RuntimeError) -> MadeProcess {
        var other: MessageSocket?
        let channel = try step(.createChannel) { () throws(Errno) in try MessageSocket.pair(other: &other) }
        let kinds = plan.newNamespaces.subtracting(plan.lateNamespaces(preparation)).subtracting(.time)
        let own = try enterParentNamespaces(plan, preparation)
        // A namespace that is made belongs to the user namespace of who makes it.
        let box =
            preparation.joins(.user)
            ? try clonedByHelper(kinds, preparation.namespaces, directory, returningTo: own)
            : try cloned(kinds, directory, returningTo: own)
        guard let process = box.process.take() else {
            guard let inner = other.take() else { fatalExit() }
            Stage.run(plan, preparation, channel: inner)
        }
        other = nil
        let pid = process.pid
        let pidfd = SharedDescriptor(process.takePidfd())
        var serviceClass = ""
        do throws(RuntimeError) {
            preparation.options.debug?("nsexec container setup: process \(pid)")
            let restrictsLater = plan.canRestrictDevicesLater(in: group)
            try limit(plan, pid, group, preparation.options)
            if !restrictsLater { try restrictDevices(plan, group, directory, preparation.options) }
            if let wanted = plan.serviceClass { serviceClass = try wanted.enter(pid) }
            if kinds.contains(.user) {
                try writeIDMaps(uids: plan.uidMappings, gids: plan.gidMappings, pid)
            }
            try moveInterfaces(plan, preparation, pid)
            if let score = plan.process.oomScoreAdjustment { try writeOOMScore(score, pid) }
            try channel.say(.proceed(ignoring: coffer_ignored_signals()))
            preparation.options.debug?("child process in init()")
            // With few processors the stage goes on only when this process waits: what is waited for comes first.
            if let maker = preparation.network.maker { try handOver(maker.take(), channel) }
            try record?(plan, pid, group, serviceClass)
            if restrictsLater { try restrictDevices(plan, group, directory, preparation.options) }
            var made = try follow(plan, preparation, pid, pidfd, channel)
            made.serviceClass = serviceClass
            preparation.options.debug?("init: closing the pipe to signal completion")
            return made
        } catch {
            try reap(pid, pidfd)
            try ServiceClass.remove(serviceClass)
            throw error
        }
    }

    /// Limits of the new process's group. It runs, but nothing of the container's runs in it before the maker says so.
    static func limit(
        _ plan: ContainerPlan, _ pid: Int32, _ group: ControlGroup, _ options: ConstructionOptions
    ) throws(RuntimeError) {
        if let scope = plan.scope {
            if let text = plan.resources.contradiction { options.warn?(text) }
            let resources = plan.resources.asScope
            try scope.start(pid, resources, id: plan.id)
            if let owner = plan.controlGroupOwner { try group.give(to: owner) }
            try group.apply(resources)
        } else if group != .none {
            try group.apply(plan.resources)
        }
    }

    /// Which devices the group may use.
    ///
    /// - Parameter directory: the group's, as `open` gives it; a scope's is opened here, where there is one.
    static func restrictDevices(
        _ plan: ContainerPlan, _ group: ControlGroup, _ directory: borrowing Descriptor?,
        _ options: ConstructionOptions
    ) throws(RuntimeError) {
        if group == .none { return }
        let isAsked = !plan.resources.devices.isEmpty
        if plan.scope != nil {
            let scope = try group.open()
            return try group.restrictDevices(plan.deviceRules, isAsked: isAsked, scope, .never)
        }
        try group.restrictDevices(plan.deviceRules, isAsked: isAsked, directory, options.rootless)
    }

    /// Clones, and in the maker goes back to its own namespaces, also when there was nothing to clone. The child stays
    /// where it was born: going back is the maker's alone.
    static func cloned(
        _ kinds: NamespaceKinds, _ directory: borrowing Descriptor?, returningTo own: ParentNamespaces
    ) throws(RuntimeError) -> CloneBox {
        let box: CloneBox
        do throws(Errno) {
            box = CloneBox(try clone(kinds, into: directory))
        } catch {
            try leaveParentNamespaces(own)
            throw .failed(.cloneProcess, error, detail: "")
        }
        if box.process != nil { try leaveParentNamespaces(own) }
        return box
    }

    /// Answers the stage's messages until it is ready.
    static func follow(
        _ plan: ContainerPlan, _ preparation: Preparation, _ pid: Int32, _ pidfd: SharedDescriptor,
        _ channel: consuming MessageSocket
    ) throws(RuntimeError) -> MadeProcess {
        var terminal: SharedDescriptor?
        var notifier: SharedDescriptor?
        while true {
            var heard = try channel.hear()
            switch heard.message {
            case .mounted:
                try runHostHooks(plan, preparation.hookStreams, pid)
                try channel.say(.hooksRun)
            case .terminal: terminal = SharedDescriptor.keeping(heard.descriptor.take())
            case .notifier:
                notifier = SharedDescriptor.keeping(heard.descriptor.take())
                if try handOver(notifier, plan, pid, preparation.options) { notifier = nil }
            case .mapIDs(let index):
                try mapIDs(of: heard.descriptor.take(), index, plan, preparation)
                try channel.say(.idsMapped)
            case .ready:
                // The stage has hung it up, or closed it: what is left to wait for is waited for while the stage is at work.
                coffer_close_view()
                return MadeProcess(
                    pid: pid, pidfd: pidfd, terminal: terminal, notifier: notifier,
                    channel: SharedChannel(channel))
            case .failed(let error): throw error
            case .proceed, .network, .hooksRun, .start, .idsMapped:
                throw .handshake(
                    "unexpected \"\(heard.message?.name ?? "")\" from the container's first process")
            case nil: throw .handshake("the container's first process ended before it was ready")
            }
        }
    }

    /// For a mount whose source was not there before the stage made others.
    private static func mapIDs(
        of tree: consuming Descriptor?, _ index: UInt32, _ plan: ContainerPlan, _ preparation: Preparation
    ) throws(RuntimeError) {
        guard let tree, index < plan.mounts.count else {
            throw .handshake("mount \(index) is none that could be shown under other ids")
        }
        try mapIDs(of: tree, plan.mounts[Int(index)], plan, preparation.namespaces)
    }

    /// Whether somebody else has the notifier now. Then nobody here may keep it: when those who hold it have ended, the
    /// container's calls fail, and do not wait for ever. seccomp_unotify(2).
    private static func handOver(
        _ notifier: SharedDescriptor?, _ plan: ContainerPlan, _ pid: Int32, _ options: ConstructionOptions
    ) throws(RuntimeError) -> Bool {
        guard let notifier, let seccomp = plan.spec.linux?.seccomp, let handOver = options.handOver else {
            return false
        }
        if let failure = handOver(notifier, seccomp, plan.state("creating", pid: pid)) {
            throw .handshake(failure)
        }
        return true
    }

    /// The stage waits for this when it cannot go on without its network namespace.
    private static func handOver(
        _ network: consuming Descriptor?, _ channel: borrowing MessageSocket
    ) throws(RuntimeError) {
        do throws(Errno) {
            switch network {
            case .some(let namespace): try channel.send(Handshake.network.bytes, with: namespace)
            case .none: try channel.send(Handshake.network.bytes)
            }
        } catch {
            // One that has ended meanwhile has said why.
            if error.code != EPIPE { throw .failed(.joinNamespace, error, detail: "network") }
        }
    }

    static func runHostHooks(
        _ plan: ContainerPlan, _ streams: HookStreams, _ pid: Int32
    ) throws(RuntimeError) {
        if plan.hooks.prestart.isEmpty && plan.hooks.createRuntime.isEmpty { return }
        let state = plan.state("creating", pid: pid).json
        try runHooks(plan.hooks.prestart, named: "prestart", state: state, streams: streams)
        try runHooks(plan.hooks.createRuntime, named: "createRuntime", state: state, streams: streams)
    }

    /// Ends a stage that failed and takes its status, so that nothing of it is left.
    static func reap(_ pid: Int32, _ pidfd: SharedDescriptor) throws(RuntimeError) {
        try step(.waitForProcess, "\(pid)") { () throws(Errno) in
            let sent = coffer_pidfd_send_signal(pidfd.descriptor.raw, SIGKILL)
            if sent < 0 && sent != -Int(ESRCH) { try valueOrErrno(sent) }
            var status: Int32 = 0
            try valueOrErrno(coffer_wait_pid(pid, &status, 0))
        }
    }

    static func writeOOMScore(_ score: Int, _ pid: Int32) throws(RuntimeError) {
        let file = "/proc/\(pid)/oom_score_adj"
        do throws(Errno) {
            try Descriptor.open(file, O_WRONLY).writeOnce("\(score)")
        } catch {
            // Lowering needs a privilege; wanting what is there already does not.
            if error.code == EACCES || error.code == EPERM, isWritten(file, "\(score)\n") { return }
            throw .failed(.writeOOMScore, error, detail: "\(score)")
        }
    }

    private static func isWritten(_ file: String, _ text: String) -> Bool {
        do throws(Errno) {
            return try Descriptor.open(file, O_RDONLY).contents(limit: 64) == Array(text.utf8)
        } catch {
            return false
        }
    }
}

extension ContainerPlan {
    /// Whether the program that decides about devices may be loaded while the stage is at work, which takes a fifth of a
    /// millisecond. It has to be there before anything of the container's runs: the maker starts the program when all is
    /// done, but does not know of hooks inside. Version 1 takes rules while its groups are empty.
    func canRestrictDevicesLater(in group: ControlGroup) -> Bool {
        group.layout.isUnified && scope == nil && hooks.createContainer.isEmpty
    }

    /// Namespaces that the stage is not born in. The cgroup namespace's root is the group that the process is in by then;
    /// and the network namespace is made while something else is done, unless it is needed there.
    func lateNamespaces(_ preparation: Preparation) -> NamespaceKinds {
        newNamespaces.intersection(preparation.network.isLate ? [.cgroup, .network] : .cgroup)
    }
}

/// What a clone gave: the child for its maker, nothing for the child.
final class CloneBox {
    var process: ClonedProcess?
    init(_ process: consuming ClonedProcess?) { self.process = process }
}
