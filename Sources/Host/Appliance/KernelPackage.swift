public import Foundation

/// Debian's signed cloud kernel 6.12 and its modules, unpacked.
public struct KernelPackage: Sendable {
    /// For instance `6.12.117+deb12-cloud-amd64`.
    public let release: String
    private let root: URL

    /// Unpacks a package into `cache` (once) and finds the kernel in it.
    public init(package: URL, cache: URL) throws(ApplianceError) {
        let name = package.deletingPathExtension().lastPathComponent
        root = cache.appendingPathComponent(name)
        if !FileManager.default.fileExists(atPath: root.path) {
            // Unpacked beside and renamed, so that an interrupted run leaves nothing half-done.
            let partial = cache.appendingPathComponent(".\(name).\(getpid())")
            _ = try Tool.run(
                "dpkg-deb", ["--extract", package.path, partial.path], package: "dpkg")
            do {
                try FileManager.default.moveItem(at: partial, to: root)
            } catch {
                throw .write(root.path, "\(error.localizedDescription)")
            }
        }
        let boot: [String]
        do {
            boot = try FileManager.default.contentsOfDirectory(
                atPath: root.appendingPathComponent("boot").path)
        } catch {
            throw .kernelPackageWithoutImage(package.path)
        }
        guard let image = boot.first(where: { $0.hasPrefix("vmlinuz-") }) else {
            throw .kernelPackageWithoutImage(package.path)
        }
        release = String(image.dropFirst("vmlinuz-".count))
    }

    /// The newest package that apt offers, downloaded into `cache` unless one is there already.
    ///
    /// What is cached is kept, so that an appliance stays the same until the cache is emptied.
    public static func newest(cache: URL) throws(ApplianceError) -> URL {
        if let cached = cachedPackage(cache) { return cached }
        let found = try Tool.run(
            "apt-cache", ["search", "--names-only", "^linux-image-6\\.12\\..*-cloud-amd64$"], package: "apt")
        let names = String(decoding: found, as: UTF8.self).split(separator: "\n")
            .compactMap { $0.split(separator: " ").first.map(String.init) }
            .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
        guard let newest = names.last else { throw .kernelPackageNotFound }
        do {
            try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
        } catch {
            throw .write(cache.path, error.localizedDescription)
        }
        _ = try Tool.run(
            "apt-get", ["-q", "-o", "APT::Sandbox::User=root", "download", newest], in: cache, package: "apt")
        guard let downloaded = cachedPackage(cache) else { throw .kernelPackageNotFound }
        return downloaded
    }

    private static func cachedPackage(_ cache: URL) -> URL? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: cache.path)) ?? []
        return names.filter { $0.hasPrefix("linux-image-") && $0.hasSuffix(".deb") }
            .sorted { $0.compare($1, options: .numeric) == .orderedAscending }
            .last.map { cache.appendingPathComponent($0) }
    }

    /// The bootable image.
    public func image() throws(ApplianceError) -> [UInt8] {
        try FileBytes.read(root.appendingPathComponent("boot/vmlinuz-\(release)"))
    }

    /// The uncompressed bytes of a module, with the signature that the kernel checks.
    public func module(_ path: String) throws(ApplianceError) -> [UInt8] {
        let directory = root.appendingPathComponent("lib/modules/\(release)/kernel")
        let compressed = directory.appendingPathComponent(path + ".ko.xz")
        let plain = directory.appendingPathComponent(path + ".ko")
        let bytes: [UInt8]
        if FileManager.default.fileExists(atPath: compressed.path) {
            bytes = try Tool.run("xz", ["--decompress", "--stdout", compressed.path], package: "xz-utils")
        } else if FileManager.default.fileExists(atPath: plain.path) {
            bytes = try FileBytes.read(plain)
        } else {
            throw .moduleMissing(path, kernel: release)
        }
        guard bytes.starts(with: [0x7F, UInt8(ascii: "E"), UInt8(ascii: "L"), UInt8(ascii: "F")]) else {
            throw .notAnELFModule(path)
        }
        return bytes
    }

    /// The names of the modules that this kernel has built in.
    public func builtInModules() throws(ApplianceError) -> Set<String> {
        let list = try FileBytes.read(root.appendingPathComponent("lib/modules/\(release)/modules.builtin"))
        return Set(
            String(decoding: list, as: UTF8.self).split(separator: "\n").compactMap { line in
                line.split(separator: "/").last.map {
                    ModuleList.normalized(String($0.replacing(".ko", with: "")))
                }
            })
    }
}
