internal import JSON

/// What a launcher asks the guest for: the pod's containers with the specifications as they will be sent.
struct LaunchPlan: Sendable {
    struct Container: Sendable {
        let name: String
        /// 64 hexadecimal digits.
        let id: String
        /// Root hashes, bottom first.
        let layers: [String]
        /// The OCI runtime specification.
        let specification: JSON
        /// Runs to its end before the next container starts.
        let isInit: Bool
        /// The signal that asks the container to end; SIGTERM unless its image says otherwise.
        let stopSignal: Int32

        /// Bytes; nil for no limit of its own.
        var memoryLimit: UInt64? {
            specification["linux"]?["resources"]?["memory"]?["limit"]?.intValue.flatMap(UInt64.init(exactly:))
        }

        /// Whether the container's process has a terminal.
        var hasTerminal: Bool {
            specification.objectValue?["process"]?.objectValue?["terminal"]?.boolValue ?? false
        }
    }

    /// The pod's name.
    let name: String
    /// 64 hexadecimal digits.
    let sandboxID: String
    let containers: [Container]

    /// Root hashes of all layers, each once, in the order of first use.
    var layers: [String] {
        var seen: Set<String> = []
        return containers.flatMap(\.layers).filter { seen.insert($0).inserted }
    }
}
