internal import CLinux
internal import Linux

/// When a module is loaded: the control channel's before the host is dialled, all others after.
enum BootModuleStage {
    case early
    case late
}

/// The kernel modules of the image, in loading order.
struct BootModules {
    private var names: [(stage: BootModuleStage, name: String)] = []

    /// Reads the order from the image; a kernel without modules has none.
    init() throws(BootError) {
        let bytes: [UInt8]
        do throws(Errno) {
            bytes = try readFile(BootTables.moduleOrder)
        } catch {
            if error.code == ENOENT { return }
            throw .moduleOrder(error)
        }
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = line.split(separator: UInt8(ascii: " "))
            let stage: BootModuleStage? =
                switch words.first.map({ String(decoding: $0, as: UTF8.self) }) {
                case "early": .early
                case "late": .late
                default: nil
                }
            guard words.count == 2, let stage else {
                throw .moduleOrderLine(String(decoding: line, as: UTF8.self))
            }
            names.append((stage, String(decoding: words[1], as: UTF8.self)))
        }
    }

    /// Loads every module of one stage.
    func load(_ stage: BootModuleStage) throws(BootError) {
        for entry in names where entry.stage == stage {
            do throws(Errno) {
                try KernelModule.load(path: "\(BootTables.moduleDirectory)/\(entry.name).ko")
            } catch {
                // A driver for hardware that this machine does not have (sev-guest without SEV) says ENODEV.
                if error.code == ENODEV { continue }
                throw .loadModule(entry.name, error)
            }
        }
    }
}
