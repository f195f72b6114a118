import JSON
import OCI
import Testing

@testable import Linux
@testable import Policy
@testable import Sandbox

struct ContainerTransitionTests {
    @Test func aContainerIsMadeStartedEndedAndDeleted() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        var exits: [ContainerExit] = []
        sandbox.exitObserver = { exits.append($0) }
        try sandbox.mountAll(machine)
        try sandbox.createContainer(Names.containerClaim())
        let pod = "/run/gcs/c/" + Names.pod
        #expect(
            machine.done == [
                "randomBytes", "prepareSandbox aaaaaaaaaaaa", "makeDirectory " + pod,
                "writeFile \(pod)/hostname",
                "writeFile \(pod)/hosts", "writeFile \(pod)/resolv.conf",
                "makeDirectory /run/coffer/security-context/" + Names.container, "serveEvidence",
                "createContainer /run/gcs/c/" + Names.container,
            ])
        machine.done = []
        let processID = try sandbox.startContainer(Names.container, ports: StreamPorts())
        #expect(machine.done == ["startContainer"])
        machine.done = []
        var codes: [UInt32] = []
        sandbox.wait(for: UInt32(processID), of: Names.container, milliseconds: nil) { result in
            codes.append((try? result.get()) ?? .max)
            #expect(exits.isEmpty)
            return true
        }
        try sandbox.shutdown(Names.container, forced: false)
        #expect(machine.done == ["shutdownContainer 15"])
        machine.childEnds = closeAll(machine.childEnds)
        machine.end(processID, .signalled(15))
        for _ in 0..<10 where codes.isEmpty { try machine.loop.turn(atMost: 100) }
        #expect(codes == [143])
        #expect(
            exits == [ContainerExit(containerID: Names.container, activityID: "activity", kind: .graceful)])
        machine.done = []
        #expect(throws: SandboxError.self) { try sandbox.deleteContainer(Names.container) }
        try sandbox.removeLayers(target: Names.root(Names.container))
        try sandbox.deleteContainer(Names.container)
        #expect(
            machine.done == [
                "unmountOverlay " + Names.root(Names.container), "deleteContainer", "endEvidence",
                "removeTree " + Names.scratch(Names.container), "removeSandbox",
            ])
        #expect(sandbox.containers.isEmpty)
        #expect(sandbox.pods.isEmpty)
    }

    /// Which steps are taken back when one fails, and that a second try succeeds.
    @Test(arguments: [
        ("randomBytes", []), ("prepareSandbox", []), ("writeFile", ["removeSandbox"]),
        ("serveEvidence", ["removeSandbox"]), ("createContainer", ["endEvidence", "removeSandbox"]),
    ])
    func failedCreationsAreUndone(effect: String, undone: [String]) throws {
        let machine = try FakeMachine()
        machine.results["create_container"] =
            ",\"metadata\":[{\"name\":\"started\",\"action\":\"add\",\"key\":\"c\",\"value\":true}]"
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        machine.failing = [effect]
        #expect(throws: SandboxError.self) { try sandbox.createContainer(Names.containerClaim()) }
        let failed = machine.done.firstIndex { $0.hasPrefix(effect) } ?? 0
        #expect(Array(machine.done[(failed + 1)...]) == undone)
        #expect(sandbox.containers.isEmpty)
        #expect(sandbox.pods.isEmpty)
        #expect(sandbox.policy.memory.metadata.json["started"] == nil)
        machine.failing = []
        try sandbox.createContainer(Names.containerClaim())
        #expect(sandbox.containers.count == 1)
    }

    @Test func aRefusedContainerDoesNothing() throws {
        let machine = try FakeMachine()
        machine.refusals["create_container"] = ""
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        let error = #expect(throws: SandboxError.self) { try sandbox.createContainer(Names.containerClaim()) }
        #expect(
            error?.description.hasPrefix("container creation denied due to policy: policyDecision< ") == true)
        #expect(machine.done == ["randomBytes"])
        #expect(sandbox.containers.isEmpty && sandbox.pods.isEmpty)
    }

    @Test func followersJoinThePodAndTheLastOneEndsIt() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        var claim = Names.containerClaim()
        claim.containerID = Names.other
        claim.bundlePath = "/run/gcs/c/" + Names.other
        claim.scratchPath = Names.scratch(Names.other)
        claim.spec.root?.path = Names.root(Names.other)
        claim.spec.process?.env.append("HOSTNAME=second")
        #expect(throws: SandboxError.self) { try sandbox.createContainer(claim) }
        try sandbox.combineLayers(Names.overlayClaim(Names.other))
        machine.done = []
        try sandbox.createContainer(claim)
        #expect(!machine.done.contains { $0.hasPrefix("prepareSandbox") })
        // The pod's name was chosen by its first container.
        #expect(machine.lastSpec?.hostname == "aaaaaaaaaaaa")
        #expect(sandbox.pods[Names.pod]?.containers == [Names.container, Names.other])
        #expect(throws: SandboxError.containerExists(Names.other)) { try sandbox.createContainer(claim) }
    }
}

func closeAll(_ descriptors: [Int32]) -> [Int32] {
    for descriptor in descriptors where descriptor >= 0 { _ = Descriptor(owning: descriptor) }
    return descriptors.map { _ in -1 }
}
