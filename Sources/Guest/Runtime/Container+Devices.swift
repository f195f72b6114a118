internal import CLinux
internal import Linux
internal import OCI

extension Container {
    /// In a user namespace no device can be made: there the machine's own nodes are shown. Only such nodes that are
    /// what the plan says, whatever their path.
    static func openDevices(_ plan: ContainerPlan) throws(RuntimeError) -> [PreparedMount?] {
        let isInside =
            plan.newNamespaces.contains(.user) || plan.joinedNamespaces.contains { $0.kind == .user }
        if !isInside { return [] }
        var nodes: [PreparedMount?] = []
        for device in plan.devices {
            if device.isFifo {
                nodes.append(nil)
                continue
            }
            let node = try step(.openDevice, device.path) { () throws(Errno) in
                let node = try deviceNode(device, plan)
                try node.change(set: [.noSetuid, .noExecute])
                return node
            }
            nodes.append(try prepared(node, device.path))
        }
        return nodes
    }

    /// A view of the machine's own node, or of one on a file system that nothing else is on.
    private static func deviceNode(_ device: DevicePlan, _ plan: ContainerPlan) throws(Errno) -> DetachedMount
    {
        if let node = try device.machinesNode() { return node }
        let place = try DetachedMount.make(type: "tmpfs", source: "tmpfs")
        let mask = umask(0)
        let result = coffer_make_node_at(
            place.root.raw, "node", device.kind | device.permissions, device.major, device.minor)
        umask(mask)
        try valueOrErrno(result)
        try valueOrErrno(
            coffer_change_owner_at(
                place.root.raw, "node", plan.uidMappings.hostID(of: device.userID) ?? device.userID,
                plan.gidMappings.hostID(of: device.groupID) ?? device.groupID, AT_SYMLINK_NOFOLLOW))
        do throws(Errno) {
            let node = try place.root.open("node", O_PATH | O_NOFOLLOW, resolve: .exact)
            return try DetachedMount.clone(of: node, recursive: false)
        } catch {
            if error.code != EINVAL { throw error }
        }
        return try viewByHelper(place)
    }

    /// Linux before 6.15 makes no view of what is attached nowhere: a helper attaches the file system in a mount
    /// namespace that ends with it, and sends a view of the node. open_tree(2); fs/namespace.c, __do_loopback.
    private static func viewByHelper(_ place: consuming DetachedMount) throws(Errno) -> DetachedMount {
        var other: MessageSocket?
        let channel = try MessageSocket.pair(other: &other)
        guard let helper = try clone(.mount, into: nil) else {
            guard let inner = other.take() else { fatalExit() }
            do throws(Errno) {
                let root = try Descriptor.open("/", O_PATH | O_DIRECTORY)
                try changeMountAttributes(of: root, propagation: Propagation.private, recursive: true)
                let attached = try place.attach(at: root)
                let node = try attached.open("node", O_PATH | O_NOFOLLOW, resolve: .exact)
                try inner.send([0], with: try DetachedMount.clone(of: node, recursive: false).root)
            } catch {
                // The maker tells from the missing message.
                coffer_exit_now(1)
            }
            fatalExit()
        }
        other = nil
        var message = try channel.receive(limit: 1)
        var status: Int32 = 0
        try valueOrErrno(coffer_wait_pid(helper.pid, &status, 0))
        guard let tree = message.descriptor.take() else { throw Errno(EINVAL) }
        return DetachedMount(root: tree)
    }
}

extension DevicePlan {
    /// A view of the machine's own node at the device's path; nil when there is none or it is something else, and for what
    /// is made for the container alone.
    func machinesNode() throws(Errno) -> DetachedMount? {
        if isOwn || isFifo { return nil }
        do throws(Errno) {
            let node = try DetachedMount.clone(of: path, recursive: false)
            if matches(try node.root.status()) { return node }
            return nil
        } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
    }
}
