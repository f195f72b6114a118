internal import Appliance
internal import Foundation
internal import Hypervisor

#if SimulatedPSP
    internal import AttestationFormat

    /// The simulated security processor at its vsock port: 64 bytes of report data in, a signed report out.
    struct SecurityProcessorPort {
        /// The root certificate that a verifier has to trust by name.
        let trustRoot: String?

        /// Starts to serve the guest, when the appliance is one that asks here.
        static func open(
            _ device: VsockDevice, appliance: String, manifest: ApplianceManifest, hostData: [UInt8]
        ) throws -> SecurityProcessorPort? {
            guard manifest.kind == .development else { return nil }
            let processor = try SimulatedSecurityProcessor(
                stateDirectory: stateDirectory, hostData: hostData,
                measurement: try LaunchMeasurement.directKernelBoot(
                    KernelHashes(
                        kernelPath: "\(appliance)/\(manifest.kernel.name)",
                        initrdPath: "\(appliance)/\(manifest.initramfs.name)",
                        commandLine: manifest.commandLine)))
            let listener = try device.listen(port: GuestPort.securityProcessor)
            let thread = Thread {
                while let stream = try? listener.accept() { answer(stream, processor) }
            }
            thread.name = "security processor"
            thread.start()
            return SecurityProcessorPort(trustRoot: processor.rootCertificatePath)
        }

        /// Keys are kept from pod to pod, so that a verifier names one root.
        private static var stateDirectory: String { PodDirectory.state + "/psp" }

        /// Serves one connection; any number of requests.
        private static func answer(_ stream: VsockStream, _ processor: SimulatedSecurityProcessor) {
            let thread = Thread {
                while let request = try? stream.readExactly(68, deadline: .after(seconds: 60)),
                    request.prefix(4).elementsEqual([64, 0, 0, 0]),
                    let answer = try? processor.channelAnswer(reportData: Array(request.dropFirst(4)))
                {
                    guard (try? stream.write(answer, deadline: .after(seconds: 60))) != nil else { return }
                }
            }
            thread.name = "report"
            thread.start()
        }
    }
#else
    /// A build without the simulated security processor serves none.
    struct SecurityProcessorPort {
        let trustRoot: String?

        static func open(
            _ device: VsockDevice, appliance: String, manifest: ApplianceManifest, hostData: [UInt8]
        ) throws -> SecurityProcessorPort? {
            guard manifest.kind == .development else { return nil }
            throw Failure(
                "\(appliance) is a development appliance, which needs the simulated security processor",
                hint: "build cofferctl with --traits SimulatedPSP")
        }
    }
#endif
