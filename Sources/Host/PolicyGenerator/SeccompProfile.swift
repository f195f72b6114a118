package import OCI

/// The system call filter of containers that ask for nothing else.
///
/// Unknown calls look like calls that the kernel does not have (ENOSYS), so that programs fall back to older ones;
/// calls that are known and refused give EPERM. Calls that reach the host, the kernel's administration or other
/// processes' memory need the capability that the kernel wants for them anyway.
///
/// Sources: the default profiles that docker, containerd and podman document; the system calls' man pages.
package enum SeccompProfile {
    private static let notImplemented: UInt32 = 38
    private static let notPermitted: UInt32 = 1
    private static let invalidArgument: UInt32 = 22

    /// The profile for a container with these capabilities in its bounding set.
    package static func standard(capabilities: [String]) -> OCI.Seccomp {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ERRNO")
        profile.defaultErrnoRet = notImplemented
        profile.architectures = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
        profile.syscalls = [allow(SeccompTable.always)]
        profile.syscalls += arguments
        var refused = SeccompTable.never
        for (capability, names) in SeccompTable.privileged {
            if capabilities.contains(capability) {
                profile.syscalls.append(allow(names))
            } else {
                refused += names
            }
        }
        if !capabilities.contains("CAP_SYS_ADMIN") { profile.syscalls += withoutNamespaces }
        // A call that another rule speaks of, even under a condition, must not be refused outright.
        let named = Set(profile.syscalls.flatMap(\.names))
        profile.syscalls.append(refuse(Set(refused).subtracting(named).sorted(), notPermitted))
        return profile
    }

    private static func allow(
        _ names: [String], _ arguments: [OCI.SyscallArgument] = []
    ) -> OCI.SyscallRule {
        var rule = OCI.SyscallRule(action: "SCMP_ACT_ALLOW")
        rule.names = names
        rule.args = arguments
        return rule
    }

    private static func refuse(
        _ names: [String], _ errno: UInt32, _ arguments: [OCI.SyscallArgument] = []
    ) -> OCI.SyscallRule {
        var rule = OCI.SyscallRule(action: "SCMP_ACT_ERRNO")
        rule.names = names
        rule.errnoRet = errno
        rule.args = arguments
        return rule
    }

    private static func compare(
        _ index: UInt32, _ op: String, _ value: UInt64, _ valueTwo: UInt64 = 0
    ) -> OCI.SyscallArgument {
        var argument = OCI.SyscallArgument(op: op)
        argument.index = index
        argument.value = value
        argument.valueTwo = valueTwo
        return argument
    }

    /// personality(2): the default, Linux 32, the two with old memory layouts for 16-bit code, and asking.
    private static let personalities: [UInt64] = [0x0, 0x8, 0x20000, 0x20008, 0xFFFF_FFFF]
    /// AF_VSOCK leads out of the guest, to the host.
    private static let vsock: UInt64 = 40

    private static var arguments: [OCI.SyscallRule] {
        personalities.map { allow(["personality"], [compare(0, "SCMP_CMP_EQ", $0)]) }
            + [allow(["socket"], [compare(0, "SCMP_CMP_NE", vsock)])]
            + [refuse(["socket"], invalidArgument, [compare(0, "SCMP_CMP_EQ", vsock)])]
    }

    /// clone(2) without any of the CLONE_NEW flags. clone3's flags are in memory where no filter sees them, so it is
    /// as if the kernel had none and the C library takes clone.
    private static var withoutNamespaces: [OCI.SyscallRule] {
        [
            allow(["clone"], [compare(0, "SCMP_CMP_MASKED_EQ", 0x7E02_0000, 0)]),
            refuse(["clone3"], notImplemented),
        ]
    }
}
