internal import CLinux
internal import OCI

/// What criu is not asked to do.
enum CheckpointRules {
    /// Refuses a container that criu could not make again as it was.
    static func check(_ spec: OCI.Spec) throws(RuntimeError) {
        if geteuid() != 0 { throw .refused("checkpoint and restore: expected to be run by root") }
        let namespaces = spec.linux?.namespaces ?? []
        guard namespaces.contains(where: { $0.type == "mount" && $0.path.isEmpty }) else {
            throw .refused(
                "linux.namespaces: checkpoint and restore expect a mount namespace of the container's own")
        }
        if let namespace = namespaces.first(where: { $0.type == "cgroup" && !$0.path.isEmpty }) {
            throw .refused(
                "linux.namespaces: checkpoint and restore cannot join a cgroup namespace, found \(namespace.path)"
            )
        }
    }
}
