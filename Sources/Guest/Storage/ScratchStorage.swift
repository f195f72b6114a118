internal import CLinux
internal import Linux
package import Policy

/// The writable disk of a pod, made anew at every mount.
package enum ScratchStorage {
    /// Formats and mounts an approved scratch disk. After an error nothing of it is left but the disk's contents.
    package static func mount(_ permit: consuming Permit<MountScratch>) throws(StorageError) {
        let action = permit.action
        guard action.filesystem == "ext4" else { throw .unsupportedFilesystem(action.filesystem) }
        let made = try MountPoint.prepare(action.target, mode: 0o755)
        do throws(StorageError) {
            try open(action)
        } catch {
            removeDirectories(made)
            throw error
        }
    }

    /// Takes scratch away: the mount, its directory, and the mapping, with which the kernel forgets the key.
    package static func unmount(_ permit: consuming Permit<UnmountScratch>) throws(StorageError) {
        let action = permit.action
        try MountPoint.clear(action.target)
        if action.encrypted { try close(action.devicePath) }
    }

    private static func open(_ action: MountScratch) throws(StorageError) {
        guard action.encrypted else { return try formatAndMount(action.devicePath, action.target) }
        let node = try EncryptedMapping.open(devicePath: action.devicePath)
        do throws(StorageError) {
            try formatAndMount(node, action.target)
        } catch {
            try close(action.devicePath)
            throw error
        }
    }

    private static func formatAndMount(_ node: String, _ target: String) throws(StorageError) {
        try Ext4Maker.format(devicePath: node)
        do throws(Errno) {
            // noinit_itable: inode tables are written as they come into use, and never read before.
            // barrier=0: there is no state to keep consistent across a crash; the key is gone with it.
            try mountFilesystem(
                type: "ext4", source: node, target: target, flags: UInt(MS_NODEV) | UInt(MS_NOSUID),
                data: "noinit_itable,barrier=0,errors=remount-ro")
        } catch {
            throw .mount(target, type: "ext4", error)
        }
    }

    private static func close(_ devicePath: String) throws(StorageError) {
        let name = EncryptedMapping.name(devicePath: devicePath)
        do throws(Errno) {
            try CryptContext.close(name)
        } catch {
            throw .closeMapping(name, error)
        }
    }
}
