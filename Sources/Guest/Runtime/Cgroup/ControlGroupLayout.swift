internal import CLinux
internal import Linux

/// How control groups are mounted on this machine. cgroups(7).
package struct ControlGroupLayout: Equatable {
    /// One hierarchy of cgroup v1.
    package struct Legacy: Equatable {
        /// Its controllers, or `name=systemd`.
        package let controllers: [String]
        /// Absolute path of the hierarchy's root, as this process sees it.
        package let mountPoint: String

        /// The directory's name below /sys/fs/cgroup.
        package var name: String { splitPath(mountPoint).name }
    }

    /// Where cgroup v2 is mounted; nil when it is not.
    package let unified: String?
    /// The hierarchies of cgroup v1; empty on a machine with v2 alone.
    package let legacy: [Legacy]

    /// Whether cgroup v2 has the controllers.
    package var isUnified: Bool { unified != nil && legacy.isEmpty }

    /// What the machine has. The usual place is looked at first: there the answer needs no list of mounts.
    package static func current() throws(RuntimeError) -> ControlGroupLayout {
        // CGROUP2_SUPER_MAGIC, linux/magic.h. Not there: perhaps elsewhere.
        var type: Int64 = 0
        if coffer_filesystem_type_at("/sys/fs/cgroup", &type) >= 0 && type == 0x6367_7270 {
            return ControlGroupLayout(unified: "/sys/fs/cgroup", legacy: [])
        }
        return try step(.readControlGroup, "/proc/self/mountinfo") { () throws(Errno) in
            parse(
                mountInformation: try Descriptor.open("/proc/self/mountinfo", O_RDONLY).contents(
                    limit: 1 << 22))
        }
    }

    /// Reads the control group mounts out of a mountinfo file. proc_pid_mountinfo(5).
    static func parse(mountInformation bytes: [UInt8]) -> ControlGroupLayout {
        var unified: String?
        var legacy: [Legacy] = []
        for mount in MountLine.all(bytes) {
            if mount.type == "cgroup2" && unified == nil { unified = mount.place }
            if mount.type == "cgroup" {
                let flags = ["rw", "ro", "xattr", "noprefix", "clone_children", "release_agent"]
                let controllers = mount.options.split(separator: ",").map { String($0) }
                    .filter { !flags.contains($0) }
                if legacy.contains(where: { $0.controllers == controllers }) { continue }
                legacy.append(Legacy(controllers: controllers, mountPoint: mount.place))
            }
        }
        return ControlGroupLayout(unified: unified, legacy: legacy)
    }
}
