internal import CLinux
internal import Linux

extension Stage {
    /// A source inside the root file system, which an earlier mount may have put there. Links in it are the container's:
    /// they are followed inside of the root.
    borrowing func openInside(
        _ mount: MountPlan, at index: Int, root: borrowing Descriptor
    ) throws(RuntimeError) -> PreparedMount {
        guard case .bind(let source, let recursive) = mount.kind else {
            throw .handshake("no source was opened for \(mount.destination)")
        }
        let tree = try step(.openBindSource, source) { () throws(Errno) in
            let flags = O_PATH | (mount.linkRules.keepsSource ? O_NOFOLLOW : 0)
            let file = try root.openInRoot(String(source.dropFirst(plan.root.count)), flags)
            return try DetachedMount.clone(of: file, recursive: recursive)
        }
        if mount.isIDMapped { try mapIDs(of: tree, index) }
        do throws(Errno) {
            return try PreparedMount(tree)
        } catch {
            throw .failed(.openBindSource, error, detail: source)
        }
    }

    /// The maker's task: in a user namespace it would be refused.
    private borrowing func mapIDs(of tree: borrowing DetachedMount, _ index: Int) throws(RuntimeError) {
        try step(.mapMountIDs, plan.mounts[index].destination) { () throws(Errno) in
            try channel.send(Handshake.mapIDs(UInt32(index)).bytes, with: tree.root)
        }
        try channel.expect(.idsMapped)
    }

    /// Puts an opened source on its place.
    borrowing func bind(
        _ prepared: PreparedMount, _ mount: MountPlan, root: borrowing Descriptor
    ) throws(RuntimeError) {
        guard let tree = prepared.take() else {
            throw .handshake("the source of \(mount.destination) was mounted before")
        }
        if mount.linkRules.contains(.copied), try copyLink(tree.root, mount, root: root) { return }
        var progress = MountProgress()
        let target = try openTarget(mount, isDirectory: prepared.isDirectory, root: root, &progress)
        try applyAttributes(try binding(mount, tree.root), to: tree.root)
        try separate(mount, tree.root)
        let attached = try attach(tree, at: target, .bindMount, mount.destination)
        try spread(mount, at: attached)
        leave(attached)
        leave(target)
    }

    /// The source is a copy of a mount of the machine's and shares with it what is mounted there. As of the root file
    /// system, what the container or a later line mounts there must not come out, unless it is to.
    borrowing func separate(
        _ mount: MountPlan, _ tree: borrowing Descriptor
    ) throws(RuntimeError) {
        let kind = plan.rootPropagation.kind
        let isDone = mount.propagation.contains { $0.recursive && $0.kind != Propagation.shared }
        if isDone || kind == Propagation.shared || !plan.hasMountNamespace { return }
        try step(.makeRootPrivate, mount.destination) { () throws(Errno) in
            try changeMountAttributes(of: tree, propagation: kind, recursive: true)
        }
    }

    /// The mount with what its words mean for this source.
    private borrowing func binding(
        _ mount: MountPlan, _ source: borrowing Descriptor
    ) throws(RuntimeError) -> MountPlan {
        if mount.attributes.isEmpty { return mount }
        let isLocked = plan.newNamespaces.contains(.user) || preparation.joins(.user)
        let present =
            isLocked
            ? try step(.setMountAttributes, mount.destination) { () throws(Errno) in
                try source.mountAttributes()
            } : []
        guard let change = mount.attributes.binding(present, isLocked: isLocked) else {
            throw .failed(.setMountAttributes, Errno(EPERM), detail: mount.destination)
        }
        var result = mount
        result.attributes = change
        return result
    }
}
