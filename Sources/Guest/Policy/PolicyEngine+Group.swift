internal import JSON
internal import OCI

/// The points about the group as a whole, and permits for steps that follow from a decision already made.
extension PolicyEngine {
    /// May the host read a container's processes and statistics?
    package func getProperties(_ action: GetProperties) throws(PolicyError) -> Permit<GetProperties> {
        try decide(.getProperties, input: [:])
        return Permit(approving: action)
    }

    /// May the host change a container's limits while it runs? The interface has no point for it, so that only a
    /// policy that says so allows it: a limit that falls below what is in use kills, which is the tenant's to decide.
    package func updateConstraints(
        _ action: UpdateConstraints
    ) throws(PolicyError) -> Permit<UpdateConstraints> {
        try requireCreated(action.containerID)
        try decide(
            .updateConstraints,
            input: ["containerID": .string(action.containerID), "resources": action.resources.json])
        return Permit(approving: action)
    }

    /// May the host read the guest's own state?
    package func dumpStacks() throws(PolicyError) -> Permit<DumpStacks> {
        try decide(.dumpStacks, input: [:])
        return Permit(approving: DumpStacks())
    }

    /// May the guest's log leave the guest?
    package func runtimeLogging() throws(PolicyError) -> Permit<RuntimeLogging> {
        try decide(.runtimeLogging, input: [:])
        return Permit(approving: RuntimeLogging())
    }

    /// May this process run in the guest outside any container?
    package func executeExternal(_ action: ExecuteExternal) throws(PolicyError) -> Permit<ExecuteExternal> {
        let input: JSON = [
            "argList": JSON(action.arguments), "envList": JSON(action.environment),
            "workingDir": .string(action.workingDirectory),
        ]
        let result = try decide(.execExternal, input: input)
        var approved = action
        do throws(EvaluationError) {
            approved.environment = try keptEnvironment(action.environment, result)
        } catch {
            throw .denied(Denial.text(point: .execExternal, input: input, error: error.description))
        }
        approved.allowStdio = result["allow_stdio_access"]?.boolValue ?? false
        return Permit(approving: approved)
    }

    // MARK: - Steps that follow from a decision

    /// A container that the policy let be created may be started, once: that is the Runtime's to check.
    package func startContainer(_ action: StartContainer) throws(PolicyError) -> Permit<StartContainer> {
        try requireCreated(action.containerID)
        return Permit(approving: action)
    }

    /// A container that the policy let be created may be removed when it has stopped.
    package func deleteContainer(_ action: DeleteContainer) throws(PolicyError) -> Permit<DeleteContainer> {
        try requireCreated(action.containerID)
        return Permit(approving: action)
    }

    /// Namespaces of a pod, made while a container of it is being created under this policy.
    package func prepareSandbox(_ action: PrepareSandbox) throws(PolicyError) -> Permit<PrepareSandbox> {
        try requirePolicy(.createContainer)
        return Permit(approving: action)
    }

    /// A memory file system of a pod, made while a container that mounts it is being created under this policy.
    package func mountMemoryVolume(
        _ action: MountMemoryVolume
    ) throws(PolicyError) -> Permit<MountMemoryVolume> {
        try requirePolicy(.createContainer)
        return Permit(approving: action)
    }

    /// A pod's network interface. No point covers it: the network is the host's and nothing on it is trusted.
    package func configureNetwork(_ action: ConfigureNetwork) throws(PolicyError) -> Permit<ConfigureNetwork>
    {
        try requirePolicy(.hostNetwork)
        return Permit(approving: action)
    }

    /// Forgets what was only remembered for a container that is gone.
    package func forget(containerID: String) { memory.allowStdio[containerID] = nil }

    /// Adds mounts that every container may ask for from here on: the files that the guest itself writes for a pod.
    package func extendDefaultMounts(_ mounts: [PolicyMount]) {
        for mount in mounts where !memory.additionalMounts.contains(mount) {
            memory.additionalMounts.append(mount)
        }
    }

    private func requireCreated(_ containerID: String) throws(PolicyError) {
        try requirePolicy(.createContainer)
        if memory.allowStdio[containerID] == nil { throw .notCreated(containerID: containerID) }
    }

    private func requirePolicy(_ point: EnforcementPoint) throws(PolicyError) {
        switch stance {
        case .closed: throw .closed(point.information.closedDoor)
        case .dead(let error): throw .dead(error)
        case .inForce: break
        }
    }
}
