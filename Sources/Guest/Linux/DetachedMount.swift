internal import CLinux

/// A mount that is attached nowhere yet: it is configured in full before anyone can see it, and goes when its owner
/// goes unless it was attached. fsopen(2), open_tree(2).
package struct DetachedMount: ~Copyable {
    /// The mount's root directory or file.
    package let root: Descriptor

    /// Takes over what another process sent.
    package init(root: consuming Descriptor) { self.root = root }

    /// A new file system of the given type. An option without a value is a flag.
    /// The corresponding C functions are `fsopen`, `fsconfig` and `fsmount`.
    ///
    /// - Parameter leavingContext: the descriptor that configured it stays open, for a caller who closes many at once.
    package static func make(
        type: String, source: String = "", options: [(name: String, value: String?)] = [],
        attributes: MountAttributes = [], leavingContext: Bool = false
    ) throws(Errno) -> DetachedMount {
        let context = try descriptorOrErrno(coffer_filesystem_open(type))
        if !source.isEmpty { try valueOrErrno(coffer_filesystem_set(context.raw, "source", source)) }
        for option in options {
            if let value = option.value {
                try valueOrErrno(coffer_filesystem_set(context.raw, option.name, value))
            } else {
                try valueOrErrno(coffer_filesystem_set(context.raw, option.name, nil))
            }
        }
        try valueOrErrno(coffer_filesystem_create(context.raw))
        let root = try descriptorOrErrno(
            coffer_filesystem_mount(context.raw, UInt32(truncatingIfNeeded: attributes.rawValue)))
        if leavingContext {
            let number = context.release()
            _ = number
        }
        return DetachedMount(root: root)
    }

    /// A second view of what is at `path`, a bind mount; recursive takes the mounts below along.
    /// The corresponding C function is `open_tree`.
    ///
    /// - Parameter followsLink: false for a view of the symbolic link itself that the path may end in.
    package static func clone(
        of path: String, recursive: Bool, followsLink: Bool = true
    ) throws(Errno) -> DetachedMount {
        let flags =
            UInt32(OPEN_TREE_CLONE) | (recursive ? UInt32(AT_RECURSIVE) : 0)
            | (followsLink ? 0 : UInt32(AT_SYMLINK_NOFOLLOW))
        return DetachedMount(root: try descriptorOrErrno(coffer_open_tree(AT_FDCWD, path, flags)))
    }

    /// A second view of an open file or directory. The corresponding C function is `open_tree`.
    package static func clone(of file: borrowing Descriptor, recursive: Bool) throws(Errno) -> DetachedMount {
        let flags = UInt32(OPEN_TREE_CLONE) | UInt32(AT_EMPTY_PATH) | (recursive ? UInt32(AT_RECURSIVE) : 0)
        return DetachedMount(root: try descriptorOrErrno(coffer_open_tree(file.raw, "", flags)))
    }

    /// A second view of a name in an open directory; a symbolic link is not followed.
    /// The corresponding C function is `open_tree`.
    package static func clone(
        of name: String, in directory: borrowing Descriptor, recursive: Bool
    ) throws(Errno) -> DetachedMount {
        let flags =
            UInt32(OPEN_TREE_CLONE) | UInt32(AT_SYMLINK_NOFOLLOW) | (recursive ? UInt32(AT_RECURSIVE) : 0)
        return DetachedMount(root: try descriptorOrErrno(coffer_open_tree(directory.raw, name, flags)))
    }

    /// Changes the mount's attributes. The corresponding C function is `mount_setattr`.
    package borrowing func change(
        set: MountAttributes = [], clear: MountAttributes = [], propagation: UInt64 = 0,
        recursive: Bool = false
    ) throws(Errno) {
        try changeMountAttributes(
            of: root, set: set, clear: clear, propagation: propagation, recursive: recursive)
    }

    /// Attaches the mount on top of an open file or directory; its root's descriptor stays usable and is returned.
    /// The corresponding C function is `move_mount`.
    package consuming func attach(at target: borrowing Descriptor) throws(Errno) -> Descriptor {
        try valueOrErrno(coffer_move_mount_at(root.raw, target.raw, "", UInt32(MOVE_MOUNT_T_EMPTY_PATH)))
        return root
    }

    /// Attaches the mount on top of a name in an open directory; a symbolic link is not followed.
    /// The corresponding C function is `move_mount`.
    package consuming func attach(
        at name: String, in directory: borrowing Descriptor
    ) throws(Errno) -> Descriptor {
        try valueOrErrno(coffer_move_mount_at(root.raw, directory.raw, name, 0))
        return root
    }
}

