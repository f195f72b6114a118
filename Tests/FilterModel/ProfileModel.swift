package import OCI

/// What a profile says about a call, evaluated rule by rule and by name: slow, plain, and without a program.
package struct ProfileModel {
    /// Architectures that a profile can name, as the model needs to know them.
    package struct Architecture: Sendable {
        package let name: String
        package let token: UInt32
        package let is64Bit: Bool
        /// The number of a call by name; nil where the architecture has no such call.
        package let number: @Sendable (String) -> UInt32?

        package init(
            _ name: String, _ token: UInt32, is64Bit: Bool, number: @escaping @Sendable (String) -> UInt32?
        ) {
            self.name = name
            self.token = token
            self.is64Bit = is64Bit
            self.number = number
        }
    }

    private struct Rule {
        let index: Int
        let verdict: UInt32
        let arguments: [OCI.SyscallArgument]
    }

    private let defaultVerdict: UInt32
    private let answersUnknown: Bool
    private let architectures: [Architecture]
    /// By architecture and number, the rules of each name that the number stands for, with the operation.
    private var rules: [String: [UInt32: [(operation: UInt64, rules: [Rule])]]] = [:]
    private var last: [String: UInt32] = [:]

    /// Which calls socketcall(2) and ipc(2) stand for, by their first argument.
    package static let operations: [String: (call: String, operation: UInt64)] = {
        let sockets = [
            "socket", "bind", "connect", "listen", "accept", "getsockname", "getpeername", "socketpair",
            "send", "recv", "sendto", "recvfrom", "shutdown", "setsockopt", "getsockopt", "sendmsg",
            "recvmsg", "accept4", "recvmmsg", "sendmmsg",
        ]
        var found: [String: (String, UInt64)] = [:]
        for (index, name) in sockets.enumerated() { found[name] = ("socketcall", UInt64(index + 1)) }
        for (name, operation) in [
            "semop": 1, "semget": 2, "semctl": 3, "semtimedop": 4, "msgsnd": 11, "msgrcv": 12, "msgget": 13,
            "msgctl": 14, "shmat": 21, "shmdt": 22, "shmget": 23, "shmctl": 24,
        ] as [String: UInt64] { found[name] = ("ipc", operation) }
        return found
    }()

    /// - Parameter architectures: the machine's own and all that the profile names.
    package init(_ profile: OCI.Seccomp, _ architectures: [Architecture]) {
        self.architectures = architectures
        defaultVerdict = Self.verdict(profile.defaultAction, profile.defaultErrnoRet)
        answersUnknown = ![
            "SCMP_ACT_ALLOW", "SCMP_ACT_LOG", "SCMP_ACT_TRACE", "SCMP_ACT_NOTIFY",
        ].contains(profile.defaultAction)
        for architecture in architectures {
            var known: [UInt32: [(operation: UInt64, rules: [Rule])]] = [:]
            for (index, rule) in profile.syscalls.enumerated() {
                for name in rule.names { add(rule, index, name, architecture, &known) }
            }
            rules[architecture.name] = known
        }
    }

    private mutating func add(
        _ rule: OCI.SyscallRule, _ index: Int, _ name: String, _ architecture: Architecture,
        _ known: inout [UInt32: [(operation: UInt64, rules: [Rule])]]
    ) {
        var places: [(UInt32, UInt64)] = []
        if let number = architecture.number(name) { places.append((number, 0)) }
        if let (call, operation) = Self.operations[name], let number = architecture.number(call) {
            places.append((number, operation))
        }
        let verdict = Self.verdict(rule.action, rule.errnoRet)
        let repeats = Set(rule.args.map(\.index)).count != rule.args.count
        let alternatives = repeats ? rule.args.map { [$0] } : [rule.args]
        for (number, operation) in places {
            last[architecture.name] = max(last[architecture.name] ?? 0, number)
            if verdict == defaultVerdict { continue }
            let new = alternatives.map { Rule(index: index, verdict: verdict, arguments: $0) }
            if let index = known[number]?.firstIndex(where: { $0.operation == operation }) {
                known[number]?[index].rules += new
            } else {
                known[number, default: []].append((operation, new))
            }
        }
    }

    /// The kernel's value of an action; the words are known to be right.
    package static func verdict(_ action: String, _ errno: UInt32?) -> UInt32 {
        switch action {
        case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD": 0
        case "SCMP_ACT_KILL_PROCESS": 0x8000_0000
        case "SCMP_ACT_TRAP": 0x0003_0000
        case "SCMP_ACT_ERRNO": 0x0005_0000 | (errno ?? 1)
        case "SCMP_ACT_NOTIFY": 0x7fc0_0000
        case "SCMP_ACT_TRACE": 0x7ff0_0000 | (errno ?? 1)
        case "SCMP_ACT_LOG": 0x7ffc_0000
        default: 0x7fff_0000
        }
    }
}

