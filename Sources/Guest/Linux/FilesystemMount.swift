internal import CLinux

/// Mounts `source` of file system `type` on `target`. The corresponding C function is `mount`.
package func mountFilesystem(
    type: String, source: String, target: String, flags: UInt, data: String = ""
) throws(Errno) {
    try valueOrErrno(data.withCString { coffer_mount(source, target, type, flags, $0) })
}

/// Takes the topmost mount on `target` away. The corresponding C function is `umount2`.
package func unmountFilesystem(_ target: String, flags: Int32 = 0) throws(Errno) {
    try valueOrErrno(coffer_umount(target, flags))
}

/// A file system that is being configured, before it is mounted. fsopen(2).
///
/// Paths go to the kernel one by one, so that a `:` or `,` in a path is only a character.
package struct FilesystemContext: ~Copyable {
    private let file: Descriptor

    /// Starts configuring a file system of the given type. The corresponding C function is `fsopen`.
    package init(type: String) throws(Errno) {
        file = Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(coffer_fsopen(type))))
    }

    /// Sets an option that has a value. The corresponding C function is `fsconfig`.
    package func set(_ key: String, _ value: String) throws(Errno) {
        try valueOrErrno(coffer_fsconfig_string(file.raw, key, value))
    }

    /// Sets an option that has none. The corresponding C function is `fsconfig`.
    package func set(flag: String) throws(Errno) {
        try valueOrErrno(coffer_fsconfig_flag(file.raw, flag))
    }

    /// Makes the file system and mounts it on `target` with `MOUNT_ATTR_` attributes.
    /// The corresponding C functions are `fsconfig`, `fsmount` and `move_mount`.
    package consuming func mount(on target: String, attributes: UInt32) throws(Errno) {
        try valueOrErrno(coffer_fsconfig_create(file.raw))
        let mount = Descriptor(
            owning: Int32(truncatingIfNeeded: try valueOrErrno(coffer_fsmount(file.raw, attributes))))
        try valueOrErrno(coffer_move_mount_to(mount.raw, target))
    }
}
