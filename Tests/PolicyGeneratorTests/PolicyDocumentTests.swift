import Foundation
import Layers
import OCI
import Testing

@testable import PolicyGenerator

@Suite("The policy's text")
struct PolicyDocumentTests {
    private static let manifest = Sample.manifest(
        container: """
            env: [{name: QUOTE, value: "a \\"b\\" \\\\ \\t c"}]
            volumeMounts: [{name: data.x, mountPath: /d}]
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [CHOWN]}}
            """,
        spec: "volumes: [{name: data.x, emptyDir: {}}]",
        annotations: "coffer.dev/exec.main: \"[[ls, '-l']]\"", image: "db:1")

    private func text(_ manifest: String, _ options: PolicyOptions = PolicyOptions()) throws -> String {
        try PolicyDocument(plan: Sample.plan(manifest), options: options).text
    }

    @Test("One container, word for word")
    func golden() throws {
        let text = try text(Self.manifest)
        let start = try #require(text.range(of: "containers := ["))
        let end = try #require(text.range(of: "\n]\n"))
        let digest = try #require(
            text.split(separator: "\n").first { $0.contains("seccomp_profile_sha256") }?.split(
                separator: "\"")[3])
        let expected = """
            containers := [
                # main: db:1 (image sha256:\(String(repeating: "1", count: 64)))
                {
                    "name": "main",
                    "command": ["redis-server"],
                    "env_rules": [
                        {"pattern": "PATH=/bin", "strategy": "string", "required": true},
                        {"pattern": "QUOTE=a \\"b\\" \\\\ \\t c", "strategy": "string", "required": true},
                        {"pattern": "HOME=/var/lib/redis", "strategy": "string", "required": true},
                        {"pattern": "TERM=xterm", "strategy": "string", "required": false},
                    ],
                    # Root hashes, bottom first.
                    "layers": [
                        "\(Sample.rootHashes[0])",
                        "\(Sample.rootHashes[2])",
                    ],
                    # Besides the mounts that every container has.
                    "mounts": [
                        {"destination": "/d", "type": "bind", "source": "sandbox:///emptydir/data[.]x", \
            "options": ["rbind", "rshared", "rw"]},
                    ],
                    "exec_processes": [
                        {"command": ["ls", "-l"], "signals": [1, 2, 9, 15]},
                    ],
                    # SIGKILL, SIGTERM.
                    "signals": [9, 15],
                    "user": {
                        "user_idname": {"pattern": "100", "strategy": "id"},
                        "group_idnames": [{"pattern": "200", "strategy": "id"}, {"pattern": "300", "strategy": "id"}],
                        "umask": "0022",
                    },
                    "capabilities": {
                        "bounding": ["CAP_CHOWN"],
                        "effective": ["CAP_CHOWN"],
                        "inheritable": [],
                        "permitted": ["CAP_CHOWN"],
                        "ambient": [],
                    },
                    "seccomp_profile_sha256": "\(digest)",
                    "allow_elevated": false,
                    "working_dir": "/data",
                    "allow_stdio_access": true,
                    "no_new_privileges": true,
                },
            """
        #expect(String(text[start.lowerBound..<end.lowerBound]) == expected)
        #expect(digest.count == 64)
    }

    @Test("All flags are off unless asked for")
    func flags() throws {
        let closed = try text(Sample.manifest())
        for flag in [
            "properties_access", "dump_stacks", "runtime_logging", "host_network", "unencrypted_scratch",
        ] {
            #expect(closed.contains("\nallow_\(flag) := false\n"))
        }
        var options = PolicyOptions()
        options.allowProperties = true
        options.allowDumpStacks = true
        options.allowRuntimeLogging = true
        options.allowDebugExec = true
        let open = try text(Sample.manifest(), options)
        for flag in ["properties_access", "dump_stacks", "runtime_logging"] {
            #expect(open.contains("\nallow_\(flag) := true\n"))
        }
        #expect(open.contains("{\"command\": [\"/bin/sh\"]") && !closed.contains("/bin/sh"))
        #expect(open.contains("\nallow_unencrypted_scratch := false\n"))
    }

    @Test("Privileged only with a flag")
    func privileged() throws {
        let manifest = Sample.manifest(container: "securityContext: {privileged: true}")
        #expect(throws: PolicyGeneratorError.self) { try text(manifest) }
        var options = PolicyOptions()
        options.allowElevated = true
        let policy = try text(manifest, options)
        #expect(policy.contains("\"allow_elevated\": true"))
        #expect(policy.contains("\"seccomp_profile_sha256\": \"\""))
    }

    @Test("Every point is the framework's, and the same input gives the same text")
    func points() throws {
        let policy = try text(Self.manifest)
        let points = policy.split(separator: "\n").filter { $0.contains(":= data.framework.") }
        #expect(points.count == 28)
        for line in points {
            let parts = line.components(separatedBy: " := data.framework.")
            #expect(parts.count == 2 && parts[0] == parts[1])
        }
        #expect(policy.hasPrefix("# Execution policy of the pod sample"))
        #expect(try text(Self.manifest) == policy)
    }
}

@Suite("Quantities")
struct QuantityTests {
    @Test(
        "Memory",
        arguments: [
            ("1", 1), ("1Ki", 1024), ("1.5Gi", 1_610_612_736), ("128M", 128_000_000), ("0", 0), ("100m", 1),
        ] as [(String, Int64)])
    func memory(text: String, bytes: Int64) throws {
        let spec = try Sample.container(Sample.manifest(container: "resources: {limits: {memory: \(text)}}"))
            .specification(containerID: "c", sandboxID: "s")
        #expect(spec.linux?.resources?.memory?.limit == bytes)
    }

    @Test("Refused", arguments: ["-1", "1Kb", "1.2345", "99999999999999999999", "9999999Ti", "x", "1e3"])
    func refused(text: String) {
        #expect(throws: PolicyGeneratorError.self) {
            try PodManifest(yaml: Sample.manifest(container: "resources: {limits: {memory: \(text)}}"))
        }
    }
}
