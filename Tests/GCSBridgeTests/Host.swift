import CLinux
import JSON
import Testing
import Wire

@testable import GCSBridge
@testable import Linux
@testable import Policy
@testable import Sandbox

/// A host's end of the bridge, with a guest behind it whose effects do nothing.
final class Host {
    let loop: EventLoop
    let sandbox: Sandbox
    var bridge: Bridge?
    private var socket: Int32 = -1
    private var decoder = FrameDecoder()
    private var nextID: UInt64 = 0
    var dials = 0
    var poweredOff = 0
    /// What the kernel counts for every container.
    var memoryKills: UInt64 = 0
    let policyText = Array("package policy".utf8)
    fileprivate var processID: Int32 = 2000

    init() throws {
        loop = try EventLoop()
        let holder = Holder()
        sandbox = Sandbox(
            loop: loop, linkedPolicy: LinkedPolicy(evaluate: { holder.host?.answer($0) ?? [] }),
            effects: Self.effects(holder))
        holder.host = self
        bridge = Bridge(
            loop: loop, sandbox: sandbox, dial: { () throws(Errno) in try self.dial() }, log: { _ in })
        bridge?.start(nil)
    }

    deinit { if socket >= 0 { close(socket) } }

    fileprivate final class Holder {
        weak var host: Host?
    }

    private func answer(_ request: [UInt8]) -> [UInt8] {
        let query = (try? JSON.parse(request))?["query"]?.stringValue
        switch query {
        case "policy/api_version": return Array("{\"result\":\"0.12.0\"}".utf8)
        case "coffer/plugin":
            let digest = Digest.hexadecimal(Digest.sha256(policyText))
            return Array("{\"result\":{\"sourceDigest\":\"\(digest)\"}}".utf8)
        case "policy/share_process_namespace": return Array("{}".utf8)
        case "policy/dump_stacks": return Array("{\"result\":{\"allowed\":false}}".utf8)
        default: return Array("{\"result\":{\"allowed\":true,\"allow_stdio_access\":false}}".utf8)
        }
    }

    private func dial() throws(Errno) -> Descriptor {
        dials += 1
        if socket >= 0 { close(socket) }
        var ends: [Int32] = [0, 0]
        try valueOrErrno(Int(coffer_socketpair(&ends)))
        socket = ends[1]
        coffer_set_nonblocking(socket)
        decoder = FrameDecoder()
        return Descriptor(owning: ends[0])
    }

    // MARK: - Frames

    func sendBytes(_ bytes: [UInt8]) { #expect(coffer_loop_write(socket, bytes, bytes.count) == bytes.count) }

    @discardableResult
    func send(_ type: MessageType, _ payload: [UInt8]) throws -> UInt64 {
        let id = nextID
        nextID += 1
        sendBytes(try Frame(type: type, id: id, payload: payload).encoded())
        return id
    }

    /// The next frame from the guest; nil when none comes or the guest has closed.
    func receive() throws -> Frame? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        for _ in 0..<100 {
            if let frame = try decoder.next() { return frame }
            try loop.turn(atMost: 5)
            let count = coffer_loop_read(socket, &buffer, buffer.count)
            if count == 0 { return nil }
            if count > 0 { decoder.append(buffer[..<count]) }
        }
        return nil
    }

    var isClosedByGuest: Bool {
        var byte: UInt8 = 0
        return coffer_loop_read(socket, &byte, 1) == 0
    }

    func hangUp() {
        close(socket)
        socket = -1
    }

    /// Sends a request and reads its answer.
    func ask(_ type: MessageType, _ payload: [UInt8]) throws -> ResponseBase {
        let id = try send(type, payload)
        let frame = try #require(try receive())
        #expect(frame.id == id)
        #expect(frame.type == type.response)
        return try ResponseBase(payload: frame.payload)
    }

    func ask(_ type: MessageType, _ message: some Message) throws -> ResponseBase {
        try ask(type, message.payload)
    }

