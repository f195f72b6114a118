package import Linux
package import OCI

/// A whole container, resolved and judged before anything is done: the stage executes this and nothing else.
package struct ContainerPlan {
    /// A plain file name, as `checkIdentifier` wants it.
    package let id: String
    /// The bundle's directory: sources of bind mounts and the root's path may be relative to it.
    package let bundle: String
    /// Absolute path of the root file system.
    package let root: String
    /// Whether the root mount becomes read-only once everything is in place.
    package let readOnlyRoot: Bool
    /// Of the new mount namespace's mounts: recursively slave when the specification says nothing.
    package let rootPropagation: Propagation
    /// Namespaces to make.
    package var newNamespaces: NamespaceKinds
    /// Namespaces to join by path.
    package var joinedNamespaces: [JoinedNamespace]
    /// At most 64 bytes, and only with a UTS namespace; empty leaves the name as it is.
    package let hostname: String
    /// The NIS domain name, with the same bounds; empty leaves it as it is.
    package let domainname: String
    /// In the specification's order, which is the order they are made in.
    package let mounts: [MountPlan]
    /// The standard ones, and the specification's after them.
    package let devices: [DevicePlan]
    /// Absolute paths inside the container, each once; one that is not there is passed over.
    package let maskedPaths: [String]
    /// Absolute paths inside the container; one that is not there is passed over.
    package let readOnlyPaths: [String]
    /// Paths below /proc/sys and their values.
    package let kernelParameters: [KernelParameter]
    /// Never empty with a new user namespace, always without any.
    package let uidMappings: [OCI.IDMapping]
    /// As `uidMappings`, for group ids.
    package let gidMappings: [OCI.IDMapping]
    /// By clock, `monotonic` or `boottime`, of the new time namespace; empty when there is none.
    package let timeOffsets: [String: OCI.TimeOffset]
    /// Network interfaces that become the container's.
    package let interfaces: [InterfaceTransfer]
    /// The kernel's number of the execution domain; nil leaves the maker's. personality(2).
    package let personality: UInt64?
    /// nil leaves the maker's.
    package let memoryPolicy: MemoryPolicyPlan?
    /// The first process, or the further one that a running container gets.
    package var process: ProcessPlan
    /// Limits of the control group; of a further process none, its container has them.
    package let resources: OCI.Resources
    /// Which devices may be used how; what every container needs among them.
    package let deviceRules: [DeviceRulePlan]
    /// Its share of cache and memory bandwidth; nil when it has none of its own.
    package let serviceClass: ServiceClass?
    /// Normalised, absolute within the control group hierarchy.
    package let controlGroupPath: String
    /// The unit that systemd is to make the control group with; nil when it is made by hand.
    package let scope: SystemdScope?
    /// Paths absolute, timeouts one second or more; none for a further process.
    package var hooks: OCI.Hooks
    /// What was judged; hooks and the agent of a filter are told its annotations.
    package let spec: OCI.Spec

    /// Judges a specification; the first thing that is unknown or impossible is the error.
    ///
    /// - Parameter options: what a front end may choose besides the specification.
    package init(
        id: String, bundle: String, spec: OCI.Spec, options: ConstructionOptions = ConstructionOptions()
    ) throws(RuntimeError) {
        try checkIdentifier(id)
        guard let root = spec.root, !root.path.isEmpty else {
            throw .refused("root.path: expected the root file system's path, found nothing")
        }
        if spec.process == nil && !options.allowsNoProcess {
            throw .refused("process: expected the container's process, found nothing")
        }
        let linux = spec.linux ?? OCI.Linux()
        self.id = id
        self.bundle = bundle
        self.root = root.path.utf8.first == UInt8(ascii: "/") ? root.path : bundle + "/" + root.path
        readOnlyRoot = root.readonly
        rootPropagation = try Self.propagation(linux.rootfsPropagation)
        (newNamespaces, joinedNamespaces) = try resolveNamespaces(linux.namespaces)
        hostname = spec.hostname
        domainname = spec.domainname
        var mounts: [MountPlan] = []
        for (index, mount) in spec.mounts.enumerated() {
            mounts.append(try MountPlan(mount, index: index, bundle: bundle, root: self.root, linux: linux))
        }
        self.mounts = mounts
        devices = try DevicePlan.resolve(linux.devices)
        var masked = Set<String>()
        maskedPaths = linux.maskedPaths.filter { masked.insert($0).inserted }
        readOnlyPaths = linux.readonlyPaths
        uidMappings = linux.uidMappings
        gidMappings = linux.gidMappings
        timeOffsets = linux.timeOffsets
        interfaces = try Self.interfaces(linux.netDevices, linux.namespaces)
        personality = try resolvePersonality(linux.personality)
        memoryPolicy = try MemoryPolicyPlan.resolve(linux.memoryPolicy)
        var plan = try ProcessPlan(spec.process ?? .placeholder)
        plan.labels.mount = linux.mountLabel
        try plan.judgeCapabilities(options)
        let refusesUnknown =
            options.followsAnnotations && (spec.annotations[Self.refusesUnknownCalls] ?? "0") != "0"
        plan.filter = try SeccompProgram.compile(linux.seccomp, refusesUnknown: refusesUnknown)
        self.process = plan
        if let filter = plan.filter { options.debug?("seccomp filter flags: \(filter.flags)") }
        resources = linux.resources ?? OCI.Resources()
        deviceRules = try DeviceRulePlan.resolve(resources.devices, options)
        serviceClass = try ServiceClass.resolve(
            linux.intelRdt, id: id, root: linux.intelRdt == nil ? nil : try ServiceClass.mountPoint())
        let scope =
            options.usesSystemd
            ? try SystemdScope(linux.cgroupsPath, id: id, annotations: spec.annotations) : nil
        controlGroupPath =
            scope == nil ? try resolveControlGroupPath(linux.cgroupsPath, id: id) : scope?.path ?? ""
        self.scope = scope
        hooks = spec.hooks ?? OCI.Hooks()
        kernelParameters = try KernelParameter.resolve(
            linux.sysctl, namespaces: linux.namespaces, domainname: spec.domainname)
        self.spec = spec
        try checkFields(linux)
        try checkCombinations(linux, options)
    }

    /// Whether there is a program to run at all.
    var hasProgram: Bool { spec.process != nil }

    /// The annotation by which crun refuses filters with system calls that it does not know.
    private static let refusesUnknownCalls = "run.oci.seccomp_fail_unknown_syscall"

    /// Whether its mounts are its own, and not its maker's.
    var hasMountNamespace: Bool {
        newNamespaces.contains(.mount) || joinedNamespaces.contains { $0.kind == .mount }
    }

    private static func propagation(_ word: String) throws(RuntimeError) -> Propagation {
        let chosen = word.isEmpty ? "rslave" : word
        guard let propagation = Propagation(word: chosen) else {
            throw .refused(
                "linux.rootfsPropagation: unknown propagation \"\(word)\"; expected shared, slave, private, unbindable"
            )
        }
        return propagation
    }
}

/// Refuses ids that are no plain file name. runc's rule: letters, digits, `_`, `+`, `-`, `.`.
package func checkIdentifier(_ id: String) throws(RuntimeError) {
    let allowed = id.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }
    if id.isEmpty || id == "." || id == ".." || id.utf8.count > 1024 || !allowed {
        throw .refused(
            "invalid container ID format: \"\(id)\" has an invalid character or is no name; expected letters, digits, _ + - ."
        )
    }
}

/// The control group's path: as given, or the container's id; never one that climbs out.
private func resolveControlGroupPath(_ path: String, id: String) throws(RuntimeError) -> String {
    if path.isEmpty { return "/" + id }
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) where part != "." {
        if part == ".." || part.utf8.contains(0) {
            throw .refused("linux.cgroupsPath: expected a path without \"..\", found \"\(path)\"")
        }
        parts.append(part)
    }
    if parts.isEmpty { return "/" + id }
    return parts.reduce(into: "") { $0 += "/" + $1 }
}

extension OCI.Process {
    /// Waits where there is no process, and never becomes a program.
    fileprivate static var placeholder: OCI.Process {
        var process = OCI.Process()
        process.args = ["none"]
        process.cwd = "/"
        return process
    }
}
