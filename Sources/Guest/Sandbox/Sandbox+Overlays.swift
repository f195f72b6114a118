internal import Policy

extension Sandbox {
    /// Puts a container's root file system together from mounted layers and scratch.
    package func combineLayers(_ claim: OverlayClaim) throws(SandboxError) {
        try requireEnabled()
        let overlay = try resolve(claim)
        let encrypted = claim.scratchPath.flatMap { mounts.disk(containing: $0) }
            .flatMap { mounts.disks[$0]?.encrypted }
        try transition { () throws(SandboxError) in
            let permit: Permit<MountOverlay>
            do throws(PolicyError) {
                permit = try policy.mountOverlay(
                    MountOverlay(
                        containerID: claim.containerID, layerPaths: claim.layerPaths,
                        scratchPath: claim.scratchPath, target: claim.target),
                    scratchEncrypted: encrypted ?? false)
            } catch {
                throw .denied(prefix: "overlay creation denied by policy: ", error)
            }
            try apply("assembling the overlay", effects.mountOverlay, permit)
        }
        mounts.add(overlay, at: claim.target)
    }

    /// Takes a container's root file system apart; not while the container runs.
    package func removeLayers(target: String) throws(SandboxError) {
        try requireEnabled()
        guard let overlay = mounts.overlays[target] else {
            throw .invalid("no overlay is mounted at \(target)")
        }
        if let container = containers[overlay.containerID], container.state.isAlive {
            throw .wrongState("overlay at \(target) is in use by container \(overlay.containerID)")
        }
        try transition { () throws(SandboxError) in
            let permit = try decided("overlay removal denied by policy: ") { () throws(PolicyError) in
                try policy.unmountOverlay(UnmountOverlay(target: target), scratchPath: overlay.scratchPath)
            }
            try remove("unmounting the overlay", effects.unmountOverlay, permit)
        }
        mounts.removeOverlay(at: target)
    }

    /// What the overlay stands on. Every path has to be below a disk that is mounted under the policy.
    private func resolve(_ claim: OverlayClaim) throws(SandboxError) -> MountTable.Overlay {
        guard GuestPaths.isIdentifier(claim.containerID) else {
            throw .invalid("container id \"\(claim.containerID)\" is not 64 hexadecimal digits")
        }
        let target = GuestPaths.root(claim.containerID)
        guard same(claim.target, target) else {
            throw .invalid("the overlay's target is \(claim.target), expected \(target)")
        }
        if mounts.isTaken(target) { throw .invalid("an overlay is already mounted at \(target)") }
        if claim.layerPaths.isEmpty { throw .invalid("an overlay needs at least one layer") }
        var disks: [String] = []
        for path in claim.layerPaths {
            guard let disk = mounts.disks[path], disk.readOnly else {
                throw .invalid("layer \(path) is not the mount point of a verified layer")
            }
            disks.append(path)
        }
        if let scratchPath = claim.scratchPath {
            disks.append(try scratchDisk(scratchPath, claim.containerID))
        }
        return MountTable.Overlay(
            containerID: claim.containerID, scratchPath: claim.scratchPath, disks: disks)
    }

    private func scratchDisk(_ path: String, _ containerID: String) throws(SandboxError) -> String {
        guard GuestPaths.sandboxID(ofScratch: path, container: containerID) != nil else {
            throw .invalid(
                "scratch path \(path) is not /run/gcs/c/<sandbox id>/scratch/\(containerID)")
        }
        guard let disk = mounts.disk(containing: path), mounts.disks[disk]?.readOnly == false else {
            throw .invalid("scratch path \(path) is not on a mounted scratch disk")
        }
        return disk
    }
}
