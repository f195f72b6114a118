internal import CLinux
internal import OCI

/// What happens to a call when all conditions hold.
struct FilterRule: Equatable {
    /// The kernel's value of the action.
    let verdict: UInt32
    let conditions: [FilterCondition]
}

/// A profile with every word judged; nothing in it depends on an architecture yet.
struct FilterProfile {
    let defaultVerdict: UInt32
    /// Whether calls newer than the profile's are answered with ENOSYS.
    let answersUnknown: Bool
    private(set) var rules: [FilterRule] = []
    /// Rows of the table of system calls with the rule that names them, in the profile's order. Without a rule
    /// the profile only says again what its default is; the call is known all the same.
    private(set) var calls: [(row: Int32, rule: Int?)] = []
    private(set) var notifies = false
    private let refusesUnknown: Bool

    /// - Parameter refusesUnknown: whether a name that no architecture has is an error.
    init(_ profile: OCI.Seccomp, refusesUnknown: Bool = false) throws(RuntimeError) {
        self.refusesUnknown = refusesUnknown
        defaultVerdict = try SeccompProgram.action(
            profile.defaultAction, profile.defaultErrnoRet, field: "linux.seccomp.defaultAction")
        answersUnknown = [
            "SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_KILL_PROCESS",
            "SCMP_ACT_TRAP",
        ]
        .contains(profile.defaultAction)
        for (index, rule) in profile.syscalls.enumerated() {
            try add(rule, field: "linux.seccomp.syscalls[\(index)]")
        }
        if rules.count >= FilterCalls.mostRules {
            throw .refused(
                "linux.seccomp.syscalls: expected less than \(FilterCalls.mostRules) rules, found \(rules.count)"
            )
        }
    }

    private mutating func add(_ rule: OCI.SyscallRule, field: String) throws(RuntimeError) {
        let verdict = try SeccompProgram.action(rule.action, rule.errnoRet, field: field + ".action")
        notifies = notifies || verdict == SeccompProgram.notify
        if verdict == defaultVerdict {
            try name(rule.names, rule: nil, field)
            return
        }
        if rule.names.isEmpty {
            throw .refused("\(field).names: expected at least one system call, found none")
        }
        var conditions: [FilterCondition] = []
        for (index, argument) in rule.args.enumerated() {
            conditions.append(try FilterCondition(argument, field: "\(field).args[\(index)]"))
        }
        // Several conditions on one argument are alternatives, each a rule of its own; as in runc.
        var seen: UInt32 = 0
        var repeats = false
        for condition in conditions {
            repeats = repeats || seen & 1 << condition.argument != 0
            seen |= 1 << condition.argument
        }
        for alternative in repeats ? conditions.map({ [$0] }) : [conditions] {
            rules.append(FilterRule(verdict: verdict, conditions: alternative))
            try name(rule.names, rule: rules.count - 1, field)
        }
    }

    private mutating func name(_ names: [String], rule: Int?, _ field: String) throws(RuntimeError) {
        for name in names {
            var name = name
            let row = name.withUTF8 { bytes in
                bytes.withMemoryRebound(to: CChar.self) { coffer_system_call($0.baseAddress, $0.count) }
            }
            if row >= 0 {
                calls.append((row, rule))
            } else if refusesUnknown {
                throw .refused("\(field).names: unknown system call \"\(name)\"")
            }
        }
    }
}
