internal import CLinux
internal import Linux
internal import OCI
package import Policy

/// Where a container is put besides what its specification says.
package struct ContainerPlacement {
    /// Namespaces of the pod that the container shares; those kinds are then joined and not made.
    package var pod: PodNamespaces?
    /// Control group above the container's own, absolute in the hierarchy; empty for none.
    package var controlGroupParent = ""

    package init(pod: PodNamespaces? = nil, controlGroupParent: String = "") {
        self.pod = pod
        self.controlGroupParent = controlGroupParent
    }
}

/// Writes down what is known about a container as soon as it has a process, before that is ready: its number, its group, and
/// the class of service that was made for it, or nothing.
typealias RecordKeeper = (ContainerPlan, Int32, ControlGroup, String) throws(RuntimeError) -> Void

extension Container {
    /// Makes a container up to the point where only its program is missing.
    ///
    /// After an error nothing is left behind. Streams are used only if the permit allows them.
    package static func create(
        _ permit: consuming Permit<CreateContainer>, streams: consuming StandardStreams,
        placement: ContainerPlacement = ContainerPlacement()
    ) throws(RuntimeError) -> Container {
        let action = permit.action
        return try create(
            action, streams: action.allowStdio ? streams : StandardStreams(), placement: placement,
            options: ConstructionOptions(), gate: .channel)
    }

    static func create(
        _ action: CreateContainer, streams: consuming StandardStreams, placement: ContainerPlacement,
        options: ConstructionOptions, gate: StartGate, record: RecordKeeper? = nil
    ) throws(RuntimeError) -> Container {
        let network = placement.pod == nil ? NewNetwork(beginningFor: action.spec.linux) : .none
        var plan = try ContainerPlan(
            id: action.containerID, bundle: action.bundlePath, spec: action.spec, options: options)
        try plan.process.labels.requireModules()
        let joined = try prepareNamespaces(
            &plan, pod: placement.pod, sharesProcesses: action.sharesProcesses)
        let mounts = try SharedMounts(before: plan)
        let group = try controlGroup(plan, placement, options)
        do throws(RuntimeError) {
            // A scope is made with the process that it is for.
            let directory = plan.scope == nil ? try group.open() : nil
            let preparation = Preparation(
                options: options, root: try openRoot(plan), binds: try openBinds(plan, joined),
                devices: try openDevices(plan), namespaces: joined,
                controlGroup: try controlGroupMounts(plan, group, options),
                legacyGroups: try group.legacyGroups(), streams: try openStreams(streams), gate: gate)
            preparation.network = network
            preparation.hookStreams = try HookStreams(plan, isHeard: options.followsAnnotations)
            let made = try launch(plan, preparation, in: group, directory, record)
            return Container(
                plan: plan, made: made, joined: joined, controlGroup: group, allowStdio: action.allowStdio)
        } catch {
            try cleaningUp(after: error) { () throws(RuntimeError) in
                if !isOthersScope(plan, error) {
                    try group.kill()
                    try group.remove()
                }
                try mounts.detach()
            }
            throw error
        }
    }

    /// Whether systemd has made no scope: what has that name is another's. The process that was for it has been ended.
    private static func isOthersScope(_ plan: ContainerPlan, _ error: RuntimeError) -> Bool {
        if case .wrongState = error { return plan.scope != nil }
        return false
    }

    /// The group to put the container in, made unless systemd is going to.
    static func controlGroup(
        _ plan: ContainerPlan, _ placement: ContainerPlacement, _ options: ConstructionOptions
    ) throws(RuntimeError) -> ControlGroup {
        if !options.usesControlGroups { return .none }
        let group = ControlGroup(
            layout: try ControlGroupLayout.current(),
            path: placement.controlGroupParent + plan.controlGroupPath)
        if plan.scope == nil { return try group.createIfPermitted(plan, options.rootless) ?? .none }
        try requireScopes(plan, group, options)
        try group.requireUnused()
        return group
    }

    /// What a scope needs of the machine and of the specification.
    static func requireScopes(
        _ plan: ContainerPlan, _ group: ControlGroup, _ options: ConstructionOptions
    ) throws(RuntimeError) {
        if !group.layout.isUnified {
            throw .refused("control groups through systemd need cgroup v2 alone on this machine")
        }
        // Its view would be of the container's group, which systemd has yet to make.
        if plan.mounts.contains(where: { $0.kind == .controlGroup })
            && !plan.newNamespaces.contains(.cgroup) && !showsAllGroups(options)
        {
            throw .refused(
                "linux.namespaces: expected a cgroup namespace for the cgroup mount of a container of systemd's"
            )
        }
    }

