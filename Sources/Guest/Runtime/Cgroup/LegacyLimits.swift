internal import OCI

/// Translates limits into the files of cgroup v1. config-linux.md; Documentation/admin-guide/cgroup-v1.
func legacySettings(_ resources: OCI.Resources) throws(RuntimeError) -> [ControlGroupSetting] {
    var settings: [ControlGroupSetting] = []
    func add(_ file: String, _ value: String) {
        settings.append(ControlGroupSetting(file: file, value: value))
    }
    if let first = resources.unified.keys.sorted().first {
        throw .refused(
            "linux.resources.unified: invalid configuration: \"\(first)\" is for cgroup v2, and this machine has v1"
        )
    }
    if let cpu = resources.cpu { addLegacy(cpu, add) }
    if let memory = resources.memory { addLegacy(memory, add) }
    if let limit = resources.pids?.limit { add("pids.max", limit < 0 ? "max" : "\(max(limit, 1))") }
    if let block = resources.blockIO { addLegacy(block, add) }
    for page in resources.hugepageLimits {
        if page.pageSize.utf8.contains(UInt8(ascii: "/")) || page.pageSize.utf8.contains(0) {
            throw .refused(
                "linux.resources.hugepageLimits.pageSize: expected a size such as 2MB, found \"\(page.pageSize)\""
            )
        }
        add("hugetlb.\(page.pageSize).limit_in_bytes", "\(page.limit)")
        add("hugetlb.\(page.pageSize).rsvd.limit_in_bytes", "\(page.limit)")
    }
    for device in resources.rdma.keys.sorted() {
        if let limit = resources.rdma[device] { add("rdma.max", rdmaLine(device, limit)) }
    }
    if let identifier = resources.network?.classID { add("net_cls.classid", "\(identifier)") }
    for entry in resources.network?.priorities ?? [] {
        add("net_prio.ifpriomap", "\(entry.name) \(entry.priority)")
    }
    return settings
}

private func addLegacy(_ cpu: OCI.CPULimits, _ add: (String, String) -> Void) {
    if let shares = cpu.shares, shares != 0 { add("cpu.shares", "\(shares)") }
    if let period = cpu.period, period != 0 { add("cpu.cfs_period_us", "\(period)") }
    if let quota = cpu.quota, quota != 0 { add("cpu.cfs_quota_us", "\(quota)") }
    if let burst = cpu.burst { add("cpu.cfs_burst_us", "\(burst)") }
    if let idle = cpu.idle { add("cpu.idle", "\(idle)") }
    if let period = cpu.realtimePeriod, period != 0 { add("cpu.rt_period_us", "\(period)") }
    if let runtime = cpu.realtimeRuntime, runtime != 0 { add("cpu.rt_runtime_us", "\(runtime)") }
    if !cpu.cpus.isEmpty { add("cpuset.cpus", cpu.cpus) }
    if !cpu.mems.isEmpty { add("cpuset.mems", cpu.mems) }
}

private func addLegacy(_ memory: OCI.MemoryLimits, _ add: (String, String) -> Void) {
    if let limit = memory.limit, limit != 0 { add("memory.limit_in_bytes", "\(limit)") }
    if let swap = memory.swap, swap != 0 { add("memory.memsw.limit_in_bytes", "\(swap)") }
    if let value = memory.reservation, value != 0 { add("memory.soft_limit_in_bytes", "\(value)") }
    if let value = memory.kernel, value != 0 { add("memory.kmem.limit_in_bytes", "\(value)") }
    if let value = memory.kernelTCP, value != 0 { add("memory.kmem.tcp.limit_in_bytes", "\(value)") }
    if memory.disableOOMKiller == true { add("memory.oom_control", "1") }
    if let value = memory.swappiness { add("memory.swappiness", "\(value)") }
}

private func addLegacy(_ block: OCI.BlockIOLimits, _ add: (String, String) -> Void) {
    if let value = block.weight, value != 0 { add("blkio.weight", "\(value)") }
    if let value = block.leafWeight, value != 0 { add("blkio.leaf_weight", "\(value)") }
    for device in block.weightDevice {
        if let value = device.weight {
            add("blkio.weight_device", "\(device.major):\(device.minor) \(value)")
        }
        if let value = device.leafWeight {
            add("blkio.leaf_weight_device", "\(device.major):\(device.minor) \(value)")
        }
    }
    let lists = [
        ("read_bps", block.throttleReadBpsDevice), ("write_bps", block.throttleWriteBpsDevice),
        ("read_iops", block.throttleReadIOPSDevice), ("write_iops", block.throttleWriteIOPSDevice),
    ]
    for (key, devices) in lists {
        for device in devices {
            add("blkio.throttle.\(key)_device", "\(device.major):\(device.minor) \(device.rate)")
        }
    }
}
