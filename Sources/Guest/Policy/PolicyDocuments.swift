internal import JSON

/// The base documents that rules see beside the metadata: the mounts and capabilities every container may have.
enum PolicyDocuments {
    static let sandboxPrefix = "sandbox://"
    static let hugePagesPrefix = "hugepages://"
    static let plan9Prefix = "plan9://"

    /// Capabilities of an ordinary container.
    static let unprivilegedCapabilities = [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETGID",
        "CAP_SETUID", "CAP_SETFCAP", "CAP_SETPCAP", "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL",
        "CAP_AUDIT_WRITE",
    ]

    /// Capabilities of an elevated container: all of them.
    static let privilegedCapabilities = [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_DAC_READ_SEARCH", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL",
        "CAP_SETGID",
        "CAP_SETUID", "CAP_SETPCAP", "CAP_LINUX_IMMUTABLE", "CAP_NET_BIND_SERVICE", "CAP_NET_BROADCAST",
        "CAP_NET_ADMIN", "CAP_NET_RAW", "CAP_IPC_LOCK", "CAP_IPC_OWNER", "CAP_SYS_MODULE", "CAP_SYS_RAWIO",
        "CAP_SYS_CHROOT", "CAP_SYS_PTRACE", "CAP_SYS_PACCT", "CAP_SYS_ADMIN", "CAP_SYS_BOOT", "CAP_SYS_NICE",
        "CAP_SYS_RESOURCE", "CAP_SYS_TIME", "CAP_SYS_TTY_CONFIG", "CAP_MKNOD", "CAP_LEASE", "CAP_AUDIT_WRITE",
        "CAP_AUDIT_CONTROL", "CAP_SETFCAP", "CAP_MAC_OVERRIDE", "CAP_MAC_ADMIN", "CAP_SYSLOG",
        "CAP_WAKE_ALARM",
        "CAP_BLOCK_SUSPEND", "CAP_AUDIT_READ", "CAP_PERFMON", "CAP_BPF", "CAP_CHECKPOINT_RESTORE",
    ]

    /// Mounts that every container may ask for.
    static let defaultMounts: [PolicyMount] = [
        PolicyMount("/proc", "proc", "proc", ["nosuid", "noexec", "nodev"]),
        PolicyMount("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        PolicyMount(
            "/dev/pts", "devpts", "devpts",
            ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"]),
        PolicyMount("/dev/shm", "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
        PolicyMount("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
        PolicyMount("/sys", "sysfs", "sysfs", ["nosuid", "noexec", "nodev", "ro"]),
        PolicyMount("/run", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        PolicyMount("/sys/fs/cgroup", "cgroup", "cgroup", ["nosuid", "noexec", "nodev", "relatime", "ro"]),
        PolicyMount("/sys/fs/cgroup", "cgroup2", "cgroup2", ["nosuid", "noexec", "nodev", "relatime", "ro"]),
    ]

    /// Mounts that a container with `allow_elevated` may ask for as well.
    static let privilegedMounts: [PolicyMount] = [
        PolicyMount("/sys", "sysfs", "sysfs", ["nosuid", "noexec", "nodev", "rw"]),
        PolicyMount("/sys/fs/cgroup", "cgroup", "cgroup", ["nosuid", "noexec", "nodev", "relatime", "rw"]),
        PolicyMount("/sys/fs/cgroup", "cgroup2", "cgroup2", ["nosuid", "noexec", "nodev", "relatime", "rw"]),
    ]

    /// The `data` of a request to the plugin.
    static func data(metadata: MetadataStore, additionalMounts: [PolicyMount]) -> JSON {
        [
            "metadata": metadata.json,
            "defaultMounts": .array((defaultMounts + additionalMounts).map { $0.json }),
            "privilegedMounts": .array(privilegedMounts.map { $0.json }),
            "sandboxPrefix": .string(sandboxPrefix),
            "hugePagesPrefix": .string(hugePagesPrefix),
            "plan9Prefix": .string(plan9Prefix),
            "defaultUnprivilegedCapabilities": JSON(unprivilegedCapabilities),
            "defaultPrivilegedCapabilities": JSON(privilegedCapabilities),
        ]
    }
}

/// A mount as policies write it.
package struct PolicyMount: Equatable {
    /// Path inside the container.
    package var destination: String
    /// File system type, or `bind`.
    package var type: String
    /// For `bind` the resolved path in the guest.
    package var source: String
    /// Compared as a set.
    package var options: [String]

    package init(_ destination: String, _ type: String, _ source: String, _ options: [String]) {
        self.destination = destination
        self.type = type
        self.source = source
        self.options = options
    }

    var json: JSON {
        [
            "destination": .string(destination), "options": JSON(options), "source": .string(source),
            "type": .string(type),
        ]
    }
}
