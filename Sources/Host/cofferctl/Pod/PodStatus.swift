internal import Foundation
internal import JSON

/// The containers' states as other commands see them: from the launcher while it lives, else from what it left.
struct PodStatus {
    struct Container {
        let name: String
        let id: String
        let state: String
        let pid: Int?
        let exitCode: Int?
        let reason: String?
        let started: String?
    }

    let isAlive: Bool
    let containers: [Container]

    /// Asks the launcher, or reads `status.json` when it is gone.
    static func read(_ directory: PodDirectory) -> PodStatus {
        if let connection = try? ControlConnection.connect(directory.control),
            (try? connection.send(["operation": "status"])) != nil,
            let answer = try? connection.receive()?.json
        {
            return PodStatus(isAlive: true, containers: decode(answer))
        }
        let bytes = FileManager.default.contents(atPath: directory.final).map(Array.init) ?? []
        let final = (try? JSON.parse(bytes))?.objectValue
        return PodStatus(isAlive: false, containers: final.map(decode) ?? [])
    }

    private static func decode(_ object: JSONObject) -> [Container] {
        (object["containers"]?.arrayValue ?? []).compactMap(\.objectValue).map {
            Container(
                name: $0["name"]?.stringValue ?? "", id: $0["id"]?.stringValue ?? "",
                state: $0["state"]?.stringValue ?? "unknown", pid: $0["pid"]?.intValue,
                exitCode: $0["exitCode"]?.intValue, reason: $0["reason"]?.stringValue,
                started: $0["started"]?.stringValue)
        }
    }

    /// The states as the control socket and `status.json` carry them.
    static func json(_ states: [PodProcess]) -> JSON {
        .array(
            states.map { process in
                var object = JSONObject()
                object["name"] = .string(process.name)
                object["id"] = .string(process.containerID)
                object["state"] = .string(process.state.text)
                if let pid = process.pid { object["pid"] = JSON(Int(pid)) }
                if let started = process.started {
                    object["started"] = .string(started.formatted(PodTable.precise))
                }
                if case .exited(let code) = process.state { object["exitCode"] = JSON(Int(code)) }
                if let reason = process.reason { object["reason"] = .string(reason) }
                return .object(object)
            })
    }
}

extension PodDirectory {
    /// The containers' last states, written when the launcher ends.
    var final: String { path + "/status.json" }

    /// Writes the last states.
    func writeFinal(_ states: [PodProcess]) throws {
        let json: JSON = ["containers": PodStatus.json(states)]
        try Data(json.serialized()).write(to: URL(fileURLWithPath: final), options: .atomic)
    }
}
