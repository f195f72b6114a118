import JSON
import OCI
import Testing

@testable import Policy

struct ContainerPointTests {
    private let identity = ProcessIdentity(
        user: NamedID(id: 101, name: "nginx"),
        groups: [NamedID(id: 101, name: "nginx"), NamedID(id: 7, name: "")])

    private func spec() -> OCI.Spec {
        var capabilities = OCI.Capabilities()
        capabilities.bounding = ["CAP_KILL", "CAP_CHOWN"]
        capabilities.effective = ["CAP_KILL"]
        var process = OCI.Process()
        process.args = ["nginx", "-g", "daemon off;"]
        process.env = ["PATH=/bin", "TOKEN=secret", "A=1", "PATH=/bin"]
        process.cwd = "/"
        process.user.umask = 0o77
        process.capabilities = capabilities
        var spec = OCI.Spec(ociVersion: "1.0.2")
        spec.process = process
        var mount = OCI.Mount(destination: "/proc")
        mount.type = "proc"
        mount.source = "proc"
        mount.options = ["nosuid"]
        spec.mounts = [mount]
        spec.linux = OCI.Linux()
        return spec
    }

    private let context = ContainerContext(
        identity: ProcessIdentity(user: NamedID(id: 0, name: "root"), groups: []), sandboxDirectory: "/s",
        hugePagesDirectory: "/h", privileged: false, isSandbox: true)

    private func create(
        _ engine: PolicyEngine, _ spec: OCI.Spec,
        _ additions: GuestAdditions = GuestAdditions(environment: [], mounts: [])
    ) throws(PolicyError) -> CreateContainer {
        try engine.createContainer(
            containerID: "c", sandboxID: "s", bundlePath: "/b", spec: spec, context: context,
            additions: additions
        ).action
    }

