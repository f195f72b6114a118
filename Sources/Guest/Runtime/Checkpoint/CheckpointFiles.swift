internal import CLinux
internal import Linux

/// The directories of a checkpoint, and what criu is told of them and of everything else that dumping and restoring have in
/// common.
struct CheckpointFiles: ~Copyable {
    private let images: Descriptor
    private let work: Descriptor?
    /// The log, for messages.
    let logPath: String
    private let logName: String

    /// Opens the directories; those of a dump are made if they are not there.
    init(_ options: CheckpointOptions, logName: String, making: Bool) throws(RuntimeError) {
        let images = try Self.open(options.imagePath, making: making)
        work = options.workPath.isEmpty ? nil : try Self.open(options.workPath, making: true)
        self.images = images
        logPath = options.logPath(logName)
        self.logName = logName
    }

    private static func open(_ path: String, making: Bool) throws(RuntimeError) -> Descriptor {
        try step(.openImages, path) { () throws(Errno) in
            if making { try makeDirectory(path, mode: 0o700) }
            return try Descriptor.open(path, O_RDONLY | O_DIRECTORY)
        }
    }

    /// Options that both have. criu opens the directories by this process's numbers.
    borrowing func options(
        _ asked: CheckpointOptions, annotations: [String: String], hasGroup: Bool
    ) -> CriuOptions {
        var options = CriuOptions()
        options.put(.imagesDirectory, images.raw)
        switch work {
        case .some(let directory): options.put(.workDirectory, directory.raw)
        case .none: break
        }
        options.put(.logLevel, Int32(4))
        options.put(.logFile, logName)
        options.put(.notifies, true)
        options.put(.managesGroups, true)
        options.put(.groupsMode, (hasGroup ? asked.groupsMode : .ignore).rawValue)
        options.put(.shellJob, asked.shellJob)
        options.put(.externalSockets, asked.externalSockets)
        options.put(.establishedConnections, asked.tcpEstablished)
        options.put(.fileLocks, asked.fileLocks)
        options.put(.removesDuplicates, asked.autoDedup)
        options.put(.lazyPages, asked.lazyPages)
        options.put(.orphanTerminal, true)
        // Interfaces and their addresses are whoever's made the namespace.
        options.put(.emptyNamespaces, NamespaceKinds.network.rawValue)
        // What an administrator wants besides; an annotation names another file, or with no name none.
        let configuration = annotations["org.criu.config"] ?? "/etc/criu/runc.conf"
        if !configuration.isEmpty { options.put(.configuration, configuration) }
        return options
    }

    /// Tells the lines of the log that are errors.
    borrowing func quoteErrors(_ warn: (String) -> Void) {
        do throws(Errno) {
            let text = try Descriptor.open(logPath, O_RDONLY).contents(limit: 1 << 26)
            let mark = Array("Error (".utf8)
            for line in text.split(separator: UInt8(ascii: "\n")) where contains(line, mark) {
                warn("\(logPath): " + String(decoding: line, as: UTF8.self))
            }
        } catch {
            warn("the log of criu cannot be read: \(logPath): \(error)")
        }
    }

    private borrowing func contains(_ line: ArraySlice<UInt8>, _ mark: [UInt8]) -> Bool {
        line.indices.contains { line[$0...].starts(with: mark) }
    }

    /// Where the file is that says what the standard streams were.
    static func streamsPath(_ options: CheckpointOptions) -> String {
        options.imagePath + "/descriptors.json"
    }
}