    private static func prepareNamespaces(
        _ plan: inout ContainerPlan, pod: PodNamespaces?, sharesProcesses: Bool
    ) throws(RuntimeError) -> [PreparedNamespace] {
        var prepared: [PreparedNamespace] = []
        // What the specification calls a pod's namespaces need not be a file: the pod holds them open.
        let shared: NamespaceKinds = pod == nil ? [] : [.network, .ipc, .uts]
        for namespace in plan.joinedNamespaces where shared.isDisjoint(with: namespace.kind) {
            let file = try step(.openNamespace, namespace.path) { () throws(Errno) in
                SharedDescriptor(try Descriptor.open(namespace.path, O_RDONLY))
            }
            prepared.append(PreparedNamespace(kind: namespace.kind, file: file))
        }
        guard let pod else { return prepared }
        var files = [(NamespaceKinds.network, pod.network), (.ipc, pod.ipc), (.uts, pod.uts)]
        if sharesProcesses {
            guard let pause = pod.pause else {
                throw .refused("pod \(pod.sandboxID) was made without a process namespace to share")
            }
            files.append((.pid, pause.namespace))
        }
        for (kind, file) in files {
            plan.newNamespaces.remove(kind)
            prepared.append(PreparedNamespace(kind: kind, file: file))
        }
        return prepared
    }

    private static func openRoot(_ plan: ContainerPlan) throws(RuntimeError) -> PreparedMount {
        let root = try step(.openRoot, plan.root) { () throws(Errno) in
            try PreparedMount(DetachedMount.clone(of: plan.root, recursive: true))
        }
        if !root.isDirectory {
            throw .refused("root.path: expected a directory, found a file at \"\(plan.root)\"")
        }
        return root
    }

    private static func openBinds(
        _ plan: ContainerPlan, _ joined: [PreparedNamespace]
    ) throws(RuntimeError) -> [PreparedMount?] {
        var binds: [PreparedMount?] = []
        for mount in plan.mounts {
            // What is inside the root may be another mount of the plan: the stage opens it when its turn comes.
            guard case .bind(let source, let recursive) = mount.kind,
                !source.hasPrefix(plan.root + "/")
            else {
                binds.append(nil)
                continue
            }
            let tree = try step(.openBindSource, source) { () throws(Errno) in
                try DetachedMount.clone(
                    of: source, recursive: recursive, followsLink: !mount.linkRules.keepsSource)
            }
            try mapIDs(of: tree.root, mount, plan, joined)
            binds.append(try prepared(tree, source))
        }
        return binds
    }

    static func prepared(
        _ tree: consuming DetachedMount, _ source: String
    ) throws(RuntimeError) -> PreparedMount {
        do throws(Errno) {
            return try PreparedMount(tree)
        } catch {
            throw .failed(.openBindSource, error, detail: source)
        }
    }

    private static func controlGroupMounts(
        _ plan: ContainerPlan, _ group: ControlGroup, _ options: ConstructionOptions
    ) throws(RuntimeError) -> ControlGroupMounts {
        if !plan.mounts.contains(where: { $0.kind == .controlGroup }) { return .none }
        if group == .none {
            return try ControlGroup.viewsOfOwn(withNamespace: plan.newNamespaces.contains(.cgroup))
        }
        if group.layout.isUnified {
            if plan.newNamespaces.contains(.cgroup) { return .unified(group: nil) }
            let shown = showsAllGroups(options) ? group.layout.unified : group.unifiedDirectory
            return .unified(group: try shown.map(ControlGroup.view))
        }
        var groups: [(name: String, group: PreparedMount)] = []
        for hierarchy in group.layout.legacy {
            let directory = hierarchy.mountPoint + group.path
            groups.append((name: hierarchy.name, group: try ControlGroup.view(directory)))
        }
        return groups.isEmpty ? .none : .legacy(groups)
    }

    /// Whether a mount of control groups without a cgroup namespace shows them all: the paths in /proc/PID/cgroup then begin
    /// at the top. Not for an ordinary user, whose container could change the groups that are the user's (CVE-2023-25809).
    private static func showsAllGroups(_ options: ConstructionOptions) -> Bool {
        options.sharesMachine && !options.rootless.applies
    }

    /// Absent streams become /dev/null. Numbers below 3 are moved away: they are going to be overwritten one by one.
    static func openStreams(_ streams: consuming StandardStreams) throws(RuntimeError) -> [SharedDescriptor?]
    {
        if streams.areInherited { return [] }
        return [
            try openStream(streams.input.take(), O_RDONLY), try openStream(streams.output.take(), O_WRONLY),
            try openStream(streams.error.take(), O_WRONLY),
        ]
    }

    private static func openStream(
        _ stream: consuming Descriptor?, _ mode: Int32
    ) throws(RuntimeError) -> SharedDescriptor {
        try step(.setStreams) { () throws(Errno) in
            guard let stream = stream.take() else {
                let null = try Descriptor.open("/dev/null", mode)
                return SharedDescriptor(null.raw < 3 ? try null.duplicate() : null)
            }
            return SharedDescriptor(stream.raw < 3 ? try stream.duplicate() : stream)
        }
    }
}
