import JSON
import OCI
import Testing

@testable import Linux
@testable import Policy
@testable import Sandbox

/// Directories that containers share, and the process namespace that they may share.
struct VolumeTransitionTests {
    private static let directory = "/run/gcs/c/" + Names.pod + "/sandboxMounts/"

    private static func shared(_ source: String, type: String = "bind") -> OCI.Mount {
        var mount = OCI.Mount(destination: "/" + source.split(separator: "/").last.map(String.init)!)
        mount.source = source
        mount.type = type
        return mount
    }

    /// A second container of the pod with these mounts.
    private func addOther(_ machine: FakeMachine, _ sandbox: Sandbox, _ mounts: [OCI.Mount]) throws {
        var claim = Names.containerClaim { $0.mounts = mounts }
        claim.containerID = Names.other
        claim.bundlePath = "/run/gcs/c/" + Names.other
        claim.scratchPath = Names.scratch(Names.other)
        claim.spec.root?.path = Names.root(Names.other)
        try sandbox.combineLayers(Names.overlayClaim(Names.other))
        try sandbox.createContainer(claim)
    }

    private func remove(_ sandbox: Sandbox, _ machine: FakeMachine, _ id: String) throws {
        let container = try #require(sandbox.containers[id])
        machine.end(container.initProcess.processID, .exited(0))
        try sandbox.removeLayers(target: Names.root(id))
        try sandbox.deleteContainer(id)
    }

    @Test func volumesLiveAsLongAsThePod() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        let mounts = [Self.shared("sandbox:///tmpfs/4096/m"), Self.shared("sandbox:///emptydir/d")]
        try sandbox.createContainer(Names.containerClaim { $0.mounts = mounts })
        #expect(machine.done.contains("makeDirectory " + Self.directory + "tmpfs/4096/m"))
        #expect(machine.done.contains("mountMemoryVolume 4096 " + Self.directory + "tmpfs/4096/m"))
        #expect(machine.lastSpec?.mounts.first?.source == Self.directory + "tmpfs/4096/m")
        machine.done = []
        try addOther(machine, sandbox, mounts)
        // The second one finds what the first one has made.
        #expect(!machine.done.contains { $0.hasPrefix("mountMemoryVolume") })
        machine.done = []
        try remove(sandbox, machine, Names.container)
        #expect(!machine.done.contains { $0.hasPrefix("unmountMemoryVolume") })
        #expect(throws: SandboxError.self) { try sandbox.unmountDisk(Names.scratchClaim) }
        machine.done = []
        try remove(sandbox, machine, Names.other)
        let end = machine.done.drop { !$0.hasPrefix("unmountMemoryVolume") }
        #expect(
            Array(end) == [
                "unmountMemoryVolume " + Self.directory + "tmpfs/4096/m",
                "removeTree " + Self.directory.dropLast(), "removeSandbox",
            ])
        try sandbox.unmountDisk(Names.scratchClaim)
    }

    @Test func aFailedCreationLeavesNoVolume() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        machine.failing = ["createContainer"]
        #expect(throws: SandboxError.self) {
            try sandbox.createContainer(
                Names.containerClaim { $0.mounts = [Self.shared("sandbox:///tmpfs/50%/m")] })
        }
        #expect(machine.done.contains("unmountMemoryVolume " + Self.directory + "tmpfs/50%/m"))
        #expect(sandbox.pods.isEmpty)
        machine.failing = []
        try sandbox.createContainer(Names.containerClaim())
    }

    /// A volume that cannot be taken away leaves the guest in a state that nobody knows.
    @Test func aVolumeThatStaysDisablesTheGuest() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.createContainer(
            Names.containerClaim { $0.mounts = [Self.shared("sandbox:///tmpfs/4096/m")] })
        machine.failing = ["unmountMemoryVolume"]
        #expect(throws: SandboxError.self) { try remove(sandbox, machine, Names.container) }
        #expect(sandbox.disabledBy?.hasPrefix("unmounting a volume in memory") == true)
    }

    @Test(arguments: [
        "tmpfs", "tmpfs/4096", "tmpfs/4096/a/b", "tmpfs/0/m", "tmpfs/01/m", "tmpfs/101%/m", "tmpfs/%/m",
        "tmpfs/4k/m", "tmpfs/-1/m", "tmpfs/9999999999999999999/m", "tmpfs/4096,uid=1/m",
    ])
    func pathsThatAreNoVolume(path: String) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        let error = #expect(throws: SandboxError.self) {
            try sandbox.createContainer(
                Names.containerClaim { $0.mounts = [Self.shared("sandbox:///" + path)] })
        }
        #expect(error?.description.contains("expected tmpfs/SIZE/NAME") == true)
        #expect(machine.done.isEmpty)
    }

    /// A volume is bound and nothing else: another type would be another file system.
    @Test func volumesAreBound() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        #expect(throws: SandboxError.self) {
            try sandbox.createContainer(
                Names.containerClaim {
                    $0.mounts = [Self.shared("sandbox:///tmpfs/4096/m", type: "overlay")]
                })
        }
        #expect(machine.done.isEmpty)
    }

    // MARK: - Processes

    /// The host has no word in it: the policy decides, for the pod and for each of its containers.
    @Test(arguments: [true, false])
    func thePolicyDecidesWhoSeesWhom(shares: Bool) throws {
        let machine = try FakeMachine()
        machine.sharesProcesses = shares
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.createContainer(Names.containerClaim())
        #expect(machine.done.contains("prepareSandbox aaaaaaaaaaaa" + (shares ? " shared processes" : "")))
        let processID = try sandbox.startContainer(Names.container, ports: StreamPorts())
        machine.done = []
        machine.end(processID, .exited(0))
        // In a namespace of its own everything ends with the first process, by the kernel.
        #expect(machine.done == (shares ? ["endRemaining"] : []))
    }
}
