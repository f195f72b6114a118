internal import Foundation

/// A running virtual machine with its vsock device. Ended by `stop`, at the latest when dropped or when this
/// process ends. Nothing needs root.
package final class Machine: Sendable {
    /// What it was started with.
    package let configuration: MachineConfiguration
    /// How the guest's instructions are run.
    package let accelerator: Accelerator
    /// The guest's side of AF_VSOCK.
    package let vsock: VsockDevice
    private let process: ChildProcess

    /// The emulator's process number.
    package var pid: Int32 { process.pid }

    /// Starts the machine.
    ///
    /// - Parameters:
    ///   - configuration: files must be readable; `directory` must exist.
    ///   - prepare: called with the vsock device before the guest runs, to listen on the ports that it will dial.
    package init(
        _ configuration: MachineConfiguration, prepare: (VsockDevice) throws -> Void = { _ in }
    ) throws {
        let emulator = try Emulator.find()
        for path in [configuration.kernel, configuration.initramfs] + configuration.disks.map(\.path) {
            guard access(path, R_OK) == 0 else {
                throw MachineError.unreadable(path: path, reason: String(cString: strerror(errno)))
            }
        }
        self.configuration = configuration
        accelerator = configuration.accelerator ?? Emulator.bestAccelerator(emulator, configuration.kernel)
        let arguments = try MachineArguments.make(configuration, accelerator: accelerator)
        vsock = try VsockDevice(
            socketPath: configuration.directory + "/vsock.sock", guestCID: configuration.guestCID)
        try prepare(vsock)
        vsock.start()
        let output = configuration.directory + "/emulator.log"
        unlink(output)
        do {
            process = try ChildProcess(executable: emulator, arguments: arguments, output: output)
        } catch {
            vsock.stop()
            throw error
        }
        watch()
    }

    deinit { stop() }

    /// An emulator that ends takes its device along, so that nobody waits for a guest that is gone.
    private func watch() {
        let thread = Thread { [process, vsock] in
            let status = process.wait()
            vsock.stop("the machine ended (\(status.map { "\($0)" } ?? "unknown"))")
        }
        thread.name = "machine watch"
        thread.start()
    }

    /// Waits until the guest powered off; nil when the deadline passed first.
    package func wait(deadline: Deadline = .never) -> ChildProcess.Status? {
        process.wait(deadline: deadline)
    }

    /// Ends the machine at once and waits for it.
    package func stop() {
        process.signal(SIGKILL)
        _ = process.wait()
        vsock.stop()
        unlink(configuration.directory + "/qmp.sock")
        unlink(configuration.directory + "/vsock.sock")
    }

    /// The last `limit` bytes that the emulator printed.
    package func emulatorOutput(limit: Int = 2000) -> String {
        FileTail.read(configuration.directory + "/emulator.log", limit: limit)
    }

    /// The last `limit` bytes of the guest's console, empty without one.
    package func consoleOutput(limit: Int = 4000) -> String {
        FileTail.read(configuration.directory + "/console.log", limit: limit)
    }
}

/// The end of a text file.
enum FileTail {
    /// Up to `limit` bytes from the end; empty when the file cannot be read.
    static func read(_ path: String, limit: Int) -> String {
        guard let handle = FileHandle(forReadingAtPath: path) else { return "" }
        defer { handle.closeFile() }
        let size = handle.seekToEndOfFile()
        handle.seek(toFileOffset: size > UInt64(limit) ? size - UInt64(limit) : 0)
        return String(decoding: handle.readDataToEndOfFile(), as: UTF8.self)
    }
}
