import Foundation
import JSON
import Testing

@Suite(
    "From an image to a policy", .enabled(if: Cofferctl.isBuilt, "cofferctl is not built next to the tests"))
struct ImagesToPolicyTests {
    private static let manifest = """
        apiVersion: v1
        kind: Pod
        metadata: {name: small}
        spec:
          containers:
            - {name: one, image: "small:1", command: [/hello]}
        """

    /// A docker-save archive of one layer with one file, made with tar.
    private func image(in directory: Cofferctl.Directory) throws {
        let script = """
            set -e
            cd "$1"; mkdir -p rootfs layer; echo hello > rootfs/hello
            tar --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -C rootfs -cf layer/layer.tar .
            diff=$(sha256sum layer/layer.tar | cut -d' ' -f1)
            printf '{"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
                "$diff" > config
            name=$(sha256sum config | cut -d' ' -f1).json; mv config "$name"
            printf '[{"Config":"%s","RepoTags":["small:1"],"Layers":["layer/layer.tar"]}]' "$name" > manifest.json
            tar -cf small.tar "$name" manifest.json layer/layer.tar
            """
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script, "sh", directory.path]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }

    @Test("Build, inspect, generate, digest")
    func pipeline() throws {
        let directory = try Cofferctl.Directory()
        try image(in: directory)
        try directory.write(Self.manifest, "pod.yaml")

        let build = try Cofferctl.run(
            "layers", "build", "small.tar", "-o", "out", "--json", in: directory.path)
        #expect(build.status == 0, "\(build.errors)")
        let index = try JSON.parse(Array(build.output.trimmingCharacters(in: .whitespacesAndNewlines).utf8))
        let layer = try #require(index["images"]?.arrayValue?.first?["layers"]?.arrayValue?.first)
        let hash = try #require(layer["rootHash"]?.stringValue)
        #expect(FileManager.default.fileExists(atPath: "\(directory.path)/out/\(hash).layer"))
        #expect(build.errors.hasPrefix("building layers: 1 layers written, 0 shared"))

        let inspect = try Cofferctl.run("layers", "inspect", "out", "--verify", "-q", in: directory.path)
        #expect(inspect.status == 0 && inspect.output.contains(hash))
        #expect(inspect.output.hasPrefix("docker.io/library/small:1\n"))

        let generate = try Cofferctl.run(
            "policy", "generate", "pod.yaml", "--images", "out", "-o", "policy.rego", in: directory.path)
        #expect(generate.status == 0, "\(generate.errors)")
        let digest = generate.output.trimmingCharacters(in: .whitespacesAndNewlines)
        let again = try Cofferctl.run("policy", "digest", "policy.rego", in: directory.path)
        #expect(again.output.trimmingCharacters(in: .whitespacesAndNewlines) == digest)
        #expect(try directory.read("policy.rego").contains("\"\(hash)\","))

        let json = try Cofferctl.run(
            "policy", "generate", "pod.yaml", "--images", "out", "--json", in: directory.path)
        let summary = try JSON.parse(Array(json.output.trimmingCharacters(in: .whitespacesAndNewlines).utf8))
        #expect(summary["sourceDigest"]?.stringValue == digest)
        #expect(try summary["policy"]?.stringValue == directory.read("policy.rego"))
    }

    @Test("An altered layer file is refused with exit code 3")
    func altered() throws {
        let directory = try Cofferctl.Directory()
        try image(in: directory)
        #expect(
            try Cofferctl.run("layers", "build", "small.tar", "-o", "out", "-q", in: directory.path).status
                == 0)
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: directory.path + "/out").first {
                $0.hasSuffix(".layer")
            })
        let path = "\(directory.path)/out/\(name)"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes[5000] ^= 1
        try bytes.write(to: URL(fileURLWithPath: path))
        let result = try Cofferctl.run("layers", "inspect", "out", "--verify", "-q", in: directory.path)
        #expect(result.status == 3)
        #expect(result.errors.contains("its root hash is") && result.errors.contains("hint: "))
    }

    @Test(
        "A pod that wants its containers started again has a policy, and is not run",
        arguments: ["Always", "OnFailure"])
    func restart(policy: String) throws {
        let directory = try Cofferctl.Directory()
        try image(in: directory)
        #expect(
            try Cofferctl.run("layers", "build", "small.tar", "-o", "out", "-q", in: directory.path).status
                == 0)
        try directory.write(Self.manifest + "\n  restartPolicy: \(policy)\n", "pod.yaml")
        #expect(
            try Cofferctl.run("policy", "generate", "pod.yaml", "--images", "out", in: directory.path).status
                == 0)
        let result = try Cofferctl.run(
            "run", "pod.yaml", "--images", "out", "--policy", "none", "--appliance", "none",
            in: directory.path)
        #expect(result.status == 1)
        #expect(
            result.errors.hasPrefix("cofferctl: pod.yaml: spec.restartPolicy: \(policy) is not supported"))
    }

    @Test("A manifest that cannot be honoured leaves no policy behind")
    func refusedManifest() throws {
        let directory = try Cofferctl.Directory()
        try image(in: directory)
        #expect(
            try Cofferctl.run("layers", "build", "small.tar", "-o", "out", "-q", in: directory.path).status
                == 0)
        try directory.write(Self.manifest + "\n  hostNetwork: true\n", "pod.yaml")
        let result = try Cofferctl.run(
            "policy", "generate", "pod.yaml", "--images", "out", "-o", "policy.rego", in: directory.path)
        #expect(result.status == 1)
        #expect(result.errors.hasPrefix("cofferctl: spec.hostNetwork: not supported"))
        #expect(!directory.names.contains("policy.rego"))
    }
}
