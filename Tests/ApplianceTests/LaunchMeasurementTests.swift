import Foundation
import Testing

@testable import Appliance

@Suite struct LaunchMeasurementTests {
    static let directory = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("shared/data/snp-vectors/measure")
    static let present = FileManager.default.fileExists(atPath: directory.path)
    static let absence: Comment = "the launch measurement vectors (../shared/data/snp-vectors) are not here"

    private static func read(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: directory.appendingPathComponent(name)))
    }

    /// SHA-256 of the kernel that the vectors were made with; the kernel itself is not kept there.
    private static let kernelHash = hexadecimal(
        "b9ea6660d2abac0b2d65aaf11d07cb9d9012b4beb1287d6eb539fccecd1aebd2")

    private static func hexadecimal(_ text: String) -> [UInt8] {
        let digits = text.compactMap { $0.hexDigitValue.map { UInt8($0) } }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func text(_ bytes: [UInt8]) -> String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }

    /// One command of digests.txt and its answer.
    struct Sample: CustomTestStringConvertible, Sendable {
        let command: String
        let answer: String
        var testDescription: String { command }

        func option(_ name: String) -> String? {
            guard let range = command.range(of: "--\(name) ") else { return nil }
            let rest = command[range.upperBound...]
            return name == "append" ? String(rest) : String(rest.prefix { $0 != " " })
        }
    }

    /// Every command over the firmware that is here; other firmware files and modes are not.
    static let samples: [Sample] = {
        guard let bytes = try? read("digests.txt") else { return [] }
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        return zip(lines, lines.dropFirst()).compactMap { line, next in
            guard line.hasPrefix("$"), line.contains("--ovmf OVMF.amdsev.fd"), line.contains("--mode snp ")
            else {
                return nil
            }
            return Sample(command: line, answer: next)
        }
    }()

    @Test(.enabled(if: present, absence), arguments: samples)
    func digestsEqualThoseOfSevSnpMeasure(sample: Sample) throws {
        let firmware = try MeasuredFirmware(image: Self.read("OVMF.amdsev.fd"))
        var guest = MeasuredGuest(firmware: firmware)
        guest.processors = try #require(sample.option("vcpus").flatMap { Int($0) })
        if let model = sample.option("vcpu-type") {
            guest.model = try #require(ProcessorModel(rawValue: model))
        }
        if let monitor = sample.option("vmm-type") {
            guest.monitor = try #require(MachineMonitor(rawValue: monitor.lowercased()))
        }
        if sample.option("guest-features") != nil { guest.features = 0x21 }
        if sample.option("kernel") != nil {
            guest.kernelHashes = KernelHashes(
                kernelHash: Self.kernelHash,
                initrd: sample.option("initrd") == nil ? [] : try Self.read("initrd.img"),
                commandLine: sample.option("append") ?? "")
        }
        #expect(Self.text(try LaunchMeasurement.digest(of: guest)) == sample.answer)
    }

    @Test(.enabled(if: present, absence)) func thereAreSamples() {
        #expect(Self.samples.count >= 14)
    }

    @Test(.enabled(if: present, absence)) func intermediateValuesEqualTheTrace() throws {
        let trace = try #require(
            try JSONSerialization.jsonObject(with: Data(Self.read("trace-genoa-x2.json")))
                as? [String: String])
        let firmware = try MeasuredFirmware(image: Self.read("OVMF.amdsev.fd"))
        #expect(Self.text(LaunchMeasurement.firmwareDigest(firmware)) == trace["after_ovmf"])
        let hashes = KernelHashes(
            kernelHash: Self.kernelHash, initrd: try Self.read("initrd.img"),
            commandLine: "console=ttyS0 loglevel=7 root=/dev/dm-0 ro")
        #expect(Self.text(hashes.table) == trace["hash_table"])
        func page(_ entry: UInt32) -> String {
            let area = SaveArea(monitor: .qemu, model: .genoa, features: 1, entry: entry)
            return Self.text(LaunchMeasurement.sha384(area.page))
        }
        #expect(page(SaveArea.bootEntry) == trace["vmsa_bsp_sha384"])
        #expect(page(try #require(firmware.resetAddress)) == trace["vmsa_ap_sha384"])
    }

    @Test(.enabled(if: present, absence)) func firmwareWithoutHashesRefusesAKernel() throws {
        let firmware = try MeasuredFirmware(image: Self.read("ovmf_OvmfX64_suffix.bin"))
        let guest = MeasuredGuest(
            firmware: firmware, kernelHashes: KernelHashes(kernel: [1], initrd: [], commandLine: ""))
        #expect(throws: LaunchMeasurementError.firmwareWithoutKernelHashes) {
            try LaunchMeasurement.digest(of: guest)
        }
    }

    @Test(.enabled(if: present, absence)) func damagedFirmwareNeverTraps() throws {
        let image = try Self.read("ovmf_AmdSev_suffix.bin")
        var refused = 0
        for index in 0..<4000 {
            var damaged = image
            damaged[damaged.count - 1 - index % 1024] = UInt8(truncatingIfNeeded: index &* 37)
            damaged[damaged.count - 1 - (index &* 7) % 1024] = UInt8(truncatingIfNeeded: index &* 91)
            do {
                let firmware = try MeasuredFirmware(image: damaged)
                // A section of up to 4 GiB is legal: measuring it is slow, not wrong.
                #expect(firmware.sections.allSatisfy { $0.size > 0 })
            } catch {
                #expect(!error.description.isEmpty)
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test(arguments: [0, 1, 4095, 4097, 16 << 20 + 4096]) func otherFirmwareSizesAreRefused(count: Int) {
        #expect(throws: LaunchMeasurementError.firmwareSize(count)) {
            try MeasuredFirmware(image: [UInt8](repeating: 0, count: count))
        }
    }

    @Test func firmwareWithoutFooterIsRefused() {
        #expect(throws: LaunchMeasurementError.self) {
            try MeasuredFirmware(image: [UInt8](repeating: 0, count: 8192))
        }
    }

    @Test(.enabled(if: present, absence), arguments: [0, -1, 513])
    func otherProcessorCountsAreRefused(count: Int) throws {
        let firmware = try MeasuredFirmware(image: Self.read("ovmf_AmdSev_suffix.bin"))
        #expect(throws: LaunchMeasurementError.processorCount(count)) {
            try LaunchMeasurement.digest(of: MeasuredGuest(firmware: firmware, processors: count))
        }
    }

    /// Each input changes the digest of a direct boot; the NUL that ends the command line does not hide a change.
    @Test func directBootDependsOnEverything() {
        let base = KernelHashes(kernel: [1], initrd: [2], commandLine: "a")
        let digest = LaunchMeasurement.directKernelBoot(base)
        #expect(digest.count == 48)
        for other in [
            KernelHashes(kernel: [9], initrd: [2], commandLine: "a"),
            KernelHashes(kernel: [1], initrd: [9], commandLine: "a"),
            KernelHashes(kernel: [1], initrd: [2], commandLine: "a "),
            KernelHashes(kernel: [1], initrd: [2], commandLine: ""),
        ] { #expect(LaunchMeasurement.directKernelBoot(other) != digest) }
    }

    @Test func unreadableFilesAreNamed() {
        #expect(throws: LaunchMeasurementError.unreadable("/nowhere/kernel", "cannot be read")) {
            try LaunchMeasurement.directKernelBoot(
                kernel: "/nowhere/kernel", initrd: "/nowhere/initrd", commandLine: "")
        }
    }

    @Test func digestOfOtherLengthIsRefused() {
        #expect(throws: LaunchMeasurementError.digestLength(47)) {
            try LaunchMeasurement(continuing: [UInt8](repeating: 0, count: 47))
        }
    }
}
