internal import Foundation

/// The hashes of a directly booted kernel, its initrd and its command line, as QEMU puts them into the guest for the
/// firmware to check (`kernel-hashes=on`).
package struct KernelHashes: Equatable, Sendable {
    /// 32 bytes each: SHA-256.
    package let kernel: [UInt8]
    /// Of no bytes at all when there is no initrd.
    package let initrd: [UInt8]
    /// Of the text and the NUL after it.
    package let commandLine: [UInt8]

    /// - Parameters:
    ///   - kernel: SHA-256 of the kernel file.
    ///   - initrd: the initrd's bytes, empty without one.
    ///   - commandLine: without the terminating NUL that the hash includes.
    package init(kernelHash: [UInt8], initrd: [UInt8], commandLine: String) {
        kernel = kernelHash
        self.initrd = LaunchMeasurement.sha256(initrd)
        self.commandLine = LaunchMeasurement.sha256([UInt8](commandLine.utf8) + [0])
    }

    /// - Parameters:
    ///   - kernel: the kernel file's bytes.
    ///   - initrd: the initrd's bytes, empty without one.
    ///   - commandLine: without the terminating NUL that the hash includes.
    package init(kernel: [UInt8], initrd: [UInt8], commandLine: String) {
        self.init(kernelHash: LaunchMeasurement.sha256(kernel), initrd: initrd, commandLine: commandLine)
    }

    /// Reads the files.
    package init(kernelPath: String, initrdPath: String?, commandLine: String) throws(LaunchMeasurementError)
    {
        let kernel = try KernelHashes.read(kernelPath)
        var initrd: [UInt8] = []
        if let initrdPath { initrd = try KernelHashes.read(initrdPath) }
        self.init(kernel: kernel, initrd: initrd, commandLine: commandLine)
    }

    private static func read(_ path: String) throws(LaunchMeasurementError) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .unreadable(path, "cannot be read")
        }
    }

    /// The table: a header and three entries {GUID, length, hash}, padded to 16 bytes.
    var table: [UInt8] {
        let entries = [
            (FirmwareGUID.commandLineHash, commandLine), (FirmwareGUID.initrdHash, initrd),
            (FirmwareGUID.kernelHash, kernel),
        ]
        var bytes = FirmwareGUID.hashTable + littleEndian(168, count: 2)
        for (guid, hash) in entries { bytes += guid + littleEndian(50, count: 2) + hash }
        return bytes + [UInt8](repeating: 0, count: 176 - bytes.count)
    }

    /// The page that holds the table at an offset.
    func page(tableOffset: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: tableOffset) + table
    }
}

extension LaunchMeasurement {
    /// Where the simulated platform keeps the kernel hashes: the place of the edk2 AmdSev firmware.
    package static let simulatedHashesAddress: UInt64 = 0x81_0000
    private static let simulatedTableOffset = 0xC00

    /// The measurement of a kernel that QEMU boots directly, without SEV-SNP and so without measured firmware:
    /// a chain of exactly one page, the kernel hashes page as the AmdSev firmware would hold it. What the simulated
    /// security processor reports, and what `appliance build` expects.
    package static func directKernelBoot(_ hashes: KernelHashes) -> [UInt8] {
        var measurement = LaunchMeasurement()
        measurement.add(
            .normal, page: hashes.page(tableOffset: simulatedTableOffset), at: simulatedHashesAddress)
        return measurement.digest
    }

    /// The same, from files.
    ///
    /// - Parameters:
    ///   - kernel: path of the kernel as QEMU gets it.
    ///   - initrd: path of the initrd.
    ///   - commandLine: exactly what QEMU gets as `-append`.
    /// - Returns: 48 bytes.
    package static func directKernelBoot(
        kernel: String, initrd: String, commandLine: String
    ) throws(LaunchMeasurementError) -> [UInt8] {
        directKernelBoot(
            try KernelHashes(kernelPath: kernel, initrdPath: initrd, commandLine: commandLine))
    }
}
