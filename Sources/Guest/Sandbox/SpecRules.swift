internal import OCI

// What the host may say in a container's specification beyond what the policy is asked about.
//
// The policy's points cover: command, environment, working directory, user, groups, mask, capabilities, mounts,
// devices, no_new_privileges, seccomp filter, elevation, layers. Everything else in a specification is in this table, in
// one of three ways:
//
//   fixed      Coffer's own value stands there whatever the host says
//   refused    the host may not say anything there
//   bounded    the host's value is taken within limits; it can only take resources away
//
//   field                                    rule      why
//   root.path                                fixed     the overlay that the policy approved for this container
//   root.readonly                            bounded   the host can only make the root stricter
//   process.terminal, consoleSize            bounded   no more than the stdio that the policy decides on
//   process.rlimits                          fixed     limits shape behaviour and are not the host's
//   process.oomScoreAdj                      fixed     0: no container outlives another by the host's wish
//   process.apparmorProfile, selinuxLabel    refused   no such module in this kernel
//   process.scheduler, ioPriority, affinity  refused   not offered
//   hostname                                 fixed     from the pod's id, or a HOSTNAME that the policy approved
//   domainname                               refused   not offered
//   hooks                                    refused   programs outside the container
//   annotations                              fixed     none: nothing below reads any
//   linux.namespaces                         fixed     own pid, mount, cgroup; the pod's network, ipc, uts, and pid
//                                                      where the policy says so; a host that names fewer
//                                                      is refused and not corrected
//   linux.uidMappings, gidMappings           refused   no user namespaces
//   linux.sysctl                             refused   kernel parameters
//   linux.cgroupsPath                        fixed     /pods/POD/CONTAINER
//   linux.resources.memory, cpu, pids        bounded   positive limits
//   linux.resources.unified                  fixed     when memory runs out, the container ends as a whole
//   linux.resources.devices                  fixed     the default set of device nodes
//   linux.resources, anything else           refused   not offered
//   linux.rootfsPropagation                  fixed     private
//   linux.maskedPaths, readonlyPaths         fixed     the default set; none for elevated containers
//   linux.mountLabel, intelRdt, personality, memoryPolicy, timeOffsets, netDevices
//                                            refused   not offered
//   mounts[].uidMappings, gidMappings        refused   no id-mapped mounts
//   mounts[].options idmap=, ridmap=         refused   the same in a word
//   windows                                  fixed     dropped
enum SpecRules {
    /// The resource limits of every process in a container.
    static let resourceLimits = [
        OCI.ResourceLimit(type: "RLIMIT_NOFILE", hard: 1_048_576, soft: 1024)
    ]

    /// Settings of every container's control group. When memory runs out in it, it ends as a whole: a container that goes
    /// on without one of its processes is in a state that nobody has tested. cgroup-v2.rst, memory.oom.group.
    static let groupSettings = ["memory.oom.group": "1"]

    /// The namespaces of every container. The runtime joins the pod's network, ipc and uts instead of making them.
    static let namespaces = ["pid", "mount", "cgroup", "network", "ipc", "uts"].map {
        OCI.Namespace(type: $0)
    }

    /// A host that lists namespaces has to list all of these: it must not believe that a container shares the guest's.
    private static func checkNamespaces(_ listed: [OCI.Namespace]) throws(SandboxError) {
        if listed.isEmpty { return }
        for type in ["pid", "mount", "network", "ipc", "uts"]
        where !listed.contains(where: { same($0.type, type) }) {
            throw .invalid(
                "linux.namespaces: every container has a \(type) namespace, and the list leaves it out")
        }
    }

    /// What the host says and may not say.
    static func checkRefused(_ spec: OCI.Spec) throws(SandboxError) {
        let linux = spec.linux ?? OCI.Linux()
        let hooks = spec.hooks ?? OCI.Hooks()
        let resources = linux.resources ?? OCI.Resources()
        let refused: [(present: Bool, field: String)] = [
            (hooks != OCI.Hooks(), "hooks"),
            (!spec.domainname.isEmpty, "domainname"),
            (!linux.uidMappings.isEmpty || !linux.gidMappings.isEmpty, "linux.uidMappings, gidMappings"),
            (!linux.sysctl.isEmpty, "linux.sysctl"),
            (!linux.mountLabel.isEmpty, "linux.mountLabel"),
            (linux.intelRdt != nil, "linux.intelRdt"),
            (linux.personality != nil, "linux.personality"),
            (linux.memoryPolicy != nil, "linux.memoryPolicy"),
            (!linux.timeOffsets.isEmpty, "linux.timeOffsets"),
            (!linux.netDevices.isEmpty, "linux.netDevices"),
            (
                linux.namespaces.contains { same($0.type, "user") || same($0.type, "time") },
                "linux.namespaces user, time"
            ),
            (linux.namespaces.contains { !$0.path.isEmpty }, "linux.namespaces[].path"),
            (
                spec.mounts.contains { !$0.uidMappings.isEmpty || !$0.gidMappings.isEmpty },
                "mounts[].uidMappings"
            ),
            (
                spec.mounts.contains { $0.options.contains { bringsIDMaps($0) } },
                "mounts[].options with id maps"
            ),
        ]
        for entry in refused where entry.present {
            throw .invalid("the specification's \(entry.field) is not the host's to set under a policy")
        }
        try checkNamespaces(linux.namespaces)
        try checkRefused(spec.process ?? OCI.Process())
        try checkRefused(resources)
    }

    /// Whether a mount's word is one with id maps in it.
    private static func bringsIDMaps(_ option: String) -> Bool {
        option.hasPrefix("idmap=") || option.hasPrefix("ridmap=")
    }

    /// The same for a process, init or additional.
    static func checkRefused(_ process: OCI.Process) throws(SandboxError) {
        let refused: [(present: Bool, field: String)] = [
            (!process.apparmorProfile.isEmpty, "apparmorProfile"),
            (!process.selinuxLabel.isEmpty, "selinuxLabel"),
            (process.scheduler != nil, "scheduler"), (process.ioPriority != nil, "ioPriority"),
            (process.execCPUAffinity != nil, "execCPUAffinity"),
        ]
        for entry in refused where entry.present {
            throw .invalid("the process's \(entry.field) is not the host's to set under a policy")
        }
    }

    /// The same for limits, at creation and at an update.
    static func checkRefused(_ resources: OCI.Resources) throws(SandboxError) {
        let refused: [(present: Bool, field: String)] = [
            (resources.blockIO != nil, "blockIO"), (!resources.hugepageLimits.isEmpty, "hugepageLimits"),
            (resources.network != nil, "network"), (!resources.rdma.isEmpty, "rdma"),
            (!resources.unified.isEmpty, "unified"),
        ]
        for entry in refused where entry.present {
            throw .invalid("resources.\(entry.field) is not the host's to set under a policy")
        }
    }

    /// The limits that are taken from the host: memory, processors and the number of processes.
    static func boundedResources(_ resources: OCI.Resources?) -> OCI.Resources {
        var bounded = OCI.Resources()
        bounded.memory = resources?.memory
        bounded.cpu = resources?.cpu
        bounded.pids = resources?.pids
        return bounded
    }
}
