internal import CLinux
internal import JSON
internal import Linux
internal import Policy
internal import Runtime

/// What the kernel counts for containers and pods.
extension Machine {
    /// The control group that all of a pod's containers are below.
    func group(ofPod sandboxID: String) throws(RuntimeError) -> ControlGroup {
        ControlGroup(layout: try ControlGroupLayout.current(), path: "/pods/" + sandboxID)
    }

    /// The process list and the counters, in the shape that hosts of the bridge expect (version 1 control groups).
    func properties(_ permit: consuming Permit<GetProperties>) throws(EffectError) -> JSON {
        let id = permit.action.containerID
        let group =
            pods[id] != nil && containers[id] == nil
            ? try runtime { () throws(RuntimeError) in try self.group(ofPod: id) }
            : try find(id).container.controlGroup
        let processes = try runtime { () throws(RuntimeError) in try group.processes() }
        let counters = try runtime { () throws(RuntimeError) in try group.statistics() }
        let block = try runtime { () throws(RuntimeError) in try group.blockCounters() }
        var result = JSONObject()
        result["ProcessList"] = .array(processes.map { ["ProcessId": JSON(Int($0))] })
        result["LCOWMetrics"] = counters.record(block: try lowest(block))
        return .object(result)
    }

    /// The devices that stand on no other device: what stands on them would count the same bytes once more.
    private func lowest(_ counters: [BlockCounter]) throws(EffectError) -> [BlockCounter] {
        var kept: [BlockCounter] = []
        for counter in counters {
            let path = "/sys/dev/block/\(counter.major):\(counter.minor)/dm"
            var status = stat()
            if coffer_status_at(AT_FDCWD, path, 0, &status) < 0 { kept.append(counter) }
        }
        return kept
    }

    /// Resident memory and open descriptors of this process. proc_pid_status(5).
    func ownFigures() throws(EffectError) -> [String] {
        try kernel("reading /proc/self") { () throws(Errno) in
            let status = try Linux.readFile("/proc/self/status")
            var lines: [String] = []
            for line in status.split(separator: UInt8(ascii: "\n")) where line.starts(with: "Rss".utf8) {
                let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                lines.append(
                    "memory " + words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))
            }
            return lines + ["descriptors \(try directoryNames("/proc/self/fd").count)"]
        }
    }

    // MARK: - Memory that ran out

    func watchMemory(containerID: String, killed: @escaping (UInt64) -> Void) throws(EffectError) {
        let running = try find(containerID)
        try runtime { () throws(RuntimeError) in try running.watchMemory(loop, killed) }
    }

    func outOfMemoryKills(containerID: String) throws(EffectError) -> UInt64 {
        let group = try find(containerID).container.controlGroup
        return try runtime { () throws(RuntimeError) in try group.memoryKills() }
    }

    func endRemaining(containerID: String) throws(EffectError) {
        let group = try find(containerID).container.controlGroup
        try runtime { () throws(RuntimeError) in try group.kill() }
    }
}

extension ControlGroupStatistics {
    /// The counters as version 1 control groups name them; times in nanoseconds, sizes in bytes.
    fileprivate func record(block: [BlockCounter]) -> JSON {
        let usage: JSON = [
            "total": JSON(cpuTotal &* 1000), "kernel": JSON(cpuKernel &* 1000), "user": JSON(cpuUser &* 1000),
        ]
        let throttling: JSON = [
            "periods": JSON(periods), "throttled_periods": JSON(throttledPeriods),
            "throttled_time": JSON(throttledTime &* 1000),
        ]
        let memory: JSON = [
            "cache": JSON(memoryDetails["file"] ?? 0), "rss": JSON(memoryDetails["anon"] ?? 0),
            "usage": [
                "limit": JSON(memoryLimit ?? UInt64(Int64.max)), "usage": JSON(memoryUsage),
                "max": JSON(memoryPeak), "failcnt": 0,
            ],
            "swap": ["usage": JSON(swapUsage)],
        ]
        return [
            "pids": ["current": JSON(tasks), "limit": JSON(taskLimit ?? 0)],
            "cpu": ["usage": usage, "throttling": throttling], "memory": memory,
            "blkio": [
                "io_service_bytes_recursive": .array(
                    block.flatMap { [$0.entry("Read", $0.readBytes), $0.entry("Write", $0.writtenBytes)] }),
                "io_serviced_recursive": .array(
                    block.flatMap { [$0.entry("Read", $0.reads), $0.entry("Write", $0.writes)] }),
            ],
            "memory_oom_control": ["oom_kill": JSON(memoryKills)],
        ]
    }
}

extension BlockCounter {
    fileprivate func entry(_ operation: String, _ value: UInt64) -> JSON {
        ["major": JSON(major), "minor": JSON(minor), "op": JSON(operation), "value": JSON(value)]
    }
}
