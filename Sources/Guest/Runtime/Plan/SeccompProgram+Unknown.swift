internal import CSeccomp
internal import OCI

extension SeccompProgram {
    /// Instructions that go before a filter and answer ENOSYS to system calls that are newer than every one of the
    /// profile's: its author did not mean to refuse what did not exist, and C libraries fall back on ENOSYS alone.
    /// Empty where the default lets calls through. Classic BPF, 8 bytes an instruction; bpf(4), seccomp(2).
    static func answerToUnknown(_ profile: OCI.Seccomp, native: UInt32) -> [UInt8] {
        if ![
            "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_KILL_PROCESS",
            "SCMP_ACT_TRAP",
        ]
        .contains(profile.defaultAction)
            || (profile.defaultAction == "SCMP_ACT_ERRNO" && profile.defaultErrnoRet == 38)
        {
            return []
        }
        var tokens = [native]
        for name in profile.architectures {
            if let token = architectures.first(where: { $0.name == name })?.token, !tokens.contains(token) {
                tokens.append(token)
            }
        }
        var blocks: [[Instruction]] = []
        for token in tokens where token != x32 {
            guard let last = lastCall(profile, token) else { continue }
            var block = [Instruction(0x15, .next, .nextBlock, token), Instruction(0x20, .next, .next, 0)]
            if token == longMode {
                // The x32 calls have the same architecture and a bit of their own.
                let other = tokens.contains(x32) ? lastCall(profile, x32) : nil
                block.append(Instruction(0x35, other == nil ? .known : .skip(1), .next, 0x4000_0000))
                block.append(Instruction(0x25, .unknown, .known, last))
                if let other { block.append(Instruction(0x25, .unknown, .known, other)) }
            } else {
                block.append(Instruction(0x25, .unknown, .known, last))
            }
            blocks.append(block)
        }
        return assemble(blocks)
    }

    private static let longMode: UInt32 = 0xC000_003E
    private static let x32: UInt32 = 0x4000_003E

    /// The greatest number of the profile's calls on an architecture.
    private static func lastCall(_ profile: OCI.Seccomp, _ token: UInt32) -> UInt32? {
        var last: Int32 = -1
        for rule in profile.syscalls {
            for name in rule.names { last = max(last, seccomp_syscall_resolve_name_arch(token, name)) }
        }
        return last < 0 ? nil : UInt32(last)
    }

    /// Where a comparison goes on.
    private enum Target {
        case next
        case skip(Int)
        case nextBlock
        case known
        case unknown
    }

    private struct Instruction {
        let code: UInt8
        let whenTrue: Target
        let whenFalse: Target
        let value: UInt32

        init(_ code: UInt8, _ whenTrue: Target, _ whenFalse: Target, _ value: UInt32) {
            self.code = code
            self.whenTrue = whenTrue
            self.whenFalse = whenFalse
            self.value = value
        }
    }

    /// Load the architecture, the blocks, a jump over the refusal, the refusal: what is known goes on after it.
    private static func assemble(_ blocks: [[Instruction]]) -> [UInt8] {
        let total = blocks.reduce(0) { $0 + $1.count }
        // The end of the blocks is the jump, and then the refusal.
        let (jump, refusal) = (total, total + 1)
        if blocks.isEmpty || total > 250 { return [] }
        var bytes = encode(0x20, 0, 0, 4)
        var place = 0
        for block in blocks {
            let end = place + block.count
            for instruction in block {
                func distance(_ target: Target) -> UInt8 {
                    switch target {
                    case .next: 0
                    case .skip(let count): UInt8(count)
                    case .nextBlock: UInt8(end - place - 1)
                    case .known: UInt8(jump - place - 1)
                    case .unknown: UInt8(refusal - place - 1)
                    }
                }
                let isLoad = instruction.code == 0x20
                bytes += encode(
                    instruction.code, isLoad ? 0 : distance(instruction.whenTrue),
                    isLoad ? 0 : distance(instruction.whenFalse), instruction.value)
                place += 1
            }
        }
        // ENOSYS is 38 on every architecture of the kernel that has a filter but MIPS, where it is 89.
        return bytes + encode(0x05, 0, 0, 1) + encode(0x06, 0, 0, 0x0005_0000 | 38)
    }

    private static func encode(_ code: UInt8, _ whenTrue: UInt8, _ whenFalse: UInt8, _ value: UInt32)
        -> [UInt8]
    {
        [code, 0, whenTrue, whenFalse]
            + [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> UInt32($0)) }
    }
}
