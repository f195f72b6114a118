internal import Linux

/// What a control group has read from and written to one block device. cgroup-v2.rst, io.stat.
package struct BlockCounter: Equatable {
    /// The device's major number.
    package var major: UInt64
    /// The device's minor number.
    package var minor: UInt64
    /// Bytes.
    package var readBytes: UInt64 = 0
    /// Bytes.
    package var writtenBytes: UInt64 = 0
    /// Operations.
    package var reads: UInt64 = 0
    /// Operations.
    package var writes: UInt64 = 0

    /// Reads the words of a line of io.stat, `MAJOR:MINOR name=value ...`; nil for anything else.
    init?(_ parts: [String]) {
        if parts.count < 2 { return nil }
        let numbers = (parts.first ?? "").split(separator: ":").map { UInt64($0) }
        guard numbers.count == 2, let major = numbers[0], let minor = numbers[1] else { return nil }
        self.major = major
        self.minor = minor
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=")
            guard pair.count == 2, let value = UInt64(pair[1]) else { continue }
            switch pair[0] {
            case "rbytes": readBytes = value
            case "wbytes": writtenBytes = value
            case "rios": reads = value
            case "wios": writes = value
            default: continue
            }
        }
    }
}

extension ControlGroup {
    /// By device, in the kernel's order; none without cgroup v2.
    package func blockCounters() throws(RuntimeError) -> [BlockCounter] {
        guard let directory = unifiedDirectory else { return [] }
        return (try readSetting(directory + "/io.stat") ?? []).split(separator: UInt8(ascii: "\n"))
            .compactMap { BlockCounter(words(Array($0))) }
    }
}
