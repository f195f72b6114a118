internal import CLinux

// What PID 1 sets up, as data. The loops that run these tables are in Boot.swift; order is the table's order.

/// One mount that every guest has.
struct BootMount {
    let type: String
    let target: String
    let flags: UInt
    let data: String
    /// Permission bits when the directory has to be made first.
    let mode: mode_t
}

/// One line for /proc/sys.
struct BootSysctl {
    let path: String
    let value: String
    /// A kernel built without the feature has no such file, and nothing is lost.
    let mayBeAbsent: Bool

    init(_ path: String, _ value: String, mayBeAbsent: Bool = false) {
        self.path = path
        self.value = value
        self.mayBeAbsent = mayBeAbsent
    }
}

/// One resource limit of PID 1. Containers get theirs from their specification.
struct BootLimit {
    let resource: Int32
    let soft: UInt64
    let hard: UInt64
}

enum BootTables {
    private static let inert = UInt(MS_NOSUID) | UInt(MS_NODEV) | UInt(MS_NOEXEC)

    /// The mounts that everything else needs; a failure is fatal.
    static let mounts = [
        BootMount(type: "proc", target: "/proc", flags: inert, data: "", mode: 0o555),
        BootMount(type: "sysfs", target: "/sys", flags: inert, data: "", mode: 0o555),
        BootMount(
            type: "devtmpfs", target: "/dev", flags: UInt(MS_NOSUID) | UInt(MS_NOEXEC), data: "mode=0755",
            mode: 0o755),
        BootMount(
            type: "devpts", target: "/dev/pts", flags: UInt(MS_NOSUID) | UInt(MS_NOEXEC),
            data: "mode=0620,ptmxmode=0666,gid=5", mode: 0o755),
        BootMount(type: "tmpfs", target: "/dev/shm", flags: inert, data: "mode=1777", mode: 0o1777),
        // Containers' root file systems are mounted below /run, and their programs are executed: no MS_NOEXEC on
        // those mounts themselves, but nothing of /run's own is a program.
        BootMount(type: "tmpfs", target: "/run", flags: inert, data: "mode=0755", mode: 0o755),
        BootMount(type: "tmpfs", target: "/tmp", flags: inert, data: "mode=1777", mode: 0o1777),
        // nsdelegate makes a cgroup namespace a boundary of delegation; favordynmods avoids a grace period at
        // every process migration, which is a container start's time.
        BootMount(
            type: "cgroup2", target: "/sys/fs/cgroup", flags: inert,
            data: "nsdelegate,favordynmods,memory_recursiveprot", mode: 0o755),
    ]

    /// Names below /dev that programs expect; they lead into /proc.
    static let links = [
        (path: "/dev/fd", target: "/proc/self/fd"),
        (path: "/dev/stdin", target: "/proc/self/fd/0"),
        (path: "/dev/stdout", target: "/proc/self/fd/1"),
        (path: "/dev/stderr", target: "/proc/self/fd/2"),
    ]

    /// Kernel settings, after the modules are in: `modules_disabled` is the last and cannot be taken back.
    static let sysctls = [
        BootSysctl("kernel/core_pattern", "|/dev/null"),
        BootSysctl("kernel/dmesg_restrict", "1"),
        BootSysctl("kernel/kptr_restrict", "2"),
        BootSysctl("kernel/perf_event_paranoid", "3", mayBeAbsent: true),
        BootSysctl("kernel/unprivileged_bpf_disabled", "2", mayBeAbsent: true),
        BootSysctl("kernel/kexec_load_disabled", "1", mayBeAbsent: true),
        BootSysctl("kernel/sysrq", "0", mayBeAbsent: true),
        BootSysctl("kernel/pid_max", "4194304"),
        BootSysctl("dev/tty/ldisc_autoload", "0", mayBeAbsent: true),
        BootSysctl("fs/protected_symlinks", "1"),
        BootSysctl("fs/protected_hardlinks", "1"),
        BootSysctl("fs/protected_fifos", "1"),
        BootSysctl("fs/protected_regular", "2"),
        BootSysctl("fs/suid_dumpable", "0"),
        BootSysctl("fs/inotify/max_user_instances", "8192", mayBeAbsent: true),
        BootSysctl("fs/inotify/max_user_watches", "1048576", mayBeAbsent: true),
        BootSysctl("net/core/bpf_jit_harden", "2", mayBeAbsent: true),
        BootSysctl("net/ipv4/conf/all/rp_filter", "1"),
        BootSysctl("net/ipv4/conf/all/accept_redirects", "0"),
        BootSysctl("net/ipv4/conf/all/accept_source_route", "0"),
        BootSysctl("vm/overcommit_memory", "1"),
        BootSysctl("vm/panic_on_oom", "0"),
        BootSysctl("vm/unprivileged_userfaultfd", "0", mayBeAbsent: true),
        BootSysctl("vm/max_map_count", "262144"),
        BootSysctl("kernel/modules_disabled", "1", mayBeAbsent: true),
    ]

    /// PID 1 holds a descriptor per stream and per process; containers inherit nothing of this but the hard limits.
    static let limits = [
        BootLimit(resource: Int32(RLIMIT_NOFILE.rawValue), soft: 65536, hard: 1_048_576),
        BootLimit(resource: Int32(RLIMIT_CORE.rawValue), soft: 0, hard: 0),
    ]

    /// Where the guest dials the host for the control channel.
    static let bridgePort: UInt32 = 0x4000_0000

    /// Kernel modules of the image, `NAME.ko` each.
    static let moduleDirectory = "/lib/modules"
    /// The loading order: lines of a stage word and a module name, made from `rootfs/modules`. A kernel without
    /// modules comes without this file.
    static let moduleOrder = "/lib/modules/order"
}
