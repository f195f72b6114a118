internal import OCI

/// A value for one file of a control group.
package struct ControlGroupSetting: Equatable {
    /// The file's name; for cgroup v1 its prefix up to the dot is the controller.
    package let file: String
    /// Written as it is, in one write.
    package let value: String
}

/// Translates limits into the files of cgroup v2. config-linux.md; Documentation/admin-guide/cgroup-v2.rst.
///
/// - Parameter fairQueueing: whether weights of block devices are those of the BFQ scheduler, which has a file of its own
///   with the range of v1. Documentation/block/bfq-iosched.rst.
func unifiedSettings(
    _ resources: OCI.Resources, fairQueueing: Bool = false
) throws(RuntimeError) -> [ControlGroupSetting] {
    var settings: [ControlGroupSetting] = []
    func add(_ file: String, _ value: String) {
        settings.append(ControlGroupSetting(file: file, value: value))
    }
    try refuseLegacy(resources)
    if let cpu = resources.cpu { try addUnified(cpu, add) }
    if let memory = resources.memory { try addUnified(memory, add) }
    if let limit = resources.pids?.limit { add("pids.max", limit < 0 ? "max" : "\(max(limit, 1))") }
    if let block = resources.blockIO { addUnified(block, fairQueueing, add) }
    for page in resources.hugepageLimits {
        let size = try checkName(page.pageSize, "linux.resources.hugepageLimits.pageSize")
        add("hugetlb.\(size).max", "\(page.limit)")
        // What is reserved counts too, where the kernel counts it. config-linux.md, Huge page limits.
        add("hugetlb.\(size).rsvd.max", "\(page.limit)")
    }
    for device in resources.rdma.keys.sorted() {
        guard let limit = resources.rdma[device] else { continue }
        add("rdma.max", rdmaLine(device, limit))
    }
    // Last: what is said for the kernel's own files wins.
    for file in resources.unified.keys.sorted() {
        let name = try checkName(file, "linux.resources.unified")
        guard let dot = name.utf8.firstIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
            throw .refused(
                "linux.resources.unified: the specified key has not the form CONTROLLER.VALUE `\(name)`")
        }
        // The kernel takes one device's line at a write.
        let lines = (resources.unified[file] ?? "").split(separator: "\n")
        for line in lines { add(name, String(line)) }
        if lines.isEmpty { add(name, "") }
    }
    return settings
}

/// What cgroup v2 has no place for. A value that says "as it is anyway" is no wish.
private func refuseLegacy(_ resources: OCI.Resources) throws(RuntimeError) {
    let memory = resources.memory
    let wishes: [(present: Bool, field: String)] = [
        (memory?.kernel ?? 0 > 0, "memory.kernel"), (memory?.kernelTCP ?? 0 > 0, "memory.kernelTCP"),
        (memory?.swappiness != nil, "memory.swappiness"),
        (memory?.disableOOMKiller == true, "memory.disableOOMKiller"),
        (resources.cpu?.realtimePeriod ?? 0 != 0, "cpu.realtimePeriod"),
        (resources.blockIO?.leafWeight ?? 0 != 0, "blockIO.leafWeight"),
        (
            resources.blockIO?.weightDevice.contains { $0.leafWeight ?? 0 != 0 } == true,
            "blockIO.weightDevice.leafWeight"
        ),
        (resources.network?.classID ?? 0 != 0, "network.classID"),
        (resources.network?.priorities.isEmpty == false, "network.priorities"),
    ]
    for wish in wishes where wish.present {
        throw .refused("linux.resources.\(wish.field): cgroup v2 has no such setting")
    }
}

/// A file name that stays in its directory.
private func checkName(_ name: String, _ field: String) throws(RuntimeError) -> String {
    if name.isEmpty || name == "." || name == ".."
        || name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") })
    {
        throw .refused("\(field): expected a file name without a slash, found \"\(name)\"")
    }
    return name
}

private func addUnified(_ cpu: OCI.CPULimits, _ add: (String, String) -> Void) throws(RuntimeError) {
    if let idle = cpu.idle { add("cpu.idle", "\(idle)") }
    // An idle group has no weight, and the kernel refuses one; it gets it back when it is idle no more.
    if let shares = cpu.shares, shares != 0, cpu.idle != 1 {
        add("cpu.weight", "\(cpuWeight(shares: shares))")
    }
    if let burst = cpu.burst, cpu.quota == nil { add("cpu.max.burst", "\(burst)") }
    if cpu.quota != nil || cpu.period != nil {
        let quota = cpu.quota.map { $0 > 0 ? "\($0)" : "max" } ?? "max"
        add("cpu.max", "\(quota) \(cpu.period.map { $0 == 0 ? 100_000 : $0 } ?? 100_000)")
    }
    if let burst = cpu.burst, cpu.quota != nil { add("cpu.max.burst", "\(burst)") }
    if let runtime = cpu.realtimeRuntime, runtime != 0 {
        throw .refused("linux.resources.cpu.realtimeRuntime: cgroup v2 has no real-time limits")
    }
    if !cpu.cpus.isEmpty { add("cpuset.cpus", cpu.cpus) }
    if !cpu.mems.isEmpty { add("cpuset.mems", cpu.mems) }
}

