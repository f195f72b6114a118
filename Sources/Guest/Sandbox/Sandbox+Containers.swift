internal import CLinux
internal import Linux
internal import OCI
internal import Policy

extension Sandbox {
    /// Makes a container; its init waits for `startContainer`.
    package func createContainer(_ claim: ContainerClaim) throws(SandboxError) {
        try requireEnabled()
        if containers[claim.containerID] != nil { throw .containerExists(claim.containerID) }
        let sandboxID = try SpecResolver.sandboxID(of: claim)
        let overlay = GuestPaths.root(claim.containerID)
        guard let mounted = mounts.overlays[overlay], same(mounted.containerID, claim.containerID) else {
            throw .invalid(
                "container \(claim.containerID) has no root file system: expected an overlay at \(overlay)")
        }
        let resolver = SpecResolver(
            claim: claim, accounts: try accounts(of: claim.containerID),
            podHostname: pods[sandboxID]?.hostname)
        let resolved = try resolver.resolve()
        try checkNesting(resolved)
        let container = try transition { () throws(SandboxError) in
            policy.extendDefaultMounts(resolved.guestMounts)
            let additions = try guestAdditions(claim)
            let permit = try decided("container creation denied due to policy: ") { () throws(PolicyError) in
                try policy.createContainer(
                    containerID: claim.containerID, sandboxID: sandboxID, bundlePath: claim.bundlePath,
                    spec: resolved.spec,
                    context: resolved.context, additions: additions)
            }
            return try make(claim, resolved, additions.environment, permit)
        }
        containers[claim.containerID] = container
        pods[sandboxID]?.containers.insert(claim.containerID)
        pods[sandboxID]?.sandboxMounts += resolved.sandboxMounts
        watch(container.initProcess, of: container)
        watchMemory(of: container)
        effects.log("container \(claim.containerID) created, process \(container.initProcess.processID)")
    }

    /// What the guest itself gives to a container after the policy's decision: the directory with its attestation
    /// socket, and the variable that names it.
    private func guestAdditions(_ claim: ContainerClaim) throws(SandboxError) -> GuestAdditions {
        let wanted = claim.spec.annotations["io.microsoft.virtualmachine.lcow.securitypolicy.env"] ?? "true"
        if same(wanted, "false") { return GuestAdditions(environment: [], mounts: []) }
        let random = try effect("choosing a name") { () throws(EffectError) in try effects.randomBytes(8) }
        let destination = "/security-context-" + Digest.hexadecimal(random)
        var mount = OCI.Mount(destination: destination)
        mount.type = "bind"
        mount.source = GuestPaths.securityContext(claim.containerID)
        mount.options = ["bind", "ro", "nosuid", "nodev", "noexec"]
        return GuestAdditions(environment: ["UVM_SECURITY_CONTEXT_DIR=" + destination], mounts: [mount])
    }

    /// Everything after the decision, in an order in which each step can be undone.
    private func make(
        _ claim: ContainerClaim, _ resolved: ResolvedContainer, _ guestEnvironment: [String],
        _ permit: consuming Permit<CreateContainer>
    ) throws(SandboxError) -> Container {
        let action = permit.action
        let newPod = try preparePod(resolved, sharesProcesses: action.sharesProcesses)
        do throws(SandboxError) {
            try makeSandboxDirectories(resolved)
            try openEvidence(claim.containerID, action)
            do throws(SandboxError) {
                let process = try makeInit(action, permit)
                return Container(
                    id: claim.containerID, sandboxID: resolved.sandboxID, activityID: claim.activityID,
                    spec: action.spec, username: resolved.username, allowStdio: action.allowStdio,
                    guestEnvironment: guestEnvironment, sharesProcesses: action.sharesProcesses,
                    initProcess: process)
            } catch {
                closeEvidence(claim.containerID)
                throw error
            }
        } catch {
            if newPod { try removePod(resolved.sandboxID) }
            throw error
        }
    }

    private func makeInit(
        _ action: CreateContainer, _ permit: consuming Permit<CreateContainer>
    ) throws(SandboxError) -> GuestProcess {
        let streams = ProcessStreams(loop: loop)
        let wantsTerminal = action.spec.process?.terminal ?? false
        let child = try childStreams(streams, allowed: action.allowStdio, terminal: wantsTerminal)
        var made: MadeProcess
        do throws(EffectError) {
            made = try effects.createContainer(permit, child)
        } catch {
            streams.stop()
            throw .effect(step: "creating the container", error)
        }
        if let console = made.console.take() { streams.take(console: console) }
        return GuestProcess(
            processID: made.processID, arguments: action.spec.process?.args ?? [], isInit: true,
            streams: streams)
    }

    /// The container's ends of its streams: pipes, or nothing when it has a terminal or no stdio.
    func childStreams(
        _ streams: ProcessStreams, allowed: Bool, terminal: Bool
    ) throws(SandboxError) -> ChildStreams {
        if !allowed || terminal { return ChildStreams() }
        do throws(Errno) { return try streams.makePipes() } catch {
            throw .effect(step: "making pipes", EffectError(error.description))
        }
    }

    func accounts(of containerID: String) throws(SandboxError) -> AccountFiles {
        let root = GuestPaths.root(containerID)
        return AccountFiles(
            passwd: try effect("reading /etc/passwd") { () throws(EffectError) in
                try effects.readFile(root, "/etc/passwd")
            },
            group: try effect("reading /etc/group") { () throws(EffectError) in
                try effects.readFile(root, "/etc/group")
            })
    }

    // MARK: - Deletion

    /// Removes what is left of a stopped container: its record, its attestation socket, its scratch directory.
    package func deleteContainer(_ containerID: String) throws(SandboxError) {
        try requireEnabled()
        guard let container = containers[containerID] else { throw .noContainer(containerID) }
        if container.state.isAlive { throw .wrongState("container \(containerID) is still running") }
        if mounts.overlays[GuestPaths.root(containerID)] != nil {
            throw .wrongState("the overlay of container \(containerID) is still mounted")
        }
        let permit = try decided("") { () throws(PolicyError) in
            try policy.deleteContainer(DeleteContainer(containerID: containerID))
        }
        try remove("deleting the container", effects.deleteContainer, permit)
        closeEvidence(containerID)
        for process in container.processes.values { process.streams.stop() }
        containers[containerID] = nil
        policy.forget(containerID: containerID)
        let scratch = GuestPaths.scratch(container.sandboxID, containerID)
        if mounts.disk(containing: scratch) != nil {
            try effect("removing the scratch directory") { () throws(EffectError) in
                try effects.removeTree(scratch)
            }
        }
        pods[container.sandboxID]?.containers.remove(containerID)
        if pods[container.sandboxID]?.containers.isEmpty == true { try removePod(container.sandboxID) }
    }
}
