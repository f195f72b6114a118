internal import CLinux
internal import Linux
internal import OCI

extension Stage {
    /// Mounts one line of the plan.
    borrowing func perform(
        _ mount: MountPlan, at index: Int, root: borrowing Descriptor, _ progress: inout MountProgress
    ) throws(RuntimeError) {
        switch mount.kind {
        case .bind:
            progress.fresh = nil
            guard let source = preparation.binds[index] else {
                return try bind(try openInside(mount, at: index, root: root), mount, root: root)
            }
            try bind(source, mount, root: root)
        case .filesystem(let type, let source, let options):
            do throws(RuntimeError) {
                try mountNew(mount, type: type, source: source, options: options, root: root, &progress)
            } catch {
                guard showsMachinesSys(mount, type, insteadOf: error) else { throw error }
                try bindSys(mount, root: root, &progress)
            }
        case .controlGroup:
            try mountControlGroup(mount, root: root, &progress)
        case .remount:
            progress.fresh = nil
            let target = try step(.makeMountPoint, mount.destination) { () throws(Errno) in
                try root.openInRoot(mount.destination, O_PATH)
            }
            try applyAttributes(mount, to: target)
        }
    }

    private borrowing func mountNew(
        _ mount: MountPlan, type: String, source: String, options: [MountOption], root: borrowing Descriptor,
        _ progress: inout MountProgress
    ) throws(RuntimeError) {
        let takesMode = type == "tmpfs" && !options.contains { $0.name == "mode" }
        let existed = takesMode && exists(mount.destination, root: root)
        let target = try openTarget(
            mount, isDirectory: true, root: root, strict: type == "proc" || type == "sysfs", &progress)
        var settings = options.map { (name: $0.name, value: $0.value) }
        if existed {
            let status = try step(.makeMountPoint, mount.destination) { () throws(Errno) in
                try target.status()
            }
            settings.append((name: "mode", value: String(status.mode & 0o7777, radix: 8)))
        }
        let label = plan.process.labels.mount
        // The kernel's own file systems label their files themselves.
        let hasLabels = ["proc", "sysfs", "mqueue"].contains(type)
        if !label.isEmpty && !hasLabels { settings.append((name: "context", value: label)) }
        // Mount points and devices are still made on a tmpfs; it becomes read-only at the end.
        let later = type == "tmpfs" && mount.attributes.set.contains(.readOnly)
        if !later, try mountInOneCall(mount, type: type, source: source, settings, at: target) {
            if type == "tmpfs" { progress.fresh = try FreshDirectory(mount.destination, root: root) }
            return leave(target)
        }
        var change = mount
        // A new mount has no attributes that could be taken away.
        change.attributes = AttributeChange()
        let attributes = mount.attributes.set.subtracting(later ? .readOnly : [])
        let tree = try step(.mountFilesystem, "\(type) on \(mount.destination)") { () throws(Errno) in
            try DetachedMount.make(
                type: type, source: source, options: settings, attributes: attributes, leavingContext: true)
        }
        if mount.copyUp { try copyUp(from: mount.destination, to: tree.root, root: root) }
        try applyAttributes(change, to: tree.root)
        let attached = try attach(tree, at: target, .mountFilesystem, "\(type) on \(mount.destination)")
        try spread(mount, at: attached)
        leave(target)
        if later {
            progress.deferredReadOnly.append(SharedDescriptor(attached))
        } else {
            leave(attached)
        }
    }

    /// For a mount about which nothing is to be changed once it is there; false when it has to be made in steps.
    borrowing func mountInOneCall(
        _ mount: MountPlan, type: String, source: String, _ settings: [(name: String, value: String?)],
        at target: borrowing Descriptor
    ) throws(RuntimeError) -> Bool {
        // A hook would notice the working directory; after the pivot it is the program's.
        if mount.copyUp || !mount.recursiveAttributes.isEmpty || !mount.propagation.isEmpty
            || !plan.hooks.createContainer.isEmpty
        {
            return false
        }
        return try step(.mountFilesystem, "\(type) on \(mount.destination)") { () throws(Errno) in
            try mountAtOnce(
                type: type, source: source, options: settings, attributes: mount.attributes.set, on: target)
        }
    }

    /// Whether there is a directory before one is made.
    private borrowing func exists(_ path: String, root: borrowing Descriptor) -> Bool {
        do throws(Errno) {
            leave(try root.openInRoot(path, O_PATH | O_DIRECTORY))
            return true
        } catch {
            return false
        }
    }

