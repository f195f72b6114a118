internal import OCI

extension SystemdScope {
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
        } else if resources.cpu?.idle == 0 {
            // That of a scope that says nothing: one that was idle is so no more.
            limits.append(("CPUWeight", .number(.max)))
        }
        let (quota, period) = (resources.cpu?.quota ?? 0, resources.cpu?.period ?? 0)
        if period != 0 { limits.append(("CPUQuotaPeriodUSec", .number(period))) }
        if quota > 0 {
            limits.append(("CPUQuotaPerSecUSec", .number(perSecond(UInt64(quota), of: period))))
        } else if quota < 0 || period != 0 {
            limits.append(("CPUQuotaPerSecUSec", .number(.max)))
        }
        limits += unified(resources.unified)
        // Idle is a weight of none, and of two values systemd takes the later.
        if resources.isIdle { limits.append(("CPUWeight", .number(0))) }
        return limits
    }

    /// Microseconds a second, in steps of 10 ms, which is what systemd can write. A quota of more than days is as good as one.
    fileprivate static func perSecond(_ quota: UInt64, of period: UInt64) -> UInt64 {
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
        let period = words.count > 1 ? UInt64(words[1]) ?? 0 : 0
        if period != 0 { limits.append(("CPUQuotaPeriodUSec", .number(period))) }
        if words.first == "max" { limits.append(("CPUQuotaPerSecUSec", .number(.max))) }
        if let quota = words.first.flatMap({ UInt64($0) }) {
            limits.append(("CPUQuotaPerSecUSec", .number(perSecond(quota, of: period))))
        }
        return limits
    }

    /// The limits that this systemd knows as properties; the files have them all the same. It is asked for its version only
    /// where that matters.
    static func known(
        _ limits: [(String, DBusValue)], to connection: inout SystemdConnection
    ) throws(RuntimeError) -> [(String, DBusValue)] {
        if limits.allSatisfy({ firstVersion($0) == 0 }) { return limits }
        return known(limits, by: try connection.version())
    }

    static func known(_ limits: [(String, DBusValue)], by version: UInt32) -> [(String, DBusValue)] {
        limits.filter { firstVersion($0) <= version }
    }

    /// The first version of systemd that takes a property; 0 for every one. NEWS of systemd.
    private static func firstVersion(_ limit: (name: String, value: DBusValue)) -> UInt32 {
        switch limit.name {
        case "CPUQuotaPeriodUSec": 242
        case "CPUWeight" where limit.value == .number(0): 252
        default: 0
        }
    }

    /// The number in words such as `v245.4-1.fc32`, `252.39-1~deb12u1` or `257~rc1`.
    static func version(_ text: String) -> UInt32? {
        let bytes = text.utf8.drop { $0 == UInt8(ascii: "v") }
        let digits = bytes.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        return UInt32(String(decoding: Array(digits), as: UTF8.self))
    }
}

extension OCI.Resources {
    /// Whether the processes run only when nothing else does.
    var isIdle: Bool { unified["cpu.idle"].map { Self.isOne($0) } ?? (cpu?.idle == 1) }

    /// The kernel takes spaces around a number.
    private static func isOne(_ text: String) -> Bool {
        let words = text.split { $0 == " " || $0 == "\n" }
        return words.count == 1 && words[0] == "1"
    }

    /// What is to be said of wishes that go not together, of which one is passed over.
    var contradiction: String? {
        let hasWeight = cpu?.shares ?? 0 != 0 || unified["cpu.weight"] != nil
        if !isIdle || !hasWeight { return nil }
        return "unable to apply both cpu.weight and cpu.idle to systemd, ignoring cpu.weight"
    }

    /// A change for a scope: with a weight alone it is idle no more, as systemd has one property for both.
    ///
    /// - Parameter asked: what was asked for, of which this is the whole.
    func weighed(_ asked: OCI.Resources, stored: OCI.Resources) -> OCI.Resources {
        var result = self
        let asksForWeight = asked.cpu?.shares ?? 0 != 0 || asked.unified["cpu.weight"] != nil
        if !asksForWeight || asked.cpu?.idle != nil || asked.unified["cpu.idle"] != nil { return result }
        if result.cpu?.idle == 1 { result.cpu?.idle = 0 }
        if let idle = stored.unified["cpu.idle"], Self.isOne(idle) { result.unified["cpu.idle"] = "0" }
        return result
    }

    /// The limits as a scope can have them, for the control group's files too: a quota in steps of 10 ms a second, and no
    /// weight for what is idle, which the kernel refuses. What else is said for the kernel's own files stays as it is.
    var asScope: OCI.Resources {
        var result = self
        if isIdle {
            result.cpu?.shares = nil
            result.unified["cpu.weight"] = nil
        }
        result.cpu?.quota = roundedQuota
        return result
    }

    private var roundedQuota: Int64? {
        guard let quota = cpu?.quota, quota > 0, quota < 1 << 40 else { return cpu?.quota }
        let asked = cpu?.period ?? 0
        let period = asked == 0 ? 100_000 : asked
        // The kernel's longest is a second; it refuses more.
        if period > 1_000_000 { return quota }
        return Int64(SystemdScope.perSecond(UInt64(quota), of: period) * period / 1_000_000)
    }
}
