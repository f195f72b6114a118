internal import Foundation

/// A pod's directory on the host: sockets, logs, disks and `pod.json`.
struct PodDirectory: Sendable {
    let name: String
    let path: String

    var record: String { path + "/pod.json" }
    var control: String { path + "/control.sock" }
    var launcherLog: String { path + "/launcher.log" }
    var console: String { path + "/console.log" }
    /// What the guest sent to the log port.
    var guestLog: String { path + "/guest.log" }
    var logs: String { path + "/logs" }
    var scratch: String { path + "/scratch.img" }
    func spare(_ index: Int) -> String { "\(path)/spare-\(index).img" }
    func log(_ container: String) -> String { "\(logs)/\(container).log" }

    /// What this program keeps: `COFFER_STATE_DIR`, else `coffer` below `XDG_STATE_HOME` or `~/.local/state`.
    static var state: String {
        let environment = ProcessInfo.processInfo.environment
        if let path = environment["COFFER_STATE_DIR"], !path.isEmpty {
            return URL(fileURLWithPath: path).standardizedFileURL.path
        }
        return (environment["XDG_STATE_HOME"] ?? (environment["HOME"] ?? "/tmp") + "/.local/state")
            + "/coffer"
    }

    /// Where all pods are.
    static var base: String { state + "/pods" }

    /// The directory of a pod by name, whether or not it exists.
    init(name: String) throws {
        let allowed = name.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x2E
        }
        guard allowed, !name.isEmpty, name.utf8.count <= 63, name.utf8.first != 0x2E else {
            throw Failure.usage(
                "\"\(name)\" is no pod name",
                hint: "use 1 to 63 lower-case letters, digits, '-' and '.', not starting with '.'")
        }
        self.name = name
        path = Self.base + "/" + name
        // unix(7): a socket's path has at most 107 bytes, and ours are the longest of what lies here.
        guard control.utf8.count <= 107 else {
            throw Failure(
                "\(control) is too long for a socket's path (107 bytes)",
                hint: "set COFFER_STATE_DIR to a shorter directory")
        }
    }

    /// The directory of a pod that was started, living or not.
    static func existing(_ name: String) throws -> PodDirectory {
        let directory = try PodDirectory(name: name)
        guard FileManager.default.fileExists(atPath: directory.path) else {
            throw Failure("no pod named \"\(name)\"", hint: "cofferctl ps lists the pods")
        }
        return directory
    }

    /// All pods that have a directory, by name.
    static func all() -> [PodDirectory] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: base)) ?? []
        return names.sorted().compactMap { try? PodDirectory(name: $0) }
    }

    /// Makes an empty directory, replacing that of a pod which has ended.
    func create() throws {
        if isAlive {
            throw Failure(
                "a pod named \"\(name)\" is running", hint: "cofferctl stop \(name), or choose another --name"
            )
        }
        if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(
            atPath: logs, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Whether a launcher answers on the control socket.
    var isAlive: Bool { (try? ControlConnection.connect(control)) != nil }

    /// Reads `pod.json`.
    func readRecord() throws -> PodRecord {
        guard let data = FileManager.default.contents(atPath: record) else {
            throw Failure("pod \"\(name)\" has no \(record)", hint: "it did not start; see \(launcherLog)")
        }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do { return try decoder.decode(PodRecord.self, from: data) } catch {
            throw Failure("\(record) is not what cofferctl run writes: \(error)")
        }
    }

    /// Writes `pod.json` at once or not at all.
    func write(_ value: PodRecord) throws {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(value).write(to: URL(fileURLWithPath: record), options: .atomic)
    }
}
