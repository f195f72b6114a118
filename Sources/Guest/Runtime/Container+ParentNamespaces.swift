internal import CLinux
internal import Linux
internal import OCI

/// The maker's own namespaces of the kinds that take effect for children only: what it must return to.
struct ParentNamespaces {
    var pid: SharedDescriptor?
    var time: SharedDescriptor?
}

extension Container {
    /// For a PID namespace that is joined and a time namespace that is made, it is the maker who steps in, for its
    /// children; it steps back out right after the clone. One process, one thread: no one else is born in between.
    static func enterParentNamespaces(
        _ plan: ContainerPlan, _ preparation: Preparation
    ) throws(RuntimeError) -> ParentNamespaces {
        var own = ParentNamespaces()
        for namespace in preparation.namespaces where namespace.kind == .pid && !preparation.joins(.user) {
            own.pid = try ownNamespace("pid")
            try step(.joinNamespace, "pid") { () throws(Errno) in try join(namespace.file.descriptor, .pid) }
        }
        if plan.newNamespaces.contains(.time) {
            own.time = try ownNamespace("time")
            try step(.unshareNamespace, "time") { () throws(Errno) in try unshare(.time) }
            for clock in plan.timeOffsets.keys.sorted() {
                guard let offset = plan.timeOffsets[clock] else { continue }
                try step(.writeKernelParameter, "timens_offsets \(clock)") { () throws(Errno) in
                    try Descriptor.open("/proc/self/timens_offsets", O_WRONLY)
                        .writeOnce("\(clock) \(offset.secs) \(offset.nanosecs)")
                }
            }
        }
        return own
    }

    /// Back where the maker belongs.
    static func leaveParentNamespaces(_ own: ParentNamespaces) throws(RuntimeError) {
        if let pid = own.pid { try goBack(to: pid, .pid) }
        if let time = own.time { try goBack(to: time, .time) }
    }

    /// An ordinary user has no rights over the namespaces that it came from, and stays: only children notice.
    private static func goBack(to file: SharedDescriptor, _ kind: NamespaceKinds) throws(RuntimeError) {
        do throws(Errno) {
            try join(file.descriptor, kind)
        } catch {
            if error.code == EPERM && OrdinaryUser.isCaller { return }
            throw .failed(.joinNamespace, error, detail: "the runtime's own " + kind.name)
        }
    }

    static func ownNamespace(_ name: String) throws(RuntimeError) -> SharedDescriptor {
        try step(.openNamespace, "/proc/self/ns/\(name)") { () throws(Errno) in
            SharedDescriptor(try Descriptor.open("/proc/self/ns/\(name)", O_RDONLY))
        }
    }
}
