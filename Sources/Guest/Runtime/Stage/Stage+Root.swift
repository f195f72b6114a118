internal import CLinux
internal import Linux
internal import OCI

extension Stage {
    /// Builds the container's view of the file system and makes it the root.
    mutating func buildRoot() throws(RuntimeError) {
        let root = try attachRoot()
        rootStatus = try step(.attachRoot, plan.root) { () throws(Errno) in try root.status() }
        var progress = MountProgress()
        var awaitsNetwork = preparation.network.maker != nil
        for (index, mount) in plan.mounts.enumerated() {
            if awaitsNetwork && mount.needsNetwork {
                try joinNetwork()
                awaitsNetwork = false
            }
            try perform(mount, at: index, root: root, &progress)
        }
        if awaitsNetwork { try joinNetwork() }
        if hasOwnDevices { try makeDevices(root: root, progress.fresh) }
        if !plan.hooks.prestart.isEmpty || !plan.hooks.createRuntime.isEmpty {
            try channel.say(.mounted)
            try channel.expect(.hooksRun)
        }
        if !plan.hooks.createContainer.isEmpty {
            // They find the container's files where they stand.
            try step(.openRoot, plan.root) { () throws(Errno) in
                try valueOrErrno(coffer_change_directory_to(root.raw))
            }
        }
        try runHooks(plan.hooks.createContainer, named: "createContainer", status: "creating")
        if plan.process.terminal { try openTerminal(root: root) }
        try makeWorkingDirectory(root: root)
        try writeKernelParameters()
        // After the devices and mount points were made, before anything of the container can run.
        for mount in progress.deferredReadOnly {
            try step(.setMountAttributes, "ro") { () throws(Errno) in
                try changeMountAttributes(of: mount.descriptor, set: .readOnly)
            }
        }
        if plan.readOnlyRoot {
            try step(.readOnlyRoot) { () throws(Errno) in try changeMountAttributes(of: root, set: .readOnly)
            }
        }
        var kernel = KernelDirectories()
        for path in plan.readOnlyPaths { try makeReadOnly(path, root: root, &kernel) }
        try mask(plan.maskedPaths, root: root, &kernel)
        // Last: /dev/null of the outside is still needed for the masks.
        try pivot(to: root)
        leave(root)
    }

    /// Whether /dev is the container's own and not a view of the host's.
    var hasOwnDevices: Bool {
        !plan.mounts.contains { mount in
            guard case .bind = mount.kind else { return false }
            return mount.destination == "/dev" || mount.destination == "/dev/"
        }
    }

    /// Cuts the new mount namespace off from the old one and puts the root file system on top of itself: pivot_root
    /// needs a mount point.
    private borrowing func attachRoot() throws(RuntimeError) -> Descriptor {
        let spread = plan.rootPropagation
        let flags = UInt(spread.kind) | UInt(MS_REC)
        // A shared root would carry the container's mounts out; it becomes shared again, alone, after the pivot.
        let kind = spread.kind == Propagation.shared ? UInt(Propagation.slave) | UInt(MS_REC) : flags
        if plan.hasMountNamespace {
            try step(.makeRootPrivate, "/") { () throws(Errno) in
                try valueOrErrno(coffer_mount_call(nil, "/", nil, kind, nil))
            }
        }
        guard let tree = preparation.root?.take() else {
            throw .handshake("the root file system was attached before")
        }
        let place = try step(.attachRoot, plan.root) { () throws(Errno) in
            try tree.change(propagation: Propagation.private, recursive: false)
            return try Descriptor.open(plan.root, O_PATH | O_DIRECTORY)
        }
        let root = try attach(tree, at: place, .attachRoot, plan.root)
        leave(place)
        return root
    }

    /// Makes `root` the root directory and lets go of everything outside. pivot_root(2), "pivot_root(".", ".")".
    private borrowing func pivot(to root: borrowing Descriptor) throws(RuntimeError) {
        try step(.pivotRoot, plan.root) { () throws(Errno) in
            try valueOrErrno(coffer_change_directory_to(root.raw))
        }
        hangUpOwnView()
        // Among its maker's mounts nothing may be moved or detached.
        if !plan.hasMountNamespace { return try changeRoot() }
        let result = preparation.options.avoidsPivot ? -Int(EINVAL) : coffer_pivot_root(".", ".")
        if result == -Int(EINVAL) {
            try coverInitialRoot(with: root)
        } else {
            try step(.pivotRoot, plan.root) { () throws(Errno) in try valueOrErrno(result) }
            try detachOldRoot()
        }
        let spread = plan.rootPropagation
        if spread.kind != Propagation.slave {
            let flags = UInt(spread.kind) | (spread.recursive ? UInt(MS_REC) : 0)
            try step(.makeRootPrivate, "the container's /") { () throws(Errno) in
                try valueOrErrno(coffer_mount_call(nil, "/", nil, flags, nil))
            }
        }
    }

