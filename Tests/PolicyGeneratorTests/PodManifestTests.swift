import Testing

@testable import PolicyGenerator

/// A manifest that is refused: what is wrong, where, and lines that are wrong.
struct ManifestRefusal: Sendable, CustomTestStringConvertible {
    /// How the message must begin.
    let message: String
    let text: String
    var testDescription: String { message }

    static func container(_ message: String, _ lines: String) -> ManifestRefusal {
        ManifestRefusal(message: "spec.containers[0]." + message, text: Sample.manifest(container: lines))
    }
    static func spec(_ message: String, _ lines: String) -> ManifestRefusal {
        ManifestRefusal(message: "spec." + message, text: Sample.manifest(spec: lines))
    }
    static func annotation(_ message: String, _ lines: String) -> ManifestRefusal {
        ManifestRefusal(message: "metadata.annotations." + message, text: Sample.manifest(annotations: lines))
    }

    static let all: [ManifestRefusal] = [
        ManifestRefusal(message: "not a YAML document", text: "a: [b"),
        ManifestRefusal(message: "not a YAML document", text: "a: 1\na: 2"),
        ManifestRefusal(message: "manifest: expected one document, found 2", text: "a: 1\n---\nb: 2"),
        ManifestRefusal(message: "manifest: expected a mapping", text: "[]"),
        ManifestRefusal(message: "apiVersion: required", text: "kind: Pod"),
        ManifestRefusal(message: "kind: expected Pod", text: "apiVersion: v1\nkind: Service"),
        ManifestRefusal(message: "surprise: unknown field", text: Sample.manifest() + "surprise: 1\n"),
        container("privilege: unknown field", "privilege: true"),
        container("envFrom: not supported", "envFrom: []"),
        container("env[0].valueFrom: not supported", "env:\n  - name: A\n    valueFrom: {}"),
        container("env[0].value: expected a string", "env:\n  - name: A\n    value: 1"),
        container("env[0].name: expected a name without =", "env:\n  - name: A=B\n    value: x"),
        container("env[0].name: required", "env:\n  - value: x"),
        container("command: expected a list", "command: sh -c true"),
        container("command[1]: expected a string", "command: [sleep, 1]"),
        container("tty: expected true or false", "tty: \"yes\""),
        container("volumeDevices: not supported", "volumeDevices: []"),
        container(
            "volumeMounts: expected a volume of the pod", "volumeMounts:\n  - {name: v, mountPath: /v}"),
        container(
            "volumeMounts[0].mountPath: expected an absolute path",
            "volumeMounts:\n  - {name: v, mountPath: /v/../etc}"),
        container(
            "volumeMounts[0].subPath: not supported",
            "volumeMounts:\n  - {name: v, mountPath: /v, subPath: x}"),
        container("ports[0].containerPort: expected a number", "ports:\n  - containerPort: 70000"),
        container("ports[0].protocol: expected TCP or UDP", "ports:\n  - {containerPort: 1, protocol: SCTP}"),
        container("securityContext.runAsUser: expected a number", "securityContext: {runAsUser: -1}"),
        container("securityContext.runAsUser: expected a number", "securityContext: {runAsUser: 4294967295}"),
        container("securityContext.seLinuxOptions: not supported", "securityContext: {seLinuxOptions: {}}"),
        container("securityContext.procMount: not supported", "securityContext: {procMount: Unmasked}"),
        container(
            "securityContext.capabilities.add[0]: expected a Linux capability",
            "securityContext: {capabilities: {add: [SYS_EVERYTHING]}}"),
        container(
            "securityContext.seccompProfile.type: expected RuntimeDefault",
            "securityContext: {seccompProfile: {type: Localhost}}"),
        container("resources.limits.memory: expected a quantity", "resources: {limits: {memory: much}}"),
        container(
            "resources.limits.nvidia.com/gpu: unknown field", "resources: {limits: {nvidia.com/gpu: 1}}"),
        container("livenessProbe.exec.command: required", "livenessProbe: {exec: {}}"),
        container("restartPolicy: not supported", "restartPolicy: Always"),
        spec("hostNetwork: not supported", "hostNetwork: true"),
        spec("hostPID: not supported", "hostPID: true"),
        spec("hostIPC: not supported", "hostIPC: true"),
        spec("shareProcessNamespace: expected true or false", "shareProcessNamespace: \"yes\""),
        spec("restartPolicy: expected Always, OnFailure or Never", "restartPolicy: Sometimes"),
        spec("serviceAccountName: not supported", "serviceAccountName: builder"),
        spec("ephemeralContainers: not supported", "ephemeralContainers: []"),
        spec("volumes[0].hostPath: not supported", "volumes:\n  - {name: v, hostPath: {path: /}}"),
        spec("volumes[0].secret: not supported", "volumes:\n  - {name: v, secret: {secretName: s}}"),
        spec(
            "volumes[0].emptyDir.medium: expected", "volumes:\n  - {name: v, emptyDir: {medium: HugePages}}"),
        spec(
            "volumes[0].emptyDir.sizeLimit: not supported",
            "volumes:\n  - {name: v, emptyDir: {sizeLimit: 1Mi}}"),
        spec(
            "volumes[0].emptyDir.sizeLimit: expected more than 0",
            "volumes:\n  - {name: v, emptyDir: {medium: Memory, sizeLimit: 0}}"),
        spec(
            "volumes[0].persistentVolumeClaim: not supported",
            "volumes:\n  - {name: v, persistentVolumeClaim: {claimName: c}}"),
        spec("volumes[0].configMap: not supported", "volumes:\n  - {name: v, configMap: {name: c}}"),
        spec("volumes[0].name: expected lower-case", "volumes:\n  - {name: a/b, emptyDir: {}}"),
        spec(
            "volumes[1].name: expected each volume once",
            "volumes:\n  - {name: v, emptyDir: {}}\n  - {name: v, emptyDir: {}}"),
        spec(
            "volumes[1].name: expected each volume once",
            "volumes:\n  - {name: v, emptyDir: {}}\n  - {name: v, emptyDir: }"),
        spec(
            "volumes[0].hostPath: unknown field", "volumes:\n  - {name: v, emptyDir: , hostPath: {path: /}}"),
        spec("securityContext.fsGroup: not supported", "securityContext: {fsGroup: 1}"),
        spec("securityContext.sysctls: not supported", "securityContext: {sysctls: []}"),
        spec("initContainers[0].image: required", "initContainers:\n  - name: first"),
        annotation("coffer.dev/execute.main: unknown field", "coffer.dev/execute.main: \"[]\""),
        annotation(
            "coffer.dev/exec.other: expected one of the containers main", "coffer.dev/exec.other: \"[[a]]\""),
        annotation("coffer.dev/exec.main: expected a YAML list", "coffer.dev/exec.main: sh"),
        annotation("coffer.dev/exec.main[0]: expected a list of strings", "coffer.dev/exec.main: \"[sh]\""),
        annotation("coffer.dev/exec.main[0]: required", "coffer.dev/exec.main: \"[[]]\""),
        annotation("coffer.dev/signals.main: expected signals", "coffer.dev/signals.main: \"[SIGNOTHING]\""),
        annotation("coffer.dev/stdio.main: expected \"true\" or \"false\"", "coffer.dev/stdio.main: \"no\""),
    ]
}

