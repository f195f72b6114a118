import FilterModel
import OCI
import Testing

@testable import Runtime

/// What decides about a call when several rules name it: one row for each way.
struct SeccompProgramTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let rules: [OCI.SyscallRule]
        /// Arguments of personality(2) and of another call, and what comes back.
        let expected: [(arguments: [UInt64], verdict: UInt32)]
        var testDescription: String { text }
    }

    private static let allow: UInt32 = 0x7fff_0000
    private static func errno(_ number: UInt32) -> UInt32 { 0x0005_0000 | number }

    private static func rule(
        _ action: String, names: [String] = ["personality"], errno: UInt32? = nil,
        _ conditions: (UInt32, String, UInt64)...
    ) -> OCI.SyscallRule {
        var rule = OCI.SyscallRule(action: action)
        rule.names = names
        rule.errnoRet = errno
        rule.args = conditions.map { index, op, value in
            var argument = OCI.SyscallArgument(op: "SCMP_CMP_" + op)
            argument.index = index
            argument.value = value
            return argument
        }
        return rule
    }

    /// The default is ERRNO 38.
    static let rows: [Row] = [
        Row(
            text: "a rule without conditions wins over a stricter one with, before or after it",
            rules: [
                rule("SCMP_ACT_KILL_PROCESS", (0, "EQ", 1)), rule("SCMP_ACT_ALLOW"),
                rule("SCMP_ACT_KILL_PROCESS", (0, "EQ", 2)),
            ], expected: [([1], allow), ([2], allow), ([3], allow)]),
        Row(
            text: "of two without conditions the first wins",
            rules: [rule("SCMP_ACT_ERRNO", errno: 7), rule("SCMP_ACT_ALLOW")], expected: [([1], errno(7))]),
        Row(
            text: "a rule that says what the default says is as if it was not there",
            rules: [rule("SCMP_ACT_ERRNO", errno: 38), rule("SCMP_ACT_ALLOW", (0, "EQ", 1))],
            expected: [([1], allow), ([2], errno(38))]),
        Row(
            text: "conditions of one rule must all hold",
            rules: [rule("SCMP_ACT_ALLOW", (0, "EQ", 1), (1, "EQ", 2))],
            expected: [([1, 2], allow), ([1, 3], errno(38)), ([0, 2], errno(38))]),
        Row(
            text: "conditions on one argument are alternatives, and take the others of their rule with them",
            rules: [rule("SCMP_ACT_ALLOW", (0, "EQ", 1), (0, "EQ", 2), (1, "EQ", 5))],
            expected: [([1, 0], allow), ([2, 0], allow), ([3, 5], allow), ([3, 0], errno(38))]),
        Row(
            text: "rules of one call are alternatives",
            rules: [rule("SCMP_ACT_ALLOW", (0, "EQ", 1)), rule("SCMP_ACT_ALLOW", (1, "EQ", 2))],
            expected: [([1, 0], allow), ([0, 2], allow), ([0, 0], errno(38))]),
        Row(
            text: "of several that hold the strictest wins, in any order",
            rules: [
                rule("SCMP_ACT_ALLOW", (0, "GE", 1)), rule("SCMP_ACT_TRAP", (0, "EQ", 3)),
                rule("SCMP_ACT_ERRNO", errno: 5, (0, "LE", 3)), rule("SCMP_ACT_LOG", (0, "GE", 1)),
            ], expected: [([0], errno(5)), ([2], errno(5)), ([3], 0x3_0000), ([4], 0x7ffc_0000)]),
        Row(
            text: "of equally strict ones the first wins",
            rules: [
                rule("SCMP_ACT_ERRNO", errno: 5, (0, "EQ", 1)),
                rule("SCMP_ACT_ERRNO", errno: 6, (0, "LE", 1)),
            ], expected: [([1], errno(5)), ([0], errno(6))]),
        Row(
            text: "a mask of nothing is no condition",
            rules: [rule("SCMP_ACT_ALLOW", (0, "MASKED_EQ", 0)), rule("SCMP_ACT_TRAP", (0, "EQ", 1))],
            expected: [([1], allow), ([2], allow)]),
        Row(
            text: "arguments are unsigned and have 64 bits",
            rules: [rule("SCMP_ACT_ALLOW", (0, "GT", 0x1_0000_0000))],
            expected: [
                ([0x1_0000_0000], errno(38)), ([0x1_0000_0001], allow), ([0xffff_ffff], errno(38)),
                ([.max], allow),
            ]),
    ]

    @Test(arguments: rows) func decides(row: Row) throws {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ERRNO")
        profile.defaultErrnoRet = 38
        profile.syscalls = row.rules
        let program = try FilterBench.compile(profile)
        #expect(program.fault == nil)
        let word = FilterBench.words.first { $0.name == FilterBench.native }
        let native = try #require(word)
        let number = try #require(FilterBench.number("personality", native.column))
        for (arguments, verdict) in row.expected {
            #expect(
                program.run(FilterMachine.Call(number, native.token, arguments)) == verdict, "\(arguments)")
        }
    }

    /// Sockets of 32-bit x86 can be made with socketcall(2), whose arguments no filter sees. A rule that refuses some
    /// of them then refuses all: AF_VSOCK is not to be had that way.
    @Test(arguments: [true, false])
    func oppositeConditionsOnOneCallCompileInAnyOrder(refusesFirst: Bool) throws {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ERRNO")
        profile.architectures = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
        let refused = Self.rule("SCMP_ACT_ERRNO", names: ["socket"], errno: 22, (0, "EQ", 40))
        let allowed = Self.rule("SCMP_ACT_ALLOW", names: ["socket"], (0, "NE", 40))
        profile.syscalls = refusesFirst ? [refused, allowed] : [allowed, refused]
        let program = try FilterBench.compile(profile)
        for (number, token) in [(41, 0xC000_003E), (359, 0x4000_0003), (0x4000_0029, 0xC000_003E)]
            as [(UInt32, UInt32)]
        {
            #expect(program.run(FilterMachine.Call(number, token, [40])) == Self.errno(22))
            #expect(program.run(FilterMachine.Call(number, token, [2])) == Self.allow)
        }
        #expect(program.run(FilterMachine.Call(102, 0x4000_0003, [1])) == Self.errno(22))
        #expect(program.run(FilterMachine.Call(102, 0x4000_0003, [2])) == Self.errno(1))
    }

    /// More distinct neighbours than a jump can pass over.
    @Test func longProgramsJumpInSteps() throws {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
        profile.architectures = FilterBench.words.map(\.name)
        for (index, name) in FilterBench.names.enumerated() {
            profile.syscalls.append(
                Self.rule("SCMP_ACT_ERRNO", names: [name], errno: UInt32(index + 1), (1, "EQ", UInt64(index)))
            )
        }
        profile.syscalls = Array(profile.syscalls.prefix(60))
        let (program, model) = (try FilterBench.compile(profile), FilterBench.model(profile))
        #expect(program.fault == nil)
        #expect(program.instructions.count > 2000)
        for word in FilterBench.words {
            for number in FilterBench.numbers(word) {
                for argument in UInt64(0)..<60 {
                    let call = FilterMachine.Call(number, word.token, [0, argument])
                    #expect(program.run(call) == model.verdict(call))
                }
            }
        }
    }

    @Test func aFilterThatTheKernelWouldNotTakeIsRefused() {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
        for index in 0..<2000 {
            profile.syscalls.append(
                Self.rule(
                    "SCMP_ACT_ERRNO", names: ["read"], errno: UInt32(index + 1), (1, "EQ", UInt64(index))))
        }
        do throws(RuntimeError) {
            let program = try SeccompProgram.compile(profile)
            Issue.record("expected a refusal, found \(program?.instructions.count ?? 0) bytes")
        } catch {
            guard case .refused(let text) = error else {
                Issue.record("expected a refusal, found \(error)")
                return
            }
            #expect(text.contains("linux.seccomp.syscalls: the filter has "))
            #expect(text.contains(" instructions; the kernel takes 4096"))
        }
    }

    @Test(arguments: ["SCMP_ARCH_S390X", "SCMP_ARCH_PPC", "SCMP_ARCH_PARISC64"])
    func theOtherByteOrderIsRefused(name: String) {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
        profile.architectures = [name]
        #expect(throws: RuntimeError.self) { try SeccompProgram.compile(profile) }
    }

    /// The words of every action, and what they carry.
    @Test(
        arguments: [
            ("SCMP_ACT_KILL", nil, 0), ("SCMP_ACT_KILL_THREAD", nil, 0),
            ("SCMP_ACT_KILL_PROCESS", nil, 0x8000_0000),
            ("SCMP_ACT_TRAP", nil, 0x0003_0000), ("SCMP_ACT_ERRNO", nil, 0x0005_0001),
            ("SCMP_ACT_ERRNO", 95, 0x0005_005f), ("SCMP_ACT_TRACE", 7, 0x7ff0_0007),
            ("SCMP_ACT_TRACE", nil, 0x7ff0_0001),
            ("SCMP_ACT_LOG", nil, 0x7ffc_0000), ("SCMP_ACT_NOTIFY", nil, 0x7fc0_0000),
        ] as [(String, UInt32?, UInt32)])
    func actions(name: String, errno: UInt32?, verdict: UInt32) throws {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
        profile.listenerPath = "/listener"
        profile.syscalls = [Self.rule(name, errno: errno)]
        let native = try #require(FilterBench.words.first { $0.name == FilterBench.native })
        let number = try #require(FilterBench.number("personality", native.column))
        #expect(try FilterBench.compile(profile).run(FilterMachine.Call(number, native.token)) == verdict)
    }
}
