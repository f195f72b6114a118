import JSON
import OCI
import Testing

@testable import Linux
@testable import Policy
@testable import Sandbox

/// The specification as it is executed, whatever the host has said.
struct ExecutedSpecificationTests {
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
        #expect(spec.linux?.maskedPaths == OCI.Linux.usualMaskedPaths)
        #expect(spec.linux?.readonlyPaths == OCI.Linux.usualReadonlyPaths)
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
        (
            "mounts[].options with id maps",
            {
                var mount = OCI.Mount(destination: "/x")
                mount.options = ["bind", "ridmap=uids=0-0-1;gids=0-0-1"]
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
}
