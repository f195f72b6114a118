internal import Linux

/// What kept PID 1 from finishing its preparations, one case per step.
enum BootError: Error {
    case makeDirectory(String, Errno)
    case mount(String, Errno)
    case link(String, Errno)
    case moduleOrder(Errno)
    case moduleOrderLine(String)
    case loadModule(String, Errno)
    case cgroupControllers(Errno)
    case delegateControllers(String, Errno)
    case sysctl(String, Errno)
    case limit(Int32, Errno)
    case outOfMemoryScore(Errno)
    case loopback(NetlinkError)
    case entropy(Errno)
    case noCPUEntropy
    case signals(Errno)
    case bridge(Errno)
    case settling(Errno)
}

extension BootError: CustomStringConvertible {
    var description: String {
        switch self {
        case .makeDirectory(let path, let error): "cannot make directory \(path): \(error.description)"
        case .mount(let path, let error): "cannot mount \(path): \(error.description)"
        case .link(let path, let error): "cannot make symbolic link \(path): \(error.description)"
        case .moduleOrder(let error): "cannot read \(BootTables.moduleOrder): \(error.description)"
        case .moduleOrderLine(let line):
            "\(BootTables.moduleOrder): \"\(line)\", expected \"early NAME\" or \"late NAME\""
        case .loadModule(let name, let error): "cannot load kernel module \(name): \(error.description)"
        case .cgroupControllers(let error): "cannot read the cgroup controllers: \(error.description)"
        case .delegateControllers(let names, let error):
            "cannot delegate the cgroup controllers \(names): \(error.description)"
        case .sysctl(let path, let error): "cannot set /proc/sys/\(path): \(error.description)"
        case .limit(let resource, let error): "cannot set resource limit \(resource): \(error.description)"
        case .outOfMemoryScore(let error): "cannot set PID 1's OOM score: \(error.description)"
        case .loopback(let error): "cannot bring the loopback interface up: \(error.description)"
        case .entropy(let error): "cannot mix entropy into the kernel's pool: \(error.description)"
        case .noCPUEntropy: "the CPU gives no random numbers (neither RDSEED nor RDRAND)"
        case .signals(let error): "cannot block signals: \(error.description)"
        case .settling(let error): "cannot start the process that loads modules: \(error.description)"
        case .bridge(let error): "cannot reach the host's control channel: \(error.description)"
        }
    }
}
