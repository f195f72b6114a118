import JSON
import Layers
import OCI
import Testing

@testable import PolicyGenerator

@Suite("A plan merges manifest and image as Kubernetes does")
struct PodPlanTests {
    struct Command: Sendable {
        let lines: String
        let expected: [String]
    }

    @Test(
        "Command and arguments",
        arguments: [
            Command(lines: "", expected: ["/entry", "-a", "b"]),
            Command(lines: "args: [x]", expected: ["/entry", "x"]),
            Command(lines: "args: []", expected: ["/entry"]),
            Command(lines: "command: [c]", expected: ["c"]),
            Command(lines: "command: [c]\nargs: [x]", expected: ["c", "x"]),
            Command(lines: "command: []", expected: ["/entry", "-a", "b"]),
            Command(
                lines:
                    "env: [{name: A, value: v}, {name: B, value: $(A)w}]\nargs: [$(B), $$(B), $(C), $, a$]",
                expected: ["/entry", "vw", "$(B)", "$(C)", "$", "a$"]),
            // The image's variables are not the manifest's.
            Command(lines: "args: [$(MODE)]", expected: ["/entry", "$(MODE)"]),
        ])
    func command(_ command: Command) throws {
        #expect(
            try Sample.container(Sample.manifest(container: command.lines)).process.args == command.expected)
    }

    @Test("Environment: the manifest's value takes the image's place")
    func environment() throws {
        let process = try Sample.container(
            Sample.manifest(container: "env: [{name: NEW}, {name: MODE, value: pod}]\ntty: true")
        ).process
        #expect(process.env == ["PATH=/bin", "MODE=pod", "NEW=", "HOME=/root", "TERM=xterm"])
        #expect(process.terminal)
    }

    struct UserCase: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var container = ""
        var spec = ""
        var image = "db:1"
        let user: UInt32
        let group: UInt32
        let groups: [UInt32]
        let home: String
    }

    @Test(
        "Users and groups",
        arguments: [
            UserCase(
                testDescription: "image's names", user: 100, group: 200, groups: [300], home: "/var/lib/redis"
            ),
            UserCase(
                testDescription: "nothing said", image: "web:1", user: 0, group: 0, groups: [], home: "/root"),
            UserCase(
                testDescription: "known number", container: "securityContext: {runAsUser: 100}",
                image: "web:1", user: 100,
                group: 101, groups: [300], home: "/var/lib/redis"),
            UserCase(
                testDescription: "unknown number", container: "securityContext: {runAsUser: 7}", user: 7,
                group: 0,
                groups: [], home: "/"),
            UserCase(
                testDescription: "container over pod",
                container: "securityContext: {runAsUser: 7, runAsGroup: 8}",
                spec: "securityContext: {runAsUser: 1, runAsGroup: 2, supplementalGroups: [9, 8]}", user: 7,
                group: 8,
                groups: [9], home: "/"),
            UserCase(
                testDescription: "group only", container: "securityContext: {runAsGroup: 8}", user: 100,
                group: 8,
                groups: [300], home: "/var/lib/redis"),
        ])
    func users(_ value: UserCase) throws {
        let process = try Sample.container(
            Sample.manifest(container: value.container, spec: value.spec, image: value.image)
        ).process
        #expect(process.user.uid == value.user && process.user.gid == value.group)
        #expect(process.user.additionalGids == value.groups)
        #expect(process.user.umask == 0o022)
        #expect(process.env.contains("HOME=\(value.home)"))
    }

    @Test("A user that must not be root and is")
    func nonRoot() throws {
        let error = #expect(throws: PolicyGeneratorError.self) {
            try Sample.plan(Sample.manifest(container: "securityContext: {runAsNonRoot: true}"))
        }
        #expect(
            error.map { "\($0)" }?.hasPrefix("spec.containers[0].securityContext.runAsNonRoot: expected")
                == true)
        _ = try Sample.plan(
            Sample.manifest(container: "securityContext: {runAsNonRoot: true}", image: "db:1"))
    }

    @Test("An image that was not built")
    func unknownImage() {
        let error = #expect(throws: PolicyGeneratorError.self) {
            try Sample.plan(Sample.manifest(image: "other"))
        }
        #expect(
            error.map { "\($0)" }?.hasPrefix(
                "spec.containers[0].image: no image docker.io/library/other:latest") == true)
    }

    struct CapabilityCase: Sendable {
        let lines: String
        let expected: [String]
    }

    @Test(
        "Capabilities",
        arguments: [
            CapabilityCase(lines: "{}", expected: CapabilityTable.unprivileged),
            CapabilityCase(lines: "{drop: [ALL]}", expected: []),
            CapabilityCase(
                lines: "{drop: [all], add: [net_bind_service]}", expected: ["CAP_NET_BIND_SERVICE"]),
            CapabilityCase(
                lines: "{drop: [CAP_MKNOD], add: [SYS_TIME, CHOWN]}",
                expected: CapabilityTable.unprivileged.filter { $0 != "CAP_MKNOD" } + ["CAP_SYS_TIME"]),
        ])
    func capabilities(_ value: CapabilityCase) throws {
        let process = try Sample.container(
            Sample.manifest(container: "securityContext: {capabilities: \(value.lines)}")
        ).process
        let capabilities = try #require(process.capabilities)
        #expect(capabilities.bounding == value.expected)
        #expect(capabilities.effective == value.expected && capabilities.permitted == value.expected)
        #expect(capabilities.inheritable.isEmpty && capabilities.ambient.isEmpty)
    }

    @Test("Volumes: on the encrypted scratch disk, or in memory")
    func volumes() throws {
        let plan = try Sample.container(
            Sample.manifest(
                container:
                    "volumeMounts: [{name: d, mountPath: /d/}, {name: m, mountPath: /m, readOnly: true}]",
                spec:
                    "volumes: [{name: d, emptyDir: {}}, {name: m, emptyDir: {medium: Memory, sizeLimit: 1Ki}}]"
            ))
        let mounts = plan.mounts.suffix(2).map { [$0.destination, $0.type, $0.source] + $0.options }
        #expect(
            mounts == [
                ["/d", "bind", "sandbox:///emptydir/d", "rbind", "rshared", "rw"],
                ["/m", "bind", "sandbox:///tmpfs/1024/m", "rbind", "rshared", "ro"],
            ])
        let half = try Sample.container(
            Sample.manifest(
                container: "volumeMounts: [{name: m, mountPath: /m}]",
                spec: "volumes: [{name: m, emptyDir: {medium: Memory}}]"))
        #expect(half.mounts.last?.source == "sandbox:///tmpfs/50%/m")
    }

    @Test("What the pod is as a whole")
    func pod() throws {
        let plan = try Sample.plan(Sample.manifest(spec: "shareProcessNamespace: true\nrestartPolicy: Never"))
        #expect(plan.sharesProcesses && plan.restartPolicy == .never)
        let plain = try Sample.plan(Sample.manifest())
        #expect(!plain.sharesProcesses && plain.restartPolicy == nil)
    }

    @Test("A mount over one that every container has is refused")
    func mountOver() {
        #expect(throws: PolicyGeneratorError.self) {
            try Sample.plan(
                Sample.manifest(
                    container: "volumeMounts: [{name: d, mountPath: /proc/}]",
                    spec: "volumes: [{name: d, emptyDir: {}}]"))
        }
    }

    @Test("Limits become cgroup limits")
    func limits() throws {
        let spec = try Sample.container(
            Sample.manifest(
                container: "resources: {limits: {cpu: 1500m, memory: 64Mi}, requests: {cpu: 0.5}}")
        ).specification(containerID: "c", sandboxID: "s")
        #expect(spec.linux?.resources?.memory?.limit == 67_108_864)
        #expect(spec.linux?.resources?.cpu?.quota == 150_000 && spec.linux?.resources?.cpu?.period == 100_000)
        #expect(spec.linux?.resources?.cpu?.shares == 512)
    }

    @Test("Signals and exec commands")
    func signals() throws {
        let plan = try Sample.container(
            Sample.manifest(
                container: "livenessProbe: {exec: {command: [check]}}",
                annotations: """
                    coffer.dev/exec.main: "[[a, b], {command: [c], signals: [HUP, 10]}]"
                    coffer.dev/signals.main: "[SIGUSR1, RTMIN+1]"
                    coffer.dev/stdio.main: "false"
                    """))
        #expect(plan.signals == [3, 9, 10, 15, 35])
        #expect(plan.stopSignal == 3)
        #expect(
            plan.execCommands == [
                PodManifest.ExecCommand(command: ["a", "b"], signals: [1, 2, 9, 15]),
                PodManifest.ExecCommand(command: ["c"], signals: [1, 10]),
                PodManifest.ExecCommand(command: ["check"], signals: [9, 15]),
            ])
        #expect(!plan.allowsStdio)
    }

    @Test("The specification differs between runs only in its identifiers")
    func identifiers() throws {
        let plan = try Sample.container(Sample.manifest())
        let one = plan.specification(containerID: PodIdentifiers.random(), sandboxID: PodIdentifiers.random())
        var two = plan.specification(containerID: "id", sandboxID: "sandbox")
        #expect(two.root?.path == "/run/gcs/c/id/rootfs")
        #expect(two.annotations["io.kubernetes.cri.sandbox-id"] == "sandbox")
        two.root = one.root
        two.annotations = one.annotations
        #expect(one == two)
        let identifier = PodIdentifiers.random()
        #expect(identifier.count == 64 && identifier.allSatisfy { $0.isHexDigit && !$0.isUppercase })
    }

    @Test("Init containers come first, and layers are listed once")
    func order() throws {
        let plan = try Sample.plan(
            Sample.manifest(spec: "initContainers: [{name: first, image: \"db:1\"}]"))
        #expect(plan.containers.map(\.name) == ["first", "main"])
        #expect(plan.containers.map(\.isInit) == [true, false])
        #expect(plan.layers == [Sample.rootHashes[0], Sample.rootHashes[2], Sample.rootHashes[1]])
    }
}
