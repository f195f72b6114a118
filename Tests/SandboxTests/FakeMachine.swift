import CLinux
import JSON
import OCI

@testable import Linux
@testable import Policy
@testable import Sandbox

/// Effects that do nothing but remember, and fail where a test wants it.
final class FakeMachine {
    /// What was done, in order, as "name argument".
    var done: [String] = []
    /// Names of effects that fail.
    var failing: Set<String> = []
    /// Root hashes by device.
    var layers: [String: String] = [:]
    var files: [String: [UInt8]] = [:]
    var lines: [String] = []
    /// Answers to the policy's questions; what is not here is allowed.
    var refusals: [String: String] = [:]
    var results: [String: String] = [:]
    /// Points that the policy does not have, and the interface's version that it declares.
    var undefined: Set<String> = []
    var apiVersion = "0.12.0"
    var sharesProcesses = false
    /// The last question about each point.
    var inputs: [String: JSON] = [:]
    /// The specification of the last container that was made, and the process of the last exec.
    var lastSpec: OCI.Spec?
    var lastProcess: OCI.Process?
    var lastStreams: [Bool] = []
    /// The host's ends of dialled ports.
    var hostEnds: [UInt32: Int32] = [:]
    /// The container's ends of its last process's streams.
    var childEnds: [Int32] = []
    var nextProcess: Int32 = 1000
    /// What the kernel counts, and who wants to know, by container.
    var memoryKills: [String: UInt64] = [:]
    var memoryWatchers: [String: (UInt64) -> Void] = [:]
    let policyText = Array("package policy".utf8)
    let loop: EventLoop

    init() throws { loop = try EventLoop() }

    deinit {
        for end in hostEnds.values { close(end) }
        for end in childEnds where end >= 0 { close(end) }
    }

    private func did(_ name: String, _ argument: String = "") throws(EffectError) {
        done.append(argument.isEmpty ? name : name + " " + argument)
        if failing.contains(name) { throw EffectError(name + " failed") }
    }

    /// A sandbox on this machine with the policy in force.
    func sandbox() throws -> Sandbox {
        let sandbox = closedSandbox()
        try sandbox.setPolicy(.linked(text: policyText))
        done = []
        return sandbox
    }

    func closedSandbox() -> Sandbox {
        Sandbox(loop: loop, linkedPolicy: LinkedPolicy(evaluate: answer), effects: effects)
    }

    private func answer(_ request: [UInt8]) -> [UInt8] {
        guard let question = try? JSON.parse(request), let query = question["query"]?.stringValue else {
            return []
        }
        if query == "policy/api_version" { return Array("{\"result\":\"\(apiVersion)\"}".utf8) }
        if query == "coffer/plugin" {
            let digest = Digest.hexadecimal(Digest.sha256(policyText))
            return Array("{\"result\":{\"sourceDigest\":\"\(digest)\"}}".utf8)
        }
        if query == "policy/reason" { return Array("{\"result\":{\"errors\":[\"because\"]}}".utf8) }
        let point = String(query.dropFirst("policy/".count))
        inputs[point] = question["input"]
        if point == "share_process_namespace" { return Array("{\"result\":\(sharesProcesses)}".utf8) }
        if undefined.contains(point) { return Array("{}".utf8) }
        if let more = refusals[point] { return Array("{\"result\":{\"allowed\":false\(more)}}".utf8) }
        let more = results[point] ?? ",\"allow_stdio_access\":true"
        return Array("{\"result\":{\"allowed\":true\(more)}}".utf8)
    }

    private func made(_ streams: consuming ChildStreams) -> MadeProcess {
        nextProcess += 1
        childEnds = []
        lastStreams = []
        for stream in [
            streams.input.take()?.release(), streams.output.take()?.release(),
            streams.error.take()?.release(),
        ] {
            lastStreams.append(stream != nil)
            childEnds.append(stream ?? -1)
        }
        return MadeProcess(processID: nextProcess, console: nil)
    }

    /// The process ends.
    func end(_ processID: Int32, _ status: ChildStatus) {
        loop.children.removeValue(forKey: processID)?(status)
    }