extension ProfileModel {
    /// The verdict on a call.
    package func verdict(_ call: FilterMachine.Call) -> UInt32 {
        let x32 = call.architecture == 0xC000_003E && call.number & 0x4000_0000 != 0
        guard
            let architecture = architectures.first(where: {
                $0.token == call.architecture && ($0.name == "SCMP_ARCH_X32") == x32
            })
        else {
            let isNoCall = call.architecture == 0xC000_003E && call.number == .max
            return isNoCall && architectures.contains { $0.name == "SCMP_ARCH_X86_64" } ? defaultVerdict : 0
        }
        if answersUnknown, let last = last[architecture.name], call.number > last { return 0x0005_0000 | 38 }
        var matching: [Rule] = []
        for (operation, rules) in rules[architecture.name]?[call.number] ?? [] {
            let whole = rules.first { rule in
                !rule.arguments.contains { Self.decides($0, architecture.is64Bit) }
            }
            if operation == 0, let whole { return whole.verdict }
            if operation != 0 && !holds("SCMP_CMP_EQ", call, 0, operation, 0, architecture.is64Bit) {
                continue
            }
            for rule in whole.map({ [$0] }) ?? rules {
                let arguments = rule.arguments.filter { operation == 0 || $0.index != 0 }
                if arguments.allSatisfy({ holds($0, call, architecture.is64Bit) }) {
                    matching.append(rule)
                }
            }
        }
        // The strictest, and of equals the first.
        func rank(_ rule: Rule) -> (Int32, Int) {
            (Int32(bitPattern: rule.verdict & 0xffff_0000), rule.index)
        }
        return matching.min { rank($0) < rank($1) }?.verdict ?? defaultVerdict
    }

    private static func decides(_ argument: OCI.SyscallArgument, _ wide: Bool) -> Bool {
        if argument.op != "SCMP_CMP_MASKED_EQ" { return true }
        return wide ? argument.value != 0 : UInt32(truncatingIfNeeded: argument.value) != 0
    }

    private func holds(_ argument: OCI.SyscallArgument, _ call: FilterMachine.Call, _ wide: Bool) -> Bool {
        holds(argument.op, call, Int(argument.index), argument.value, argument.valueTwo, wide)
    }

    private func holds(
        _ op: String, _ call: FilterMachine.Call, _ index: Int, _ value: UInt64, _ second: UInt64,
        _ wide: Bool
    ) -> Bool {
        let low: UInt64 = 0xffff_ffff
        let argument = wide ? call.arguments[index] : call.arguments[index] & low
        let whole = wide ? value : value & low
        switch op {
        case "SCMP_CMP_NE": return argument != whole
        case "SCMP_CMP_EQ": return argument == whole
        // Bounds are not cut: what does not fit in an argument is above every one.
        case "SCMP_CMP_LT": return argument < value
        case "SCMP_CMP_LE": return argument <= value
        case "SCMP_CMP_GE": return argument >= value
        case "SCMP_CMP_GT": return argument > value
        default: return argument & whole == second & whole
        }
    }
}
