extension OCI.Linux {
    /// What tells of, or reaches, more than the container: these paths read as empty in a container that is not elevated.
    /// Docker's and containerd's set.
    package static let usualMaskedPaths = [
        "/proc/acpi", "/proc/asound", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
        "/sys/devices/virtual/powercap", "/sys/firmware",
    ]

    /// Kernel interfaces that a container that is not elevated may read, and not write.
    package static let usualReadonlyPaths = [
        "/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger",
    ]
}
