internal import Linux
internal import OCI

/// A container's control group as a scope unit of systemd's: systemd makes it and knows about it, and leaves what is in
/// it to the container. systemd.scope(5), systemd.resource-control(5), CONTROL_GROUP_INTERFACE.
package struct SystemdScope: Equatable {
    /// The unit's name.
    package let unit: String
    /// The slice that it is in.
    let slice: String
    /// The control group that systemd makes for it.
    package let path: String
    /// What annotations set besides.
    let properties: [SystemdProperty]

    /// Reads `slice:prefix:name`; nothing stands for a scope of the container's id in system.slice.
    init(
        _ controlGroupsPath: String, id: String, annotations: [String: String] = [:]
    ) throws(RuntimeError) {
        let parts =
            controlGroupsPath.isEmpty
            ? ["", "coffer", id]
            : controlGroupsPath.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        if parts.count != 3 || parts[2].isEmpty {
            throw .refused(
                "linux.cgroupsPath: expected cgroupsPath to be of format \"slice:prefix:name\" for systemd cgroups, got \"\(controlGroupsPath)\" instead"
            )
        }
        slice = parts[0].isEmpty ? "system.slice" : parts[0]
        unit = (parts[1].isEmpty ? "" : parts[1] + "-") + parts[2] + ".scope"
        if unit.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 <= 0x20 }) || unit.utf8.count > 255 {
            throw .refused("linux.cgroupsPath: \"\(unit)\" is no name of a unit")
        }
        path = try Self.expand(slice) + "/" + unit
        properties = try SystemdProperty.read(annotations)
    }

    /// `a-b.slice` is in `a.slice`; `-.slice` is the root.
    static func expand(_ slice: String) throws(RuntimeError) -> String {
        if slice == "-.slice" { return "" }
        let parts = slice.dropLast(6).split(separator: "-", omittingEmptySubsequences: false)
        if !slice.hasSuffix(".slice") || slice.utf8.contains(UInt8(ascii: "/"))
            || parts.contains(where: { $0.isEmpty })
        {
            throw .refused("linux.cgroupsPath: invalid slice name \"\(slice)\"")
        }
        var (path, name) = ("", "")
        for part in parts {
            name += (name.isEmpty ? "" : "-") + part
            path += "/" + name + ".slice"
        }
        return path
    }

    /// Makes the scope with this process in it; returns when systemd has done so.
    func start(_ pid: Int32, _ resources: OCI.Resources, id: String) throws(RuntimeError) {
        var connection = try SystemdConnection.open()
        var properties: [(String, DBusValue)] = [
            ("Description", .string("container \(id)")), ("Slice", .string(slice)),
            ("PIDs", .numbers([UInt32(pid)])), ("Delegate", .bool(true)),
            ("DefaultDependencies", .bool(false)), ("MemoryAccounting", .bool(true)),
            ("CPUAccounting", .bool(true)), ("IOAccounting", .bool(true)), ("TasksAccounting", .bool(true)),
        ]
        properties += Self.limits(resources)
        properties += self.properties.map { ($0.name, $0.value) }
        var body = DBusWriter()
        body.put(unit)
        body.put("replace")
        body.put(properties)
        body.array(alignment: 8) { _ in }
        let answer = try connection.callManager("StartTransientUnit", "ssa(sv)a(sa(sv))", body.bytes)
        let result = try connection.waitForJob(answer.first ?? "")
        if result != "done" { throw .wrongState("systemd: the scope \(unit) was not started: \(result)") }
    }

    /// Tells systemd of new limits, so that it does not set the old ones again. The change is not for the next boot.
    static func update(_ unit: String, _ resources: OCI.Resources) throws(RuntimeError) {
        let properties = limits(resources)
        if properties.isEmpty { return }
        var connection = try SystemdConnection.open()
        var body = DBusWriter()
        body.put(unit)
        body.put(UInt32(1))
        body.put(properties)
        try connection.callManager("SetUnitProperties", "sba(sv)", body.bytes)
    }

    /// The limits that systemd would else set to its own; the files are written as well, with all there is.
    static func limits(_ resources: OCI.Resources) -> [(String, DBusValue)] {
        var limits: [(String, DBusValue)] = []
        func add(_ name: String, _ value: Int64?) {
            if let value, value != 0 { limits.append((name, .number(value < 0 ? .max : UInt64(value)))) }
        }
        add("MemoryMax", resources.memory?.limit)
        add("MemoryLow", resources.memory?.reservation)
        if let swap = resources.memory?.swap, let limit = resources.memory?.limit, limit > 0, swap >= limit {
            limits.append(("MemorySwapMax", .number(UInt64(swap - limit))))
        }
        // As in the file: 0 stands for 1.
        add("TasksMax", resources.pids?.limit.map { $0 == 0 ? 1 : max($0, -1) })
        if let shares = resources.cpu?.shares, shares != 0, resources.cpu?.idle ?? 0 == 0 {
            limits.append(("CPUWeight", .number(cpuWeight(shares: shares))))
        }
        if let quota = resources.cpu?.quota, quota < 0 {
            limits.append(("CPUQuotaPerSecUSec", .number(.max)))
        }
        if let quota = resources.cpu?.quota, quota > 0 {
            let period = resources.cpu?.period ?? 0
            limits.append(("CPUQuotaPerSecUSec", .number(perSecond(UInt64(quota), of: period))))
        }
        return limits + unified(resources.unified)
    }

    /// Microseconds a second, in steps of 10 ms, which is what systemd can write. A quota of more than days is as good as one.
    private static func perSecond(_ quota: UInt64, of period: UInt64) -> UInt64 {
        (min(quota, 1 << 40) * 1_000_000 / (period == 0 ? 100_000 : period) + 9999) / 10_000 * 10_000
    }

    /// Files that systemd has a property for, which it would else write itself; of two values it takes the later. What is no
    /// number the kernel judges. systemd.resource-control(5).
    private static func unified(_ files: [String: String]) -> [(String, DBusValue)] {
        var limits: [(String, DBusValue)] = []
        for (file, property) in [
            ("memory.min", "MemoryMin"), ("memory.low", "MemoryLow"), ("memory.high", "MemoryHigh"),
            ("memory.max", "MemoryMax"), ("memory.swap.max", "MemorySwapMax"), ("pids.max", "TasksMax"),
            ("cpu.weight", "CPUWeight"),
        ] {
            guard let text = files[file] else { continue }
            if let number = text == "max" ? .max : UInt64(text) { limits.append((property, .number(number))) }
        }
        let words = (files["cpu.max"] ?? "").split(separator: " ").map { String($0) }
        if words.first == "max" { limits.append(("CPUQuotaPerSecUSec", .number(.max))) }
        if let quota = words.first.flatMap({ UInt64($0) }), quota <= 1 << 40 {
            let period = words.count > 1 ? UInt64(words[1]) ?? 0 : 0
            limits.append(("CPUQuotaPerSecUSec", .number(perSecond(quota, of: period))))
        }
        return limits
    }

    /// Lets systemd forget a scope; one that it has forgotten is no error.
    package static func forget(_ unit: String) throws(RuntimeError) {
        var connection = try SystemdConnection.open()
        for (member, words) in [("StopUnit", [unit, "replace"]), ("ResetFailedUnit", [unit])] {
            var body = DBusWriter()
            for word in words { body.put(word) }
            do throws(RuntimeError) {
                try connection.callManager(member, words.count == 2 ? "ss" : "s", body.bytes)
            } catch {
                if case .wrongState(let text) = error,
                    text.split(separator: ":").contains(" org.freedesktop.systemd1.NoSuchUnit")
                {
                    continue
                }
                throw error
            }
        }
    }
}
