import CSeccomp
import FilterModel
import Foundation
import OCI
import Testing

@testable import Runtime

/// Where our programs and those of libseccomp 2.5 differ, why, and that it is as it is meant.
struct LibraryDifferenceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let architectures: [String]
        let rules: [OCI.SyscallRule]
        let call: FilterMachine.Call
        let ours: UInt32
        /// Nil when libseccomp refuses the profile.
        let library: UInt32?
    }

    private static let allow: UInt32 = 0x7fff_0000
    private static let refuse: UInt32 = 0x0005_0001
    private static let x86: UInt32 = 0x4000_0003
    private static let longMode: UInt32 = 0xC000_003E

    private static func rule(
        _ action: String, _ name: String, _ conditions: (UInt32, String, UInt64)...
    ) -> OCI.SyscallRule {
        var rule = OCI.SyscallRule(action: action)
        rule.names = [name]
        rule.args = conditions.map { index, op, value in
            var argument = OCI.SyscallArgument(op: "SCMP_CMP_" + op)
            argument.index = index
            argument.value = value
            return argument
        }
        return rule
    }

    /// The default is ERRNO 1. Numbers are x86_64's and 32-bit x86's.
    static let rows: [Row] = [
        Row(
            testDescription:
                "a bound above 32 bits is cut on 32-bit architectures: \"less than 4 GiB\" becomes \"less than 0\"",
            architectures: ["SCMP_ARCH_X86"],
            rules: [rule("SCMP_ACT_ALLOW", "read", (2, "LT", 0x1_0000_0000))],
            call: .init(3, x86, [0, 0, 5]), ours: allow, library: refuse),
        Row(
            testDescription:
                "and \"more than 4 GiB\" becomes \"more than 0\", which allows what was not meant",
            architectures: ["SCMP_ARCH_X86"],
            rules: [rule("SCMP_ACT_ALLOW", "read", (2, "GT", 0x1_0000_0000))],
            call: .init(3, x86, [0, 0, 5]), ours: refuse, library: allow),
        Row(
            testDescription:
                "GHSA-4q85-33p6-j5g6: bounds on one 64-bit argument are merged by their upper halves",
            architectures: [],
            rules: [
                rule("SCMP_ACT_ALLOW", "tee", (1, "LE", 0)),
                rule("SCMP_ACT_ALLOW", "tee", (1, "LE", 0x7fff_ffff)),
                rule("SCMP_ACT_ALLOW", "tee", (1, "LE", 0x1_0000_0001)),
            ], call: .init(276, longMode, [0, 0x8000_0000]), ours: allow, library: refuse),
        Row(
            testDescription:
                "the number is not loaded where the first call of an architecture's list does not exist there",
            architectures: ["SCMP_ARCH_X32"],
            rules: [rule("SCMP_ACT_ALLOW", "setfsuid32"), rule("SCMP_ACT_ALLOW", "semget", (4, "NE", 8))],
            call: .init(64, longMode), ours: allow, library: refuse),
        Row(
            testDescription: "rules that contradict each other are refused (EEXIST); here the stricter wins",
            architectures: [],
            rules: [
                rule("SCMP_ACT_ALLOW", "personality", (0, "EQ", 1)),
                rule("SCMP_ACT_TRAP", "personality", (0, "EQ", 1)),
            ],
            call: .init(135, longMode, [1]), ours: 0x3_0000, library: nil),
        Row(
            testDescription: "the argument with the greater index decides; here the stricter wins",
            architectures: [],
            rules: [rule("SCMP_ACT_TRAP", "tee", (0, "EQ", 1)), rule("SCMP_ACT_ALLOW", "tee", (1, "EQ", 2))],
            call: .init(276, longMode, [1, 2]), ours: 0x3_0000, library: allow),
        Row(
            testDescription:
                "a condition on a socket's family is lost for socketcall, and what it refuses is allowed",
            architectures: ["SCMP_ARCH_X86"],
            rules: [
                rule("SCMP_ACT_ALLOW", "socket", (0, "NE", 40)),
                rule("SCMP_ACT_TRAP", "socket", (0, "EQ", 40)),
            ],
            call: .init(102, x86, [1]), ours: 0x3_0000, library: nil),
        Row(
            testDescription: "calls that are newer than the library are not known",
            architectures: [], rules: [rule("SCMP_ACT_ALLOW", "listns")], call: .init(470, longMode),
            ours: allow, library: refuse),
        Row(
            testDescription: "ARM's sync_file_range2 has two names", architectures: ["SCMP_ARCH_ARM"],
            rules: [rule("SCMP_ACT_ALLOW", "sync_file_range2")], call: .init(341, 0x4000_0028), ours: allow,
            library: refuse),
    ]

    #if arch(x86_64)
        @Test(arguments: rows) func differs(row: Row) throws {
            var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ERRNO")
            profile.architectures = row.architectures
            profile.syscalls = row.rules
            #expect(try FilterBench.compile(profile).run(row.call) == row.ours)
            #expect(FilterBench.model(profile).verdict(row.call) == row.ours)
            let version = try #require(seccomp_version()).pointee
            // Later ones have mended some of it.
            guard version.major == 2 && version.minor == 5 else { return }
            do {
                let library = FilterMachine(try LibraryFilter.program(profile)).run(row.call)
                #expect(library == row.library)
            } catch let refusal as LibraryFilter.Refusal {
                #expect(row.library == nil && refusal.code == EEXIST)
            }
        }
    #endif
}
