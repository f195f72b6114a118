import OCI
import Testing

@testable import Runtime

struct SeccompProgramTests {
    private func rule(_ action: String, _ op: String) -> OCI.SyscallRule {
        var argument = OCI.SyscallArgument(op: op)
        argument.value = 40
        var rule = OCI.SyscallRule(action: action)
        rule.names = ["socket"]
        rule.args = [argument]
        return rule
    }

    /// Two rules that divide one call between them, in both orders, for all three architectures of the processor.
    @Test(arguments: [true, false])
    func oppositeConditionsOnOneCallCompileInAnyOrder(refusesFirst: Bool) throws {
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ERRNO")
        profile.architectures = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86", "SCMP_ARCH_X32"]
        var refused = rule("SCMP_ACT_ERRNO", "SCMP_CMP_EQ")
        refused.errnoRet = 22
        let allowed = rule("SCMP_ACT_ALLOW", "SCMP_CMP_NE")
        profile.syscalls = refusesFirst ? [refused, allowed] : [allowed, refused]
        let program = try SeccompProgram.compile(profile)
        #expect(program?.instructions.isEmpty == false)
    }
}