    var effects: Effects {
        Effects(
            findDisk: { controller, lun throws(EffectError) in
                try self.did("findDisk", "\(controller):\(lun)")
                return "/dev/vd\(controller)-\(lun)"
            },
            inspectLayer: { device throws(EffectError) in
                try self.did("inspectLayer", device)
                return LayerDescription(
                    rootHash: self.layers[device] ?? "00",
                    verity: VerityParameters(
                        algorithm: "sha256", salt: [], dataBlockSize: 4096, hashBlockSize: 4096,
                        dataBlocks: 1,
                        hashTreeOffset: 8192), filesystem: .erofs)
            },
            mountDevice: { permit throws(EffectError) in
                try self.did("mountDevice", permit.action.rootHash + " " + permit.action.target)
            },
            unmountDevice: { permit throws(EffectError) in
                try self.did("unmountDevice", permit.action.rootHash + " " + permit.action.target)
            },
            mountScratch: { permit throws(EffectError) in try self.did("mountScratch", permit.action.target)
            },
            unmountScratch: { permit throws(EffectError) in
                try self.did("unmountScratch", permit.action.target)
            },
            mountOverlay: { permit throws(EffectError) in
                try self.did("mountOverlay", permit.action.layerPaths.joined(separator: ":"))
            },
            unmountOverlay: { permit throws(EffectError) in
                try self.did("unmountOverlay", permit.action.target)
            },
            prepareSandbox: { permit throws(EffectError) in
                let shared = permit.action.sharesProcesses ? " shared processes" : ""
                try self.did("prepareSandbox", permit.action.hostname + shared)
            },
            removeSandbox: { _ throws(EffectError) in try self.did("removeSandbox") },
            mountMemoryVolume: { permit throws(EffectError) in
                try self.did("mountMemoryVolume", permit.action.size + " " + permit.action.target)
            },
            unmountMemoryVolume: { target throws(EffectError) in
                try self.did("unmountMemoryVolume", target)
            },
            configureNetwork: { permit throws(EffectError) in
                try self.did("configureNetwork", permit.action.addresses.map { $0.address }.joined())
            },
            createContainer: { permit, streams throws(EffectError) in
                self.lastSpec = permit.action.spec
                try self.did("createContainer", permit.action.bundlePath)
                return self.made(streams)
            },
            startContainer: { _ throws(EffectError) in try self.did("startContainer") },
            executeProcess: { permit, streams throws(EffectError) in
                self.lastProcess = permit.action.process
                try self.did("executeProcess", permit.action.process.args.joined(separator: " "))
                return self.made(streams)
            },
            signalProcess: { permit throws(EffectError) in
                try self.did("signalProcess", "\(permit.action.processID ?? 0) \(permit.action.signal)")
            },
            shutdownContainer: { permit throws(EffectError) in
                try self.did("shutdownContainer", "\(permit.action.signal)")
            }, deleteContainer: { _ throws(EffectError) in try self.did("deleteContainer") },
            updateConstraints: { permit throws(EffectError) in
                try self.did("updateConstraints", permit.action.resources.json.text)
            },
            properties: { permit throws(EffectError) in
                try self.did("properties", permit.action.containerID)
                return ["ProcessList": []]
            },
            watchMemory: { id, killed throws(EffectError) in
                if self.failing.contains("watchMemory") { throw EffectError("watchMemory failed") }
                self.memoryWatchers[id] = killed
            },
            outOfMemoryKills: { id throws(EffectError) in
                if self.failing.contains("outOfMemoryKills") { throw EffectError("outOfMemoryKills failed") }
                return self.memoryKills[id] ?? 0
            }, endRemaining: { _ throws(EffectError) in try self.did("endRemaining") },
            readFile: { _, path throws(EffectError) in
                if self.failing.contains("readFile") { throw EffectError("readFile failed") }
                return self.files[path]
            }, makeDirectory: { path, _ throws(EffectError) in try self.did("makeDirectory", path) },
            writeFile: { path, contents throws(EffectError) in
                try self.did("writeFile", path)
                self.files[path] = contents
            }, removeTree: { path throws(EffectError) in try self.did("removeTree", path) },
            hostData: { () throws(EffectError) in
                try self.did("hostData")
                return Digest.sha256(self.policyText)
            }, serveEvidence: { _ throws(EffectError) in try self.did("serveEvidence") },
            endEvidence: { _ in self.done.append("endEvidence") },
            dial: { port throws(EffectError) in try self.dial(port) },
            receive: { port, size throws(EffectError) in
                try self.did("receive", "\(port) \(size)")
                return [UInt8](repeating: 0, count: size)
            }, allowLogging: { _ in self.done.append("allowLogging") }, log: { self.lines.append($0) },
            randomBytes: { count throws(EffectError) in
                try self.did("randomBytes")
                return [UInt8](repeating: 0xab, count: count)
            },
            ownFigures: { () throws(EffectError) in
                if self.failing.contains("ownFigures") { throw EffectError("ownFigures failed") }
                return ["memory RssAnon: 7 kB"]
            }, powerOff: { self.done.append("powerOff") })
    }

