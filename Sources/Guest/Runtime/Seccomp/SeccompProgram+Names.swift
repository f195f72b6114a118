extension SeccompProgram {
    /// `SECCOMP_RET_USER_NOTIF`.
    static let notify: UInt32 = 0x7fc0_0000
    /// `SECCOMP_RET_ERRNO` with ENOSYS. It is 38 on every architecture of the kernel's but MIPS and PA-RISC.
    static let unknownCall: UInt32 = 0x0005_0000 | 38
    /// `SECCOMP_RET_KILL_THREAD`.
    static let kill: UInt32 = 0

    /// Actions whose low bits carry no data.
    static let plainActions: [(name: String, value: UInt32)] = [
        ("SCMP_ACT_KILL", kill), ("SCMP_ACT_KILL_THREAD", kill),
        ("SCMP_ACT_KILL_PROCESS", 0x8000_0000), ("SCMP_ACT_TRAP", 0x0003_0000),
        ("SCMP_ACT_ALLOW", 0x7fff_0000),
        ("SCMP_ACT_LOG", 0x7ffc_0000), ("SCMP_ACT_NOTIFY", notify),
    ]
    /// `SECCOMP_FILTER_FLAG_` bits by name.
    static let flagBits: [(name: String, bit: UInt32)] = [
        ("SECCOMP_FILTER_FLAG_TSYNC", 0x1), ("SECCOMP_FILTER_FLAG_LOG", 0x2),
        ("SECCOMP_FILTER_FLAG_SPEC_ALLOW", 0x4),
        ("SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV", 0x20),
    ]

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
