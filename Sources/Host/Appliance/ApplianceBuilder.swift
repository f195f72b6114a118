internal import CCrypto
public import Foundation

/// Builds an appliance: a kernel, an initramfs that holds `coffer`, its modules and nothing else, and a manifest.
///
/// The same inputs give the same bytes.
public struct ApplianceBuilder: Sendable {
    /// Decides the guest's build, the kernel command line, and what the binary may hold.
    public let kind: ApplianceKind
    /// The top of Coffer's source tree, where `rootfs/` and `hack/` are.
    public let sourceRoot: URL
    /// What `policy compile` wrote for the policy to compile into the guest's binary; nil for none.
    public let linkedPolicy: URL?

    public init(kind: ApplianceKind, sourceRoot: URL, linkedPolicy: URL? = nil) {
        self.kind = kind
        self.sourceRoot = sourceRoot
        self.linkedPolicy = linkedPolicy
    }

    /// Finds the source tree: the first directory at or above one of `starts` that has `rootfs/modules`.
    public static func sourceRoot(searching starts: [URL]) throws(ApplianceError) -> URL {
        for start in starts {
            var directory = start.standardizedFileURL
            while true {
                if FileManager.default.fileExists(
                    atPath: directory.appendingPathComponent("rootfs/modules").path)
                {
                    return directory
                }
                let parent = directory.deletingLastPathComponent().standardizedFileURL
                if parent.path == directory.path { break }
                directory = parent
            }
        }
        throw .sourceRootNotFound(starts.first?.path ?? "")
    }

    /// Where downloaded packages are kept.
    public var kernelCache: URL { sourceRoot.appendingPathComponent(".cache/kernel") }

    /// Builds the guest's binary with `hack/build-guest` and returns where it is.
    public func buildGuest() throws(ApplianceError) -> URL {
        let script = sourceRoot.appendingPathComponent("hack/build-guest")
        let arguments =
            (kind == .development ? ["--development"] : [])
            + (linkedPolicy.map { ["--policy", $0.standardizedFileURL.path] } ?? [])
        let output = try Tool.run(script.path, arguments, in: sourceRoot, package: "part of Coffer")
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        guard let path = lines.last else {
            throw .tool(script.path, status: 0, output: "it printed no path")
        }
        return URL(fileURLWithPath: String(path))
    }

    /// Puts everything together and writes `vmlinuz`, `initramfs.img` and `appliance.json` into `directory`.
    public func assemble(
        guest: URL, kernel: KernelPackage, into directory: URL
    ) throws(ApplianceError) -> ApplianceManifest {
        let list = try ModuleList(parsing: readText("rootfs/modules"))
        var modules: [String: [UInt8]] = [:]
        for entry in list.entries { modules[entry.path] = try kernel.module(entry.path) }
        let builtIn = try kernel.builtInModules()
        try list.checkOrder(contents: modules) { builtIn.contains(ModuleList.normalized($0)) }
        return try write(
            guest: guest, image: kernel.image(), release: kernel.release, list: list, modules: modules,
            into: directory)
    }

    /// The same with a kernel that has everything built in and no modules.
    public func assemble(
        guest: URL, kernelImage: URL, into directory: URL
    ) throws(ApplianceError) -> ApplianceManifest {
        let image = try FileBytes.read(kernelImage)
        return try write(
            guest: guest, image: image, release: kernelImage.lastPathComponent,
            list: ModuleList(parsing: ""), modules: [:], into: directory)
    }

    private func write(
        guest: URL, image: [UInt8], release: String, list: ModuleList, modules: [String: [UInt8]],
        into directory: URL
    ) throws(ApplianceError) -> ApplianceManifest {
        // The boot protocol's magic at byte 0x202; Documentation/arch/x86/boot.rst.
        guard image.count > 0x206, image[0x202..<0x206].elementsEqual("HdrS".utf8) else {
            throw .kernelImage(release)
        }
        let binary = try FileBytes.read(guest)
        try GuestBinary.check(binary, path: guest.path, kind: kind)
        let archive = try initramfs(binary: binary, list: list, modules: modules)
        let manifest = ApplianceManifest(
            kind: kind, commandLine: KernelCommandLine.text(for: kind), kernelRelease: release,
            kernel: describe("vmlinuz", image), initramfs: describe("initramfs.img", archive),
            coffer: describe("coffer", binary), linkedPolicy: try linkedDigest(),
            modules: list.entries.map(\.name))
        do {
            try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        } catch {
            throw .write(directory.path, error.localizedDescription)
        }
        try FileBytes.write(image, to: directory.appendingPathComponent(manifest.kernel.name))
        try FileBytes.write(archive, to: directory.appendingPathComponent(manifest.initramfs.name))
        // Last, so that a directory with a manifest is complete.
        try FileBytes.write(
            manifest.encoded(), to: directory.appendingPathComponent(ApplianceManifest.fileName))
        return manifest
    }

    private func initramfs(
        binary: [UInt8], list: ModuleList, modules: [String: [UInt8]]
    ) throws(ApplianceError) -> [UInt8] {
        var archive = CpioArchive()
        for line in try FileTable(parsing: readText("rootfs/files")).directories {
            try archive.addDirectory(line.path, mode: line.mode)
        }
        try archive.addFile("init", mode: 0o555, contents: binary)
        if !list.entries.isEmpty {
            try archive.addFile("lib/modules/order", mode: 0o444, contents: Array(list.loadingOrder.utf8))
        }
        for entry in list.entries {
            try archive.addFile(
                "lib/modules/\(entry.name).ko", mode: 0o444, contents: modules[entry.path] ?? [])
        }
        return archive.finished()
    }

    private func linkedDigest() throws(ApplianceError) -> String? {
        guard let linkedPolicy else { return nil }
        let text = try FileBytes.read(linkedPolicy.appendingPathComponent("policy.rego"))
        return describe("policy.rego", text).sha256
    }

    private func readText(_ path: String) throws(ApplianceError) -> String {
        String(decoding: try FileBytes.read(sourceRoot.appendingPathComponent(path)), as: UTF8.self)
    }

    private func describe(_ name: String, _ bytes: [UInt8]) -> ApplianceFile {
        var digest = [UInt8](repeating: 0, count: 32)
        SHA256(bytes, bytes.count, &digest)
        let text = digest.map { String(format: "%02x", $0) }.joined()
        return ApplianceFile(name: name, bytes: bytes.count, sha256: text)
    }
}
