internal import CLinux
internal import Linux
internal import OCI

extension Container {
    /// Runs a process in the container's namespaces and group; returns when its program runs.
    func enter(
        _ process: OCI.Process, streams: consuming StandardStreams, options: ConstructionOptions
    ) throws(RuntimeError) -> ContainerProcess {
        var plan = try ContainerPlan(
            id: id, bundle: bundle, spec: spec, filters: options.filters, compiled: filter)
        let filter = plan.process.filter
        plan.process = try ProcessPlan(process)
        plan.process.filter = filter
        plan.hooks = OCI.Hooks()
        try plan.process.labels.check()
        try plan.process.labels.requireModules()
        let preparation = Preparation(
            options: options, root: nil, binds: [], devices: [], namespaces: [], controlGroup: .none,
            streams: try Self.openStreams(streams), gate: .none)
        let made = try Self.launchInside(
            plan, preparation, pidfd: pidfd, namespaces, in: controlGroup,
            try controlGroup.placement(options.subgroups))
        // The stage has said all it had to say when its channel closes on execve.
        let heard = try made.channel.socket.hear()
        if case .failed(let error) = heard.message {
            try Self.reap(made.pid, made.pidfd)
            throw error
        }
        return ContainerProcess(pid: made.pid, pidfd: made.pidfd, terminal: made.terminal)
    }

    private static func launchInside(
        _ plan: ContainerPlan, _ preparation: Preparation, pidfd: SharedDescriptor, _ kinds: NamespaceKinds,
        in group: ControlGroup, _ placement: [String: String]
    ) throws(RuntimeError) -> MadeProcess {
        var other: MessageSocket?
        let channel = try step(.createChannel) { () throws(Errno) in try MessageSocket.pair(other: &other) }
        let directory = try group.open(below: placement)
        let result = try cloneInto(kinds.intersection([.pid, .time]), of: pidfd, directory)
        guard let process = result.process.take() else {
            guard let inner = other.take() else { fatalExit() }
            Stage.enter(plan, preparation, pidfd, kinds.subtracting([.pid, .time]), channel: inner)
        }
        other = nil
        let pid = process.pid
        let processDescriptor = SharedDescriptor(process.takePidfd())
        do throws(RuntimeError) {
            try group.enterLegacy(pid, below: placement)
            if let score = plan.process.oomScoreAdjustment { try writeOOMScore(score, pid) }
            try AffinityPlan.apply(plan.process.affinity.initial, to: pid)
            try channel.say(.proceed)
            return try follow(plan, pid, processDescriptor, channel)
        } catch {
            try reap(pid, processDescriptor)
            throw error
        }
    }

    /// Kinds that take effect for children are joined by the maker for the length of one clone.
    private static func cloneInto(
        _ kinds: NamespaceKinds, of pidfd: SharedDescriptor, _ directory: borrowing Descriptor?
    ) throws(RuntimeError) -> CloneBox {
        var own = ParentNamespaces()
        if kinds.contains(.pid) { own.pid = try ownNamespace("pid") }
        if kinds.contains(.time) { own.time = try ownNamespace("time") }
        if !kinds.isEmpty {
            try step(.joinNamespace, "of the container's first process") { () throws(Errno) in
                try join(pidfd.descriptor, kinds)
            }
        }
        return try cloned([], directory, returningTo: own)
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
            if kinds.contains(.user) { try stage.becomeRoot() }
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
