import CSeccomp
import Foundation
import OCI

/// libseccomp's filter of a profile, built as runc builds it; the peer of our compiler.
enum LibraryFilter {
    struct Refusal: Error { let code: Int32 }

    /// The program, without runc's answer to unknown calls.
    static func program(_ profile: OCI.Seccomp) throws -> [UInt8] {
        let ownDefault = action(profile.defaultAction, profile.defaultErrnoRet)
        guard let context = seccomp_init(ownDefault) else { throw Refusal(code: ENOMEM) }
        defer { seccomp_release(context) }
        for name in profile.architectures {
            let result = seccomp_arch_add(context, token(name))
            if result < 0 && result != -EEXIST { throw Refusal(code: -result) }
        }
        for rule in profile.syscalls {
            let ruleAction = action(rule.action, rule.errnoRet)
            if ruleAction == ownDefault { continue }
            let conditions = rule.args.map(condition)
            let repeats = Set(rule.args.map(\.index)).count != rule.args.count
            for name in rule.names {
                let number = seccomp_syscall_resolve_name(name)
                if number == -1 { continue }
                for one in repeats ? conditions.map({ [$0] }) : [conditions] {
                    let result = seccomp_rule_add_array(context, ruleAction, number, UInt32(one.count), one)
                    if result < 0 { throw Refusal(code: -result) }
                }
            }
        }
        return try export(context)
    }

    static func token(_ name: String) -> UInt32 {
        seccomp_arch_resolve_name(String(name.dropFirst("SCMP_ARCH_".count)).lowercased())
    }

    /// The number of a call on an architecture; nil for none, also where only one call stands for many.
    static func number(_ name: String, _ architecture: String) -> Int32? {
        let number = seccomp_syscall_resolve_name_arch(token(architecture), name)
        return number < 0 ? nil : number
    }

    private static func export(_ context: UnsafeMutableRawPointer) throws -> [UInt8] {
        guard let file = tmpfile() else { throw Refusal(code: errno) }
        defer { fclose(file) }
        let result = seccomp_export_bpf(context, fileno(file))
        if result < 0 { throw Refusal(code: -result) }
        rewind(file)
        var bytes = [UInt8](repeating: 0, count: 1 << 19)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes[..<count])
    }

    private static func action(_ name: String, _ errno: UInt32?) -> UInt32 {
        switch name {
        case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD": 0
        case "SCMP_ACT_KILL_PROCESS": 0x8000_0000
        case "SCMP_ACT_TRAP": 0x0003_0000
        case "SCMP_ACT_ERRNO": 0x0005_0000 | (errno ?? 1)
        case "SCMP_ACT_TRACE": 0x7ff0_0000 | (errno ?? 1)
        case "SCMP_ACT_LOG": 0x7ffc_0000
        case "SCMP_ACT_NOTIFY": 0x7fc0_0000
        default: 0x7fff_0000
        }
    }

    private static func condition(_ argument: OCI.SyscallArgument) -> scmp_arg_cmp {
        let operators: [String: scmp_compare] = [
            "SCMP_CMP_NE": SCMP_CMP_NE, "SCMP_CMP_LT": SCMP_CMP_LT, "SCMP_CMP_LE": SCMP_CMP_LE,
            "SCMP_CMP_EQ": SCMP_CMP_EQ, "SCMP_CMP_GE": SCMP_CMP_GE, "SCMP_CMP_GT": SCMP_CMP_GT,
            "SCMP_CMP_MASKED_EQ": SCMP_CMP_MASKED_EQ,
        ]
        return scmp_arg_cmp(
            arg: argument.index, op: operators[argument.op] ?? SCMP_CMP_EQ, datum_a: argument.value,
            datum_b: argument.valueTwo)
    }
}
