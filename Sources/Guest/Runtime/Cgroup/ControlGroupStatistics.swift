internal import Linux

/// What a control group counted. Values that the machine does not count are 0.
package struct ControlGroupStatistics: Equatable {
    /// Microseconds of processor time.
    package var cpuTotal: UInt64 = 0
    /// Microseconds in user mode; steps of 10 ms with cgroup v1.
    package var cpuUser: UInt64 = 0
    /// Microseconds in the kernel; steps of 10 ms with cgroup v1.
    package var cpuKernel: UInt64 = 0
    /// Periods in which the quota ran out; 0 with cgroup v1.
    package var throttledPeriods: UInt64 = 0
    /// Periods of the quota that have passed; 0 with cgroup v1.
    package var periods: UInt64 = 0
    /// Microseconds.
    package var throttledTime: UInt64 = 0
    /// Bytes.
    package var memoryUsage: UInt64 = 0
    /// Bytes; 0 where the kernel does not keep it.
    package var memoryPeak: UInt64 = 0
    /// Bytes; nil for no limit.
    package var memoryLimit: UInt64?
    /// How often the out-of-memory killer ended a process.
    package var memoryKills: UInt64 = 0
    /// Named counters of memory.stat, in bytes or events.
    package var memoryDetails: [String: UInt64] = [:]
    /// Bytes.
    package var swapUsage: UInt64 = 0
    /// Tasks.
    package var tasks: UInt64 = 0
    /// Tasks; nil for no limit.
    package var taskLimit: UInt64?

    package init() {}
}

extension ControlGroup {
    /// Reads the counters.
    package func statistics() throws(RuntimeError) -> ControlGroupStatistics {
        layout.isUnified ? try unifiedStatistics() : try legacyStatistics()
    }

    /// How many processes of the group the out-of-memory killer has ended.
    package func memoryKills() throws(RuntimeError) -> UInt64 {
        if layout.isUnified {
            guard let directory = unifiedDirectory else { return 0 }
            return try table(directory + "/memory.events")["oom_kill"] ?? 0
        }
        guard let directory = legacyDirectory("memory") else { return 0 }
        return try table(directory + "/memory.oom_control")["oom_kill"] ?? 0
    }

    private func unifiedStatistics() throws(RuntimeError) -> ControlGroupStatistics {
        var result = ControlGroupStatistics()
        guard let directory = unifiedDirectory else { return result }
        let cpu = try table(directory + "/cpu.stat")
        result.cpuTotal = cpu["usage_usec"] ?? 0
        result.cpuUser = cpu["user_usec"] ?? 0
        result.cpuKernel = cpu["system_usec"] ?? 0
        result.periods = cpu["nr_periods"] ?? 0
        result.throttledPeriods = cpu["nr_throttled"] ?? 0
        result.throttledTime = cpu["throttled_usec"] ?? 0
        result.memoryUsage = try number(directory + "/memory.current") ?? 0
        result.memoryPeak = try number(directory + "/memory.peak") ?? 0
        result.memoryLimit = try number(directory + "/memory.max")
        result.memoryKills = try memoryKills()
        result.memoryDetails = try table(directory + "/memory.stat")
        result.swapUsage = try number(directory + "/memory.swap.current") ?? 0
        result.tasks = try number(directory + "/pids.current") ?? 0
        result.taskLimit = try number(directory + "/pids.max")
        return result
    }

    private func legacyStatistics() throws(RuntimeError) -> ControlGroupStatistics {
        var result = ControlGroupStatistics()
        if let directory = legacyDirectory("cpuacct") {
            result.cpuTotal = (try number(directory + "/cpuacct.usage") ?? 0) / 1000
            let ticks = try table(directory + "/cpuacct.stat")
            result.cpuUser = (ticks["user"] ?? 0) &* 10_000
            result.cpuKernel = (ticks["system"] ?? 0) &* 10_000
        }
        if let directory = legacyDirectory("cpu") {
            let quota = try table(directory + "/cpu.stat")
            result.periods = quota["nr_periods"] ?? 0
            result.throttledPeriods = quota["nr_throttled"] ?? 0
            result.throttledTime = (quota["throttled_time"] ?? 0) / 1000
        }
        if let directory = legacyDirectory("memory") {
            result.memoryUsage = try number(directory + "/memory.usage_in_bytes") ?? 0
            result.memoryPeak = try number(directory + "/memory.max_usage_in_bytes") ?? 0
            result.memoryLimit = try number(directory + "/memory.limit_in_bytes")
            result.memoryKills = try memoryKills()
            result.memoryDetails = try table(directory + "/memory.stat")
        }
        if let directory = legacyDirectory("pids") {
            result.tasks = try number(directory + "/pids.current") ?? 0
            result.taskLimit = try number(directory + "/pids.max")
        }
        return result
    }

    /// A file with one number; nil for `max` and for no file.
    private func number(_ file: String) throws(RuntimeError) -> UInt64? {
        guard let word = words(try readSetting(file) ?? []).first else { return nil }
        return UInt64(word)
    }

    /// A file with a name and a number in each line.
    private func table(_ file: String) throws(RuntimeError) -> [String: UInt64] {
        var table: [String: UInt64] = [:]
        for line in (try readSetting(file) ?? []).split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " ")).map { String(decoding: $0, as: UTF8.self) }
            if words.count == 2, let value = UInt64(words[1]) { table[words[0]] = value }
        }
        return table
    }
}
