package import JSON
internal import Linux

extension ControlGroup {
    /// Everything that is counted, as clients of OCI runtimes read it from `events`: times in nanoseconds, sizes in bytes.
    package func report() throws(RuntimeError) -> JSON {
        let numbers = try statistics()
        let raw = numbers.memoryDetails
        let usage: JSON = [
            "total": JSON(numbers.cpuTotal &* 1000), "kernel": JSON(numbers.cpuKernel &* 1000),
            "user": JSON(numbers.cpuUser &* 1000),
        ]
        let throttling: JSON = [
            "periods": JSON(numbers.periods), "throttledPeriods": JSON(numbers.throttledPeriods),
            "throttledTime": JSON(numbers.throttledTime &* 1000),
        ]
        var details = JSONObject()
        for name in raw.keys.sorted() { details[name] = JSON(raw[name] ?? 0) }
        let memory: JSON = [
            "cache": JSON(raw["file"] ?? raw["cache"] ?? 0),
            "usage": [
                "limit": JSON(numbers.memoryLimit ?? UInt64.max), "usage": JSON(numbers.memoryUsage),
                "max": JSON(numbers.memoryPeak), "failcnt": 0,
            ],
            "swap": ["limit": 0, "usage": JSON(numbers.swapUsage), "failcnt": 0],
            "kernel": ["limit": 0, "usage": JSON(raw["kernel"] ?? 0), "failcnt": 0],
            "kernelTCP": ["limit": 0, "usage": JSON(raw["sock"] ?? 0), "failcnt": 0],
            "raw": .object(details),
        ]
        var pids: JSON = ["current": JSON(numbers.tasks)]
        if let limit = numbers.taskLimit { pids = ["current": JSON(numbers.tasks), "limit": JSON(limit)] }
        return [
            "cpu": try withPressure(["usage": usage, "throttling": throttling], "cpu"),
            "cpuset": [:],
            "memory": try withPressure(memory, "memory"),
            "pids": pids,
            "blkio": try withPressure(try blockReport(), "io"),
            "hugetlb": try hugePageReport(),
            "intel_rdt": [:],
            "network_interfaces": .null,
        ]
    }

    private func withPressure(_ report: JSON, _ resource: String) throws(RuntimeError) -> JSON {
        var object = report.objectValue ?? JSONObject()
        object["psi"] = try pressure(resource)
        return .object(object)
    }

    /// How long tasks waited for a resource, in percent and microseconds; nil where the kernel does not count it.
    /// Documentation/accounting/psi.rst.
    private func pressure(_ resource: String) throws(RuntimeError) -> JSON? {
        guard layout.isUnified, let directory = unifiedDirectory,
            let text = try readSetting("\(directory)/\(resource).pressure"), !text.isEmpty
        else { return nil }
        var report = JSONObject()
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let parts = words(Array(line))
            guard let kind = parts.first else { continue }
            var values = JSONObject()
            for part in parts.dropFirst() {
                let pair = part.split(separator: "=")
                if pair.count == 2 { values[String(pair[0])] = number(String(pair[1])) }
            }
            report[kind] = .object(values)
        }
        return .object(report)
    }

    /// A number with a fraction, as the kernel writes it; nil for anything else.
    private func number(_ text: String) -> JSON? {
        do throws(JSONError) {
            return try JSON.parse(Array(text.utf8))
        } catch {
            return nil
        }
    }

    /// Bytes and operations by device.
    private func blockReport() throws(RuntimeError) -> JSON {
        if !layout.isUnified {
            return [
                "ioServiceBytesRecursive": try legacyBlockEntries("throttle.io_service_bytes_recursive"),
                "ioServicedRecursive": try legacyBlockEntries("throttle.io_serviced_recursive"),
            ]
        }
        var bytes: [JSON] = []
        var operations: [JSON] = []
        for counter in try blockCounters() {
            let device = "\(counter.major):\(counter.minor)"
            bytes.append(entry(device, "Read", counter.readBytes))
            bytes.append(entry(device, "Write", counter.writtenBytes))
            operations.append(entry(device, "Read", counter.reads))
            operations.append(entry(device, "Write", counter.writes))
        }
        return ["ioServiceBytesRecursive": .array(bytes), "ioServicedRecursive": .array(operations)]
    }

    private func legacyBlockEntries(_ file: String) throws(RuntimeError) -> JSON {
        guard let directory = legacyDirectory("blkio") else { return [] }
        var entries: [JSON] = []
        for line in (try readSetting(directory + "/blkio." + file) ?? []).split(separator: UInt8(ascii: "\n"))
        {
            let parts = words(Array(line))
            if parts.count == 3, let value = UInt64(parts[2]) {
                entries.append(entry(parts[0], parts[1], value))
            }
        }
        return .array(entries)
    }

    private func entry(_ device: String, _ operation: String, _ value: UInt64) -> JSON {
        let numbers = device.split(separator: ":").map { UInt64($0) ?? 0 }
        return [
            "major": JSON(numbers.first ?? 0), "minor": JSON(numbers.last ?? 0), "op": JSON(operation),
            "value": JSON(value),
        ]
    }

    /// By page size.
    private func hugePageReport() throws(RuntimeError) -> JSON {
        var report = JSONObject()
        guard layout.isUnified, let directory = unifiedDirectory else { return .object(report) }
        let names = try step(.readControlGroup, directory) { () throws(Errno) in try directoryNames(directory)
        }
        for name in names.sorted() where name.hasPrefix("hugetlb.") && name.hasSuffix(".current") {
            let size = String(name.dropFirst(8).dropLast(8))
            if size.hasSuffix(".rsvd") { continue }
            let usage = words(try readSetting(directory + "/" + name) ?? []).first ?? "0"
            report[size] = ["usage": JSON(UInt64(usage) ?? 0), "failcnt": 0]
        }
        return .object(report)
    }
}
