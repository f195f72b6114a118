import Foundation
import JSON
import Layers
import Testing

/// A directory of a test's own, removed with it, and images made in it.
final class Workplace {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/layers-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ bytes: [UInt8], _ name: String) throws {
        let url = URL(fileURLWithPath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    func read(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    /// Runs a program and returns its exit code and output.
    @discardableResult
    static func run(_ arguments: [String], input: [UInt8]? = nil) throws -> (status: Int32, output: [UInt8]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging([
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"
        ]) { $1 }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        let source = Pipe()
        process.standardInput = input == nil ? FileHandle.nullDevice : source
        try process.run()
        if let input {
            let writer = source.fileHandleForWriting
            let thread = Thread {
                try? writer.write(contentsOf: input)
                try? writer.close()
            }
            thread.start()
        }
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, Array(data))
    }

    static func has(_ program: String) -> Bool {
        ["/usr/sbin/", "/usr/bin/", "/sbin/", "/bin/"].contains {
            FileManager.default.isExecutableFile(atPath: $0 + program)
        }
    }
}

/// An image for tests: layers as archives, bottom first.
struct TestImage {
    var layers: [[UInt8]]
    var packing: Packing = .gzip
    var config: JSON = ["Cmd": ["/bin/true"]]
    var architecture = "amd64"

    enum Packing: String {
        case none, gzip, zstd

        func pack(_ bytes: [UInt8]) throws -> [UInt8] {
            if self == .none { return bytes }
            return try Workplace.run([rawValue, "-c"], input: bytes).output
        }

        var suffix: String { self == .none ? "" : "+" + rawValue }
    }

    static func digest(_ bytes: [UInt8]) -> String { "sha256:" + SHA256.hash(bytes).hexadecimal }

    var configuration: [UInt8] {
        let json: JSON = [
            "architecture": .string(architecture), "os": "linux", "config": config,
            "rootfs": ["type": "layers", "diff_ids": JSON(layers.map(Self.digest))],
        ]
        return json.serialized()
    }

    /// The files of an OCI layout by name. `damage` may change them before they are written.
    func layout(tag: String?) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = ["oci-layout": Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8)]
        func blob(_ bytes: [UInt8], _ type: String) -> JSON {
            let digest = Self.digest(bytes)
            files["blobs/sha256/" + digest.dropFirst(7)] = bytes
            return ["mediaType": .string(type), "digest": .string(digest), "size": JSON(bytes.count)]
        }
        let prefix = "application/vnd.oci.image."
        var descriptors: [JSON] = []
        for layer in layers {
            descriptors.append(blob(try packing.pack(layer), prefix + "layer.v1.tar" + packing.suffix))
        }
        let manifest: JSON = [
            "schemaVersion": 2, "config": blob(configuration, prefix + "config.v1+json"),
            "layers": .array(descriptors),
        ]
        var descriptor = blob(manifest.serialized(), prefix + "manifest.v1+json")
        if let tag, case .object(var object) = descriptor {
            object["annotations"] = ["org.opencontainers.image.ref.name": .string(tag)]
            descriptor = .object(object)
        }
        files["index.json"] = (["schemaVersion": 2, "manifests": [descriptor]] as JSON).serialized()
        return files
    }

    /// The files of a docker-save archive.
    func dockerFiles(_ tags: [String]) -> [String: [UInt8]] {
        let name = Self.digest(configuration).dropFirst(7) + ".json"
        var files = [String(name): configuration]
        var names: [String] = []
        for (number, layer) in layers.enumerated() {
            names.append("\(number)/layer.tar")
            files["\(number)/layer.tar"] = layer
        }
        let manifest: JSON = [
            ["Config": .string(String(name)), "RepoTags": JSON(tags), "Layers": JSON(names)]
        ]
        files["manifest.json"] = manifest.serialized()
        return files
    }

    static func tar(_ files: [String: [UInt8]]) -> [UInt8] {
        TarBuilder.archive { tar in
            for (name, bytes) in files.sorted(by: { $0.key < $1.key }) { tar.file(name, bytes) }
        }
    }
}

extension Workplace {
    func write(_ files: [String: [UInt8]], below directory: String) throws {
        for (name, bytes) in files { try write(bytes, directory + "/" + name) }
    }

    /// Builds one image of these layers and returns its index entry.
    func build(_ layers: [[UInt8]], into directory: String = "out") throws -> ImageIndex.Image {
        try write(TestImage.tar(TestImage(layers: layers).dockerFiles(["test:1"])), "test.tar")
        let builder = try LayerBuilder(directory: path + "/" + directory)
        try builder.add(path + "/test.tar")
        try builder.finish()
        return try builder.index.image(named: "test:1")
    }

    func reader(_ layer: ImageIndex.Layer, in directory: String = "out") throws -> ErofsReader {
        try ErofsReader("\(path)/\(directory)/\(layer.fileName)")
    }
}
