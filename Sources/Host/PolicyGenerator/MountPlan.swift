internal import OCI

/// The mounts of a container: what every container has, and the pod's volumes.
enum MountPlan {
    /// Destination, type, source, options: from the framework's list of mounts that are always allowed. /run is not
    /// among them, because images have content there.
    private static let standard: [(String, String, String, [String])] = [
        ("/proc", "proc", "proc", ["nosuid", "noexec", "nodev"]),
        ("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        (
            "/dev/pts", "devpts", "devpts",
            ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]
        ),
        ("/dev/shm", "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
        ("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
        ("/sys", "sysfs", "sysfs", ["nosuid", "noexec", "nodev", "ro"]),
        ("/sys/fs/cgroup", "cgroup2", "cgroup2", ["nosuid", "noexec", "nodev", "relatime", "ro"]),
    ]

    /// Whether the framework allows the mount to every container.
    static func isStandard(_ mount: OCI.Mount) -> Bool {
        standard.contains { entry in
            entry.0 == mount.destination && entry.1 == mount.type && entry.2 == mount.source
                && Set(entry.3) == Set(mount.options)
        }
    }

    static func mounts(
        _ container: PodManifest.Container, _ pod: PodManifest
    ) throws(PolicyGeneratorError) -> [OCI.Mount] {
        var mounts = standard.map { entry in
            var mount = OCI.Mount(destination: entry.0)
            mount.type = entry.1
            mount.source = entry.2
            mount.options = entry.3
            if container.isPrivileged, entry.0.hasPrefix("/sys") {
                mount.options = mount.options.map { $0 == "ro" ? "rw" : $0 }
            }
            return mount
        }
        var destinations = Set(mounts.map(\.destination))
        for (index, volumeMount) in container.mounts.enumerated() {
            let path = "\(container.path).volumeMounts[\(index)]"
            let mount = mount(volumeMount, pod)
            guard destinations.insert(mount.destination).inserted else {
                throw .value(
                    path: path + ".mountPath", expected: "a place without a mount", found: mount.destination)
            }
            mounts.append(mount)
        }
        return mounts
    }

    private static func mount(
        _ volumeMount: PodManifest.Mount, _ pod: PodManifest
    ) -> OCI.Mount {
        let volume = pod.volumes[volumeMount.volume] ?? PodManifest.Volume()
        // Without a slash at the end: the policy compares text.
        let parts = volumeMount.path.split(separator: "/")
        var mount = OCI.Mount(destination: "/" + parts.joined(separator: "/"))
        let access = volumeMount.isReadOnly ? "ro" : "rw"
        mount.type = "bind"
        // Directories below the pod's own, which the guest makes: on the encrypted scratch disk, or in memory.
        mount.source =
            volume.isMemory
            ? "sandbox:///tmpfs/\(volume.memorySize)/\(volumeMount.volume)"
            : "sandbox:///emptydir/" + volumeMount.volume
        mount.options = ["rbind", "rshared", access]
        return mount
    }
}

extension PodManifest.Volume {
    /// As the guest takes it: bytes, or half of the machine's memory, which is what the kernel does when nothing is said.
    fileprivate var memorySize: String { sizeLimit.map { "\($0)" } ?? "50%" }
}
