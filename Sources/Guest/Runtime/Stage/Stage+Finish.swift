internal import CLinux
internal import Linux
internal import OCI

extension Stage {
    /// From a built root to the running program: limits, identity, the wait for `start`, execve.
    borrowing func finish() throws(RuntimeError) {
        let process = plan.process
        // With a notifier the maker has still something to do for the stage.
        let isEarly = preparation.options.startsAtOnce && process.filter?.notifies != true
        if isEarly { try channel.say(.ready) }
        try setStreams()
        try giveStreams(process)
        try closeTools()
        try applyLimits(process)
        // While everything is still permitted; it takes effect on execve.
        try labelProgram()
        // Read as root and before the filter: the user may not be able to.
        let arguments = CStringArray(process.arguments)
        let variables = try environment(process)
        let environment = CStringArray(variables)
        if process.noNewPrivileges {
            try step(.setNoNewPrivileges) { () throws(Errno) in
                try valueOrErrno(coffer_prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
            }
        }
        // Without no_new_privs the filter needs a capability, which is kept for it: what comes before the filter need not
        // be in the program's profile.
        let isPrivileged = !process.noNewPrivileges && process.filter != nil
        let kept = isPrivileged ? CapabilitySet.administration : CapabilitySet()
        try takeIdentity(process, keeping: kept)
        let program = plan.hasProgram ? try findProgram(process) : ""
        if isPrivileged {
            try installFilter()
            try giveUp(kept, process.capabilities)
        }
        if process.noNewPrivileges && process.filter?.notifies == true { try installFilter() }
        if !isEarly { try channel.say(.ready) }
        try waitForStart()
        // Hooks in the container are under its filter as well.
        let lateFilter = process.noNewPrivileges && process.filter?.notifies != true
        let filterFirst = lateFilter && !plan.hooks.startContainer.isEmpty
        if filterFirst { try installFilter() }
        try runHooks(
            plan.hooks.startContainer, named: "startContainer", status: "created", environment: variables)
        // CLOSE_RANGE_CLOEXEC (4): the channel is still needed for the error that execve may give.
        let first = UInt32(3 + preparation.options.preservedDescriptors)
        let marked = coffer_close_range(first, UInt32.max, 4)
        // The filter may forbid it; everything that is open by now was opened to be closed on execve.
        if process.filter == nil {
            try step(.closeDescriptors) { () throws(Errno) in try valueOrErrno(marked) }
        }
        // As late as possible: what runs between here and the program must be in its profile.
        if lateFilter && !filterFirst { try installFilter() }
        let result = coffer_execve(program, arguments.pointers, environment.pointers)
        throw .failed(.execute, Errno(Int32(truncatingIfNeeded: -result)), detail: program)
    }

    private borrowing func waitForStart() throws(RuntimeError) {
        let fifo: SharedDescriptor
        switch preparation.gate {
        case .none: return
        case .channel: return try channel.expect(.start)
        case .fifo(let opened): fifo = opened
        }
        let bytes = try step(.waitForProcess, "start") { () throws(Errno) in try fifo.descriptor.read(upTo: 1)
        }
        if bytes.isEmpty { throw .handshake("the start channel was closed") }
    }

    /// Installs the filter; a notification descriptor goes to the maker.
    borrowing func installFilter() throws(RuntimeError) {
        guard let filter = plan.process.filter else { return }
        // Not more than BPF_MAXINSNS: the compiler refuses a longer one.
        let length = UInt16(filter.instructions.count / 8)
        let result = filter.instructions.withUnsafeBytes {
            coffer_install_filter($0.baseAddress, length, filter.flags)
        }
        try step(.installFilter) { () throws(Errno) in try valueOrErrno(result) }
        if filter.notifies {
            let notifier = Descriptor(owning: Int32(truncatingIfNeeded: result))
            try step(.sendNotifier, "the maker") { () throws(Errno) in
                try channel.send(Handshake.notifier.bytes, with: notifier)
            }
        }
    }

    private borrowing func applyLimits(_ process: ProcessPlan) throws(RuntimeError) {
        for limit in process.resourceLimits { try apply(limit) }
        if let scheduler = process.scheduler {
            let result = coffer_scheduler(
                scheduler.policy, scheduler.flags, scheduler.nice, scheduler.priority, scheduler.runtime,
                scheduler.deadline, scheduler.period)
            // sched_setattr(2): a deadline is not for a process that some processors are closed to.
            if result == -Int(EPERM) && scheduler.policy == 6 && plan.resources.cpu?.cpus.isEmpty == false {
                throw .refused("process scheduler can't be used together with AllowedCPUs")
            }
            try step(.setScheduler) { () throws(Errno) in try valueOrErrno(result) }
        }
        if let priority = process.ioPriority {
            try step(.setIOPriority) { () throws(Errno) in
                // IOPRIO_WHO_PROCESS, this one.
                try valueOrErrno(coffer_io_priority(1, 0, priority))
            }
        }
        if let personality = plan.personality {
            try step(.setPersonality) { () throws(Errno) in
                try valueOrErrno(coffer_personality(UInt(personality)))
            }
        }
        if let policy = plan.memoryPolicy {
            let nodes = policy.nodes.map { UInt($0) }
            try step(.setMemoryPolicy) { () throws(Errno) in
                try valueOrErrno(
                    nodes.withUnsafeBufferPointer {
                        coffer_memory_policy(policy.mode, $0.baseAddress, UInt($0.count * 64))
                    })
            }
        }
    }

    /// A limit that already has the wanted value needs no privilege.
    private borrowing func apply(_ limit: ResourceLimitPlan) throws(RuntimeError) {
        let result = coffer_set_resource_limit(0, limit.resource, limit.soft, limit.hard)
        if result == -Int(EPERM) {
            var soft: UInt64 = 0
            var hard: UInt64 = 0
            let read = coffer_get_resource_limit(0, limit.resource, &soft, &hard)
            if read >= 0 && soft == limit.soft && hard == limit.hard { return }
        }
        try step(.setResourceLimit, "type \(limit.resource)") { () throws(Errno) in try valueOrErrno(result) }
    }
}
