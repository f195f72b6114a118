import Appliance
import BridgeClient
import Foundation
import Hypervisor
import Wire

/// A bare machine with the appliance in it and the host's end of its bridge: what happens before and beside a pod.
final class TestVM {
    let machine: Machine
    let bridge: GuestBridge
    let ports: StreamPorts
    let directory: String

    /// Boots; the simulated security processor claims `hostData`.
    ///
    /// - Parameter negotiates: false leaves even the first request to the test.
    init(hostData: [UInt8] = [UInt8](repeating: 0, count: 32), negotiates: Bool = true) throws {
        let inputs = try VMTests.inputs.get()
        let manifest = try ApplianceManifest.load(from: URL(fileURLWithPath: inputs.appliance))
        directory = NSTemporaryDirectory() + "/coffer-vm-\(UInt32.random(in: 0..<1_000_000))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var configuration = MachineConfiguration(
            kernel: "\(inputs.appliance)/\(manifest.kernel.name)",
            initramfs: "\(inputs.appliance)/\(manifest.initramfs.name)", commandLine: manifest.commandLine,
            directory: directory)
        configuration.console = true
        var made: GuestBridge?
        machine = try Machine(configuration) { device in
            let bridge = try GuestBridge(device)
            bridge.setNegotiates(negotiates)
            made = bridge
            try Self.serveReports(device, inputs, manifest, hostData)
        }
        guard let made else { throw Cofferctl.Failure(description: "no bridge") }
        bridge = made
        ports = StreamPorts(machine.vsock)
    }

    deinit {
        machine.stop()
        try? FileManager.default.removeItem(atPath: directory)
    }

    /// The bridge's connection, once the guest has dialled.
    func client() throws -> BridgeClient {
        do { return try bridge.current(seconds: 180) } catch {
            throw Cofferctl.Failure(
                description: "\(error)\n\(machine.consoleOutput())\n\(machine.emulatorOutput())")
        }
    }

    private static func serveReports(
        _ device: VsockDevice, _ inputs: VMTests.Inputs, _ manifest: ApplianceManifest, _ hostData: [UInt8]
    ) throws {
        #if SimulatedPSP
            let processor = try SimulatedSecurityProcessor(
                stateDirectory: VMTests.state + "/psp", hostData: hostData,
                measurement: try LaunchMeasurement.directKernelBoot(
                    kernel: "\(inputs.appliance)/\(manifest.kernel.name)",
                    initrd: "\(inputs.appliance)/\(manifest.initramfs.name)",
                    commandLine: manifest.commandLine))
            let listener = try device.listen(port: GuestPort.securityProcessor)
            let thread = Thread {
                while let stream = try? listener.accept() {
                    while let request = try? stream.readExactly(68, deadline: .after(seconds: 60)),
                        let answer = try? processor.channelAnswer(reportData: Array(request.dropFirst(4)))
                    {
                        try? stream.write(answer)
                    }
                }
            }
            thread.start()
        #endif
    }

    /// Serves bytes at a port that the guest dials.
    func deliver(_ bytes: [UInt8]) throws -> UInt32 {
        let listener = try ports.listen()
        let thread = Thread {
            while let stream = try? listener.accept() {
                try? stream.write(bytes)
                try? stream.drain()
                stream.finishWriting()
            }
        }
        thread.start()
        return listener.port
    }
}
