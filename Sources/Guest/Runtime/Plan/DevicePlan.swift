internal import Linux
internal import OCI

/// A device node to make in the container's /dev. mknod(2).
package struct DevicePlan: Equatable {
    /// Path inside the container.
    package let path: String
    /// `S_IFCHR`, `S_IFBLK` or `S_IFIFO`.
    package let kind: UInt32
    /// 0 to 4095; 0 for a FIFO.
    package let major: UInt32
    /// 0 to 1048575; 0 for a FIFO.
    package let minor: UInt32
    /// The lower twelve bits of the mode, 0666 unless asked for otherwise; the umask has no part in it.
    package let permissions: UInt32
    /// The owner, as the container's user namespace numbers it.
    package let userID: UInt32
    /// The group, numbered likewise.
    package let groupID: UInt32
    /// Whether permissions or owner were asked for: then the machine's own node is not it.
    package var isOwn = false

    /// The devices that every container has. config-linux.md, Default Devices.
    static let standard: [DevicePlan] = [
        character("/dev/null", 1, 3), character("/dev/zero", 1, 5), character("/dev/full", 1, 7),
        character("/dev/random", 1, 8), character("/dev/urandom", 1, 9), character("/dev/tty", 5, 0),
    ]
    /// The symbolic links that every container's /dev has: name and target. config-linux.md, Default Devices.
    static let links: [(name: String, target: String)] = [
        ("fd", "/proc/self/fd"), ("stdin", "/proc/self/fd/0"), ("stdout", "/proc/self/fd/1"),
        ("stderr", "/proc/self/fd/2"),
    ]

    private static func character(_ path: String, _ major: UInt32, _ minor: UInt32) -> DevicePlan {
        DevicePlan(
            path: path, kind: 0o020000, major: major, minor: minor, permissions: 0o666, userID: 0, groupID: 0)
    }

    /// The specification's devices after the standard ones; one with the same path replaces it. /dev/ptmx is no device: it
    /// leads to the container's own devpts whatever the specification says, as in runc.
    static func resolve(_ devices: [OCI.Device]) throws(RuntimeError) -> [DevicePlan] {
        var plans = standard
        for (index, device) in devices.enumerated() {
            let plan = try DevicePlan(device, field: "linux.devices[\(index)]")
            if plan.path.split(separator: "/") == ["dev", "ptmx"] { continue }
            plans.removeAll { $0.path == plan.path }
            plans.append(plan)
        }
        return plans
    }
}

extension DevicePlan {
    /// Whether it is a named pipe, which is no device to the kernel.
    var isFifo: Bool { kind == 0o010000 }

    /// Whether a file is this device.
    func matches(_ status: FileStatus) -> Bool {
        status.mode & 0o170000 == kind
            && (isFifo || (status.deviceMajor == major && status.deviceMinor == minor))
    }

    init(_ device: OCI.Device, field: String) throws(RuntimeError) {
        guard device.path.utf8.first == UInt8(ascii: "/"), !device.path.utf8.contains(0) else {
            throw .refused("\(field).path: expected an absolute path, found \"\(device.path)\"")
        }
        path = device.path
        switch device.type {
        case "c", "u": kind = 0o020000
        case "b": kind = 0o060000
        case "p": kind = 0o010000
        default: throw .refused("\(field).type: expected c, u, b or p, found \"\(device.type)\"")
        }
        let isFifo = device.type == "p"
        guard let major = UInt32(exactly: isFifo ? 0 : device.major), major < 1 << 12 else {
            throw .refused("\(field).major: expected 0 to 4095, found \(device.major)")
        }
        guard let minor = UInt32(exactly: isFifo ? 0 : device.minor), minor < 1 << 20 else {
            throw .refused("\(field).minor: expected 0 to 1048575, found \(device.minor)")
        }
        self.major = major
        self.minor = minor
        permissions = (device.fileMode ?? 0o666) & 0o7777
        isOwn = device.fileMode != nil || device.uid ?? 0 != 0 || device.gid ?? 0 != 0
        userID = device.uid ?? 0
        groupID = device.gid ?? 0
    }
}