/// Makes a file system and mounts it on an open directory, which becomes the working directory: half the time of the many
/// calls that a `DetachedMount` takes. False when it cannot be done this way, and then nothing was done: options go as one
/// text, so none may have a comma, and the directory must be one that this process may enter.
/// The corresponding C functions are `fchdir` and `mount`.
package func mountAtOnce(
    type: String, source: String, options: [(name: String, value: String?)], attributes: MountAttributes,
    on target: borrowing Descriptor
) throws(Errno) -> Bool {
    var text = ""
    for option in options {
        if !text.isEmpty { text += "," }
        text += option.name
        if let value = option.value { text += "=" + value }
    }
    let commas = text.utf8.reduce(0) { $0 + ($1 == UInt8(ascii: ",") ? 1 : 0) }
    guard commas == max(options.count - 1, 0), let flags = attributes.mountFlags else { return false }
    if coffer_change_directory_to(target.raw) < 0 { return false }
    let result = coffer_mount_call(source.isEmpty ? nil : source, ".", type, flags, text)
    // mount(2) puts no file system on itself, as where the target is in a view of the machine's; a detached mount goes.
    if result == -Int(EBUSY) { return false }
    try valueOrErrno(result)
    return true
}

/// Changes the attributes of an attached mount, given any file on its root.
/// The corresponding C function is `mount_setattr`.
package func changeMountAttributes(
    of root: borrowing Descriptor, set: MountAttributes = [], clear: MountAttributes = [],
    propagation: UInt64 = 0,
    recursive: Bool = false
) throws(Errno) {
    let flags = UInt32(AT_EMPTY_PATH) | (recursive ? UInt32(AT_RECURSIVE) : 0)
    try valueOrErrno(
        coffer_mount_attributes(root.raw, "", flags, set.rawValue, clear.rawValue, propagation, 0))
}

/// Shows a detached mount's files under the ids of a user namespace, given any file on its root.
/// The corresponding C function is `mount_setattr`.
package func mapMountIDs(
    of root: borrowing Descriptor, through userNamespace: borrowing Descriptor, recursive: Bool
) throws(Errno) {
    let flags = UInt32(AT_EMPTY_PATH) | (recursive ? UInt32(AT_RECURSIVE) : 0)
    try valueOrErrno(
        coffer_mount_attributes(
            root.raw, "", flags, UInt64(MOUNT_ATTR_IDMAP), 0, 0, UInt64(userNamespace.raw)))
}

/// Per-mount attributes. mount_setattr(2).
package struct MountAttributes: OptionSet, Equatable {
    /// `MOUNT_ATTR_` bits.
    package let rawValue: UInt64
    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// MOUNT_ATTR_RDONLY.
    package static let readOnly = MountAttributes(rawValue: 0x1)
    /// MOUNT_ATTR_NOSUID: set-user-ID and set-group-ID bits and file capabilities have no effect.
    package static let noSetuid = MountAttributes(rawValue: 0x2)
    /// MOUNT_ATTR_NODEV: device nodes cannot be opened.
    package static let noDevices = MountAttributes(rawValue: 0x4)
    /// MOUNT_ATTR_NOEXEC: nothing can be executed.
    package static let noExecute = MountAttributes(rawValue: 0x8)
    /// MOUNT_ATTR_NOATIME. No bit of the choice at all is relatime.
    package static let noAccessTime = MountAttributes(rawValue: 0x10)
    /// MOUNT_ATTR_STRICTATIME.
    package static let strictAccessTime = MountAttributes(rawValue: 0x20)
    /// All bits of the access time choice: cleared whenever one is set.
    package static let accessTimeChoice = MountAttributes(rawValue: 0x70)
    /// MOUNT_ATTR_NODIRATIME: not part of the choice.
    package static let noDirectoryAccessTime = MountAttributes(rawValue: 0x80)
    /// MOUNT_ATTR_NOSYMFOLLOW: links can be read and not followed.
    package static let noSymbolicLinks = MountAttributes(rawValue: 0x20_0000)

    /// The same as flags of mount(2); nil when there is one without such a flag.
    var mountFlags: UInt? {
        var flags: UInt = 0
        var rest = self
        for (attribute, flag) in Self.flags where rest.contains(attribute) {
            flags |= flag
            rest.subtract(attribute)
        }
        return rest.isEmpty ? flags : nil
    }

    // MS_RDONLY and so on, linux/mount.h.
    private static let flags: [(MountAttributes, UInt)] = [
        (.readOnly, 1), (.noSetuid, 2), (.noDevices, 4), (.noExecute, 8), (.noAccessTime, 1024),
        (.noDirectoryAccessTime, 2048), (.strictAccessTime, 1 << 24), (.noSymbolicLinks, 256),
    ]

    /// From the flags of statfs(2), `ST_RDONLY` and so on.
    init(filesystemFlags flags: Int64) {
        let table: [(flag: Int64, attribute: MountAttributes)] = [
            (1, .readOnly), (2, .noSetuid), (4, .noDevices), (8, .noExecute), (1024, .noAccessTime),
            (2048, .noDirectoryAccessTime), (8192, .noSymbolicLinks),
        ]
        self = []
        for (flag, attribute) in table where flags & flag != 0 { insert(attribute) }
        // Neither of the two others.
        if flags & (1024 | 4096) == 0 { insert(.strictAccessTime) }
    }
}
