internal import CLinux
internal import JSON
internal import Linux
internal import Runtime

extension OCICommandLine.Command {
    static let events = OCICommandLine.Command(
        name: "events", usage: "<container-id>",
        summary: "print what a container uses, again and again, and when it ran out of memory",
        options: [
            OptionForm(
                "interval", value: true, "time between two reports, for instance 500ms; default is 5s"),
            OptionForm("stats", "print one report and no more"),
        ], stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in try line.events(options) })
}

extension OCICommandLine {
    func events(_ options: ParsedOptions) throws(CommandLineError) {
        let text = options.value("interval") ?? "5s"
        guard let interval = milliseconds(text) else {
            throw .failed("invalid value \"\(text)\" for flag -interval: expected a duration such as 5s")
        }
        if interval <= 0 { throw .failed("duration interval must be greater than 0") }
        let found = try find(options.operands[0])
        guard let pidfd = found.pidfd else {
            throw .failed("container with id \(found.record.id) is not running")
        }
        let group = try command { () throws(RuntimeError) in try found.controlGroup() }
        if options.has("stats") { return try printStatistics(found.record.id, group) }
        do throws(RuntimeError) {
            try watch(found.record.id, group, pidfd, interval)
        } catch {
            throw .runtime(prefix: "", error)
        }
    }

    private func printStatistics(_ id: String, _ group: ControlGroup) throws(CommandLineError) {
        let data = try command { () throws(RuntimeError) in try group.report() }
        printLine((["type": "stats", "id": JSON(id), "data": data] as JSON).text)
    }

    /// Until the first process ends.
    private func watch(
        _ id: String, _ group: ControlGroup, _ pidfd: SharedDescriptor, _ interval: Int32
    ) throws(RuntimeError) {
        var watch = try OutOfMemoryWatch.start(group)
        var next = monotonicMilliseconds() + Int64(interval)
        while true {
            let left = Int32(clamping: max(0, next - monotonicMilliseconds()))
            let (ended, memory) = try wait(pidfd, watch, left)
            if memory, let times = try watch?.take() {
                for _ in 0..<times { printLine((["type": "oom", "id": JSON(id)] as JSON).text) }
            }
            if ended { return }
            if monotonicMilliseconds() < next { continue }
            let data = try group.report()
            printLine((["type": "stats", "id": JSON(id), "data": data] as JSON).text)
            next = monotonicMilliseconds() + Int64(interval)
        }
    }

    private func wait(
        _ pidfd: SharedDescriptor, _ watch: OutOfMemoryWatch?, _ milliseconds: Int32
    ) throws(RuntimeError) -> (ended: Bool, memory: Bool) {
        var entries = [pollfd(fd: pidfd.descriptor.raw, events: Int16(POLLIN), revents: 0)]
        if let watch {
            entries.append(pollfd(fd: watch.file.descriptor.raw, events: watch.events, revents: 0))
        }
        let count = UInt32(entries.count)
        let result = entries.withUnsafeMutableBufferPointer {
            coffer_poll_many($0.baseAddress, count, milliseconds)
        }
        if result < 0 {
            throw .failed(.waitForProcess, Errno(Int32(truncatingIfNeeded: -result)), detail: "")
        }
        return (entries[0].revents != 0, count > 1 && entries[1].revents != 0)
    }
}

private func monotonicMilliseconds() -> Int64 {
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
}

/// A duration such as `1m30s` or `250ms` in milliseconds; nil for anything else.
func milliseconds(_ text: String) -> Int32? {
    let units: [(name: String, factor: Int64)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000)]
    var rest = Substring(text)
    var total: Int64 = 0
    if rest.isEmpty { return nil }
    while !rest.isEmpty {
        let digits = rest.prefix { $0 >= "0" && $0 <= "9" }
        rest = rest.dropFirst(digits.count)
        guard let number = Int64(digits), number < 1 << 31,
            let unit = units.first(where: { rest.hasPrefix($0.name) })
        else { return nil }
        rest = rest.dropFirst(unit.name.count)
        total += number * unit.factor
    }
    return Int32(exactly: total)
}
