internal import CLinux
internal import Linux

/// sysfs shows a network namespace, and only who owns that may mount it: not a container in a user namespace of its own and
/// in the machine's network. It gets a view of the machine's /sys, as in crun; but not in a network that is neither's, whose
/// interfaces the view would not show, and the machine's instead.
extension Stage {
    /// Whether that is what a failed mount wanted: a file system that nobody in the container writes to.
    borrowing func showsMachinesSys(
        _ mount: MountPlan, _ type: String, insteadOf error: RuntimeError
    ) -> Bool {
        guard case .failed(.mountFilesystem, let reason, _) = error, reason.code == EPERM else {
            return false
        }
        let isInside = plan.newNamespaces.contains(.user) || preparation.joins(.user)
        return type == "sysfs" && mount.attributes.set.contains(.readOnly) && isInside
            && !plan.newNamespaces.contains(.network) && !preparation.joins(.network)
            && preparation.options.sharesMachine
    }

    /// The view has what is mounted below, all of it read-only: of the machine's control groups and of debugfs, too, nothing can
    /// be written. What the specification mounts there, masks and protects lies on top, as on a sysfs.
    borrowing func bindSys(
        _ mount: MountPlan, root: borrowing Descriptor, _ progress: inout MountProgress
    ) throws(RuntimeError) {
        let tree = try step(.openBindSource, "/sys") { () throws(Errno) in
            let tree = try DetachedMount.clone(of: "/sys", recursive: true)
            if try tree.root.filesystemType() != KernelDirectories.sysMagic { throw Errno(ENODEV) }
            return tree
        }
        let target = try openTarget(mount, isDirectory: true, root: root, strict: true, &progress)
        try applyAttributes(mount, to: tree.root)
        try step(.setMountAttributes, mount.destination) { () throws(Errno) in
            try tree.change(set: Self.sysAttributes, recursive: true)
        }
        try separate(mount, tree.root)
        let attached = try attach(tree, at: target, .bindMount, mount.destination)
        try spread(mount, at: attached)
        leave(attached)
        leave(target)
    }

    private static let sysAttributes: MountAttributes = [.readOnly, .noSetuid, .noDevices, .noExecute]
}
