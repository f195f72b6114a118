package import OCI

/// Makes profiles and calls out of bytes: the same bytes, the same profile. When the bytes end they begin again.
package struct ProfileMaker {
    private let bytes: [UInt8]
    private var place = 0
    private let names: [String]

    package init(_ bytes: [UInt8], names: [String]) {
        self.bytes = bytes
        self.names = names
    }

    private mutating func byte() -> Int {
        defer { place += 1 }
        return bytes.isEmpty ? 0 : Int(bytes[place % bytes.count])
    }

    private mutating func number(below bound: Int) -> Int { (byte() << 8 | byte()) % bound }

    private mutating func one<T>(_ choices: [T]) -> T { choices[number(below: choices.count)] }

    /// Values at which comparisons change their mind.
    private mutating func value() -> UInt64 {
        let base = one(
            [
                0, 1, 2, 9, 16, 40, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff, 0x1_0000_0000,
                0x1_0000_0001,
                0x5_0000_0000, 0x7fff_ffff_ffff_ffff, 0xffff_ffff_0000_0000, .max,
            ] as [UInt64])
        return base &+ UInt64(byte() % 3) &- 1
    }

    private mutating func argument(plain: Bool) -> OCI.SyscallArgument {
        var argument = OCI.SyscallArgument(
            op: one([
                "SCMP_CMP_EQ", "SCMP_CMP_NE", "SCMP_CMP_MASKED_EQ", "SCMP_CMP_LT", "SCMP_CMP_LE",
                "SCMP_CMP_GE", "SCMP_CMP_GT",
            ]))
        argument.index = UInt32(byte() % 6)
        argument.value = value()
        argument.valueTwo = value()
        let isBound = !["SCMP_CMP_EQ", "SCMP_CMP_NE", "SCMP_CMP_MASKED_EQ"].contains(argument.op)
        if plain && isBound { argument.value &= 0xffff_ffff }
        return argument
    }

    package static let actions = [
        "SCMP_ACT_ALLOW", "SCMP_ACT_ERRNO", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP",
        "SCMP_ACT_LOG", "SCMP_ACT_TRACE",
    ]

    /// A profile for these architectures or some of them.
    ///
    /// - Parameter plain: nothing that libseccomp understands otherwise than we do: a call has one rule, a rule asks
    ///   once for each argument, and bounds have 32 bits. The names must be of calls that every architecture has.
    package mutating func profile(_ architectures: [String], plain: Bool = false) -> OCI.Seccomp {
        var profile = OCI.Seccomp(defaultAction: one(Self.actions))
        if profile.defaultAction == "SCMP_ACT_ERRNO" { profile.defaultErrnoRet = UInt32(byte() % 50) }
        profile.architectures = architectures.filter { _ in byte() % 4 != 3 }
        var used: Set<String> = []
        for _ in 0..<(byte() % 40) {
            var rule = OCI.SyscallRule(action: one(Self.actions))
            if ["SCMP_ACT_ERRNO", "SCMP_ACT_TRACE"].contains(rule.action) { rule.errnoRet = UInt32(byte()) }
            rule.names = [one(names)]
            if plain && !used.insert(rule.names[0]).inserted { continue }
            for _ in 0..<(byte() % 4) {
                let next = argument(plain: plain)
                if plain && rule.args.contains(where: { $0.index == next.index }) { continue }
                rule.args.append(next)
            }
            if byte() % 3 == 0 && !plain { rule.names += (0..<(byte() % 8)).map { _ in one(names) } }
            profile.syscalls.append(rule)
        }
        return profile
    }

    /// A call of a number, with arguments near those that a profile asks about.
    package mutating func call(_ number: UInt32, _ token: UInt32, _ profile: OCI.Seccomp)
        -> FilterMachine.Call
    {
        var call = FilterMachine.Call(number, token)
        let asked = profile.syscalls.flatMap(\.args)
        for index in 0..<6 {
            call.arguments[index] = value()
            if !asked.isEmpty && byte() % 2 == 0 {
                let argument = one(asked)
                let base = argument.op == "SCMP_CMP_MASKED_EQ" ? argument.valueTwo : argument.value
                call.arguments[index] = base &+ UInt64(byte() % 3) &- 1
            }
        }
        return call
    }
}
