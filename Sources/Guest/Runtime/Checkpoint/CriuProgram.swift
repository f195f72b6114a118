internal import CLinux
internal import Linux

/// The machine's criu.
enum CriuProgram {
    /// The oldest that knows what it is asked: 3.16, for security profiles and the freezer of control groups version 2.
    private static let oldest: UInt64 = 3_16_00

    private static let usualPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Where it is: the first of that name on $PATH.
    static func find() throws(RuntimeError) -> String {
        let path = getenv("PATH").map { String(cString: $0) } ?? usualPath
        for directory in path.split(separator: ":") where directory.utf8.first == UInt8(ascii: "/") {
            let candidate = String(directory) + "/criu"
            if faccessat(AT_FDCWD, candidate, X_OK, AT_EACCESS) == 0 { return candidate }
        }
        throw .criu(
            "checkpoint and restore need criu: expected the program criu, version 3.16 or later, on $PATH, found none in \(path)"
        )
    }

    /// This process's variables, with a path for the programs that criu runs itself.
    static func environment() -> [String] {
        let own = ownEnvironment()
        return own.contains { $0.hasPrefix("PATH=") } ? own : own + ["PATH=" + usualPath]
    }

    /// Refuses one that is too old.
    static func requireVersion() throws(RuntimeError) {
        let found = try CriuWorker.start().perform(.version).version ?? 0
        if found >= oldest { return }
        throw .criu("criu: expected version 3.16 or later, found \(found / 10_000).\(found / 100 % 100)")
    }

    /// Refuses a machine on which criu cannot do what an option needs.
    static func requireFeatures(of options: CheckpointOptions) throws(RuntimeError) {
        if options.memoryOnly { try require(1, "memory tracking", for: "--pre-dump") { $0.tracksMemory } }
        if options.lazyPages { try require(2, "userfaultfd", for: "--lazy-pages") { $0.hasLazyPages } }
    }

    private static func require(
        _ field: Int, _ what: String, for option: String, _ isThere: (CriuReply) -> Bool
    ) throws(RuntimeError) {
        var features = ProtobufWriter()
        features.put(field, true)
        if isThere(try CriuWorker.start().perform(.checkFeatures, features: features)) { return }
        throw .criu("criu is missing features: \(option) needs \(what), which this machine does not have")
    }
}
