internal import CLinux
internal import Linux
internal import OCI

extension Container {
    /// Shows a mount's files under other ids, as its own maps or the container's say. mount_setattr(2), MOUNT_ATTR_IDMAP.
    static func mapIDs(
        of tree: borrowing Descriptor, _ mount: MountPlan, _ plan: ContainerPlan,
        _ joined: [PreparedNamespace]
    ) throws(RuntimeError) {
        if !mount.isIDMapped { return }
        let namespace = try mapNamespace(mount, plan, joined)
        try step(.mapMountIDs, mount.destination) { () throws(Errno) in
            try mapMountIDs(
                of: tree, through: namespace.descriptor, recursive: mount.recursiveIDMap)
        }
    }

    private static func mapNamespace(
        _ mount: MountPlan, _ plan: ContainerPlan, _ joined: [PreparedNamespace]
    ) throws(RuntimeError) -> SharedDescriptor {
        if !mount.uidMappings.isEmpty {
            return try userNamespace(uids: mount.uidMappings, gids: mount.gidMappings)
        }
        if plan.newNamespaces.contains(.user) {
            return try userNamespace(uids: plan.uidMappings, gids: plan.gidMappings)
        }
        for namespace in joined where namespace.kind == .user { return namespace.file }
        throw .refused(
            "mounts: \"idmap\" of \(mount.destination) needs id maps: its own, or those of a user namespace")
    }

    /// A user namespace with these maps that nobody lives in: the descriptor keeps it.
    private static func userNamespace(
        uids: [OCI.IDMapping], gids: [OCI.IDMapping]
    ) throws(RuntimeError) -> SharedDescriptor {
        var other: MessageSocket?
        let channel = try step(.createChannel) { () throws(Errno) in try MessageSocket.pair(other: &other) }
        let child = try step(.cloneProcess, "for id maps") { () throws(Errno) in try clone([.user], into: nil)
        }
        guard let child else { waitForEnd(other.take()) }
        other = nil
        let opened: Result<SharedDescriptor, RuntimeError>
        do throws(RuntimeError) {
            try writeIDMaps(uids: uids, gids: gids, child.pid)
            let path = "/proc/\(child.pid)/ns/user"
            opened = .success(
                try step(.openNamespace, path) { () throws(Errno) in
                    SharedDescriptor(try Descriptor.open(path, O_RDONLY))
                })
        } catch {
            opened = .failure(error)
        }
        _ = consume channel
        try reap(child.pid, SharedDescriptor(child.takePidfd()))
        return try opened.get()
    }

    /// In the child: nothing, until the maker is done.
    private static func waitForEnd(_ channel: consuming MessageSocket?) -> Never {
        guard let channel else { fatalExit() }
        do throws(RuntimeError) {
            try closeOthers(than: [channel.socket.raw])
            let heard = try channel.hear()
            _ = consume heard
        } catch {
            coffer_exit_now(1)
        }
        fatalExit()
    }

    static func writeIDMaps(
        uids: [OCI.IDMapping], gids: [OCI.IDMapping], _ pid: Int32
    ) throws(RuntimeError) {
        for (file, mappings) in [("uid_map", uids), ("gid_map", gids)] {
            let text = mappings.reduce(into: "") { $0 += "\($1.containerID) \($1.hostID) \($1.size)\n" }
            try step(.writeIdMap, file) { () throws(Errno) in
                try Descriptor.open("/proc/\(pid)/\(file)", O_WRONLY).writeOnce(text)
            }
        }
    }
}
