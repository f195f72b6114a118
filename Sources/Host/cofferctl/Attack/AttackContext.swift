internal import BridgeClient
internal import Foundation
internal import JSON
internal import PolicyGenerator
internal import Wire

/// What the attacks have: the pod's record, its disks' files, and the bridge through the launcher.
///
/// A host has all of it anyway; nothing here is a privilege that a real attacker would lack.
struct AttackContext: Sendable {
    let directory: PodDirectory
    let record: PodRecord

    /// Sends one request over the bridge and returns the answer, whatever its result.
    func request(_ type: MessageType, _ message: some Message, container: String? = nil) throws -> Answer {
        let connection = try ControlConnection.connect(to: directory)
        var object = JSONObject()
        object["operation"] = "request"
        object["type"] = JSON(Int(type.rawValue))
        object["payload"] = .string(String(decoding: message.payload, as: UTF8.self))
        if let container { object["container"] = .string(container) }
        try connection.send(.object(object))
        return try answer(connection)
    }

    /// Sends bytes as they are; the id field becomes one whose answer is waited for.
    func frame(_ bytes: [UInt8]) throws -> FrameAnswer {
        let connection = try ControlConnection.connect(to: directory)
        try connection.send(["operation": "frame", "bytes": .string(Data(bytes).base64EncodedString())])
        guard let event = try connection.receive()?.json else { throw Failure("the launcher hung up") }
        if let message = event["message"]?.stringValue { throw Failure(message) }
        return FrameAnswer(
            payload: event["payload"]?.stringValue, disconnected: event["disconnected"]?.stringValue)
    }

    /// Serves a file's bytes at a port for as long as the connection is kept.
    func deliver(_ path: String) throws -> (port: UInt32, connection: ControlConnection) {
        let connection = try ControlConnection.connect(to: directory)
        try connection.send(["operation": "deliver", "path": .string(path)])
        guard let event = try connection.receive()?.json,
            let port = event["port"]?.intValue.flatMap(UInt32.init(exactly:))
        else { throw Failure("the launcher did not open a port") }
        return (port, connection)
    }

    private func answer(_ connection: ControlConnection) throws -> Answer {
        guard let event = try connection.receive()?.json else { throw Failure("the launcher hung up") }
        guard let payload = event["payload"]?.stringValue else {
            throw Failure(event["message"]?.stringValue ?? "the launcher gave no answer")
        }
        return Answer(base: try ResponseBase(payload: Array(payload.utf8)), payload: payload)
    }

    /// A bridge answer.
    struct Answer {
        let base: ResponseBase
        let payload: String

        var isSuccess: Bool { base.result.isSuccess }
        var text: String { RefusalText.reasons(base.errorMessage).joined(separator: "; ") }
    }

    /// What came of a frame.
    struct FrameAnswer {
        let payload: String?
        let disconnected: String?
    }
}

/// Shorthands for the requests.
extension AttackContext {
    func modify(_ verb: ModifyVerb, _ resource: ModifyResource) throws -> Answer {
        try request(
            .modifySettings, ModifySettingsRequest(base: RequestBase(), verb: verb, resource: resource))
    }

    /// Mounts a disk read-only at a path of its own.
    func mount(_ disk: PodRecord.Disk, at path: String) throws -> Answer {
        try modify(.add, .mappedVirtualDisk(request(disk, path)))
    }

    /// Undoes `mount`; what was never mounted is refused, which does not matter here.
    func unmount(_ disk: PodRecord.Disk, at path: String) throws {
        _ = try modify(.remove, .mappedVirtualDisk(request(disk, path)))
    }

    private func request(_ disk: PodRecord.Disk, _ path: String) -> MappedVirtualDisk {
        var settings = MappedVirtualDisk()
        settings.mountPath = path
        settings.controller = disk.controller
        settings.lun = disk.unit
        settings.readOnly = true
        return settings
    }

    /// Asks for an overlay of mounted layers, given bottom first, for a container id.
    func overlay(_ container: String, _ layers: [String], sandbox: String? = nil) throws -> Answer {
        try modify(.add, .combinedLayers(overlaySettings(container, layers, sandbox: sandbox)))
    }

    func removeOverlay(_ container: String) throws {
        _ = try modify(.remove, .combinedLayers(overlaySettings(container, [], sandbox: nil)))
    }

    private func overlaySettings(_ container: String, _ paths: [String], sandbox: String?) -> CombinedLayers {
        var settings = CombinedLayers()
        settings.containerID = container
        settings.containerRootPath = GuestPaths.root(container)
        settings.layers = paths.reversed().enumerated().map { Layer(id: "\($0)", path: $1) }
        settings.scratchPath = GuestPaths.writable(sandbox: sandbox ?? record.sandboxID, container: container)
        return settings
    }

    func create(_ container: String, _ specification: JSON) throws -> Answer {
        let config = ContainerConfig(
            ociBundlePath: GuestPaths.bundle(container), ociSpecification: specification,
            scratchDirPath: GuestPaths.writable(sandbox: record.sandboxID, container: container))
        let base = RequestBase(containerID: container)
        return try request(.create, CreateRequest(base: base, config: config), container: container)
    }

    /// Where the pod mounted a container's layers, bottom first.
    func paths(_ container: PodRecord.Container) -> [String] {
        container.layers.compactMap { hash in record.layers.first { $0.rootHash == hash }?.mountPath }
    }

    /// A container id that nobody used.
    func freshID() -> String { PodIdentifiers.random() }

    /// A layer mount path beyond the pod's own.
    func freshLayerPath() -> String { GuestPaths.layer(Int.random(in: 1000..<1_000_000)) }

    /// The container's specification for another id.
    func specification(_ container: PodRecord.Container, as id: String) throws -> JSON {
        let text = container.specification.replacing(container.id, with: id)
        return try JSON.parse(text)
    }

    /// Whether a request was refused by the policy, for one of the expected reasons.
    func expect(_ answer: Answer, _ reasons: String...) -> Attack.Outcome {
        expect(answer, anyOf: reasons)
    }

    func expect(_ answer: Answer, anyOf reasons: [String]) -> Attack.Outcome {
        if answer.isSuccess { return .init(verdict: .breach, answer: "the guest did it") }
        let text = RefusalText.readable(answer.base.errorMessage)
        let matches = reasons.isEmpty || reasons.contains { text.localizedCaseInsensitiveContains($0) }
        return .init(
            verdict: matches ? .refused : .unclear, answer: answer.text.isEmpty ? text : answer.text)
    }
}
