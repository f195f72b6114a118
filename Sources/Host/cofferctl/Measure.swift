internal import Appliance
internal import ArgumentParser
internal import AttestationFormat
internal import Foundation
internal import JSON

/// `cofferctl measure`: the launch measurement that a report must carry.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure",
        abstract: "Compute the launch measurement of an appliance.",
        discussion: """
            With --firmware: the launch digest of an SEV-SNP guest that QEMU (or EC2, GCE) starts with that UEFI
            firmware; the kernel, initrd and command line are in it through the firmware's kernel hashes.
            Without: what the simulated security processor reports for a directly booted kernel.

            Examples:
              cofferctl measure --appliance appliance
              cofferctl measure --appliance appliance --firmware OVMF.amdsev.fd --processors 2 --model EPYC-Genoa
            """)

    @Option(help: "An appliance directory; or name --kernel, --initrd and --append.")
    var appliance: String?

    @Option(help: "The kernel, as QEMU gets it.") var kernel: String?
    @Option(help: "The initrd.") var initrd: String?
    @Option(help: "The kernel command line, exactly as QEMU gets it.") var append = ""
    @Option(help: "UEFI firmware with SEV metadata (OVMF.amdsev.fd).") var firmware: String?
    @Option(help: "Virtual processors, 1 to 512.") var processors = 1
    @Option(help: "Processor model: EPYC-v4, EPYC-Rome, EPYC-Milan, EPYC-Genoa or EPYC-Turin.")
    var model = "EPYC-v4"
    @Option(help: "Who launches: qemu, ec2 or gce.") var monitor = "qemu"
    @Option(help: "SEV_FEATURES of the guest, hexadecimal; 21 on hosts with DebugSwap.") var features = "1"
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if (appliance == nil) == (kernel == nil) && firmware == nil {
            throw ValidationError("name --appliance or --kernel, or --firmware")
        }
        if appliance != nil && kernel != nil {
            throw ValidationError("--appliance and --kernel exclude each other")
        }
    }

    func run() throws {
        let digest = try measure()
        if output.json {
            let json: JSON = ["measurement": .string(Hexadecimal.encode(digest))]
            Terminal.output(bytes: json.serialized() + [10])
        } else {
            Terminal.output(Hexadecimal.encode(digest))
        }
    }

    private func measure() throws -> [UInt8] {
        guard let firmware else {
            if let appliance {
                return try LaunchMeasurement.directKernelBoot(appliance: URL(fileURLWithPath: appliance))
            }
            guard let hashes = try kernelHashes() else { throw Failure.usage("name --appliance or --kernel") }
            return LaunchMeasurement.directKernelBoot(hashes)
        }
        guard let model = ProcessorModel(rawValue: model) else {
            let known = ProcessorModel.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure.usage("--model \(model): expected \(known)")
        }
        guard let monitor = MachineMonitor(rawValue: monitor) else {
            throw Failure.usage("--monitor \(monitor): expected qemu, ec2 or gce")
        }
        guard let features = UInt64(features, radix: 16) else {
            throw Failure.usage("--features \(features): not hexadecimal")
        }
        let guest = MeasuredGuest(
            firmware: try MeasuredFirmware(path: firmware), kernelHashes: try kernelHashes(),
            processors: processors, model: model, monitor: monitor, features: features)
        return try LaunchMeasurement.digest(of: guest)
    }

    private func kernelHashes() throws -> KernelHashes? {
        if let appliance {
            let directory = URL(fileURLWithPath: appliance)
            let manifest = try ApplianceManifest.load(from: directory)
            return try KernelHashes(
                kernelPath: directory.appendingPathComponent(manifest.kernel.name).path,
                initrdPath: directory.appendingPathComponent(manifest.initramfs.name).path,
                commandLine: manifest.commandLine)
        }
        return try kernel.map { try KernelHashes(kernelPath: $0, initrdPath: initrd, commandLine: append) }
    }
}
