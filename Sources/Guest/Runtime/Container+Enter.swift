internal import CLinux
internal import Linux
internal import OCI

extension Container {
    /// Runs a process in the container's namespaces and group; returns when its program runs.
    func enter(
        _ process: OCI.Process, streams: consuming StandardStreams, options: ConstructionOptions
    ) throws(RuntimeError) -> ContainerProcess {
        let plan = try ContainerPlan(entering: self, process, options)
        try plan.process.labels.requireModules()
        let placement = try controlGroup.placement(options.subgroups)
        var prompt = options
        prompt.startsAtOnce = true
        let preparation = Preparation(
            options: prompt, root: nil, binds: [], devices: [], namespaces: [], controlGroup: .none,
            legacyGroups: try controlGroup.legacyGroups(below: placement),
            streams: try Self.openStreams(streams), gate: .none)
        preparation.changedRoot = try openChangedRoot()
        let made = try Self.launchInside(
            plan, preparation, pidfd: pidfd, namespaces, in: controlGroup, placement, beside: pid)
        // The stage has said all it had to say when its channel closes on execve.
        let heard = try made.channel.socket.hear()
        if case .failed(let error) = heard.message {
            try Self.reap(made.pid, made.pidfd)
            throw error
        }
        return ContainerProcess(pid: made.pid, pidfd: made.pidfd, terminal: made.terminal)
    }

    /// The root directory of a container that has its maker's mounts: there joining its namespaces does not lead to it.
    private func openChangedRoot() throws(RuntimeError) -> SharedDescriptor? {
        if namespaces.contains(.mount) { return nil }
        return try step(.openRoot, "of process \(pid)") { () throws(Errno) in
            SharedDescriptor(try Descriptor.open("/proc/\(pid)/root", O_PATH | O_DIRECTORY))
        }
    }

    private static func launchInside(
        _ plan: ContainerPlan, _ preparation: Preparation, pidfd: SharedDescriptor, _ kinds: NamespaceKinds,
        in group: ControlGroup, _ placement: [String: String], beside first: Int32
    ) throws(RuntimeError) -> MadeProcess {
        var other: MessageSocket?
        let channel = try step(.createChannel) { () throws(Errno) in try MessageSocket.pair(other: &other) }
        let result = try cloneInto(kinds.intersection([.pid, .time]), of: pidfd, group, placement, first)
        guard let process = result.process.take() else {
            guard let inner = other.take() else { fatalExit() }
            Stage.enter(plan, preparation, pidfd, kinds.subtracting([.pid, .time]), channel: inner)
        }
        other = nil
        let pid = process.pid
        let processDescriptor = SharedDescriptor(process.takePidfd())
        do throws(RuntimeError) {
            if let shared = plan.serviceClass { try shared.join(pid) }
            if let score = plan.process.oomScoreAdjustment { try writeOOMScore(score, pid) }
            let debug = preparation.options.debug
            debug?("nsexec container setup: process \(pid)")
            if let mask = plan.process.affinity.initial {
                try AffinityPlan.apply(mask, to: pid)
                debug?("nsexec[\(pid)]: affinity: \(AffinityPlan.text(mask))")
            }
            try channel.say(.proceed(ignoring: coffer_ignored_signals()))
            debug?("child process in init()")
            let made = try follow(plan, preparation, pid, processDescriptor, channel)
            debug?("setns_init: about to exec")
            return made
        } catch {
            try reap(pid, processDescriptor)
            throw error
        }
    }

    /// Makes the process in the container's group; where the program has moved itself, or has divided its group, in the
    /// group where its first process is.
    private static func cloneInto(
        _ kinds: NamespaceKinds, of pidfd: SharedDescriptor, _ group: ControlGroup,
        _ placement: [String: String], _ first: Int32
    ) throws(RuntimeError) -> CloneBox {
        do throws(RuntimeError) {
            return try cloneJoined(kinds, of: pidfd, into: try group.open(below: placement))
        } catch {
            guard placement.isEmpty, group.layout.isUnified, Self.isGroupTrouble(error) else {
                throw Self.placing(error, group, placement)
            }
            return try cloneJoined(kinds, of: pidfd, into: try group.openGroup(of: first))
        }
    }

    /// Kinds that take effect for children are joined by the maker for the length of one clone.
    private static func cloneJoined(
        _ kinds: NamespaceKinds, of pidfd: SharedDescriptor, into group: borrowing Descriptor?
    ) throws(RuntimeError) -> CloneBox {
        var own = ParentNamespaces()
        if kinds.contains(.pid) { own.pid = try ownNamespace("pid") }
        if kinds.contains(.time) { own.time = try ownNamespace("time") }
        if !kinds.isEmpty {
            try step(.joinNamespace, "of the container's first process") { () throws(Errno) in
                try join(pidfd.descriptor, kinds)
            }
        }
        return try cloned([], group, returningTo: own)
    }

    /// Whether a process could not be born into its control group.
    private static func isGroupTrouble(_ error: RuntimeError) -> Bool {
        switch error {
        case .failed(.cloneProcess, let errno, _): errno.code == EBUSY || errno.code == ENOENT
        case .failed(.readControlGroup, let errno, _): errno.code == ENOENT
        default: false
        }
    }

    private static func placing(
        _ error: RuntimeError, _ group: ControlGroup, _ placement: [String: String]
    ) -> RuntimeError {
        guard isGroupTrouble(error), case .failed(_, let errno, _) = error else { return error }
        let path = (group.unifiedDirectory ?? "") + (placement[""] ?? "")
        return .failed(.enterControlGroup, errno, detail: "of a new process to cgroups: \(path)")
    }
}

extension Stage {
    /// For a further process of a running container: into its namespaces, then as the first one.
    static func enter(
        _ plan: ContainerPlan, _ preparation: Preparation, _ pidfd: SharedDescriptor, _ kinds: NamespaceKinds,
        channel: consuming MessageSocket
    ) -> Never {
        var stage = Stage(plan: plan, preparation: preparation, channel: channel)
        do throws(RuntimeError) {
            try stage.begin(keeping: [pidfd.descriptor.raw])
            if !kinds.isEmpty {
                try step(.joinNamespace, "of the container's first process") { () throws(Errno) in
                    try join(pidfd.descriptor, kinds)
                }
            }
            if let root = preparation.changedRoot {
                try step(.pivotRoot, "into the container") { () throws(Errno) in
                    try valueOrErrno(coffer_change_directory_to(root.descriptor.raw))
                }
                try changeRoot()
            }
            if kinds.contains(.user) { try stage.becomeRoot() }
            try stage.separateKeys()
            try AffinityPlan.apply(plan.process.affinity.final, to: 0)
            if plan.process.terminal {
                let root = try step(.openRoot, "/") { () throws(Errno) in
                    try Descriptor.open("/", O_PATH | O_DIRECTORY)
                }
                stage.terminal = try stage.makeTerminal(root: root)
            }
            try stage.finish()
        } catch {
            stage.report(error)
        }
        fatalExit()
    }
}
