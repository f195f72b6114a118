internal import CLinux
internal import Linux
internal import OCI

/// The mounts of a container that come from outside: criu leaves their contents alone, and mounts what it is told in their
/// places.
struct CheckpointMounts {
    /// Inside, links followed, and what is mounted there.
    let mounts: [(place: String, source: String)]

    /// What the specification says, in this root file system.
    init(
        _ spec: OCI.Spec, bundle: String, rootPath: String, root: borrowing Descriptor, group: ControlGroup
    ) throws(RuntimeError) {
        let linux = spec.linux ?? OCI.Linux()
        var mounts: [(place: String, source: String)] = []
        for (index, mount) in spec.mounts.enumerated() {
            let plan = try MountPlan(mount, index: index, bundle: bundle, root: rootPath, linux: linux)
            switch plan.kind {
            case .bind where !plan.linkRules.isEmpty:
                throw .refused(
                    "mounts[\(index)].options: checkpoint and restore cannot do src-nofollow, dest-nofollow, copy-symlink"
                )
            case .bind(let source, _):
                let place = try step(.openRoot, plan.destination) { () throws(Errno) in
                    try root.whereLinksLead(plan.destination)
                }
                mounts.append((place: place, source: source))
            case .controlGroup where !linux.namespaces.contains { $0.type == "cgroup" }:
                for hierarchy in group.layout.legacy {
                    let source = hierarchy.mountPoint + group.path
                    mounts.append((place: plan.destination + "/" + hierarchy.name, source: source))
                }
            case .controlGroup, .filesystem, .remount: break
            }
        }
        // In a user namespace the nodes are mounts.
        for device in try DevicePlan.resolve(linux.devices) {
            mounts.append((place: device.path, source: device.path))
        }
        self.mounts = mounts
    }

    /// For a dump: each goes by its own place.
    func describe(_ options: inout CriuOptions) {
        for mount in mounts { options.put(.externalMount, mount.place, mount.place) }
    }

    /// For a restore: what belongs in each place, and what covers masked files.
    func supply(_ options: inout CriuOptions) {
        for mount in mounts { options.put(.externalMount, mount.place, mount.source) }
        options.put(.externalMount, Self.cover, Self.cover)
    }

    /// What covers masked files.
    private static let cover = "/dev/null"

    /// For a dump: masked files, as the container has them.
    static func describeMasks(
        _ paths: [String], root: borrowing Descriptor, _ options: inout CriuOptions
    ) throws(RuntimeError) {
        for path in paths {
            do throws(Errno) {
                if try root.openInRoot(path, O_PATH).status().isDirectory { continue }
                options.put(.externalMount, path, cover)
            } catch {
                // It was not there to be masked.
                if error.code != ENOENT && error.code != ENOTDIR {
                    throw .failed(.maskPath, error, detail: path)
                }
            }
        }
    }

    /// For a restore: makes the places that the mounts need, as the container's creation would have, in the root file system
    /// and in what is mounted from outside. What is on other file systems is in the images.
    static func makePlaces(_ mounts: [MountPlan], root: borrowing Descriptor) throws(RuntimeError) {
        for (index, mount) in mounts.enumerated() {
            let isDirectory: Bool
            switch mount.kind {
            case .controlGroup, .remount: continue
            case .filesystem: isDirectory = true
            case .bind(let source, _):
                isDirectory = try step(.openBindSource, source) { () throws(Errno) in
                    try Descriptor.open(source, O_PATH).status().isDirectory
                }
            }
            let above = mounts[..<index].last { mount.destination.hasPrefix($0.destination + "/") }
            try step(.makeMountPoint, mount.destination) { () throws(Errno) in
                switch above?.kind {
                case nil: try make(mount.destination, isDirectory, below: root)
                case .bind(let source, _):
                    let rest = String(mount.destination.dropFirst(above?.destination.count ?? 0))
                    try make(rest, isDirectory, below: Descriptor.open(source, O_PATH | O_DIRECTORY))
                case .filesystem, .controlGroup, .remount: break
                }
            }
        }
    }

    private static func make(
        _ place: String, _ isDirectory: Bool, below root: borrowing Descriptor
    ) throws(Errno) {
        let made = isDirectory ? try root.openOrMakeDirectory(place) : try root.openOrMakeFile(place)
        _ = consume made
    }
}
