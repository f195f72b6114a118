internal import CSeccomp
internal import OCI

extension SeccompProgram {
    /// libseccomp's tokens by the specification's names.
    static let architectures: [(name: String, token: UInt32)] = [
        ("SCMP_ARCH_X86", 0x4000_0003), ("SCMP_ARCH_X86_64", 0xC000_003E), ("SCMP_ARCH_X32", 0x4000_003E),
        ("SCMP_ARCH_ARM", 0x4000_0028), ("SCMP_ARCH_AARCH64", 0xC000_00B7), ("SCMP_ARCH_MIPS", 0x0000_0008),
        ("SCMP_ARCH_MIPS64", 0x8000_0008), ("SCMP_ARCH_MIPS64N32", 0xA000_0008),
        ("SCMP_ARCH_MIPSEL", 0x4000_0008),
        ("SCMP_ARCH_MIPSEL64", 0xC000_0008), ("SCMP_ARCH_MIPSEL64N32", 0xE000_0008),
        ("SCMP_ARCH_PPC", 0x0000_0014),
        ("SCMP_ARCH_PPC64", 0x8000_0015), ("SCMP_ARCH_PPC64LE", 0xC000_0015), ("SCMP_ARCH_S390", 0x0000_0016),
        ("SCMP_ARCH_S390X", 0x8000_0016), ("SCMP_ARCH_PARISC", 0x0000_000F),
        ("SCMP_ARCH_PARISC64", 0x8000_000F),
        ("SCMP_ARCH_RISCV64", 0xC000_00F3),
    ]
    /// Actions whose low bits carry no data.
    static let plainActions: [(name: String, value: UInt32)] = [
        ("SCMP_ACT_KILL", 0x0000_0000), ("SCMP_ACT_KILL_THREAD", 0x0000_0000),
        ("SCMP_ACT_KILL_PROCESS", 0x8000_0000), ("SCMP_ACT_TRAP", 0x0003_0000),
        ("SCMP_ACT_ALLOW", 0x7fff_0000),
        ("SCMP_ACT_LOG", 0x7ffc_0000), ("SCMP_ACT_NOTIFY", 0x7fc0_0000),
    ]
    /// `SECCOMP_FILTER_FLAG_` bits by name.
    static let flagBits: [(name: String, bit: UInt32)] = [
        ("SECCOMP_FILTER_FLAG_TSYNC", 0x1), ("SECCOMP_FILTER_FLAG_LOG", 0x2),
        ("SECCOMP_FILTER_FLAG_SPEC_ALLOW", 0x4),
        ("SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 0x20),
    ]
    private static let operators: [(name: String, comparison: scmp_compare)] = [
        ("SCMP_CMP_NE", SCMP_CMP_NE), ("SCMP_CMP_LT", SCMP_CMP_LT), ("SCMP_CMP_LE", SCMP_CMP_LE),
        ("SCMP_CMP_EQ", SCMP_CMP_EQ), ("SCMP_CMP_GE", SCMP_CMP_GE), ("SCMP_CMP_GT", SCMP_CMP_GT),
        ("SCMP_CMP_MASKED_EQ", SCMP_CMP_MASKED_EQ),
    ]

    /// The operators' names.
    static var operatorNames: [String] { operators.map { $0.name } }

    /// The kernel's value of an action.
    static func action(_ name: String, _ errnoReturn: UInt32?, field: String) throws(RuntimeError) -> UInt32 {
        if let plain = plainActions.first(where: { $0.name == name }) {
            if errnoReturn != nil && errnoReturn != 0 {
                throw .refused("\(field): \(name) takes no errnoRet, found \(errnoReturn ?? 0)")
            }
            return plain.value
        }
        let data = errnoReturn ?? 1
        if data > 0xffff { throw .refused("\(field): expected an errnoRet of 0 to 65535, found \(data)") }
        switch name {
        case "SCMP_ACT_ERRNO": return 0x0005_0000 | data
        case "SCMP_ACT_TRACE": return 0x7ff0_0000 | data
        default: throw .refused("\(field): unknown action \"\(name)\"; expected names such as SCMP_ACT_ALLOW")
        }
    }

    /// A condition in libseccomp's form.
    static func condition(_ argument: OCI.SyscallArgument, field: String) throws(RuntimeError) -> scmp_arg_cmp
    {
        guard let comparison = operators.first(where: { $0.name == argument.op })?.comparison else {
            throw .refused(
                "\(field).op: unknown operator \"\(argument.op)\"; expected names such as SCMP_CMP_EQ")
        }
        if argument.index > 5 { throw .refused("\(field).index: expected 0 to 5, found \(argument.index)") }
        return scmp_arg_cmp(
            arg: argument.index, op: comparison, datum_a: argument.value, datum_b: argument.valueTwo)
    }

    /// The flags' bits, with the listener's bit when a rule notifies. Without a list it is SPEC_ALLOW, as in runc.
    static func flags(_ names: [String]?, notifies: Bool) throws(RuntimeError) -> UInt32 {
        var bits: UInt32 = notifies ? 0x8 : 0
        for name in names ?? ["SECCOMP_FILTER_FLAG_SPEC_ALLOW"] {
            guard let flag = flagBits.first(where: { $0.name == name }) else {
                throw .refused("linux.seccomp.flags: unknown seccomp flag \"\(name)\"")
            }
            bits |= flag.bit
        }
        // One thread: there is nothing to synchronise, and the kernel refuses it together with a listener.
        return bits & ~0x1
    }
}
