internal import Foundation
internal import JSON

/// What a pod and its containers used, at one moment.
struct PodSample {
    struct Row {
        let name: String
        let id: String
        /// Nanoseconds of processor time so far.
        let cpu: UInt64
        let memory: UInt64
        /// nil for no limit.
        let memoryLimit: UInt64?
        let processes: UInt64
        let processLimit: UInt64?
        let readBytes: UInt64
        let writtenBytes: UInt64
        let outOfMemoryKills: UInt64
    }

    let time: Date
    let rows: [Row]
    /// nil when no container runs.
    let pod: Row?

    /// Reads the launcher's answer.
    init(_ event: JSONObject, pod name: String) {
        time = Date()
        rows = (event["containers"]?.arrayValue ?? []).map {
            Row(
                $0["properties"] ?? .null, name: $0["name"]?.stringValue ?? "",
                id: $0["id"]?.stringValue ?? "")
        }
        pod = event["pod"]?.objectValue.map { Row(.object($0), name: name, id: "") }
    }

    /// Processors that a row used between an earlier sample and this one; nil without one.
    func processors(_ row: Row, since earlier: PodSample?) -> Double? {
        guard let earlier else { return nil }
        let before = row.id.isEmpty ? earlier.pod : earlier.rows.first { $0.id == row.id }
        let seconds = time.timeIntervalSince(earlier.time)
        guard let before, row.cpu >= before.cpu, seconds > 0 else { return nil }
        return Double(row.cpu - before.cpu) / 1e9 / seconds
    }
}

extension PodSample.Row {
    init(_ properties: JSON, name: String, id: String) {
        self.name = name
        self.id = id
        let metrics = properties["LCOWMetrics"] ?? .null
        func number(_ path: String...) -> UInt64 {
            path.reduce(metrics) { $0[$1] ?? .null }.uintValue ?? 0
        }
        cpu = number("cpu", "usage", "total")
        memory = number("memory", "usage", "usage")
        let limit = number("memory", "usage", "limit")
        memoryLimit = limit == 0 || limit >= UInt64(Int64.max) ? nil : limit
        processes = number("pids", "current")
        let most = number("pids", "limit")
        processLimit = most == 0 ? nil : most
        outOfMemoryKills = number("memory_oom_control", "oom_kill")
        let entries = metrics["blkio"]?["io_service_bytes_recursive"]?.arrayValue ?? []
        func bytes(_ operation: String) -> UInt64 {
            entries.filter { $0["op"]?.stringValue == operation }
                .reduce(0) { $0 + ($1["value"]?.uintValue ?? 0) }
        }
        readBytes = bytes("Read")
        writtenBytes = bytes("Write")
    }

    /// For programs: plain numbers, what is not limited left out.
    func json(processors: Double?) -> JSON {
        var object = JSONObject()
        object["name"] = .string(name)
        if !id.isEmpty { object["id"] = .string(id) }
        object["cpuNanoseconds"] = JSON(cpu)
        if let processors { object["cpuPercent"] = try? JSON.parse(String(format: "%.2f", processors * 100)) }
        object["memoryBytes"] = JSON(memory)
        if let memoryLimit { object["memoryLimitBytes"] = JSON(memoryLimit) }
        object["processes"] = JSON(processes)
        if let processLimit { object["processLimit"] = JSON(processLimit) }
        object["readBytes"] = JSON(readBytes)
        object["writtenBytes"] = JSON(writtenBytes)
        object["outOfMemoryKills"] = JSON(outOfMemoryKills)
        return .object(object)
    }
}
