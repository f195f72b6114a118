package import OCI

/// One process to start in a container, resolved and judged: what the stage executes without looking back.
package struct ProcessPlan {
    /// Never empty: the first is the program, looked for in `environment`'s PATH when it has no slash.
    package let arguments: [String]
    /// In the specification's order; of several values of a name the program gets the last.
    package let environment: [String]
    /// Absolute, inside the container; entered as the user when root may not.
    package let workingDirectory: String
    /// As the container's user namespace numbers it.
    package let userID: UInt32
    /// The primary group, numbered likewise.
    package let groupID: UInt32
    /// Besides `groupID`; empty takes those away that the maker had.
    package let additionalGroups: [UInt32]
    /// Of the program; 022 when the specification says nothing.
    package let umask: UInt32
    /// What was asked for and this kernel does not have: one text each.
    package private(set) var unknownCapabilities: [String] = []
    /// All that the process has; none at all where the specification says nothing, as in runc.
    package let capabilities: ProcessCapabilities
    /// Each resource once; others stay the maker's.
    package let resourceLimits: [ResourceLimitPlan]
    /// Whether execve gives no privileges. PR_SET_NO_NEW_PRIVS(2const).
    package let noNewPrivileges: Bool
    /// Whether the streams are a new terminal of the container's own.
    package let terminal: Bool
    /// Of the terminal, in characters; nil leaves the kernel's 0 by 0.
    package let consoleSize: OCI.ConsoleSize?
    /// -1000 to 1000; nil leaves the maker's. proc_pid_oom_score_adj(5).
    package let oomScoreAdjustment: Int?
    /// nil leaves the maker's.
    package let scheduler: SchedulerPlan?
    /// Class in the bits from 13 on, level 0 to 7 below; nil leaves the maker's. ioprio_set(2).
    package let ioPriority: Int32?
    /// Empty for no wish; `mount` is set for a first process alone.
    package var labels = SecurityLabels()
    /// Processors for a further process: before it is in the container's control group, and as a program.
    package let affinity: AffinityPlan
    /// Installed last before the process runs.
    package var filter: SeccompProgram?

    /// Judges a process; the first thing that is unknown or impossible is the error.
    ///
    /// - Parameter inherited: the container's capabilities, for a further process that names none of its own.
    package init(
        _ process: OCI.Process, inheriting inherited: OCI.Capabilities? = nil
    ) throws(RuntimeError) {
        guard let first = process.args.first, !first.isEmpty else {
            throw .refused("process.args: expected at least the program to run, found none")
        }
        for text in process.args + process.env + [process.cwd] where text.utf8.contains(0) {
            throw .refused("process: a NUL character in \"\(text)\" cannot reach a program")
        }
        guard process.cwd.utf8.first == UInt8(ascii: "/") else {
            throw .refused(
                "process.cwd: Cwd property must not be empty and must be an absolute path, found \"\(process.cwd)\""
            )
        }
        arguments = process.args
        environment = process.env
        workingDirectory = process.cwd
        userID = process.user.uid
        groupID = process.user.gid
        additionalGroups = process.user.additionalGids
        umask = process.user.umask ?? 0o022
        resourceLimits = try ResourceLimitPlan.resolve(process.rlimits)
        noNewPrivileges = process.noNewPrivileges
        terminal = process.terminal
        consoleSize = process.consoleSize
        oomScoreAdjustment = process.oomScoreAdj
        if let score = process.oomScoreAdj, !(-1000...1000).contains(score) {
            throw .refused("process.oomScoreAdj: expected -1000 to 1000, found \(score)")
        }
        scheduler = try SchedulerPlan.resolve(process.scheduler)
        ioPriority = try resolveIOPriority(process.ioPriority)
        labels.appArmor = process.apparmorProfile
        labels.process = process.selinuxLabel
        affinity = try AffinityPlan(process.execCPUAffinity)
        capabilities = Self.resolve(process.capabilities ?? inherited, unknown: &unknownCapabilities)
    }

    /// What cannot be granted is refused or, if the front end wants that, warned of.
    func judgeCapabilities(_ options: ConstructionOptions) throws(RuntimeError) {
        for text in unknownCapabilities {
            if !options.warnsOfUnknownWords { throw .refused(text) }
            options.warn?(text)
        }
        guard let warn = options.warn else { return }
        // Such sets are common, and the kernel has no ambient capability that is not inheritable and permitted.
        let possible = capabilities.inheritable.bits & capabilities.permitted.bits
        let impossible = capabilities.ambient.bits & ~possible
        for number in CapabilitySet.names.indices where impossible >> UInt64(number) & 1 == 1 {
            warn("can't raise ambient capability \(CapabilitySet.names[number]): operation not permitted")
        }
    }

    private static func resolve(
        _ sets: OCI.Capabilities?, unknown: inout [String]
    ) -> ProcessCapabilities {
        var resolved = ProcessCapabilities()
        guard let sets else { return resolved }
        let field = "process.capabilities."
        resolved.bounding = CapabilitySet(
            names: sets.bounding, field: field + "bounding", unknown: &unknown)
        resolved.effective = CapabilitySet(
            names: sets.effective, field: field + "effective", unknown: &unknown)
        resolved.inheritable = CapabilitySet(
            names: sets.inheritable, field: field + "inheritable", unknown: &unknown)
        resolved.permitted = CapabilitySet(
            names: sets.permitted, field: field + "permitted", unknown: &unknown)
        resolved.ambient = CapabilitySet(
            names: sets.ambient, field: field + "ambient", unknown: &unknown)
        return resolved
    }
}

