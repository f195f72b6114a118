internal import CLinux

/// A virtio disk, found by the serial number the launcher gave it and never by its order.
package struct BlockDevice: Equatable {
    /// The device node, for instance `/dev/vda`.
    package let path: String

    /// The serial of the disk at a controller and logical unit of a host's request.
    package static func serial(controller: UInt32, lun: UInt32) -> String { "coffer-\(controller)-\(lun)" }

    /// Reads controller and unit back from a serial; nil for anything but two plain decimal numbers.
    package static func parse(serial: String) -> (controller: UInt32, lun: UInt32)? {
        let parts = serial.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, String(decoding: parts[0], as: UTF8.self) == "coffer",
            let controller = decimal(parts[1]), let lun = decimal(parts[2])
        else { return nil }
        return (controller, lun)
    }

    /// Finds the disk with `serial`, waiting for the kernel to discover it for at most `milliseconds`.
    ///
    /// `ENODEV` when it does not appear, `ENOTUNIQ` when two disks claim the same serial: the host then wants one
    /// of them to be taken for the other.
    package static func find(serial: String, milliseconds: Int) throws(Errno) -> BlockDevice {
        var left = milliseconds
        while true {
            let names = try directoryNames("/sys/block").filter { name in
                name.utf8.starts(with: "vd".utf8) && hasSerial(name, serial)
            }
            if names.count > 1 { throw Errno(ENOTUNIQ) }
            if let name = names.first, isBlockDevice("/dev/" + name) {
                return BlockDevice(path: "/dev/" + name)
            }
            if left <= 0 { throw Errno(ENODEV) }
            usleep(10_000)
            left -= 10
        }
    }

    private static func decimal(_ digits: Substring.UTF8View.SubSequence) -> UInt32? {
        if digits.isEmpty || digits.count > 10 || (digits.count > 1 && digits.first == UInt8(ascii: "0")) {
            return nil
        }
        var value: UInt32 = 0
        for digit in digits {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
            let (sum, overflow) = product.addingReportingOverflow(UInt32(digit - UInt8(ascii: "0")))
            if tooBig || overflow { return nil }
            value = sum
        }
        return value
    }

    private static func hasSerial(_ name: String, _ serial: String) -> Bool {
        do throws(Errno) {
            var found = try readFile("/sys/block/\(name)/serial", limit: 4096)
            while let last = found.last, last == UInt8(ascii: "\n") || last == 0 { found.removeLast() }
            return found == Array(serial.utf8)
        } catch {
            // A disk without a readable serial is not the one that is asked for.
            return false
        }
    }

    private static func isBlockDevice(_ path: String) -> Bool {
        var status = stat()
        return coffer_stat(path, &status) == 0 && coffer_is_block_device(&status) != 0
    }
}

/// The names in a directory, without `.` and `..`. The corresponding C functions are `opendir` and `readdir`.
package func directoryNames(_ path: String) throws(Errno) -> [String] {
    guard let directory = opendir(path) else { throw Errno(coffer_errno()) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}
