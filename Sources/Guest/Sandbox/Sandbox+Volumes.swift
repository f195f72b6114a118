internal import Policy

/// Directories that containers of a pod share. They live as long as the pod.
extension Sandbox {
    /// A directory inside one that another mount already gave to a container could be reached through a link that
    /// the container has put there, so that shared directories must not be nested.
    func checkNesting(_ resolved: ResolvedContainer) throws(SandboxError) {
        let known = (pods[resolved.sandboxID]?.sandboxMounts ?? []) + resolved.sandboxMounts
        for path in resolved.sandboxMounts {
            for other in known where path.utf8.starts(with: (other + "/").utf8) {
                throw .invalid("mount source sandbox:///\(path) is inside sandbox:///\(other)")
            }
            for other in known where other.utf8.starts(with: (path + "/").utf8) {
                throw .invalid("mount source sandbox:///\(path) has sandbox:///\(other) inside it")
            }
        }
    }

    /// Makes what a container needs and no container before it has made.
    func makeSandboxDirectories(_ resolved: ResolvedContainer) throws(SandboxError) {
        guard let pod = pods[resolved.sandboxID], !resolved.sandboxMounts.isEmpty else { return }
        let directory = GuestPaths.sandboxMounts(pod.sandboxID)
        pod.hasDirectories = true
        for path in resolved.sandboxMounts {
            try effect("making a shared directory") { () throws(EffectError) in
                try effects.makeDirectory(directory + "/" + path, 0o777)
            }
            if let volume = try MemoryVolume(path: path), !pod.memoryVolumes.contains(volume.path) {
                try mount(volume, at: directory + "/" + path, pod)
            }
        }
    }

    private func mount(_ volume: MemoryVolume, at target: String, _ pod: Pod) throws(SandboxError) {
        let permit = try decided("") { () throws(PolicyError) in
            try policy.mountMemoryVolume(
                MountMemoryVolume(sandboxID: pod.sandboxID, target: target, size: volume.size))
        }
        try apply("mounting a volume in memory", effects.mountMemoryVolume, permit)
        pod.memoryVolumes.append(volume.path)
        // The disk that it hangs below cannot be unmounted under it.
        mounts.retainDisk(containing: target)
    }

    /// Removes what the pod's containers have shared, with all that is in it.
    func removeSandboxDirectories(_ pod: Pod) throws(SandboxError) {
        let directory = GuestPaths.sandboxMounts(pod.sandboxID)
        while let path = pod.memoryVolumes.popLast() {
            let target = directory + "/" + path
            try removal("unmounting a volume in memory") { () throws(EffectError) in
                try effects.unmountMemoryVolume(target)
            }
            mounts.releaseDisk(containing: target)
        }
        if !pod.hasDirectories { return }
        try effect("removing the shared directories") { () throws(EffectError) in
            try effects.removeTree(directory)
        }
    }
}
