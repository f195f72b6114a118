internal import Policy

extension Sandbox {
    /// Mounts a disk: a read-only layer through dm-verity, a writable one as scratch.
    package func mountDisk(_ claim: DiskClaim) throws(SandboxError) {
        try requireEnabled()
        try check(claim)
        let devicePath = try effect("finding the disk") { () throws(EffectError) in
            try effects.findDisk(claim.controller, claim.lun)
        }
        if let place = mounts.mountPoint(ofDevice: devicePath) {
            throw .invalid("disk \(devicePath) is already mounted at \(place)")
        }
        if claim.readOnly {
            try mountLayer(claim, devicePath)
        } else {
            try mountScratch(claim, devicePath)
        }
    }

    /// Unmounts a disk that nothing stands on any more.
    package func unmountDisk(_ claim: DiskClaim) throws(SandboxError) {
        try requireEnabled()
        guard let disk = mounts.disks[claim.mountPath] else {
            throw .invalid("no disk is mounted at \(claim.mountPath)")
        }
        if disk.readOnly != claim.readOnly {
            throw .invalid(
                "the disk at \(claim.mountPath) is \(disk.readOnly ? "read-only" : "writable"), "
                    + "the request says \(claim.readOnly ? "read-only" : "writable")")
        }
        if disk.users > 0 {
            throw .invalid("device at \(claim.mountPath) is still in use, can't unmount")
        }
        let prefix = "unmounting scsi device at \(claim.mountPath) denied by policy: "
        try transition { () throws(SandboxError) in
            if let rootHash = disk.rootHash {
                let permit = try decided(prefix) { () throws(PolicyError) in
                    try policy.unmountDevice(
                        UnmountDevice(
                            target: claim.mountPath, devicePath: disk.devicePath, rootHash: rootHash))
                }
                try remove("unmounting the layer", effects.unmountDevice, permit)
            } else {
                let permit = try decided(prefix) { () throws(PolicyError) in
                    try policy.unmountScratch(
                        UnmountScratch(
                            target: claim.mountPath, devicePath: disk.devicePath, encrypted: disk.encrypted))
                }
                try remove("unmounting scratch", effects.unmountScratch, permit)
            }
        }
        mounts.removeDisk(at: claim.mountPath)
    }

    /// The host is about to unplug a disk: it must not be in use. Nothing has to be done for it.
    package func releaseDisk(controller: UInt8, lun: UInt8) throws(SandboxError) {
        for (path, disk) in mounts.disks where disk.controller == controller && disk.lun == lun {
            throw .invalid("disk \(controller):\(lun) is still mounted at \(path)")
        }
    }

    private func mountLayer(_ claim: DiskClaim, _ devicePath: String) throws(SandboxError) {
        let layer = try effect("reading the layer") { () throws(EffectError) in
            try effects.inspectLayer(devicePath)
        }
        try transition { () throws(SandboxError) in
            let permit = try decided(mountPrefix(claim)) { () throws(PolicyError) in
                try policy.mountDevice(
                    MountDevice(
                        target: claim.mountPath, devicePath: devicePath, rootHash: layer.rootHash,
                        verity: layer.verity, filesystem: layer.filesystem))
            }
            try apply("mounting the layer", effects.mountDevice, permit)
        }
        mounts.add(
            MountTable.Disk(
                controller: claim.controller, lun: claim.lun, devicePath: devicePath,
                rootHash: layer.rootHash,
                encrypted: false),
            at: claim.mountPath)
    }

    private func mountScratch(_ claim: DiskClaim, _ devicePath: String) throws(SandboxError) {
        try transition { () throws(SandboxError) in
            let permit = try decided(mountPrefix(claim)) { () throws(PolicyError) in
                try policy.mountScratch(
                    MountScratch(
                        target: claim.mountPath, devicePath: devicePath, filesystem: claim.filesystem,
                        encrypted: claim.encrypted), ensureFilesystem: claim.ensureFilesystem)
            }
            try apply("mounting scratch", effects.mountScratch, permit)
        }
        mounts.add(
            MountTable.Disk(
                controller: claim.controller, lun: claim.lun, devicePath: devicePath, rootHash: nil,
                encrypted: claim.encrypted),
            at: claim.mountPath)
    }

    private func check(_ claim: DiskClaim) throws(SandboxError) {
        if claim.controller > 3 || claim.lun > 63 {
            throw .invalid(
                "disk \(claim.controller):\(claim.lun) cannot exist: expected controller 0 to 3 and unit 0 to 63"
            )
        }
        if mounts.isTaken(claim.mountPath) {
            throw .invalid("something is already mounted at \(claim.mountPath)")
        }
        if claim.readOnly && claim.encrypted {
            throw .invalid("a layer is read-only and verified, not encrypted")
        }
    }

    private func mountPrefix(_ claim: DiskClaim) -> String {
        "mounting scsi device controller \(claim.controller) lun \(claim.lun) onto \(claim.mountPath) "
            + "denied by policy: "
    }

    // MARK: - Permits into effects

    /// Hands a permit to an effect; the step is named when it fails.
    func apply<Action>(
        _ step: String, _ body: (consuming Permit<Action>) throws(EffectError) -> Void,
        _ permit: consuming Permit<Action>
    ) throws(SandboxError) {
        do throws(EffectError) { try body(permit) } catch { throw .effect(step: step, error) }
    }

    /// The same for an effect that takes something away: when that fails the guest's state is unknown.
    func remove<Action>(
        _ step: String, _ body: (consuming Permit<Action>) throws(EffectError) -> Void,
        _ permit: consuming Permit<Action>
    ) throws(SandboxError) {
        do throws(EffectError) { try body(permit) } catch {
            disabledBy = "\(step): \(error)"
            throw .effect(step: step, error)
        }
    }
}
