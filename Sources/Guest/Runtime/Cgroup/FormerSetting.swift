/// What a control group's file said before a limit was written to it, in the words that set it again.
package struct FormerSetting: Equatable {
    /// The file's absolute path.
    let path: String
    let value: String

    /// Reads the file's text; nil where it does not say what is to be written.
    ///
    /// - Parameter written: what is about to be written. Where that is about one device, so is this.
    init?(path: String, text: [UInt8], written: String) {
        self.path = path
        let file = path.split(separator: "/").last.map(String.init) ?? ""
        let lines = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
        guard let key = Self.key(written, file) else {
            value = Self.whole(file, lines.first ?? "")
            return
        }
        if let line = lines.first(where: { $0.split(separator: " ").first.map(String.init) == key }) {
            value = line
            return
        }
        guard let nothing = Self.nothing(file) else { return nil }
        value = key + " " + nothing
    }

    /// The device that a line is about; nil for a file with one value.
    private static func key(_ line: String, _ file: String) -> String? {
        let first = line.split(separator: " ").first.map(String.init) ?? ""
        let isKeyed =
            first.utf8.contains(UInt8(ascii: ":")) || file.hasPrefix("rdma.") || file.hasPrefix("net_prio.")
        return isKeyed ? first : nil
    }

    /// An empty list is written as an empty line: a write of nothing is none.
    private static func whole(_ file: String, _ line: String) -> String {
        // Read as a table, written as a number. Documentation/admin-guide/cgroup-v1/memory.rst, 10.
        if file == "memory.oom_control" { return line.split(separator: " ").last.map(String.init) ?? "0" }
        return line.isEmpty ? "\n" : line
    }

    /// What a device has that the file does not name. cgroup-v2.rst, IO Interface Files; blkio-controller.rst.
    private static func nothing(_ file: String) -> String? {
        switch file {
        case "io.max": return "rbps=max wbps=max riops=max wiops=max"
        case "io.weight", "io.bfq.weight": return "default"
        case "io.latency": return "target=max"
        default: return file.hasPrefix("blkio.") ? "0" : nil
        }
    }
}
