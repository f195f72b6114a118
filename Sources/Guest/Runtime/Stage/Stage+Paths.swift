internal import CLinux
internal import Linux

extension Stage {
    /// A path that the container may read and not write. A path that is not there needs no protection.
    borrowing func makeReadOnly(
        _ path: String, root: borrowing Descriptor, _ kernel: inout KernelDirectories
    ) throws(RuntimeError) {
        try step(.readOnlyPath, path) { () throws(Errno) in
            do throws(Errno) {
                if let place = try kernel.find(path, root: root) {
                    return try Self.makeReadOnly(place.name, in: place.directory.descriptor)
                }
                let target = try root.openInRoot(path, O_PATH)
                let view = try DetachedMount.clone(of: target, recursive: true)
                try view.change(set: .readOnly, recursive: true)
                leave(try view.attach(at: target))
                leave(target)
            } catch {
                if error.code != ENOENT { throw error }
            }
        }
    }

    private static func makeReadOnly(_ name: String, in directory: borrowing Descriptor) throws(Errno) {
        let view = try DetachedMount.clone(of: name, in: directory, recursive: true)
        try view.change(set: .readOnly, recursive: true)
        leave(try view.attach(at: name, in: directory))
    }

    /// Paths that the container must not see: files look like /dev/null, directories like an empty one.
    borrowing func mask(
        _ paths: [String], root: borrowing Descriptor, _ kernel: inout KernelDirectories
    ) throws(RuntimeError) {
        if paths.isEmpty { return }
        let null = try step(.maskPath, "/dev/null") { () throws(Errno) in
            try Descriptor.open("/dev/null", O_PATH | O_NOFOLLOW)
        }
        let device = try step(.maskPath, "/dev/null") { () throws(Errno) in try null.status() }
        guard device.isCharacterDevice, device.deviceMajor == 1, device.deviceMinor == 3 else {
            throw .refused("/dev/null is not the null device (character device 1:3)")
        }
        // The first masked directory's cover; the others are views of it.
        var empty: Descriptor?
        for path in paths {
            try step(.maskPath, path) { () throws(Errno) in
                do throws(Errno) {
                    if let place = try kernel.find(path, root: root) {
                        return try Self.mask(
                            place.name, in: place.directory.descriptor, null: null, empty: &empty)
                    }
                    let target = try root.openInRoot(path, O_PATH)
                    if try target.status().isDirectory {
                        try Self.hide(directory: target, with: &empty)
                    } else {
                        leave(try DetachedMount.clone(of: null, recursive: false).attach(at: target))
                    }
                    leave(target)
                } catch {
                    if error.code != ENOENT { throw error }
                }
            }
        }
        leave(null)
        if let empty = empty.take() { leave(empty) }
    }

    private static func mask(
        _ name: String, in directory: borrowing Descriptor, null: borrowing Descriptor,
        empty: inout Descriptor?
    ) throws(Errno) {
        if !(try directory.status(of: name).isDirectory) {
            let cover = try DetachedMount.clone(of: null, recursive: false)
            return leave(try cover.attach(at: name, in: directory))
        }
        let resolution: PathResolution = [.beneath, .noSymbolicLinks]
        let target = try directory.open(name, O_PATH | O_DIRECTORY, resolve: resolution)
        let isFirst: Bool
        switch empty {
        case .none: isFirst = true
        case .some: isFirst = false
        }
        if isFirst,
            try mountAtOnce(
                type: "tmpfs", source: "tmpfs", options: emptyOptions, attributes: emptyAttributes,
                on: target)
        {
            empty = try directory.open(name, O_PATH | O_DIRECTORY, resolve: resolution)
        } else {
            try hide(directory: target, with: &empty)
        }
        leave(target)
    }

    private static func hide(
        directory target: borrowing Descriptor, with empty: inout Descriptor?
    ) throws(Errno) {
        if let first = empty.take() {
            leave(try DetachedMount.clone(of: first, recursive: false).attach(at: target))
            empty = consume first
            return
        }
        let cover = try DetachedMount.make(
            type: "tmpfs", source: "tmpfs", options: emptyOptions, attributes: emptyAttributes,
            leavingContext: true)
        empty = try cover.attach(at: target)
    }
}

/// What covers a masked directory: nothing can be in it.
private let emptyOptions: [(name: String, value: String?)] = [
    (name: "mode", value: "755"), (name: "nr_blocks", value: "1"), (name: "nr_inodes", value: "2"),
]
private let emptyAttributes: MountAttributes = [.readOnly, .noSetuid, .noDevices, .noExecute]
