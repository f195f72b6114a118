internal import BridgeClient
internal import Foundation
internal import Hypervisor
internal import JSON
internal import Wire

/// The operations of the control socket.
struct ControlOperations {
    let pod: RunningPod
    let connection: ControlConnection

    /// Carries out one request.
    func run(_ request: JSONObject) throws {
        switch request["operation"]?.stringValue {
        case "status": try connection.send(status())
        case "exec": try ExecOperation(pod: pod, connection: connection).run(request)
        case "stats": try stats(request)
        case "update": try update(request)
        case "stop": try stop(request)
        case "request": try passRequest(request)
        case "frame": try passFrame(request)
        case "deliver": try deliver(request)
        case let other: throw Failure("unknown operation \"\(other ?? "")\"")
        }
    }

    /// The containers and the machine.
    private func status() -> JSON {
        return ["event": "status", "containers": PodStatus.json(pod.states), "stopping": .bool(pod.stopping)]
    }

    /// What the guest says of each running container that is asked for, and of the pod; as it says it.
    private func stats(_ request: JSONObject) throws {
        let names = (request["containers"]?.arrayValue ?? []).compactMap(\.stringValue)
        let wanted = Set(try names.map { try pod.container($0).id })
        let running = pod.states.filter { $0.state == .running }
        let client = try pod.bridge.current(seconds: 30)
        var rows: [JSON] = []
        do {
            for process in running where wanted.isEmpty || wanted.contains(process.containerID) {
                let properties = try properties(client, process.containerID)
                rows.append([
                    "name": .string(process.name), "id": .string(process.containerID),
                    "properties": properties,
                ])
            }
            let whole = running.isEmpty ? JSON.null : try properties(client, pod.plan.sandboxID)
            try connection.send(["event": "stats", "containers": .array(rows), "pod": whole])
        } catch {
            throw PodRefusal.failure(error, doing: "stats")
        }
    }

    private func properties(_ client: BridgeClient, _ id: String) throws -> JSON {
        try JSON.parse(try client.properties(id, ["Statistics"]))
    }

    private func update(_ request: JSONObject) throws {
        let container = try pod.container(request["container"]?.stringValue ?? "")
        guard let resources = request["resources"] else { throw Failure("an update needs \"resources\"") }
        do {
            try pod.bridge.current(seconds: 30)
                .modify(.update, .containerConstraints(resources), container: container.id)
        } catch {
            throw PodRefusal.failure(error, doing: "updating \(container.name)")
        }
        try connection.send(["event": "updated"])
    }

    private func stop(_ request: JSONObject) throws {
        pod.stop(graceSeconds: request["grace"]?.intValue.map(Double.init) ?? 10)
        try connection.send(["event": "stopped"])
    }

    /// Sends one bridge request as given and hands the answer back, whatever it is.
    private func passRequest(_ request: JSONObject) throws {
        guard let type = request["type"]?.intValue.flatMap(UInt32.init(exactly:)),
            let payload = request["payload"]?.stringValue
        else { throw Failure("a request needs \"type\" and \"payload\"") }
        let client = try pod.bridge.current(seconds: 30)
        if let container = request["container"]?.stringValue {
            client.expectContainer(container)
            pod.bridge.remember(container)
        }
        let frame = try client.exchange(MessageType(rawValue: type), Array(payload.utf8), seconds: 120)
        try connection.send([
            "event": "answer", "type": JSON(Int(frame.type.rawValue)),
            "payload": .string(String(decoding: frame.payload, as: UTF8.self)),
        ])
    }

    /// Sends bytes that may be no frame at all, and tells what came of it: an answer, the end of the connection
    /// (after which the guest dials again), or nothing.
    private func passFrame(_ request: JSONObject) throws {
        guard let text = request["bytes"]?.stringValue, let data = Data(base64Encoded: text) else {
            throw Failure("a frame needs \"bytes\" in Base64")
        }
        let client = try pod.bridge.current(seconds: 30)
        let id = try client.reserveID()
        var bytes = Array(data)
        // The id field of the header becomes a number whose answer this connection can wait for.
        if bytes.count >= 16 {
            for index in 0..<8 { bytes[8 + index] = UInt8(truncatingIfNeeded: id >> UInt64(8 * index)) }
        }
        var result = JSONObject()
        result["event"] = "answer"
        do {
            try client.sendRaw(bytes)
            if let frame = try client.answer(to: id, seconds: 10) {
                result["payload"] = .string(String(decoding: frame.payload, as: UTF8.self))
            } else {
                // An unfinished frame would swallow what comes next.
                client.close("a hostile frame was left unanswered")
            }
        } catch BridgeError.disconnected(let reason) {
            result["disconnected"] = .string(reason)
        }
        try connection.send(.object(result))
    }

    /// Serves bytes at a fresh port for as long as the connection stays open.
    private func deliver(_ request: JSONObject) throws {
        guard let path = request["path"]?.stringValue, let data = FileManager.default.contents(atPath: path)
        else {
            throw Failure("a delivery needs the \"path\" of a readable file")
        }
        let delivery = try BlobDelivery(Array(data), pod.ports)
        try connection.send(["event": "port", "port": JSON(Int(delivery.port))])
        while try connection.receive() != nil {}
        withExtendedLifetime(delivery) {}
    }
}
