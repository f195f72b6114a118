internal import CLinux
internal import Linux
internal import OCI

/// Whether the runtime does without what only the machine's root may do: control groups that nobody asked for, rules for
/// devices, groups that cannot be left. user_namespaces(7).
package enum RootlessMode: Sendable {
    /// What is not permitted is an error, whoever calls.
    case never
    /// Do without it, whoever calls.
    case always
    /// For an ordinary user, and for root of a user namespace, as podman's is when an ordinary user calls it.
    case whenUnprivileged
}

extension RootlessMode {
    /// Asked when something was not permitted, and not before.
    var applies: Bool {
        switch self {
        case .never: false
        case .always: true
        case .whenUnprivileged: geteuid() != 0 || Self.isInUserNamespace
        }
    }

    /// The first user namespace maps every id to itself; no other one can.
    private static var isInUserNamespace: Bool {
        do throws(Errno) {
            let map = try Descriptor.open("/proc/self/uid_map", O_RDONLY).contents(limit: 1 << 14)
            let words = map.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }
            return !words.elementsEqual(["0", "0", "4294967295"]) { $0.elementsEqual($1.utf8) }
        } catch {
            return false
        }
    }
}

extension ControlGroup {
    /// Makes the group; nil where the container goes without one: nobody named it, nobody wants a limit, and making it is
    /// not permitted.
    func createIfPermitted(
        _ plan: ContainerPlan, _ mode: RootlessMode
    ) throws(RuntimeError) -> ControlGroup? {
        do throws(RuntimeError) {
            try create()
            return self
        } catch {
            guard case .failed(.createControlGroup, let reason, _) = error,
                [EPERM, EACCES, EROFS].contains(reason.code), plan.spec.linux?.cgroupsPath.isEmpty != false,
                mode.applies
            else { throw error }
            try remove()
            let limits =
                layout.isUnified ? try unifiedSettings(plan.resources) : try legacySettings(plan.resources)
            if limits.allSatisfy({ $0.isNoLimit }) { return nil }
            throw .refused(
                "rootless needs no limits + no cgrouppath when no permission is granted for cgroups: \(error)"
            )
        }
    }

    /// The groups that this process is in, for a container without one of its own. proc_pid_cgroup(5).
    static func viewsOfOwn(withNamespace: Bool) throws(RuntimeError) -> ControlGroupMounts {
        let layout = try ControlGroupLayout.current()
        if layout.isUnified && withNamespace { return .unified(group: nil) }
        let file = "/proc/self/cgroup"
        let bytes = try step(.readControlGroup, file) { () throws(Errno) in
            try Descriptor.open(file, O_RDONLY).contents(limit: 1 << 16)
        }
        let paths = membership(bytes)
        if layout.isUnified {
            return .unified(group: try view((layout.unified ?? "") + (paths[""] ?? "")))
        }
        var groups: [(name: String, group: PreparedMount)] = []
        for hierarchy in layout.legacy {
            guard let path = paths[hierarchy.controllers.joined(separator: ",")] else { continue }
            groups.append((name: hierarchy.name, group: try view(hierarchy.mountPoint + path)))
        }
        return groups.isEmpty ? .none : .legacy(groups)
    }

    /// Paths by the list of controllers; the empty list is version 2.
    static func membership(_ bytes: [UInt8]) -> [String: String] {
        var paths: [String: String] = [:]
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(
                separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
            if parts.count != 3 { continue }
            paths[String(decoding: parts[1], as: UTF8.self)] = String(decoding: parts[2], as: UTF8.self)
        }
        return paths
    }

    /// A second view of a group's directory.
    static func view(_ directory: String) throws(RuntimeError) -> PreparedMount {
        try step(.openBindSource, directory) { () throws(Errno) in
            try PreparedMount(DetachedMount.clone(of: directory, recursive: false))
        }
    }
}
