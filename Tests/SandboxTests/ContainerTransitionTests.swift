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

    // MARK: - The specification as executed

    @Test func whatThePolicyDoesNotCoverIsFixed() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.createContainer(
            Names.containerClaim { spec in
                spec.hostname = "evil"
                spec.process?.env.append("HOSTNAME=web-0")
                spec.process?.rlimits = [OCI.ResourceLimit(type: "RLIMIT_NOFILE", hard: 3, soft: 3)]
                spec.process?.oomScoreAdj = -1000
                spec.linux?.cgroupsPath = "/"
                spec.linux?.rootfsPropagation = "shared"
                spec.linux?.maskedPaths = []
                spec.linux?.readonlyPaths = []
                spec.linux?.namespaces = ["ipc", "pid", "mount", "network", "uts"].map {
                    OCI.Namespace(type: $0)
                }
                var resources = OCI.Resources()
                var rule = OCI.DeviceRule()
                rule.allow = true
                resources.devices = [rule]
                var memory = OCI.MemoryLimits()
                memory.limit = 1 << 20
                resources.memory = memory
                spec.linux?.resources = resources
                spec.annotations["run.oci.handler"] = "krun"
                spec.windows = ["network": ["networkNamespace": "x"]]
            })
        let spec = try #require(machine.lastSpec)
        #expect(spec.hostname == "web-0")
        #expect(spec.process?.rlimits == SpecRules.resourceLimits)
        #expect(spec.process?.oomScoreAdj == 0)
        #expect(spec.linux?.cgroupsPath == "/pods/\(Names.pod)/\(Names.container)")
        #expect(spec.linux?.rootfsPropagation == "private")
        #expect(spec.linux?.maskedPaths == SpecRules.maskedPaths)
        #expect(spec.linux?.readonlyPaths == SpecRules.readonlyPaths)
        #expect(
            spec.linux?.namespaces.map { $0.type } == ["pid", "mount", "cgroup", "network", "ipc", "uts"])
        #expect(spec.linux?.resources?.devices == [])
        #expect(spec.linux?.resources?.memory?.limit == 1 << 20)
        #expect(spec.annotations.isEmpty)
        #expect(spec.windows == nil)
        #expect(spec.root?.path == Names.root(Names.container))
    }

    @Test func theGuestAddsItsFilesAndTheAttestationSocket() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.createContainer(
            Names.containerClaim { spec in
                var mount = OCI.Mount(destination: "/etc/hosts")
                mount.type = "bind"
                mount.source = "sandbox:///hosts"
                spec.mounts = [mount]
            })
        let spec = try #require(machine.lastSpec)
        let pod = "/run/gcs/c/" + Names.pod
        #expect(
            spec.mounts.map { $0.source } == [
                pod + "/sandboxMounts/hosts", pod + "/hostname", pod + "/resolv.conf",
                "/run/coffer/security-context/" + Names.container,
            ])
        #expect(spec.mounts.last?.destination == "/security-context-abababababababab")
        #expect(spec.process?.env.last == "UVM_SECURITY_CONTEXT_DIR=/security-context-abababababababab")
        #expect(machine.done.contains("makeDirectory \(pod)/sandboxMounts/hosts"))
    }

    @Test func elevatedContainersHaveNothingMasked() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.createContainer(
            Names.containerClaim { $0.annotations["io.microsoft.virtualmachine.lcow.privileged"] = "true" })
        #expect(machine.lastSpec?.linux?.maskedPaths == [])
    }

    private static let refusedChanges: [(String, @Sendable (inout OCI.Spec) -> Void)] = [
        (
            "hooks",
            {
                $0.hooks = OCI.Hooks()
                $0.hooks?.poststop = [OCI.Hook(path: "/x")]
            }
        ),
        ("domainname", { $0.domainname = "x" }), ("linux.sysctl", { $0.linux?.sysctl = ["a": "b"] }),
        ("linux.uidMappings", { $0.linux?.uidMappings = [OCI.IDMapping()] }),
        ("linux.mountLabel", { $0.linux?.mountLabel = "x" }),
        ("linux.intelRdt", { $0.linux?.intelRdt = OCI.IntelRdt() }),
        ("linux.personality", { $0.linux?.personality = OCI.Personality(domain: "LINUX") }),
        ("linux.memoryPolicy", { $0.linux?.memoryPolicy = OCI.MemoryPolicy(mode: "x") }),
        ("linux.timeOffsets", { $0.linux?.timeOffsets = ["monotonic": OCI.TimeOffset()] }),
        ("linux.netDevices", { $0.linux?.netDevices = ["eth0": OCI.NetDevice()] }),
        ("every container has a pid namespace", { $0.linux?.namespaces = [OCI.Namespace(type: "mount")] }),
        ("linux.namespaces user", { $0.linux?.namespaces = [OCI.Namespace(type: "user")] }),
        (
            "linux.namespaces[].path",
            {
                var namespace = OCI.Namespace(type: "network")
                namespace.path = "/proc/1/ns/net"
                $0.linux?.namespaces = [namespace]
            }
        ),
        (
            "mounts[].uidMappings",
            {
                var mount = OCI.Mount(destination: "/x")
                mount.uidMappings = [OCI.IDMapping()]
                $0.mounts = [mount]
            }
        ),
        ("apparmorProfile", { $0.process?.apparmorProfile = "x" }),
        ("selinuxLabel", { $0.process?.selinuxLabel = "x" }),
        ("scheduler", { $0.process?.scheduler = OCI.Scheduler(policy: "SCHED_FIFO") }),
        ("ioPriority", { $0.process?.ioPriority = OCI.IOPriority(level: "IOPRIO_CLASS_RT") }),
        ("execCPUAffinity", { $0.process?.execCPUAffinity = OCI.CPUAffinity() }),
        (
            "resources.unified",
            {
                $0.linux?.resources = OCI.Resources()
                $0.linux?.resources?.unified = ["memory.high": "1"]
            }
        ),
        ("root.path", { $0.root?.path = "/" }), ("no process", { $0.process = nil }),
        ("no linux section", { $0.linux = nil }),
        ("annotation", { $0.annotations["io.microsoft.virtualmachine.lcow.privileged"] = "yes" }),
        ("annotation", { $0.annotations["io.kubernetes.cri.container-type"] = "vm" }),
        ("annotation", { $0.annotations["io.kubernetes.cri.sandbox-id"] = "../../x" }),
        ("does not stand in /etc/passwd", { $0.process?.user.username = "nobody" }),
        ("sandbox://", { $0.mounts = [Self.shared("sandbox://../x")] }),
        ("sandbox://", { $0.mounts = [Self.shared("sandbox:///a/../../x")] }),
        ("sandbox://", { $0.mounts = [Self.shared("sandbox:///")] }),
        ("inside", { $0.mounts = [Self.shared("sandbox:///a"), Self.shared("sandbox:///a/b")] }),
        ("hugepages://", { $0.mounts = [Self.shared("hugepages://2M/x")] }),
        ("uvm://", { $0.mounts = [Self.shared("uvm:///etc")] }),
    ]

    private static func shared(_ source: String) -> OCI.Mount {
        var mount = OCI.Mount(destination: "/data")
        mount.source = source
        mount.type = "bind"
        return mount
    }

    @Test(arguments: refusedChanges.indices)
    func whatTheHostMayNotSayIsRefused(index: Int) throws {
        let (expected, change) = Self.refusedChanges[index]
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        let error = #expect(throws: SandboxError.self) {
            try sandbox.createContainer(Names.containerClaim(change))
        }
        #expect(error?.description.contains(expected) == true, "\(expected): \(error?.description ?? "")")
        #expect(!machine.done.contains { $0.hasPrefix("createContainer") })
        #expect(sandbox.pods.isEmpty)
    }

    @Test func idsAndPathsHaveOneForm() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        var claims: [ContainerClaim] = []
        for change: (inout ContainerClaim) -> Void in [
            { $0.containerID = "x" }, { $0.containerID = Names.container.uppercased() },
            { $0.containerID = Names.other }, { $0.bundlePath = "/run/gcs/c/x" }, { $0.scratchPath = "/tmp" },
            { $0.bundlePath += "/" },
        ] {
            var claim = Names.containerClaim()
            change(&claim)
            claims.append(claim)
        }
        for claim in claims { #expect(throws: SandboxError.self) { try sandbox.createContainer(claim) } }
        #expect(machine.done.isEmpty)
    }

    // MARK: - Processes

    @Test func furtherProcessesTakeTheContainersUserAndLimits() throws {
        let machine = try FakeMachine()
        machine.files["/etc/passwd"] = Array("root:x:0:0::/:\nnginx:x:101:102::/:\n".utf8)
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.createContainer(Names.containerClaim { $0.process?.user.username = "nginx" })
        #expect(machine.lastSpec?.process?.user.uid == 101)
        #expect(machine.lastSpec?.process?.user.gid == 102)
        #expect(throws: SandboxError.notRunning) {
            try sandbox.execute(in: Names.container, #require(Names.spec().process), ports: StreamPorts())
        }
        _ = try sandbox.startContainer(Names.container, ports: StreamPorts())
        var process = try #require(Names.spec().process)
        process.args = ["sh"]
        process.rlimits = [OCI.ResourceLimit(type: "RLIMIT_CORE", hard: 1, soft: 1)]
        let first = try sandbox.execute(in: Names.container, process, ports: StreamPorts())
        #expect(machine.lastProcess?.user.uid == 101)
        #expect(
            machine.lastProcess?.env == [
                "PATH=/bin", "UVM_SECURITY_CONTEXT_DIR=/security-context-abababababababab",
            ])
        #expect(machine.lastProcess?.rlimits == SpecRules.resourceLimits)
        process.user.username = "root"
        _ = try sandbox.execute(in: Names.container, process, ports: StreamPorts())
        #expect(machine.lastProcess?.user.uid == 0)
        machine.done = []
        try sandbox.signal(UInt32(first), of: Names.container, 9)
        #expect(machine.done == ["signalProcess \(first) 9"])
        machine.end(first, .exited(3))
        #expect(throws: SandboxError.noProcess(UInt32(first))) {
            try sandbox.signal(UInt32(first), of: Names.container, 9)
        }
    }

    @Test func refusedExecsAndSignalsDoNothing() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        machine.refusals = [
            "exec_in_container": "", "signal_container_process": "", "shutdown_container": "",
            "get_properties": "", "dump_stacks": "", "exec_external": "",
        ]
        let process = try #require(Names.spec().process)
        let refused: [(String, () throws -> Void)] = [
            (
                "exec in container denied due to policy: ",
                { _ = try sandbox.execute(in: Names.container, process, ports: StreamPorts()) }
            ),
            (
                "exec is denied due to policy: ",
                { try sandbox.executeExternal(arguments: ["sh"], environment: [], workingDirectory: "/") }
            ), ("policyDecision< ", { try sandbox.signal(processID, of: Names.container, 9) }),
            ("policyDecision< ", { try sandbox.shutdown(Names.container, forced: true) }),
            ("get properties denied due to policy: ", { _ = try sandbox.properties(of: Names.container) }),
            ("dump stacks denied due to policy: ", { _ = try sandbox.dumpState() }),
        ]
        for (prefix, claim) in refused {
            let error = #expect(throws: SandboxError.self) { try claim() }
            #expect(error?.description.hasPrefix(prefix) == true, "\(error?.description ?? "")")
        }
        #expect(machine.done.isEmpty)
        machine.refusals = [:]
        let external = #expect(throws: SandboxError.self) {
            try sandbox.executeExternal(arguments: ["sh"], environment: [], workingDirectory: "/")
        }
        #expect(external?.description == "this guest has no programs outside of containers")
    }

    @Test func stdioIsThePolicysToGive() throws {
        let machine = try FakeMachine()
        machine.results["create_container"] = ",\"allow_stdio_access\":false"
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine, ports: StreamPorts(output: 5))
        #expect(machine.lastStreams == [false, false, false])
        #expect(machine.hostEnds.isEmpty)
        var process = try #require(Names.spec().process)
        process.terminal = true
        let error = #expect(throws: SandboxError.self) {
            try sandbox.execute(in: Names.container, process, ports: StreamPorts(output: 6))
        }
        #expect(error?.description.hasPrefix("a terminal was asked for") == true)
        #expect(machine.hostEnds.isEmpty)
    }

    @Test func unknownThingsAreNotFound() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.signal(1, of: "x", 9) }
        #expect(throws: SandboxError.noProcess(1)) { try sandbox.signal(1, of: Names.container, 9) }
        #expect(throws: SandboxError.noProcess(.max)) { try sandbox.signal(.max, of: Names.container, 9) }
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.shutdown("x", forced: true) }
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.deleteContainer("x") }
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.properties(of: "x") }
        #expect(throws: SandboxError.self) {
            try sandbox.startContainer(Names.container, ports: StreamPorts())
        }
        #expect(throws: SandboxError.self) { try sandbox.deleteContainer(Names.container) }
        var failure: SandboxError?
        sandbox.wait(for: 1, of: Names.container, milliseconds: nil) { result in
            if case .failure(let error) = result { failure = error }
            return true
        }
        #expect(failure == .noProcess(1))
    }

    @Test(arguments: [Int32(0), -1, 65, .max])
    func impossibleSignalsAreRefused(signal: Int32) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        #expect(throws: SandboxError.self) { try sandbox.signal(processID, of: Names.container, signal) }
        #expect(machine.done.isEmpty)
    }

    @Test func aTerminalIsNeededForResizing() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        let error = #expect(throws: SandboxError.self) {
            try sandbox.resize(processID, of: Names.container, rows: 24, columns: 80)
        }
        #expect(error?.description == "pid: \(processID), is not a tty and cannot be resized")
    }

    @Test func waitingHasALimit() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        var results: [Result<UInt32, SandboxError>] = []
        sandbox.wait(for: processID, of: Names.container, milliseconds: 1) {
            results.append($0)
            return true
        }
        for _ in 0..<50 where results.isEmpty { try machine.loop.turn(atMost: 20) }
        #expect(results == [.failure(.timeout)])
    }
}

func closeAll(_ descriptors: [Int32]) -> [Int32] {
    for descriptor in descriptors where descriptor >= 0 { _ = Descriptor(owning: descriptor) }
    return descriptors.map { _ in -1 }
}
