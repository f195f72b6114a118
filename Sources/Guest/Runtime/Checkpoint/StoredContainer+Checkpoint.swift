internal import CLinux
internal import Linux
internal import OCI
package import Policy

extension StoredContainer {
    /// Writes the container's processes to files through criu. Unless they are to go on, they have ended after it, and the
    /// container is to be deleted.
    package func checkpoint(
        _ permit: consuming Permit<CheckpointContainer>, _ asked: CheckpointOptions, warn: (String) -> Void
    ) throws(RuntimeError) {
        try require(permit.action.containerID)
        if status == .created || status == .stopped {
            throw .wrongState("Container cannot be checkpointed in \(status.rawValue) state")
        }
        let spec = try directory.loadSpec()
        try CheckpointRules.check(spec)
        try CriuProgram.requireVersion()
        try CriuProgram.requireFeatures(of: asked)
        let group = try controlGroup()
        let files = try CheckpointFiles(asked, logName: "dump.log", making: true)
        var options = files.options(asked, annotations: record.annotations, hasGroup: group != .none)
        options.put(.process, record.pid)
        options.put(.root, record.root)
        options.put(.leaveRunning, asked.leaveRunning)
        options.put(.skipsInFlight, asked.tcpSkipInFlight)
        options.put(.linksBack, asked.linkRemap)
        if let directory = group.layout.isUnified ? group.unifiedDirectory : group.legacyDirectory("freezer")
        {
            options.put(.freezer, directory)
        }
        if let server = asked.pageServer { options.put(.pageServer, server.address, server.port) }
        if !asked.parentPath.isEmpty {
            options.put(.parentImages, asked.parentPath)
            options.put(.tracksMemory, true)
        }
        try CheckpointNamespaces.describe(spec.linux?.namespaces ?? [], &options)
        if !asked.memoryOnly { try describeFiles(spec, group, asked, &options) }
        do throws(RuntimeError) {
            try CriuWorker.start().perform(asked.memoryOnly ? .dumpMemory : .dump, options) {
                (reply, _) throws(RuntimeError) in
                if reply.moment == "status-ready" { try Self.tell(asked.statusDescriptor) }
            }
        } catch {
            files.quoteErrors(warn)
            throw .criu("\(error): see \(files.logPath)")
        }
    }

    /// Mounts and streams from outside.
    private func describeFiles(
        _ spec: OCI.Spec, _ group: ControlGroup, _ asked: CheckpointOptions, _ options: inout CriuOptions
    ) throws(RuntimeError) {
        let root = try step(.openRoot, record.root) { () throws(Errno) in
            try Descriptor.open(record.root, O_PATH | O_DIRECTORY)
        }
        try CheckpointMounts(spec, bundle: record.bundle, rootPath: record.root, root: root, group: group)
            .describe(&options)
        let inside = "/proc/\(record.pid)/root"
        let own = try step(.openRoot, inside) { () throws(Errno) in
            try Descriptor.open(inside, O_PATH | O_DIRECTORY)
        }
        try CheckpointMounts.describeMasks(spec.linux?.maskedPaths ?? [], root: own, &options)
        let streams = try CheckpointStreams(of: record.pid)
        for name in streams.externalFiles.sorted() { options.put(.external, name) }
        try streams.write(to: CheckpointFiles.streamsPath(asked))
    }

    /// Whoever waits for the pages to be there is told with a byte and the end of the file.
    private static func tell(_ number: Int32?) throws(RuntimeError) {
        guard let number else { return }
        try step(.askCriu, "--status-fd \(number)") { () throws(Errno) in
            try Descriptor(owning: number).write([0])
        }
    }
}
