internal import CLinux
internal import Linux

extension Stage {
    /// The container's control group, and only it: in a cgroup namespace a new view, else a bind mount.
    borrowing func mountControlGroup(
        _ mount: MountPlan, root: borrowing Descriptor, _ progress: inout MountProgress
    ) throws(RuntimeError) {
        switch preparation.controlGroup {
        case .none:
            throw .refused(
                "mounts: \"\(mount.destination)\" asks for control groups, and this machine has none")
        case .unified(let group):
            if let group { return try bind(group, mount, root: root) }
            let target = try openTarget(mount, isDirectory: true, root: root, strict: true, &progress)
            var change = mount
            // A new mount has no attributes that could be taken away.
            change.attributes = AttributeChange()
            let settings = mount.options.map { (name: $0.name, value: $0.value) }
            if try mountInOneCall(mount, type: "cgroup2", source: "cgroup", settings, at: target) {
                return leave(target)
            }
            let attached = try step(.mountFilesystem, "cgroup2 on \(mount.destination)") { () throws(Errno) in
                let tree = try DetachedMount.make(
                    type: "cgroup2", source: "cgroup", options: settings, attributes: mount.attributes.set,
                    leavingContext: true)
                return try tree.attach(at: target)
            }
            try applyAttributes(change, to: attached)
            try spread(mount, at: attached)
            leave(attached)
            leave(target)
        case .legacy(let groups):
            try mountLegacyControlGroups(groups, mount, root: root, &progress)
        }
    }

    private borrowing func mountLegacyControlGroups(
        _ groups: [(name: String, group: PreparedMount)], _ mount: MountPlan, root: borrowing Descriptor,
        _ progress: inout MountProgress
    ) throws(RuntimeError) {
        let target = try openTarget(mount, isDirectory: true, root: root, strict: true, &progress)
        let tree = try step(.mountFilesystem, "tmpfs on \(mount.destination)") { () throws(Errno) in
            let tmpfs = try DetachedMount.make(
                type: "tmpfs", source: "tmpfs", options: [(name: "mode", value: "755")],
                attributes: [.noSetuid, .noDevices, .noExecute])
            return try tmpfs.attach(at: target)
        }
        for (name, group) in groups {
            guard let part = group.take() else { continue }
            let destination = mount.destination + "/" + name
            let place = try step(.makeMountPoint, destination) { () throws(Errno) in
                try tree.makeDirectory(name, mode: 0o755)
                return try tree.open(name, O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: .exact)
            }
            try step(.setMountAttributes, destination) { () throws(Errno) in
                try part.change(set: mount.attributes.set.union([.noSetuid, .noDevices, .noExecute]))
            }
            let attached = try attach(part, at: place, .bindMount, destination)
            _ = consume attached
        }
        try applyAttributes(mount, to: tree)
    }
}