    private func dial(_ port: UInt32) throws(EffectError) -> Descriptor {
        try did("dial", "\(port)")
        var ends: [Int32] = [0, 0]
        if coffer_socketpair(&ends) < 0 { throw EffectError("socketpair") }
        hostEnds[port] = ends[1]
        return Descriptor(owning: ends[0])
    }
}

/// Names used by the tests.
enum Names {
    static let pod = String(repeating: "a", count: 64)
    static let container = String(repeating: "c", count: 64)
    static let other = String(repeating: "d", count: 64)
    static let scratchMount = "/run/gcs/c/" + pod
    static func layer(_ number: Int) -> String { "/run/mounts/scsi/m\(number)" }
    static func root(_ id: String) -> String { "/run/gcs/c/" + id + "/rootfs" }
    static func scratch(_ id: String) -> String { scratchMount + "/scratch/" + id }

    static func layerClaim(_ number: Int) -> DiskClaim {
        DiskClaim(controller: 0, lun: UInt8(number + 1), mountPath: layer(number), readOnly: true)
    }

    static let scratchClaim = DiskClaim(
        controller: 0, lun: 0, mountPath: scratchMount, readOnly: false, encrypted: true, filesystem: "ext4",
        ensureFilesystem: true)

    static func overlayClaim(_ id: String) -> OverlayClaim {
        OverlayClaim(
            containerID: id, target: root(id), layerPaths: [layer(1), layer(0)], scratchPath: scratch(id))
    }

    static func spec() -> OCI.Spec {
        var process = OCI.Process()
        process.args = ["nginx"]
        process.env = ["PATH=/bin"]
        process.cwd = "/"
        process.capabilities = OCI.Capabilities()
        var spec = OCI.Spec(ociVersion: "1.0.2")
        spec.process = process
        spec.root = OCI.Root(path: root(container))
        spec.linux = OCI.Linux()
        spec.annotations = [
            "io.kubernetes.cri.container-type": "container", "io.kubernetes.cri.sandbox-id": pod,
        ]
        return spec
    }

    static func containerClaim(_ change: (inout OCI.Spec) -> Void = { _ in }) -> ContainerClaim {
        var spec = spec()
        change(&spec)
        return ContainerClaim(
            containerID: container, activityID: "activity", bundlePath: "/run/gcs/c/" + container,
            scratchPath: scratch(container), spec: spec)
    }
}

extension Sandbox {
    /// Two layers, scratch and the container's overlay.
    func mountAll(_ machine: FakeMachine) throws {
        try mountDisk(Names.layerClaim(0))
        try mountDisk(Names.layerClaim(1))
        try mountDisk(Names.scratchClaim)
        try combineLayers(Names.overlayClaim(Names.container))
        machine.done = []
    }

    /// A container that runs; gives its process id.
    func run(_ machine: FakeMachine, ports: StreamPorts = StreamPorts()) throws -> UInt32 {
        try mountAll(machine)
        try createContainer(Names.containerClaim())
        let processID = try startContainer(Names.container, ports: ports)
        machine.done = []
        return UInt32(processID)
    }
}