    /// The mount that this program runs from goes onto a file of the old root, with which it is going to be taken away: closing
    /// its descriptor would else be a wait of its own for all processors. Where this is not possible, it is.
    private borrowing func hangUpOwnView() {
        let view = coffer_own_view()
        if view < 0 { return }
        let moved = coffer_move_mount_at(view, AT_FDCWD, "/proc/version", 0)
        if moved < 0 { preparation.options.debug?("the program's own view is closed the slow way: \(moved)") }
    }

    private borrowing func detachOldRoot() throws(RuntimeError) {
        try step(.detachOldRoot) { () throws(Errno) in
            // The old root lies on top now. Nothing of it can spread out when it goes: `attachRoot` has seen to that.
            try valueOrErrno(coffer_unmount_call(".", Int32(MNT_DETACH)))
            try valueOrErrno(coffer_change_directory("/"))
        }
    }

    /// As runc: a working directory that is not there is made, while the root can still be written.
    private borrowing func makeWorkingDirectory(root: borrowing Descriptor) throws(RuntimeError) {
        let path = plan.process.workingDirectory
        if path == "/" { return }
        do throws(Errno) {
            leave(try root.openOrMakeDirectory(path))
        } catch {
            // What cannot be made or is no directory: the coming chdir has the words for it.
            if ![EROFS, EACCES, EPERM, ENOTDIR, EEXIST, ELOOP].contains(error.code) {
                throw .failed(.changeDirectory, error, detail: "(\"\(path)\") set in config.json failed")
            }
        }
    }

    /// Through a procfs of the stage's own, where no mount of the container can stand in the way.
    private borrowing func writeKernelParameters() throws(RuntimeError) {
        if plan.kernelParameters.isEmpty { return }
        let proc = try step(.writeKernelParameter) { () throws(Errno) in try DetachedMount.make(type: "proc")
        }
        for parameter in plan.kernelParameters {
            try step(.writeKernelParameter, "\(parameter.path) = \(parameter.value)") { () throws(Errno) in
                let file = try proc.root.open("sys/" + parameter.path, O_WRONLY, resolve: .exact)
                try file.writeOnce(parameter.value)
            }
        }
    }
}

/// The way when pivot_root is not to be used, and where `/` is the initial ramfs, which the kernel never lets go of:
/// the container's root goes on top of it, and everything else that was mounted on it goes. What stays underneath
/// has, in the guest, nothing but the boot image.
/// Documentation/filesystems/ramfs-rootfs-initramfs.rst.
func coverInitialRoot(with root: borrowing Descriptor) throws(RuntimeError) {
    let below = topLevelMounts(try MountLine.all(for: .detachOldRoot))
    let old = try step(.openRoot, "/") { () throws(Errno) in
        try Descriptor.open("/", O_PATH | O_DIRECTORY)
    }
    try step(.pivotRoot, "over the initial root") { () throws(Errno) in
        try valueOrErrno(coffer_move_mount_at(root.raw, AT_FDCWD, "/", 0))
        try valueOrErrno(coffer_change_directory_to(old.raw))
    }
    for name in below {
        // By relative names from the old root: an absolute one would already lead into the container.
        let result = coffer_unmount_call(name, Int32(MNT_DETACH))
        if result == -Int(EINVAL) || result == -Int(ENOENT) { continue }
        try step(.detachOldRoot, name) { () throws(Errno) in try valueOrErrno(result) }
    }
    try step(.pivotRoot, "into the container") { () throws(Errno) in
        try valueOrErrno(coffer_change_directory_to(root.raw))
    }
    try changeRoot()
}

/// Makes the working directory the root directory. chroot(2).
func changeRoot() throws(RuntimeError) {
    try step(.pivotRoot, "into the container") { () throws(Errno) in
        try valueOrErrno(coffer_change_root("."))
        try valueOrErrno(coffer_change_directory("/"))
    }
}

/// The paths, without their leading slash, of the mounts right on top of the root mount; the last one first.
private func topLevelMounts(_ mounts: [MountLine]) -> [String] {
    guard let root = mounts.first(where: { $0.place == "/" }) else { return [] }
    return mounts.filter { $0.parent == root.number && $0.number != root.number && $0.place != "/" }
        .map { String($0.place.dropFirst()) }.reversed()
}
