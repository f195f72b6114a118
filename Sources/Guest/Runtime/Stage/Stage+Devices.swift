internal import CLinux
internal import Linux

extension Stage {
    /// Device nodes and links of /dev. The directory is opened once, without following links; everything is made
    /// relative to it and checked afterwards.
    borrowing func makeDevices(root: borrowing Descriptor, _ fresh: FreshDirectory?) throws(RuntimeError) {
        if let fresh, fresh.path == "/dev" {
            return try makeDevices(in: fresh.directory.descriptor, root: root)
        }
        let directory = try step(.makeDevice, "/dev") { () throws(Errno) in
            do throws(Errno) {
                return try root.open("/dev", O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: .container)
            } catch {
                if error.code != ENOENT { throw error }
            }
            leave(try root.openOrMakeDirectory("/dev"))
            return try root.open("/dev", O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: .container)
        }
        try makeDevices(in: directory, root: root)
        leave(directory)
    }

    private borrowing func makeDevices(
        in directory: borrowing Descriptor, root: borrowing Descriptor
    ) throws(RuntimeError) {
        // mknod takes the permissions as given only without a creation mask.
        let mask = umask(0)
        defer { umask(mask) }
        for (index, device) in plan.devices.enumerated() {
            if index < preparation.devices.count, let node = preparation.devices[index] {
                try show(node, device, root: root)
            } else {
                try make(device, in: directory, root: root)
            }
        }
        for link in DevicePlan.links { try makeLink(link.name, to: link.target, in: directory) }
        try makeTerminalMultiplexer(in: directory)
    }

    private borrowing func make(
        _ device: DevicePlan, in devices: borrowing Descriptor, root: borrowing Descriptor
    ) throws(RuntimeError) {
        let (directory, name) = splitPath(device.path)
        if directory == "/dev" { return try make(device, named: name, in: devices) }
        let parent = try step(.makeDevice, device.path) { () throws(Errno) in
            try root.openOrMakeDirectory(directory)
        }
        try make(device, named: name, in: parent)
    }

    private borrowing func make(
        _ device: DevicePlan, named name: String, in parent: borrowing Descriptor
    ) throws(RuntimeError) {
        try step(.makeDevice, device.path) { () throws(Errno) in
            let result = coffer_make_node_at(
                parent.raw, name, device.kind | device.permissions, device.major, device.minor)
            if result >= 0 {
                // The kernel made it under no other name; whoever makes a file owns it.
                if device.userID == 0 && device.groupID == 0 { return }
                try valueOrErrno(
                    coffer_change_owner_at(
                        parent.raw, name, device.userID, device.groupID, AT_SYMLINK_NOFOLLOW))
                return
            }
            if result == -Int(EPERM), try showMachines(device, named: name, in: parent) { return }
            if result != -Int(EEXIST) { try valueOrErrno(result) }
            let node = try parent.open(name, O_PATH | O_NOFOLLOW, resolve: [.beneath, .noSymbolicLinks])
            let status = try node.status()
            if !device.matches(status) { throw Errno(EEXIST) }
            try valueOrErrno(
                coffer_change_owner_at(
                    parent.raw, name, device.userID, device.groupID, AT_SYMLINK_NOFOLLOW))
        }
    }

    /// Where no device may be made, which is so in every user namespace, the machine's own node is shown. False when the
    /// machine has no such node.
    private borrowing func showMachines(
        _ device: DevicePlan, named name: String, in parent: borrowing Descriptor
    ) throws(Errno) -> Bool {
        guard let node = try device.machinesNode() else { return false }
        try node.change(set: [.noSetuid, .noExecute])
        let place = try parent.open(
            name, O_CREAT | O_NOFOLLOW | O_WRONLY, mode: 0o666, resolve: [.beneath, .noSymbolicLinks])
        leave(try node.attach(at: place))
        return true
    }

    /// Puts the machine's own node on an empty file.
    private borrowing func show(
        _ node: PreparedMount, _ device: DevicePlan, root: borrowing Descriptor
    ) throws(RuntimeError) {
        guard let node = node.take() else { throw .handshake("\(device.path) was mounted before") }
        let target = try step(.makeDevice, device.path) { () throws(Errno) in
            try root.openOrMakeFile(device.path)
        }
        let attached = try attach(node, at: target, .bindMount, device.path)
        _ = consume attached
    }

    private borrowing func makeLink(
        _ name: String, to target: String, in directory: borrowing Descriptor
    ) throws(RuntimeError) {
        let result = coffer_symbolic_link_at(target, directory.raw, name)
        if result == -Int(EEXIST) { return }
        try step(.makeLink, "/dev/\(name)") { () throws(Errno) in try valueOrErrno(result) }
    }

    /// /dev/ptmx belongs to the container's own devpts; one that an image brought would be another's.
    private borrowing func makeTerminalMultiplexer(in directory: borrowing Descriptor) throws(RuntimeError) {
        let removed = coffer_unlink_at(directory.raw, "ptmx", 0)
        if removed < 0 && removed != -Int(ENOENT) {
            try step(.makeLink, "/dev/ptmx") { () throws(Errno) in try valueOrErrno(removed) }
        }
        try makeLink("ptmx", to: "pts/ptmx", in: directory)
    }
}
