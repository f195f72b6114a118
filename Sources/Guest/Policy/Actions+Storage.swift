/// The file system that a read-only layer device holds, found by its superblock's magic number.
package enum LayerFilesystem: String, Equatable {
    case erofs
    case ext4
}

/// How the data of a layer device is covered by its hash tree, as read from the device and bounds-checked.
///
/// Nothing here is trusted by itself: the root hash is computed from the device with these values, and that hash
/// is what the policy decides on.
package struct VerityParameters: Equatable {
    /// Name of the hash algorithm; only "sha256" is accepted.
    package var algorithm: String
    /// 0 to 256 bytes mixed into every hash.
    package var salt: [UInt8]
    /// Bytes per data block.
    package var dataBlockSize: UInt32
    /// Bytes per hash block.
    package var hashBlockSize: UInt32
    /// Number of data blocks, counted from the start of the device.
    package var dataBlocks: UInt64
    /// Byte offset of the first (top level) block of the hash tree.
    package var hashTreeOffset: UInt64

    package init(
        algorithm: String, salt: [UInt8], dataBlockSize: UInt32, hashBlockSize: UInt32, dataBlocks: UInt64,
        hashTreeOffset: UInt64
    ) {
        self.algorithm = algorithm
        self.salt = salt
        self.dataBlockSize = dataBlockSize
        self.hashBlockSize = hashBlockSize
        self.dataBlocks = dataBlocks
        self.hashTreeOffset = hashTreeOffset
    }
}

/// Mount a read-only layer through dm-verity.
package struct MountDevice: Equatable {
    /// Where the layer is mounted, for instance `/run/mounts/scsi/m0`.
    package var target: String
    /// The block device node, for instance `/dev/vda`.
    package var devicePath: String
    /// Lower-case hexadecimal root hash, computed from the device; verity is opened with this value.
    package var rootHash: String
    /// The hash tree's layout.
    package var verity: VerityParameters
    /// What to mount it as.
    package var filesystem: LayerFilesystem

    package init(
        target: String, devicePath: String, rootHash: String, verity: VerityParameters,
        filesystem: LayerFilesystem
    ) {
        self.target = target
        self.devicePath = devicePath
        self.rootHash = rootHash
        self.verity = verity
        self.filesystem = filesystem
    }
}

/// Take a read-only layer away and close its verity device.
package struct UnmountDevice: Equatable {
    /// The mount point given at `MountDevice`.
    package var target: String
    /// The block device that was mounted there.
    package var devicePath: String
    /// The root hash that was mounted there; it is part of the mapping's name.
    package var rootHash: String

    package init(target: String, devicePath: String, rootHash: String) {
        self.target = target
        self.devicePath = devicePath
        self.rootHash = rootHash
    }
}

/// Format a writable disk and mount it, encrypted and authenticated unless the policy allows plain scratch.
package struct MountScratch: Equatable {
    /// Where it is mounted, for instance `/run/gcs/c/<sandbox id>`.
    package var target: String
    /// The block device node.
    package var devicePath: String
    /// "ext4" or "xfs", as the policy approved it.
    package var filesystem: String
    /// dm-crypt and dm-integrity under a key that never leaves the guest.
    package var encrypted: Bool

    package init(target: String, devicePath: String, filesystem: String, encrypted: Bool) {
        self.target = target
        self.devicePath = devicePath
        self.filesystem = filesystem
        self.encrypted = encrypted
    }
}

/// Take a writable disk away; an encrypted one is unreadable afterwards.
package struct UnmountScratch: Equatable {
    /// The mount point given at `MountScratch`.
    package var target: String
    /// The block device that was mounted there.
    package var devicePath: String
    /// Whether there is an encrypted mapping to close.
    package var encrypted: Bool

    package init(target: String, devicePath: String, encrypted: Bool) {
        self.target = target
        self.devicePath = devicePath
        self.encrypted = encrypted
    }
}

/// Assemble a container's root file system from mounted layers.
package struct MountOverlay: Equatable {
    /// The container it is for.
    package var containerID: String
    /// Mount points of the layers, topmost first.
    package var layerPaths: [String]
    /// Directory on the scratch disk that receives `upper` and `work`; nil makes a read-only overlay.
    package var scratchPath: String?
    /// Where the result is mounted, `/run/gcs/c/<container id>/rootfs`.
    package var target: String

    package init(containerID: String, layerPaths: [String], scratchPath: String?, target: String) {
        self.containerID = containerID
        self.layerPaths = layerPaths
        self.scratchPath = scratchPath
        self.target = target
    }
}

/// Take an overlay away.
package struct UnmountOverlay: Equatable {
    /// The mount point given at `MountOverlay`.
    package var target: String

    package init(target: String) { self.target = target }
}
