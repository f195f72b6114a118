/// An architecture that a filter can decide about.
struct FilterArchitecture {
    /// What the kernel calls it: `AUDIT_ARCH_` of linux/audit.h.
    let token: UInt32
    /// Its numbers in the table of system calls.
    let column: Int32
    /// Whether the filter compares whole arguments; libseccomp compares the lower halves of the others'.
    let wide: Bool
    /// What is set in every number.
    let numberBit: UInt32

    init(_ token: UInt32, _ column: Int32, wide: Bool, numberBit: UInt32 = 0) {
        self.token = token
        self.column = column
        self.wide = wide
        self.numberBit = numberBit
    }

    /// x86_64, which shares its token with x32.
    static let longMode: UInt32 = 0xC000_003E
    /// The bit of every x32 call's number, `__X32_SYSCALL_BIT`.
    static let x32Bit: UInt32 = 0x4000_0000

    /// The specification's names; nil for architectures of the other byte order, which a filter of this one's cannot
    /// decide about: this binary runs on little-endian machines.
    static let names: [(name: String, architecture: FilterArchitecture?)] = [
        ("SCMP_ARCH_X86", FilterArchitecture(0x4000_0003, 1, wide: false)),
        ("SCMP_ARCH_X86_64", FilterArchitecture(longMode, 0, wide: true)),
        ("SCMP_ARCH_X32", FilterArchitecture(longMode, 2, wide: false, numberBit: x32Bit)),
        ("SCMP_ARCH_ARM", FilterArchitecture(0x4000_0028, 4, wide: false)),
        ("SCMP_ARCH_AARCH64", FilterArchitecture(0xC000_00B7, 3, wide: true)),
        ("SCMP_ARCH_MIPS", nil), ("SCMP_ARCH_MIPS64", nil), ("SCMP_ARCH_MIPS64N32", nil),
        ("SCMP_ARCH_MIPSEL", FilterArchitecture(0x4000_0008, 5, wide: false)),
        ("SCMP_ARCH_MIPSEL64", FilterArchitecture(0xC000_0008, 6, wide: true)),
        ("SCMP_ARCH_MIPSEL64N32", FilterArchitecture(0xE000_0008, 7, wide: false)),
        ("SCMP_ARCH_PPC", nil), ("SCMP_ARCH_PPC64", nil),
        ("SCMP_ARCH_PPC64LE", FilterArchitecture(0xC000_0015, 8, wide: true)),
        ("SCMP_ARCH_S390", nil), ("SCMP_ARCH_S390X", nil),
        ("SCMP_ARCH_PARISC", nil), ("SCMP_ARCH_PARISC64", nil),
        ("SCMP_ARCH_RISCV64", FilterArchitecture(0xC000_00F3, 9, wide: true)),
    ]

    #if arch(x86_64)
        private static let native = "SCMP_ARCH_X86_64"
    #elseif arch(arm64)
        private static let native = "SCMP_ARCH_AARCH64"
    #endif

    /// The machine's own architecture and those of a profile, each once.
    static func resolve(_ wanted: [String]) throws(RuntimeError) -> [FilterArchitecture] {
        var found: [FilterArchitecture] = []
        for name in [native] + wanted {
            guard let known = names.first(where: { $0.name == name }) else {
                throw .refused("linux.seccomp.architectures: unknown architecture \"\(name)\"")
            }
            guard let architecture = known.architecture else {
                throw .refused(
                    "linux.seccomp.architectures: \(name) has another byte order than this machine, or no filter for it can be made here"
                )
            }
            if !found.contains(where: { $0.column == architecture.column }) { found.append(architecture) }
        }
        return found
    }
}