    @Test func theInputIsTheOneSpecified() throws {
        let fake = FakePlugin()
        fake.allow(.createContainer)
        _ = try create(try fake.engine(), spec())
        #expect(
            fake.input(ofLast: "policy/create_container")
                == [
                    "containerID": "c", "argList": ["nginx", "-g", "daemon off;"],
                    "envList": ["PATH=/bin", "TOKEN=secret", "A=1", "PATH=/bin"], "workingDir": "/",
                    "noNewPrivileges": false, "user": ["id": "0", "name": "root"], "groups": [],
                    "umask": "0077",
                    "capabilities": [
                        "bounding": ["CAP_KILL", "CAP_CHOWN"], "effective": ["CAP_KILL"], "inheritable": [],
                        "permitted": [], "ambient": [],
                    ], "sandboxDir": "/s", "hugePagesDir": "/h",
                    "mounts": [
                        ["destination": "/proc", "options": ["nosuid"], "source": "proc", "type": "proc"]
                    ], "devices": [], "privileged": false, "seccompProfileSHA256": "",
                    "isSandboxContainer": true,
                ])
    }

    @Test func missingMeansTheUsualMask() throws {
        #expect(OCI.Process().umaskText == "0022")
    }

    /// The kept variables keep the order and the number in which they were asked for.
    @Test(arguments: [
        ("", ["PATH=/bin", "TOKEN=secret", "A=1", "PATH=/bin"]),
        (",\"env_list\":null", ["PATH=/bin", "TOKEN=secret", "A=1", "PATH=/bin"]),
        (",\"env_list\":[\"A=1\",\"PATH=/bin\",\"NEW=1\"]", ["PATH=/bin", "A=1", "PATH=/bin"]),
        (",\"env_list\":[]", []),
    ])
    func theEnvironmentIsFilteredInOrder(more: String, expected: [String]) throws {
        let fake = FakePlugin()
        fake.allow(.createContainer, more)
        #expect(try create(try fake.engine(), spec()).spec.process?.env == expected)
    }

    @Test func capabilitiesAreFilteredAndStdioIsRemembered() throws {
        let fake = FakePlugin()
        fake.allow(
            .createContainer,
            ",\"allow_stdio_access\":true,\"caps_list\":{\"bounding\":[\"CAP_KILL\",\"CAP_SYS_ADMIN\"],"
                + "\"effective\":[],\"inheritable\":[],\"permitted\":[],\"ambient\":[]}")
        fake.allow(.execInContainer)
        let engine = try fake.engine()
        let action = try create(engine, spec())
        #expect(action.spec.process?.capabilities?.bounding == ["CAP_KILL"])
        #expect(action.spec.process?.capabilities?.effective == [])
        #expect(action.allowStdio)
        let exec = try engine.executeProcess(
            containerID: "c", process: #require(spec().process), identity: identity, additions: ["UVM=1"])
        #expect(exec.action.allowStdio)
        #expect(exec.action.process.env.last == "UVM=1")
        #expect(
            fake.input(ofLast: "policy/exec_in_container")?["groups"] == [
                ["id": "101", "name": "nginx"], ["id": "7", "name": ""],
            ])
        let other = try engine.executeProcess(
            containerID: "other", process: #require(spec().process), identity: identity, additions: ["UVM=1"])
        #expect(!other.action.allowStdio)
    }

    @Test(arguments: [
        (",\"env_list\":[1]", "env_list is not an array of strings"),
        (",\"env_list\":\"A=1\"", "env_list is not an array of strings"),
        (",\"caps_list\":[]", "caps_list is not an object"),
        (",\"caps_list\":{}", "caps_list.bounding is not an array of strings"),
    ])
    func resultsThatCannotBeAppliedRefuse(more: String, expected: String) throws {
        let fake = FakePlugin()
        fake.allow(.createContainer, more)
        let engine = try fake.engine()
        let spec = spec()
        let error = #expect(throws: PolicyError.self) { try create(engine, spec) }
        #expect(try decision(in: deniedText(error))["policyError"]?.stringValue == expected)
    }

    @Test func theGuestsOwnAdditionsComeAfterTheDecision() throws {
        let fake = FakePlugin()
        fake.allow(.createContainer, ",\"env_list\":[]")
        var mount = OCI.Mount(destination: "/security-context-1")
        mount.source = "/run/x"
        let action = try create(
            try fake.engine(), spec(), GuestAdditions(environment: ["UVM=1"], mounts: [mount]))
        #expect(action.spec.process?.env == ["UVM=1"])
        #expect(action.spec.mounts.last == mount)
        #expect(
            fake.input(ofLast: "policy/create_container")?["mounts"]?.arrayValue?.count == 1)
    }

    @Test func aProcessWithoutCapabilitiesIsRefusedUnasked() throws {
        let fake = FakePlugin()
        fake.allow(.createContainer)
        let engine = try fake.engine()
        var spec = spec()
        spec.process?.capabilities = nil
        let without = spec
        #expect(
            throws: PolicyError.denied(
                "capabilities object provided by the UVM to the policy engine is nil")
        ) { try create(engine, without) }
        #expect(fake.input(ofLast: "policy/create_container") == nil)
    }

    @Test func signalsNameTheStartUpArguments() throws {
        let fake = FakePlugin()
        fake.allow(.signalContainerProcess)
        let engine = try fake.engine()
        _ = try engine.signalProcess(
            SignalProcess(containerID: "c", processID: 9, signal: 15), startedWith: ["sh"])
        #expect(
            fake.input(ofLast: "policy/signal_container_process") == [
                "containerID": "c", "signal": 15, "isInitProcess": false, "argList": ["sh"],
            ])
    }

    /// The digest covers the compact text in the reference's member order and escaping.
    @Test func seccompDigestIsOfTheCanonicalText() throws {
        #expect(PolicyEngine.digest(of: nil) == "")
        var seccomp = OCI.Seccomp(defaultAction: "SCMP_ACT_ERRNO")
        var rule = OCI.SyscallRule(action: "SCMP_ACT_ALLOW")
        rule.names = ["read<&>"]
        seccomp.syscalls = [rule]
        let canonical =
            "{\"defaultAction\":\"SCMP_ACT_ERRNO\",\"syscalls\":[{\"names\":[\"read\\u003c\\u0026\\u003e\"],"
            + "\"action\":\"SCMP_ACT_ALLOW\"}]}"
        #expect(PolicyEngine.digest(of: seccomp) == Digest.hexadecimal(Digest.sha256(Array(canonical.utf8))))
    }
}
