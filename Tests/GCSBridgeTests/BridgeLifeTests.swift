import JSON
import Testing
import Wire

@testable import GCSBridge
@testable import Linux
@testable import Sandbox

/// A container's life as the host sees it over the bridge.
struct BridgeLifeTests {
    private let container = String(repeating: "c", count: 64)

    private var base: RequestBase {
        RequestBase(containerID: container, activityID: "11111111-2222-3333-4444-555555555555")
    }

    /// Creates and starts a container; gives its process id.
    private func run(_ host: Host) throws -> UInt32 {
        try host.setPolicy()
        var layer = MappedVirtualDisk()
        layer.mountPath = "/run/mounts/scsi/m0"
        layer.lun = 1
        layer.readOnly = true
        layer.options = ["ro"]
        #expect(try host.modify(.add, .mappedVirtualDisk(layer)).result == .ok)
        var layers = CombinedLayers()
        layers.containerID = container
        layers.containerRootPath = "/run/gcs/c/\(container)/rootfs"
        layers.layers = [Layer(id: "0", path: layer.mountPath)]
        #expect(try host.modify(.add, .combinedLayers(layers)).result == .ok)
        let spec: JSON = [
            "ociVersion": "1.0.2", "linux": [:],
            "process": ["args": ["nginx"], "cwd": "/", "user": [:], "capabilities": [:]],
        ]
        let create = CreateRequest(
            base: base,
            config: ContainerConfig(
                ociBundlePath: "/run/gcs/c/" + container, ociSpecification: spec, scratchDirPath: ""))
        let created = try host.ask(.create, create)
        try #require(created.result == .ok, "\(created.errorMessage)")
        #expect(try host.ask(.create, create).result == .systemAlreadyExists)
        #expect(try host.ask(.start, PlainRequest(base: base)).result == .ok)
        let start = ExecuteProcessRequest(base: base, parameters: ProcessParameters(), ports: StdioPorts())
        try host.send(.executeProcess, start.payload)
        let frame = try #require(try host.receive())
        let response = try ExecuteProcessResponse(payload: frame.payload)
        try #require(response.base.result == .ok, "\(response.base.errorMessage)")
        return response.processID
    }

    @Test func theExitIsToldAfterTheWaitIsAnswered() throws {
        let host = try Host()
        let processID = try run(host)
        let wait = try host.send(
            .waitForProcess, WaitForProcessRequest(base: base, processID: processID).payload)
        #expect(try host.ask(.shutdownForced, PlainRequest(base: base)).result == .ok)
        host.end(processID, .signalled(9))
        let answer = try #require(try host.receive())
        #expect(answer.id == wait)
        #expect(try WaitForProcessResponse(payload: answer.payload).exitCode == 137)
        let notification = try #require(try host.receive())
        #expect(notification.type == .notification && notification.id == 0)
        #expect(
            try ExitNotification(payload: notification.payload)
                == ExitNotification(containerID: container, activityID: base.activityID, kind: .forced))
        #expect(try host.ask(.shutdownForced, PlainRequest(base: base)).result == .alreadyStopped)
        #expect(
            try host.ask(.signalProcess, SignalProcessRequest(base: base, processID: processID, signal: 9))
                .result
                == .notFound)
    }

    @Test func theExitTellsThatMemoryRanOut() throws {
        let host = try Host()
        let processID = try run(host)
        try host.send(.waitForProcess, WaitForProcessRequest(base: base, processID: processID).payload)
        host.memoryKills = 2
        host.end(processID, .signalled(9))
        let answer = try #require(try host.receive())
        #expect(try WaitForProcessResponse(payload: answer.payload).exitCode == 137)
        let notification = try #require(try host.receive())
        #expect(
            try ExitNotification(payload: notification.payload)
                == ExitNotification(
                    containerID: container, activityID: base.activityID, kind: .unexpected,
                    outOfMemoryKills: 2))
    }

    @Test func limitsAreUpdatedOverTheBridge() throws {
        let host = try Host()
        _ = try run(host)
        let resources: JSON = ["memory": ["limit": 1_048_576]]
        #expect(
            try host.modify(.update, .containerConstraints(resources), container: container).result == .ok)
        let wrong = try host.modify(.update, .containerConstraints(["memory": 7]), container: container)
        #expect(wrong.result == .fail && wrong.errorMessage.hasPrefix("ContainerConstraints: "))
    }

    /// An exit code that was lost with its connection can be asked for on the next one.
    @Test func lostExitCodesCanBeAskedForAgain() throws {
        let host = try Host()
        let processID = try run(host)
        try host.send(.waitForProcess, WaitForProcessRequest(base: base, processID: processID).payload)
        try host.loop.turn(atMost: 50)
        host.hangUp()
        try host.loop.turn(atMost: 50)
        host.end(processID, .exited(0))
        for _ in 0..<100 where host.dials < 2 { try host.loop.turn(atMost: 50) }
        try host.negotiate()
        let again = try host.ask(.waitForProcess, WaitForProcessRequest(base: base, processID: processID))
        #expect(again.result == .ok)
        let notification = try #require(try host.receive())
        #expect(try ExitNotification(payload: notification.payload).kind == .unexpected)
    }

    /// A notification that finds no host waits for the next connection and is the first thing on it.
    @Test func notificationsWaitForTheNextConnection() throws {
        let host = try Host()
        let processID = try run(host)
        host.sandbox.wait(for: processID, of: container, milliseconds: nil) { _ in true }
        host.hangUp()
        try host.loop.turn(atMost: 50)
        host.end(processID, .exited(0))
        for _ in 0..<100 where host.dials < 2 { try host.loop.turn(atMost: 50) }
        let notification = try #require(try host.receive())
        #expect(try ExitNotification(payload: notification.payload).kind == .unexpected)
    }

    @Test func errorsHaveTheirCodes() throws {
        let host = try Host()
        _ = try run(host)
        let unknown = RequestBase(containerID: String(repeating: "e", count: 64))
        #expect(try host.ask(.shutdownGraceful, PlainRequest(base: unknown)).result == .systemNotFound)
        #expect(try host.ask(.start, PlainRequest(base: unknown)).result == .systemNotFound)
        #expect(
            try host.ask(.waitForProcess, WaitForProcessRequest(base: base, processID: 5)).result == .notFound
        )
        #expect(
            try host.ask(.waitForProcess, WaitForProcessRequest(base: RequestBase(), processID: 5)).result
                == .notFound)
        let properties = GetPropertiesRequest(base: RequestBase(), propertyTypes: ["ProcessList"])
        #expect(
            try host.ask(.getProperties, properties).errorMessage
                == "getPropertiesV2 is not supported against the UVM")
        let dump = try host.ask(.dumpStacks, PlainRequest(base: RequestBase()))
        #expect(dump.result == .fail)
        #expect(dump.errorMessage.hasPrefix("dump stacks denied due to policy: policyDecision< "))
        #expect(dump.errorRecords.count == 1)
    }

    @Test func propertiesAreThoseAskedFor() throws {
        let host = try Host()
        _ = try run(host)
        try host.send(
            .getProperties,
            GetPropertiesRequest(base: base, propertyTypes: ["ProcessList", "Weather"]).payload)
        let frame = try #require(try host.receive())
        #expect(try GetPropertiesResponse(payload: frame.payload).properties == "{\"ProcessList\":[]}")
    }
}
