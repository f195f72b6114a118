internal import CLinux
package import OCI

/// A compiled system call filter: ready to install, nothing left to decide. seccomp(2).
package struct SeccompProgram: Equatable {
    /// Instructions of 8 bytes each, at most `longest`.
    package let instructions: [UInt8]
    /// `SECCOMP_FILTER_FLAG_` bits.
    package let flags: UInt32
    /// Where the notification descriptor goes; empty when no rule notifies.
    package let listenerPath: String
    /// Text that the listener is told beside the container's state, as it is; empty without `listenerPath`.
    package let listenerMetadata: String

    /// The kernel's BPF_MAXINSNS.
    package static let longest = 4096

    /// Whether a rule hands calls to a supervisor.
    package var notifies: Bool { flags & 0x8 != 0 }
}

extension SeccompProgram {
    /// Compiles a profile; nil when there is none. An unknown action, operator, flag or architecture is refused.
    /// A system call that no architecture of the profile has is left out: nothing could call it.
    ///
    /// What decides about a call, in this order, is
    /// 1. its first rule without conditions, as in libseccomp;
    /// 2. of its rules whose conditions all hold, the strictest, and among equals the first: the kernel's own order for
    ///    several filters, seccomp(2). libseccomp refuses some such profiles with EEXIST and decides others by argument;
    /// 3. ENOSYS, when the call is newer than every one of the profile's and the default refuses, as in runc: its
    ///    author did not mean to refuse what did not exist, and C libraries fall back on ENOSYS alone;
    /// 4. the default. Another architecture is killed, as in libseccomp.
    ///
    /// - Parameter refusesUnknown: whether a name that no architecture has is an error and not left out.
    package static func compile(
        _ profile: OCI.Seccomp?, refusesUnknown: Bool = false
    ) throws(RuntimeError) -> SeccompProgram? {
        guard let profile else { return nil }
        let judged = try FilterProfile(profile, refusesUnknown: refusesUnknown)
        let architectures = try FilterArchitecture.resolve(profile.architectures)
        try checkListener(profile, judged)
        var assembler = FilterAssembler()
        let instructions = assembler.program(judged, architectures)
        if instructions.count / 8 > longest {
            throw .refused(
                "linux.seccomp.syscalls: the filter has \(instructions.count / 8) instructions; the kernel takes \(longest)"
            )
        }
        return SeccompProgram(
            instructions: instructions, flags: try flags(profile.flags, notifies: judged.notifies),
            listenerPath: profile.listenerPath, listenerMetadata: profile.listenerMetadata)
    }

    /// Somebody must answer what is handed over, and the runtime itself must be able to get that far.
    private static func checkListener(
        _ profile: OCI.Seccomp, _ judged: FilterProfile
    ) throws(RuntimeError) {
        let field = "linux.seccomp"
        if judged.defaultVerdict == notify {
            throw .refused("\(field).defaultAction: SCMP_ACT_NOTIFY cannot be used as default action")
        }
        for rule in profile.syscalls where rule.action == "SCMP_ACT_NOTIFY" && rule.names.contains("write") {
            throw .refused("\(field).syscalls: SCMP_ACT_NOTIFY cannot be used for the write syscall")
        }
        if judged.notifies && profile.listenerPath.isEmpty {
            throw .refused("\(field).listenerPath: SCMP_ACT_NOTIFY needs the path of a listener, found none")
        }
        if profile.listenerPath.isEmpty && !profile.listenerMetadata.isEmpty {
            throw .refused("\(field).listenerMetadata: expected a listenerPath with it, found none")
        }
    }
}
