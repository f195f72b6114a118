internal import CLinux
internal import Linux
package import Policy

/// Read-only layers: found by serial, opened through dm-verity, mounted.
package enum LayerStorage {
    /// How long a disk may take to appear after the host has announced it, in milliseconds.
    private static let patience = 10_000

    /// The node of the disk that the host names by controller and logical unit.
    package static func findDisk(controller: UInt32, lun: UInt32) throws(StorageError) -> String {
        let serial = BlockDevice.serial(controller: controller, lun: lun)
        do throws(Errno) {
            return try BlockDevice.find(serial: serial, milliseconds: patience).path
        } catch {
            throw .diskNotFound(serial: serial, error)
        }
    }

    /// Mounts an approved layer. After an error nothing of it is left.
    package static func mount(_ permit: consuming Permit<MountDevice>) throws(StorageError) {
        let action = permit.action
        let made = try MountPoint.prepare(action.target, mode: 0o700)
        do throws(StorageError) {
            try open(action)
        } catch {
            removeDirectories(made)
            throw error
        }
    }

    /// Takes a layer away: the mount, its directory, the mapping.
    package static func unmount(_ permit: consuming Permit<UnmountDevice>) throws(StorageError) {
        let action = permit.action
        try MountPoint.clear(action.target)
        try close(VerityMapping.name(devicePath: action.devicePath, rootHash: action.rootHash))
    }

    private static func open(_ action: MountDevice) throws(StorageError) {
        let node = try VerityMapping.open(action)
        do throws(StorageError) {
            try compareVerified(node, action)
            try mountVerified(node, action)
        } catch {
            try close(VerityMapping.name(devicePath: action.devicePath, rootHash: action.rootHash))
            throw error
        }
    }

    /// The root hash says nothing about how many blocks it covers, so the file system's own size, read through
    /// dm-verity, has to be the one that the mapping was sized by.
    private static func compareVerified(_ node: String, _ action: MountDevice) throws(StorageError) {
        let device: Descriptor
        do throws(Errno) {
            device = try openFile(node, O_RDONLY)
        } catch {
            throw .openDevice(node, error)
        }
        let superblock = try LayerInspection.filesystem(device, node)
        let (size, overflow) = action.verity.dataBlocks.multipliedReportingOverflow(
            by: UInt64(action.verity.dataBlockSize))
        guard !overflow, superblock.dataSize == size, superblock.filesystem == action.filesystem else {
            throw .verifiedSuperblockDiffers(action.devicePath)
        }
    }

    private static func mountVerified(_ node: String, _ action: MountDevice) throws(StorageError) {
        let flags = UInt(MS_RDONLY) | UInt(MS_NODEV) | UInt(MS_NOSUID)
        // An ext4 layer has no journal to replay, and must not be asked to.
        let data = action.filesystem == .ext4 ? "noload" : ""
        do throws(Errno) {
            try mountFilesystem(
                type: action.filesystem.rawValue, source: node, target: action.target, flags: flags,
                data: data)
        } catch {
            throw .mount(action.target, type: action.filesystem.rawValue, error)
        }
    }

    private static func close(_ name: String) throws(StorageError) {
        do throws(Errno) {
            try CryptContext.close(name)
        } catch {
            throw .closeMapping(name, error)
        }
    }
}