/// A scheduling policy, resolved. sched_setattr(2).
package struct SchedulerPlan: Equatable {
    /// Number of a `SCHED_` policy.
    package let policy: UInt32
    /// `SCHED_FLAG_` bits.
    package let flags: UInt64
    /// -20 to 19; heeded by SCHED_OTHER and SCHED_BATCH.
    package let nice: Int32
    /// 0, or for SCHED_FIFO and SCHED_RR 1 to 99; the kernel judges it.
    package let priority: UInt32
    /// Nanoseconds of processor time in each period, for SCHED_DEADLINE; 1024 at least there.
    package let runtime: UInt64
    /// Nanoseconds from a period's start; not less than `runtime` for SCHED_DEADLINE.
    package let deadline: UInt64
    /// Nanoseconds; 0 stands for `deadline`.
    package let period: UInt64

    static let policies: [(name: String, number: UInt32)] = [
        ("SCHED_OTHER", 0), ("SCHED_FIFO", 1), ("SCHED_RR", 2), ("SCHED_BATCH", 3), ("SCHED_ISO", 4),
        ("SCHED_IDLE", 5), ("SCHED_DEADLINE", 6),
    ]
    static let flagBits: [(name: String, bit: UInt64)] = [
        ("SCHED_FLAG_RESET_ON_FORK", 0x01), ("SCHED_FLAG_RECLAIM", 0x02), ("SCHED_FLAG_DL_OVERRUN", 0x04),
        ("SCHED_FLAG_KEEP_POLICY", 0x08), ("SCHED_FLAG_KEEP_PARAMS", 0x10),
        ("SCHED_FLAG_UTIL_CLAMP_MIN", 0x20),
        ("SCHED_FLAG_UTIL_CLAMP_MAX", 0x40),
    ]

    static func resolve(_ scheduler: OCI.Scheduler?) throws(RuntimeError) -> SchedulerPlan? {
        guard let scheduler else { return nil }
        guard let policy = policies.first(where: { $0.name == scheduler.policy }) else {
            throw .refused(
                "process.scheduler.policy: unknown policy \"\(scheduler.policy)\"; expected names such as SCHED_OTHER"
            )
        }
        var bits: UInt64 = 0
        for name in scheduler.flags {
            guard let flag = flagBits.first(where: { $0.name == name }) else {
                throw .refused("process.scheduler.flags: unknown flag \"\(name)\"")
            }
            bits |= flag.bit
        }
        if !(-20...19).contains(scheduler.nice) {
            throw .refused("process.scheduler.nice: expected -20 to 19, found \(scheduler.nice)")
        }
        guard let priority = UInt32(exactly: scheduler.priority) else {
            throw .refused("process.scheduler.priority: expected 0 or more, found \(scheduler.priority)")
        }
        if policy.name == "SCHED_DEADLINE" { try checkDeadline(scheduler) }
        return SchedulerPlan(
            policy: policy.number, flags: bits, nice: scheduler.nice, priority: priority,
            runtime: scheduler.runtime,
            deadline: scheduler.deadline, period: scheduler.period)
    }
}

/// What the kernel answers with EINVAL, in words. sched(7), SCHED_DEADLINE.
private func checkDeadline(_ scheduler: OCI.Scheduler) throws(RuntimeError) {
    let field = "process.scheduler: sched_setattr: `SCHED_DEADLINE`"
    if scheduler.runtime == 0 { throw .refused("\(field) requires `runtime`") }
    if scheduler.deadline == 0 { throw .refused("\(field) requires `deadline`") }
    if scheduler.runtime > scheduler.deadline {
        throw .refused(
            "\(field) runtime \(scheduler.runtime) must be <= deadline \(scheduler.deadline)")
    }
    if scheduler.period != 0 && scheduler.deadline > scheduler.period {
        throw .refused("\(field) deadline \(scheduler.deadline) must be <= period \(scheduler.period)")
    }
    if !(1024..<(1 << 63)).contains(scheduler.runtime) {
        throw .refused("\(field) runtime \(scheduler.runtime) must be between 1024 and 2^63 - 1")
    }
}

/// The kernel's number for an I/O priority: the class in the upper bits. ioprio_set(2).
private func resolveIOPriority(_ priority: OCI.IOPriority?) throws(RuntimeError) -> Int32? {
    guard let priority else { return nil }
    let classes = ["IOPRIO_CLASS_RT", "IOPRIO_CLASS_BE", "IOPRIO_CLASS_IDLE"]
    guard let index = classes.firstIndex(of: priority.level) else {
        throw .refused(
            "process.ioPriority.class: unknown class \"\(priority.level)\"; expected names such as IOPRIO_CLASS_BE"
        )
    }
    if !(0...7).contains(priority.priority) {
        throw .refused("process.ioPriority.priority: expected 0 to 7, found \(priority.priority)")
    }
    return Int32(index + 1) << 13 | priority.priority
}
