internal import JSON

extension PolicyEngine {
    /// May this layer, by the root hash computed from the device, be mounted there?
    package func mountDevice(_ action: MountDevice) throws(PolicyError) -> Permit<MountDevice> {
        try decide(
            .mountDevice,
            input: [
                "target": .string(action.target), "deviceHash": .string(action.rootHash),
                "mountPathRegex": "/run/mounts/scsi/m[0-9]+",
            ])
        return Permit(approving: action)
    }

    /// May this layer be taken away?
    package func unmountDevice(_ action: UnmountDevice) throws(PolicyError) -> Permit<UnmountDevice> {
        try decide(.unmountDevice, input: ["unmountTarget": .string(action.target)])
        return Permit(approving: action)
    }

    /// May this disk be formatted and mounted there for writing?
    ///
    /// - Parameter ensureFilesystem: what the host asked for. The disk is formatted at every mount in any case; the
    ///   policy only sees whether the host agrees.
    package func mountScratch(
        _ action: MountScratch, ensureFilesystem: Bool
    ) throws(PolicyError) -> Permit<MountScratch> {
        try decide(
            .rwMountDevice,
            input: [
                "target": .string(action.target), "encrypted": .bool(action.encrypted),
                "ensureFilesystem": .bool(ensureFilesystem),
                "filesystem": .string(action.filesystem), "mountPathRegex": "/run/gcs/c/[0-9a-fA-F]{64}",
            ])
        return Permit(approving: action)
    }

    /// May this writable disk be taken away?
    package func unmountScratch(_ action: UnmountScratch) throws(PolicyError) -> Permit<UnmountScratch> {
        try decide(.rwUnmountDevice, input: ["unmountTarget": .string(action.target)])
        return Permit(approving: action)
    }

    /// May these layers, in this order, be this container's root file system? With a writable part the policy is
    /// first asked whether that may lie on a disk that is, or is not, encrypted.
    package func mountOverlay(
        _ action: MountOverlay, scratchEncrypted: Bool
    ) throws(PolicyError) -> Permit<MountOverlay> {
        if let scratchPath = action.scratchPath {
            try decide(
                .scratchMount, input: ["target": .string(scratchPath), "encrypted": .bool(scratchEncrypted)])
        }
        try decide(
            .mountOverlay,
            input: [
                "containerID": .string(action.containerID), "layerPaths": JSON(action.layerPaths),
                "target": .string(action.target),
            ])
        return Permit(approving: action)
    }

    /// May this overlay be taken away, and with it the use of its scratch directory?
    package func unmountOverlay(
        _ action: UnmountOverlay, scratchPath: String?
    ) throws(PolicyError) -> Permit<UnmountOverlay> {
        try decide(.unmountOverlay, input: ["unmountTarget": .string(action.target)])
        if let scratchPath {
            try decide(.scratchUnmount, input: ["unmountTarget": .string(scratchPath)])
        }
        return Permit(approving: action)
    }
}
