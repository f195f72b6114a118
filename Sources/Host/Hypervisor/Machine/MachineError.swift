/// What stops a machine from being started or kept.
package enum MachineError: Error, Equatable {
    /// The emulator is not installed where programs are looked for.
    case emulatorNotFound(name: String)
    /// A file that the machine needs cannot be read.
    case unreadable(path: String, reason: String)
    /// The emulator could not be started.
    case spawn(path: String, reason: String)
    /// The emulator ended by itself; its status and the end of what it printed.
    case ended(status: String, output: String)
    /// More devices than the machine has places for.
    case tooManyDisks(count: Int, limit: Int)
    /// The appliance's description is not what `cofferctl appliance build` writes.
    case badAppliance(path: String, reason: String)
    /// The machine's control socket answered something unexpected.
    case control(String)
}

extension MachineError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .emulatorNotFound(let name):
            "\(name) is not in PATH; install it (Debian: apt-get install qemu-system-x86)"
        case .unreadable(let path, let reason): "\(path): \(reason)"
        case .spawn(let path, let reason): "cannot start \(path): \(reason)"
        case .ended(let status, let output): "the machine ended (\(status)): \(output)"
        case .tooManyDisks(let count, let limit): "\(count) disks, but a machine has places for \(limit)"
        case .badAppliance(let path, let reason):
            "\(path): \(reason); build it with cofferctl appliance build"
        case .control(let reason): "machine control: \(reason)"
        }
    }
}
