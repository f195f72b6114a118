import Foundation
import OCI
import Testing

/// What clients of another runtime read when the program goes by that runtime's name.
@Suite(.enabled(if: Workbench.obstacle == nil, "needs root and a built coffer"))
struct NamesakeTests {
    private func called(_ name: String, _ arguments: String...) throws -> String {
        let bench = try Workbench()
        let link = bench.directory + "/" + name
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: bench.binary)
        let outcome = try Workbench.execute(link, arguments)
        #expect(outcome.status == 0, "\(outcome.error)")
        return outcome.output
    }

    @Test(arguments: [("crun", true), ("runc", false)])
    func versions(name: String, namesParts: Bool) throws {
        let text = try called(name, "--version")
        #expect(text.hasPrefix("\(name) version "))
        #expect(text.contains("\n+SYSTEMD +SELINUX +APPARMOR +CAP +SECCOMP +EBPF\n") == namesParts)
    }

    @Test(arguments: [
        ("delete", "CONTAINER"), ("start", "CONTAINER"), ("exec", "CONTAINER cmd"), ("list", ""),
    ])
    func helpOfACommand(command: String, operands: String) throws {
        let usage = try called("crun", command, "--help").split(separator: "\n").first ?? ""
        #expect(usage.hasPrefix("Usage: crun [OPTION...] \(command) \(operands)"))
        #expect(try called("runc", command, "--help").hasPrefix("NAME:\n   runc \(command) - "))
    }

    /// `run.oci.seccomp_fail_unknown_syscall`: without it such a name is left out, as no program can make the call.
    @Test(arguments: [("1", false), ("0", true), (nil, true)])
    func unknownSystemCalls(value: String?, runs: Bool) throws {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            var rule = OCI.SyscallRule(action: "SCMP_ACT_ERRNO")
            rule.names = ["no_such_call"]
            spec.linux?.seccomp = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
            spec.linux?.seccomp?.syscalls = [rule]
            if let value { spec.annotations["run.oci.seccomp_fail_unknown_syscall"] = value }
        }
        let outcome = try bench.run()
        #expect((outcome.status == 0) == runs, "\(outcome)")
        #expect(outcome.error.contains("syscalls[0].names: unknown system call") != runs, "\(outcome)")
    }
}
