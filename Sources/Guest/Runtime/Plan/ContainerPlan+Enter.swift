internal import OCI

extension ContainerPlan {
    /// A further process of a container that was judged when it was made: of its specification only what such a
    /// process takes over is looked at.
    init(
        entering container: Container, _ process: OCI.Process, _ options: ConstructionOptions
    ) throws(RuntimeError) {
        let linux = container.spec.linux ?? OCI.Linux()
        id = container.id
        bundle = container.bundle
        spec = container.spec
        root = ""
        readOnlyRoot = false
        rootPropagation = Propagation.none
        (newNamespaces, joinedNamespaces) = ([], [])
        (hostname, domainname) = ("", "")
        (mounts, devices, maskedPaths, readOnlyPaths, kernelParameters) = ([], [], [], [], [])
        (uidMappings, gidMappings, timeOffsets) = ([], [], [:])
        interfaces = []
        personality = try resolvePersonality(linux.personality)
        memoryPolicy = try MemoryPolicyPlan.resolve(linux.memoryPolicy)
        (resources, deviceRules) = (OCI.Resources(), [])
        controlGroupPath = container.controlGroup.path
        scope = nil
        let intelRdt = container.spec.linux?.intelRdt
        serviceClass = try ServiceClass.resolve(
            intelRdt, id: container.id, root: intelRdt == nil ? nil : try ServiceClass.mountPoint())
        hooks = OCI.Hooks()
        var plan = try ProcessPlan(process, inheriting: container.spec.process?.capabilities)
        plan.filter = container.filter
        try plan.judgeCapabilities(options)
        if plan.filter == nil {
            plan.filter = try SeccompProgram.compile(linux.seccomp)
        }
        self.process = plan
        if let filter = plan.filter { options.debug?("seccomp filter flags: \(filter.flags)") }
        try plan.labels.check()
    }
}