    /// The file or directory to mount on, made if missing. What is in /proc already may only be covered where the
    /// kernel's own file is meant to be replaced: elsewhere a mount there would fool everyone who asks the kernel.
    borrowing func openTarget(
        _ mount: MountPlan, isDirectory: Bool, root: borrowing Descriptor, strict: Bool = false,
        _ progress: inout MountProgress
    ) throws(RuntimeError) -> Descriptor {
        let path = mount.destination
        if isDirectory, !strict, let fresh = progress.fresh,
            let made = try step(.makeMountPoint, path, { () throws(Errno) in try fresh.make(path) })
        {
            return made
        }
        // What is mounted now may cover the fresh directory, by another name even; not where no link is followed.
        if !strict || path == progress.fresh?.path { progress.fresh = nil }
        let target =
            mount.linkRules.contains(.destination)
            ? try openItself(path, root: root)
            : try openPlace(path, isDirectory: isDirectory, root: root, strict: strict)
        let status = try step(.makeMountPoint, path) { () throws(Errno) in try target.status() }
        if status == rootStatus {
            throw .refused("mounts: destination \"\(path)\" is the container's root itself")
        }
        // What is on the root's own file system is not in /proc.
        if status.device == rootStatus?.device { return target }
        let type = try step(.makeMountPoint, path) { () throws(Errno) in try target.filesystemType() }
        if type == procMagic && !coverableProcPaths.contains(path) {
            throw .refused("mounts: \"\(path)\" cannot be mounted because it is inside /proc")
        }
        return target
    }

    /// Strict: a symbolic link in the image must not lead /proc or /sys elsewhere.
    private borrowing func openPlace(
        _ path: String, isDirectory: Bool, root: borrowing Descriptor, strict: Bool
    ) throws(RuntimeError) -> Descriptor {
        if strict {
            do throws(Errno) {
                return try root.open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: .container)
            } catch {
                if error.code != ENOENT {
                    throw .refused(
                        "mounts: filesystem \"\(path)\" must be mounted on ordinary directory: \(error)")
                }
            }
        }
        return try step(.makeMountPoint, path) { () throws(Errno) in
            isDirectory ? try root.openOrMakeDirectory(path) : try root.openOrMakeFile(path)
        }
    }

    /// Attributes of the mount, and of everything below it.
    borrowing func applyAttributes(_ mount: MountPlan, to tree: borrowing Descriptor) throws(RuntimeError) {
        for (change, recursive) in [(mount.attributes, false), (mount.recursiveAttributes, true)]
        where !change.isEmpty {
            var clear = change.clear
            // The kernel takes the access time choice as one value: all of it is replaced.
            if !change.set.union(clear).isDisjoint(with: .accessTimeChoice) {
                clear.formUnion(.accessTimeChoice)
            }
            try step(.setMountAttributes, mount.destination) { () throws(Errno) in
                try changeMountAttributes(of: tree, set: change.set, clear: clear, recursive: recursive)
            }
        }
    }

    borrowing func spread(_ mount: MountPlan, at attached: borrowing Descriptor) throws(RuntimeError) {
        for propagation in mount.propagation {
            try step(.makeRootPrivate, mount.destination) { () throws(Errno) in
                try changeMountAttributes(
                    of: attached, propagation: propagation.kind, recursive: propagation.recursive)
            }
        }
    }
}

/// Attaches a mount; the failure has the step and what it was about. (A closure cannot consume the mount.)
func attach(
    _ mount: consuming DetachedMount, at target: borrowing Descriptor, _ step: Step, _ detail: String
) throws(RuntimeError) -> Descriptor {
    do throws(Errno) {
        return try mount.attach(at: target)
    } catch {
        throw .failed(step, error, detail: detail)
    }
}

/// PROC_SUPER_MAGIC. statfs(2).
let procMagic: Int64 = 0x9fa0

/// Files of /proc that stand for the whole machine and that containers get their own version of.
private let coverableProcPaths: Set<String> = [
    "/proc/cpuinfo", "/proc/diskstats", "/proc/meminfo", "/proc/stat", "/proc/swaps", "/proc/uptime",
    "/proc/loadavg", "/proc/slabinfo", "/proc/sys/kernel/ns_last_pid", "/proc/sys/crypto/fips_enabled",
]
