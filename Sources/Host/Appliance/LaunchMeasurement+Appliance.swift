package import Foundation

extension LaunchMeasurement {
    /// The measurement of an appliance as the launcher boots it directly (`directKernelBoot`), from the files themselves
    /// and the command line of its manifest.
    ///
    /// - Parameter directory: what `appliance build` wrote.
    /// - Returns: 48 bytes.
    /// - Throws: when a file is missing or is not the one that the manifest describes.
    package static func directKernelBoot(appliance directory: URL) throws(ApplianceError) -> [UInt8] {
        let manifest = try ApplianceManifest.load(from: directory)
        let kernel = try contents(manifest.kernel, in: directory)
        let initramfs = try contents(manifest.initramfs, in: directory)
        return directKernelBoot(
            KernelHashes(kernel: kernel, initrd: initramfs, commandLine: manifest.commandLine))
    }

    private static func contents(
        _ file: ApplianceFile, in directory: URL
    ) throws(ApplianceError) -> [UInt8] {
        let url = directory.appendingPathComponent(file.name)
        let bytes = try FileBytes.read(url)
        let digest = sha256(bytes).map { String(format: "%02x", $0) }.joined()
        guard digest == file.sha256 else {
            throw .manifest(url.path, "SHA-256 is \(digest), the manifest says \(file.sha256)")
        }
        return bytes
    }
}
