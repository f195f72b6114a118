/// The kernel command lines. They are measured, and nothing can be added to them by the host.
enum KernelCommandLine {
    /// What every appliance has.
    private static let common = [
        // A panic restarts at once, which a launcher with -no-reboot takes as the end.
        "panic=-1",
        // The boot loader's random seed is the host's: mixed in, not credited.
        "random.trust_bootloader=off",
        // Only modules that Debian signed.
        "module.sig_enforce=1",
        // PID 1 sets up cgroup version 2 only.
        "cgroup_no_v1=all",
    ]

    static func text(for kind: ApplianceKind) -> String {
        let own =
            switch kind {
            // No serial port driver and nothing printed: the host sees no line of the guest's.
            case .production: ["quiet", "loglevel=0", "8250.nr_uarts=0"]
            case .development: ["console=ttyS0", "quiet", "loglevel=4"]
            }
        return (common + own).joined(separator: " ")
    }
}
