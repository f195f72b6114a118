/// A set of capabilities as the kernel's bit mask. capabilities(7).
package struct CapabilitySet: Equatable {
    /// Bit N is capability number N.
    package var bits: UInt64

    package init(bits: UInt64 = 0) { self.bits = bits }

    /// The names, number 0 first. linux/capability.h.
    package static let names: [String] = [
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

    /// What installing a filter without no_new_privs takes. seccomp(2).
    static let administration = CapabilitySet(bits: 1 << 21)

    /// The capability's number; nil for a name that the kernel does not have.
    package static func number(of name: String) -> Int? { names.firstIndex(of: name) }

    /// The set of these names. One that the kernel does not have cannot be granted: it is left out, and `unknown` says
    /// in which field it was. config.md, Linux Process.
    package init(names: [String], field: String, unknown: inout [String]) {
        bits = 0
        for name in names {
            if let number = Self.number(of: name) {
                bits |= 1 << UInt64(number)
            } else {
                unknown.append("\(field): unknown capability \"\(name)\"; expected names such as CAP_CHOWN")
            }
        }
    }

    /// Whether the capability of that number is in the set.
    package func contains(_ number: Int) -> Bool { bits >> UInt64(number) & 1 == 1 }
}

/// The five capability sets of a process, resolved.
package struct ProcessCapabilities: Equatable {
    /// What execve can ever give; everything else is dropped for good.
    package var bounding = CapabilitySet()
    /// What the kernel checks.
    package var effective = CapabilitySet()
    /// What stays over execve for files that have it inheritable too.
    package var inheritable = CapabilitySet()
    /// What may be made effective.
    package var permitted = CapabilitySet()
    /// What stays over execve of an ordinary file; only what is inheritable and permitted too takes effect.
    package var ambient = CapabilitySet()

    package init() {}
}