    func negotiate() throws {
        let response = try ask(.negotiateProtocol, NegotiateRequest(base: RequestBase()))
        try #require(response.result == .ok)
    }

    func setPolicy() throws {
        try negotiate()
        var settings = SecurityPolicySettings()
        settings.enforcerType = "rego"
        settings.encodedPolicy = Base64.encode(policyText)
        let response = try modify(.add, .securityPolicy(settings))
        try #require(response.result == .ok, "\(response.errorMessage)")
    }

    func modify(
        _ verb: ModifyVerb, _ resource: ModifyResource, container: String = nullID
    ) throws -> ResponseBase {
        try ask(
            .modifySettings,
            ModifySettingsRequest(base: RequestBase(containerID: container), verb: verb, resource: resource))
    }

    private static func effects(_ holder: Holder) -> Effects {
        Effects(
            findDisk: { controller, lun throws(EffectError) in "/dev/vd\(controller)-\(lun)" },
            inspectLayer: { _ throws(EffectError) in
                LayerDescription(
                    rootHash: "00",
                    verity: VerityParameters(
                        algorithm: "sha256", salt: [], dataBlockSize: 4096, hashBlockSize: 4096,
                        dataBlocks: 1,
                        hashTreeOffset: 8192), filesystem: .erofs)
            }, mountDevice: { _ throws(EffectError) in }, unmountDevice: { _ throws(EffectError) in },
            mountScratch: { _ throws(EffectError) in }, unmountScratch: { _ throws(EffectError) in },
            mountOverlay: { _ throws(EffectError) in }, unmountOverlay: { _ throws(EffectError) in },
            prepareSandbox: { _ throws(EffectError) in }, removeSandbox: { _ throws(EffectError) in },
            mountMemoryVolume: { _ throws(EffectError) in },
            unmountMemoryVolume: { _ throws(EffectError) in },
            configureNetwork: { _ throws(EffectError) in },
            createContainer: { _, _ throws(EffectError) in holder.made() },
            startContainer: { _ throws(EffectError) in },
            executeProcess: { _, _ throws(EffectError) in holder.made() },
            signalProcess: { _ throws(EffectError) in }, shutdownContainer: { _ throws(EffectError) in },
            deleteContainer: { _ throws(EffectError) in }, updateConstraints: { _ throws(EffectError) in },
            properties: { _ throws(EffectError) in ["ProcessList": [], "LCOWMetrics": [:]] },
            watchMemory: { _, _ throws(EffectError) in },
            outOfMemoryKills: { _ throws(EffectError) in holder.host?.memoryKills ?? 0 },
            endRemaining: { _ throws(EffectError) in },
            readFile: { _, _ throws(EffectError) in nil }, makeDirectory: { _, _ throws(EffectError) in },
            writeFile: { _, _ throws(EffectError) in }, removeTree: { _ throws(EffectError) in },
            hostData: { () throws(EffectError) in Digest.sha256(holder.host?.policyText ?? []) },
            serveEvidence: { _ throws(EffectError) in }, endEvidence: { _ in },
            dial: { _ throws(EffectError) in throw EffectError("no streams here") },
            receive: { _, _ throws(EffectError) in throw EffectError("the host delivers nothing") },
            allowLogging: { _ in }, log: { _ in },
            randomBytes: { count throws(EffectError) in [UInt8](repeating: 1, count: count) },
            ownFigures: { () throws(EffectError) in [] }, powerOff: { holder.host?.poweredOff += 1 })
    }
}

extension Host.Holder {
    fileprivate func made() -> MadeProcess { MadeProcess(processID: host?.nextProcess() ?? 1, console: nil) }
}

extension Host {
    fileprivate func nextProcess() -> Int32 {
        processID += 1
        return processID
    }

    /// The process ends.
    func end(_ processID: UInt32, _ status: ChildStatus) {
        loop.children.removeValue(forKey: Int32(processID))?(status)
    }
}
