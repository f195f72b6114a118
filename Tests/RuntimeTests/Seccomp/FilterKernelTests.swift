import CLinux
import FilterModel
import Foundation
import OCI
import Testing

@testable import Runtime

/// The kernel takes our programs and does what they say. A filter belongs to one thread, so each has one of its own.
struct FilterKernelTests {
    /// What a thread does after its filter is installed, and what came of it.
    private final class Work: @unchecked Sendable {
        let program: SeccompProgram
        let calls: () -> [Int]
        var installed = -1
        var results: [Int] = []

        init(_ program: SeccompProgram, _ calls: @escaping () -> [Int]) {
            self.program = program
            self.calls = calls
        }

        func run() {
            installed = Int(coffer_prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
            if installed < 0 { return }
            installed = program.instructions.withUnsafeBytes {
                Int(coffer_install_filter($0.baseAddress, UInt16($0.count / 8), program.flags))
            }
            if installed == 0 { results = calls() }
        }
    }

    private func filtered(_ program: SeccompProgram, _ calls: @escaping () -> [Int]) throws -> Work {
        let work = Work(program, calls)
        var thread = pthread_t()
        let context = Unmanaged.passRetained(work)
        #expect(
            pthread_create(
                &thread, nil,
                {
                    let work = Unmanaged<Work>.fromOpaque($0!).takeUnretainedValue()
                    work.run()
                    return nil
                }, context.toOpaque()) == 0)
        pthread_join(thread, nil)
        context.release()
        return work
    }

    private func failure(_ result: CInt) -> Int { result < 0 ? -Int(errno) : Int(result) }

    @Test func conditionsOnArguments() throws {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
        profile.flags = ["SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW"]
        profile.architectures = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
        var rule = OCI.SyscallRule(action: "SCMP_ACT_ERRNO")
        rule.names = ["personality"]
        rule.errnoRet = 77
        var argument = OCI.SyscallArgument(op: "SCMP_CMP_GT")
        argument.value = 0x1_0000_0000
        rule.args = [argument]
        profile.syscalls = [rule]
        rule.names = ["dup"]
        rule.errnoRet = 78
        argument.op = "SCMP_CMP_MASKED_EQ"
        (argument.value, argument.valueTwo) = (0xf0, 0x30)
        rule.args = [argument]
        profile.syscalls.append(rule)
        let program = try #require(try SeccompProgram.compile(profile))
        let work = try filtered(program) {
            [
                Int(coffer_personality(0x1_0000_0001)), Int(coffer_personality(0xffff_ffff)),
                failure(dup(0x31)), failure(dup(0x7fff_ff41)),
            ]
        }
        #expect(work.installed == 0)
        #expect(work.results.first == -77 && work.results.dropFirst(2) == [-78, -9])
        #expect(work.results.count == 4 && work.results[1] >= 0)
    }

    @Test func podmansProfile() throws {
        let path = "/usr/share/containers/seccomp.json"
        guard let profile = try FilterBench.engineProfile(path, capabilities: []) else {
            print("skipped: \(path) is not installed")
            return
        }
        let program = try #require(try SeccompProgram.compile(profile))
        let work = try filtered(program) {
            [
                Int(coffer_personality(0xffff_ffff)), Int(coffer_personality(0x1234)),
                failure(socket(AF_NETLINK, Int32(SOCK_RAW.rawValue), 9)), failure(chroot("/")),
            ]
        }
        #expect(work.installed == 0)
        #expect(work.results.count == 4 && work.results[0] >= 0)
        #expect(work.results.dropFirst() == [-38, -22, -1])
    }

    /// What the model's check of programs accepts, the kernel does too. The threads must be able to end.
    @Test func randomPrograms() throws {
        var installed = 0
        let needed: Set<String> = [
            "exit", "futex", "madvise", "munmap", "mmap", "mprotect", "brk", "rt_sigprocmask", "rseq",
            "set_robust_list", "gettid", "getpid", "tgkill", "rt_sigaction", "rt_sigreturn", "write",
            "sched_yield",
        ]
        for seed in UInt64(1)...60 {
            var maker = ProfileMaker(FilterBench.bytes(seed &+ 5000, count: 4096), names: FilterBench.names)
            var profile = maker.profile(FilterBench.words.map(\.name))
            profile.defaultAction = "SCMP_ACT_ALLOW"
            profile.defaultErrnoRet = nil
            for index in profile.syscalls.indices {
                profile.syscalls[index].names.removeAll { needed.contains($0) }
            }
            profile.syscalls.removeAll { $0.names.isEmpty }
            let program = try #require(try SeccompProgram.compile(profile))
            let work = try filtered(program) { [] }
            #expect(work.installed == 0, "seed \(seed)")
            installed += 1
        }
        #expect(installed > 30)
    }
}
