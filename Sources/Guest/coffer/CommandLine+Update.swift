internal import Linux
internal import OCI
internal import Policy
internal import Runtime

extension OCICommandLine.Command {
    static let update = OCICommandLine.Command(
        name: "update", usage: "<container-id>", summary: "change the limits of a container",
        options: [
            OptionForm(
                "resources", short: "r", value: true, "file with limits as in config.json; - is input"),
            OptionForm("blkio-weight", value: true, "relative I/O weight, 10 to 1000"),
            OptionForm("cpu-period", value: true, "length of a quota's period, in microseconds"),
            OptionForm("cpu-quota", value: true, "processor time per period, in microseconds"),
            OptionForm("cpu-burst", value: true, "unused quota that may be carried over, in microseconds"),
            OptionForm("cpu-share", value: true, "relative processor weight"),
            OptionForm("cpu-rt-period", value: true, "period of real-time scheduling, in microseconds"),
            OptionForm("cpu-rt-runtime", value: true, "real-time processor time per period, in microseconds"),
            OptionForm("cpuset-cpus", value: true, "processors, for instance 0-3,7"),
            OptionForm("cpuset-mems", value: true, "memory nodes, for instance 0-3,7"),
            OptionForm("memory", value: true, "memory limit in bytes; -1 for none"),
            OptionForm("memory-reservation", value: true, "memory that is kept for the container, in bytes"),
            OptionForm("memory-swap", value: true, "limit of memory and swap together; -1 for none"),
            OptionForm("pids-limit", value: true, "how many tasks; -1 for no limit"),
            OptionForm("cpu-idle", value: true, "1 for what runs only when nothing else does"),
            OptionForm("l3-cache-schema", value: true, "part of the cache, for instance L3:0=ff;1=f0"),
            OptionForm(
                "mem-bw-schema", value: true, "part of the memory bandwidth, for instance MB:0=20;1=70"),
        ], stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in try line.update(options) })
}

extension OCICommandLine {
    func update(_ options: ParsedOptions) throws(CommandLineError) {
        let found = try find(options.operands[0])
        let resources = try limits(options)
        var shares = OCI.IntelRdt()
        shares.l3CacheSchema = options.value("l3-cache-schema") ?? ""
        shares.memBwSchema = options.value("mem-bw-schema") ?? ""
        let permit = try authority().permit(
            UpdateConstraints(containerID: found.record.id, resources: resources, intelRdt: shares))
        do throws(RuntimeError) {
            try found.update(permit, warn: { log.warning($0) })
        } catch {
            throw .runtime(prefix: "", error)
        }
    }

    /// A file is all there is when there is one, as clients know it from runc.
    private func limits(_ options: ParsedOptions) throws(CommandLineError) -> OCI.Resources {
        if let file = options.value("resources") {
            return try parse(try readFile(file, prefix: ""), file, as: OCI.Resources.self)
        }
        var resources = OCI.Resources()
        resources.cpu = try processorLimits(options)
        resources.memory = try memoryLimits(options)
        if let limit = try options.integer("pids-limit") {
            resources.pids = OCI.PidsLimit()
            resources.pids?.limit = Int64(limit)
        }
        if let weight = try options.integer("blkio-weight"), weight != 0 {
            guard (10...1000).contains(weight) else {
                throw .failed("invalid value for blkio-weight: expected 10 to 1000, found \(weight)")
            }
            resources.blockIO = OCI.BlockIOLimits()
            resources.blockIO?.weight = UInt16(weight)
        }
        return resources
    }

    private func processorLimits(_ options: ParsedOptions) throws(CommandLineError) -> OCI.CPULimits? {
        var cpu = OCI.CPULimits()
        cpu.period = try number(options, "cpu-period")
        cpu.quota = try options.integer("cpu-quota").map { Int64($0) }
        cpu.burst = try number(options, "cpu-burst")
        cpu.shares = try number(options, "cpu-share")
        cpu.realtimePeriod = try number(options, "cpu-rt-period")
        cpu.realtimeRuntime = try options.integer("cpu-rt-runtime").map { Int64($0) }
        cpu.cpus = options.value("cpuset-cpus") ?? ""
        cpu.mems = options.value("cpuset-mems") ?? ""
        cpu.idle = try options.integer("cpu-idle").map { Int64($0) }
        return cpu == OCI.CPULimits() ? nil : cpu
    }

    private func memoryLimits(_ options: ParsedOptions) throws(CommandLineError) -> OCI.MemoryLimits? {
        var memory = OCI.MemoryLimits()
        memory.limit = try size(options, "memory")
        memory.reservation = try size(options, "memory-reservation")
        memory.swap = try size(options, "memory-swap")
        return memory == OCI.MemoryLimits() ? nil : memory
    }

    private func number(_ options: ParsedOptions, _ name: String) throws(CommandLineError) -> UInt64? {
        guard let value = try options.integer(name) else { return nil }
        guard let number = UInt64(exactly: value) else {
            throw .failed("invalid value for \(name): expected 0 or more, found \(value)")
        }
        return number
    }

    private func size(_ options: ParsedOptions, _ name: String) throws(CommandLineError) -> Int64? {
        guard let text = options.value(name) else { return nil }
        guard let size = byteSize(text) else {
            throw .failed(
                "invalid value for \(name): expected bytes, or a size such as 512M; found \"\(text)\"")
        }
        return size
    }
}

/// Bytes: a whole number, with k, m, g, t or p for powers of 1024 and then perhaps `b` or `ib`; -1 for no limit.
/// Nil for anything else.
func byteSize(_ text: String) -> Int64? {
    if text == "-1" { return -1 }
    var letters = Array(text.utf8).map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }
    if letters.last == UInt8(ascii: "b") { letters.removeLast() }
    if letters.last == UInt8(ascii: "i") { letters.removeLast() }
    var shift: Int64 = 0
    if let last = letters.last, let power = Array("kmgtp".utf8).firstIndex(of: last) {
        shift = 10 * Int64(power + 1)
        letters.removeLast()
    }
    guard !letters.isEmpty, letters.allSatisfy({ $0 >= 48 && $0 <= 57 }),
        let number = Int64(String(decoding: letters, as: UTF8.self))
    else { return nil }
    let (product, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
    return overflow ? nil : product
}
