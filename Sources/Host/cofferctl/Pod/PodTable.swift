internal import Foundation
internal import JSON

/// Pods as `ps` shows them.
enum PodTable {
    /// One pod with its containers.
    static func json(_ directory: PodDirectory, _ record: PodRecord) throws -> JSONObject {
        let status = PodStatus.read(directory)
        var object = JSONObject()
        object["name"] = .string(record.name)
        object["running"] = .bool(status.isAlive)
        object["directory"] = .string(directory.path)
        object["launcher"] = JSON(Int(record.launcher))
        object["emulator"] = JSON(Int(record.emulator))
        object["accelerator"] = .string(record.accelerator)
        object["policyDigest"] = .string(record.policyDigest)
        object["started"] = JSON.string(record.started.formatted(precise))
        if let connected = record.connected { object["connected"] = .string(connected.formatted(precise)) }
        object["ports"] = .array(
            record.forwards.map { ["host": JSON(Int($0.hostPort)), "guest": JSON(Int($0.guestPort))] })
        if let trustRoot = record.trustRoot { object["trustRoot"] = .string(trustRoot) }
        object["containers"] = .array(status.containers.map(json))
        return object
    }

    static let precise = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    private static func json(_ container: PodStatus.Container) -> JSON {
        var object = JSONObject()
        object["name"] = .string(container.name)
        object["id"] = .string(container.id)
        object["state"] = .string(container.state)
        if let pid = container.pid { object["pid"] = JSON(pid) }
        if let started = container.started { object["started"] = .string(started) }
        if let code = container.exitCode { object["exitCode"] = JSON(code) }
        if let reason = container.reason { object["reason"] = .string(reason) }
        return .object(object)
    }

    /// Lines of columns that stand under each other.
    static func text(_ rows: [[String]]) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        let lines = rows.map { row in
            row.enumerated().map { column, cell in
                column == row.count - 1
                    ? cell : cell.padding(toLength: widths[column], withPad: " ", startingAt: 0)
            }.joined(separator: "  ")
        }
        return lines.joined(separator: "\n")
    }
}