/// Weights from the v1 range: 2 to 262144 becomes 1 to 10000, with 1024 at 100.
///
/// The curve of runc 1.4 and crun 1.23: 10^((l^2 + 125 l) / 612 - 7/34), l the binary logarithm, rounded up.
func cpuWeight(shares: UInt64) -> UInt64 {
    if shares <= 2 { return 1 }
    if shares >= 262_144 { return 10_000 }
    let logarithm = binaryLogarithm(Double(shares))
    let exponent = (logarithm * logarithm + 125 * logarithm) / 612 - 7.0 / 34.0
    let weight = power(exponent * 3.321928094887362)
    return UInt64(weight.rounded(.up))
}

/// log2 by halving and squaring: the C library's is not to be had without libm in every build.
private func binaryLogarithm(_ value: Double) -> Double {
    var whole = 0.0
    var rest = value
    while rest >= 2 {
        rest /= 2
        whole += 1
    }
    var fraction = 0.0
    var bit = 0.5
    for _ in 0..<52 {
        rest *= rest
        if rest >= 2 {
            rest /= 2
            fraction += bit
        }
        bit /= 2
    }
    return whole + fraction
}

/// 2 to that power, by its whole part and the series of the rest.
private func power(_ exponent: Double) -> Double {
    let whole = exponent.rounded(.down)
    let rest = (exponent - whole) * 0.6931471805599453
    var term = 1.0
    var sum = 1.0
    for index in 1..<30 {
        term *= rest / Double(index)
        sum += term
    }
    var result = sum
    for _ in 0..<Int(abs(whole)) { result = whole < 0 ? result / 2 : result * 2 }
    return result
}

private func addUnified(_ memory: OCI.MemoryLimits, _ add: (String, String) -> Void) throws(RuntimeError) {
    func text(_ value: Int64) -> String { value < 0 ? "max" : "\(value)" }
    if let swap = memory.swap, swap != 0 { add("memory.swap.max", text(try unifiedSwap(swap, memory.limit))) }
    if let limit = memory.limit, limit != 0 { add("memory.max", text(limit)) }
    if let reservation = memory.reservation, reservation != 0 { add("memory.low", text(reservation)) }
}

/// v1 counts memory and swap together, v2 swap alone.
private func unifiedSwap(_ both: Int64, _ memory: Int64?) throws(RuntimeError) -> Int64 {
    if both == -1 { return -1 }
    guard let memory, memory > 0 else {
        if memory == -1 { return -1 }
        throw .refused("linux.resources.memory.swap: unable to set swap limit without memory limit")
    }
    if both < memory {
        throw .refused(
            "linux.resources.memory.swap: memory+swap limit \(both) must be at least the memory limit \(memory)"
        )
    }
    return both - memory
}

private func addUnified(_ block: OCI.BlockIOLimits, _ bfq: Bool, _ add: (String, String) -> Void) {
    let file = bfq ? "io.bfq.weight" : "io.weight"
    func weight(_ value: UInt16) -> UInt64 {
        bfq ? UInt64(value) : 1 + (UInt64(max(value, 10)) - 10) * 9999 / 990
    }
    if let value = block.weight, value != 0 { add(file, "\(weight(value))") }
    for device in block.weightDevice {
        if let value = device.weight { add(file, "\(device.major):\(device.minor) \(weight(value))") }
    }
    let lists = [
        ("rbps", block.throttleReadBpsDevice), ("wbps", block.throttleWriteBpsDevice),
        ("riops", block.throttleReadIOPSDevice), ("wiops", block.throttleWriteIOPSDevice),
    ]
    for (key, devices) in lists {
        for device in devices {
            add(
                "io.max",
                "\(device.major):\(device.minor) \(key)=\(device.rate == 0 ? "max" : "\(device.rate)")")
        }
    }
}

func rdmaLine(_ device: String, _ limit: OCI.RdmaLimit) -> String {
    var line = device
    if let handles = limit.hcaHandles { line += " hca_handle=\(handles)" }
    if let objects = limit.hcaObjects { line += " hca_object=\(objects)" }
    return line
}
