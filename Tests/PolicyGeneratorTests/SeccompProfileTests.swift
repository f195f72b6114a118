import OCI
import Testing

@testable import PolicyGenerator

@Suite("The standard system call filter")
struct SeccompProfileTests {
    private func allowed(_ profile: OCI.Seccomp) -> Set<String> {
        Set(profile.syscalls.filter { $0.action == "SCMP_ACT_ALLOW" && $0.args.isEmpty }.flatMap(\.names))
    }

    @Test("No call has two verdicts")
    func consistent() {
        for capabilities in [[], CapabilityTable.unprivileged, CapabilityTable.all] {
            let profile = SeccompProfile.standard(capabilities: capabilities)
            let plain = profile.syscalls.filter { $0.args.isEmpty }
            let allows = plain.filter { $0.action == "SCMP_ACT_ALLOW" }.flatMap(\.names)
            let refuses = plain.filter { $0.action == "SCMP_ACT_ERRNO" }.flatMap(\.names)
            #expect(Set(allows).isDisjoint(with: refuses))
            #expect(Set(refuses).count == refuses.count)
            let conditional = profile.syscalls.filter { !$0.args.isEmpty }.flatMap(\.names)
            #expect(Set(conditional).isDisjoint(with: allows + refuses))
        }
    }

    @Test("Unprivileged containers cannot mount, load code into the kernel, trace or reach the host")
    func unprivileged() {
        let profile = SeccompProfile.standard(capabilities: CapabilityTable.unprivileged)
        #expect(profile.defaultAction == "SCMP_ACT_ERRNO" && profile.defaultErrnoRet == 38)
        let calls = allowed(profile)
        for name in [
            "mount", "umount2", "unshare", "setns", "ptrace", "bpf", "init_module", "kexec_load", "keyctl",
            "io_uring_setup",
            "userfaultfd", "open_by_handle_at", "clone3", "clone", "socket", "socketcall", "reboot",
            "perf_event_open",
        ] { #expect(!calls.contains(name), "\(name)") }
        for name in ["execve", "chroot", "openat2", "futex_waitv", "accept4", "statx"] {
            #expect(calls.contains(name), "\(name)")
        }
        let vsock = profile.syscalls.filter { $0.names == ["socket"] }
        #expect(vsock.map(\.action) == ["SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO"])
        #expect(vsock.map { $0.args.map(\.op) } == [["SCMP_CMP_NE"], ["SCMP_CMP_EQ"]])
        #expect(vsock.allSatisfy { $0.args[0].value == 40 })
    }

    @Test("A capability opens its own calls")
    func capabilities() {
        #expect(
            allowed(SeccompProfile.standard(capabilities: ["CAP_SYS_ADMIN"])).isSuperset(of: [
                "mount", "clone3",
            ]))
        #expect(!allowed(SeccompProfile.standard(capabilities: ["CAP_SYS_ADMIN"])).contains("ptrace"))
        #expect(allowed(SeccompProfile.standard(capabilities: ["CAP_SYSLOG"])).contains("syslog"))
        #expect(!allowed(SeccompProfile.standard(capabilities: [])).contains("chroot"))
    }

    @Test("Unconfined only where it is said")
    func choice() throws {
        let unconfined = "seccompProfile: {type: Unconfined}"
        let standard = "seccompProfile: {type: RuntimeDefault}"
        #expect(try Sample.container(Sample.manifest()).seccomp != nil)
        #expect(
            try Sample.container(Sample.manifest(container: "securityContext: {\(unconfined)}")).seccomp
                == nil)
        #expect(
            try Sample.container(Sample.manifest(spec: "securityContext: {\(unconfined)}")).seccomp == nil)
        let both = Sample.manifest(
            container: "securityContext: {\(standard)}", spec: "securityContext: {\(unconfined)}")
        #expect(try Sample.container(both).seccomp != nil)
    }
}
