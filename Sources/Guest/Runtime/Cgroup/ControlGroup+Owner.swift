internal import CLinux
internal import Linux
internal import OCI

extension ContainerPlan {
    /// The user, as the machine knows it, that a scope's control group is given to; nil for a container that is not in a user
    /// namespace of its own, that cannot write to its control group, or whose user is mapped to none. As in runc it is the
    /// user that the program runs as.
    var controlGroupOwner: UInt32? {
        let isOwn = newNamespaces.contains(.user) && newNamespaces.contains(.cgroup)
        let isWritable = mounts.contains {
            $0.kind == .controlGroup && $0.destination.split(separator: "/") == ["sys", "fs", "cgroup"]
                && !$0.attributes.set.contains(.readOnly) && !$0.recursiveAttributes.set.contains(.readOnly)
        }
        if !isOwn || !isWritable { return nil }
        return uidMappings.hostID(of: process.userID)
    }
}

extension ControlGroup {
    /// Gives the group in cgroup v2 to a user: the directory, and the files that the kernel says go with it. Limits are not
    /// among them. cgroups(7), Cgroup delegation.
    func give(to user: UInt32) throws(RuntimeError) {
        let path = unifiedDirectory ?? ""
        guard let directory = try open() else { return }
        let names = try delegatedFiles(readSetting("/sys/kernel/cgroup/delegate"))
        // The group stays as it is: (gid_t)-1.
        try step(.createControlGroup, "owner of \(path)") { () throws(Errno) in
            try valueOrErrno(coffer_change_owner(directory.raw, user, .max))
        }
        for name in names {
            // Not every group has all of them.
            let result = coffer_change_owner_at(directory.raw, name, user, .max, AT_SYMLINK_NOFOLLOW)
            if result == -Int(ENOENT) { continue }
            try step(.createControlGroup, "owner of \(path)/\(name)") { () throws(Errno) in
                try valueOrErrno(result)
            }
        }
    }

    /// Linux before 4.15 has no list.
    func delegatedFiles(_ list: [UInt8]?) throws(RuntimeError) -> [String] {
        guard let list else { return ["cgroup.procs", "cgroup.subtree_control", "cgroup.threads"] }
        let names = words(list)
        if let name = names.first(where: { $0 == ".." || $0.utf8.contains(UInt8(ascii: "/")) }) {
            throw .refused("/sys/kernel/cgroup/delegate: expected names of files, found \"\(name)\"")
        }
        return names
    }
}