@Suite("Manifests are read strictly")
struct PodManifestTests {
    @Test("Refused with the field's path", arguments: ManifestRefusal.all)
    func refusal(_ refusal: ManifestRefusal) {
        let error = #expect(throws: PolicyGeneratorError.self) { try PodManifest(yaml: refusal.text) }
        let message = error.map { "\($0)" } ?? ""
        #expect(message.hasPrefix(refusal.message), "\(message)")
    }

    @Test("Two containers of one name are refused")
    func sameName() {
        let text = Sample.manifest() + "    - name: main\n      image: web:1\n"
        #expect(throws: PolicyGeneratorError.self) { try PodManifest(yaml: text) }
    }

    @Test("Fields that say where a pod runs are passed over")
    func placement() throws {
        let manifest = try PodManifest(
            yaml: Sample.manifest(
                container: "imagePullPolicy: Always\nreadinessProbe: {httpGet: {port: 80}, periodSeconds: 5}",
                spec: """
                    restartPolicy: Never
                    nodeSelector: {disk: ssd}
                    hostNetwork: false
                    serviceAccountName: default
                    automountServiceAccountToken: false
                    """))
        #expect(manifest.name == "sample" && manifest.containers.count == 1)
    }

    @Test("Ports, volumes and probes")
    func fields() throws {
        let manifest = try PodManifest(
            yaml: Sample.manifest(
                container: """
                    ports: [{name: http, containerPort: 80, hostPort: 8080}]
                    volumeMounts: [{name: v, mountPath: /v/, readOnly: true}]
                    livenessProbe: {exec: {command: [check, now]}}
                    lifecycle: {preStop: {exec: {command: [bye]}}}
                    """, spec: "volumes: [{name: v, emptyDir: {medium: Memory, sizeLimit: 1.5Mi}}]"))
        let container = manifest.containers[0]
        #expect(container.ports == [PodManifest.Port(name: "http", container: 80, host: 8080, proto: "TCP")])
        #expect(manifest.volumes["v"]?.sizeLimit == 1_572_864)
        #expect(container.mounts == [PodManifest.Mount(volume: "v", path: "/v/", isReadOnly: true)])
        #expect(container.probeCommands == [["check", "now"], ["bye"]])
    }
}
