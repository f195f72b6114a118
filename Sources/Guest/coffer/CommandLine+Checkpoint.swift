internal import CLinux
internal import Linux
internal import Policy
internal import Runtime

extension OCICommandLine.Command {
    /// What writing and reading a checkpoint have in common.
    private static let criu = [
        OptionForm("image-path", value: true, "directory of the images; default is ./checkpoint"),
        OptionForm("work-path", value: true, "directory for criu's log; default is that of the images"),
        OptionForm("tcp-established", "connections of TCP may be open"),
        OptionForm("ext-unix-sk", "UNIX sockets may have their other side outside"),
        OptionForm("shell-job", "the session and the terminal may be from outside"),
        OptionForm("lazy-pages", "pages are fetched on demand"),
        OptionForm("file-locks", "there may be file locks"),
        OptionForm("manage-cgroups-mode", value: true, "soft, full, strict or ignore"),
        OptionForm(
            "empty-ns", value: true, "namespace whose contents are left out: network, which always is"),
        OptionForm("auto-dedup", "pages that are in the new images leave the old ones"),
    ]

    static let checkpoint = OCICommandLine.Command(
        name: "checkpoint", usage: "<container-id>",
        summary: "write a running container to files, through criu",
        options: criu + [
            OptionForm("parent-path", value: true, "earlier images, relative to the image path"),
            OptionForm("leave-running", "let the container go on"),
            OptionForm("tcp-skip-in-flight", "leave out connections that are being made"),
            OptionForm("link-remap", "files without a name may get one for a while"),
            OptionForm("status-fd", value: true, "descriptor that gets a byte when the pages can be fetched"),
            OptionForm("page-server", value: true, "ADDRESS:PORT that the pages are sent to"),
            OptionForm("pre-dump", "write the memory only, and let the container go on"),
        ], stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in try line.checkpoint(options) })

    static let restore = OCICommandLine.Command(
        name: "restore", usage: "<container-id>", summary: "make a container from a checkpoint, through criu",
        options: criu + [
            OptionForm(
                "bundle", short: "b", value: true, "path of the bundle; default is the working directory"),
            OptionForm("detach", short: "d", "do not wait for the program's end"),
            OptionForm("pid-file", value: true, "file for the first process's number"),
            OptionForm("console-socket", value: true, "UNIX socket that gets the terminal's master side"),
            OptionForm("keep", "do not delete the container at the program's end"),
            OptionForm("lsm-profile", value: true, "TYPE:NAME of a security profile for the processes"),
            OptionForm("lsm-mount-context", value: true, "label of a security module for the mounts"),
            OptionForm("no-subreaper", "accepted for compatibility"),
            OptionForm("no-pivot", "accepted for compatibility"),
            OptionForm("no-new-keyring", "accepted for compatibility"),
        ], stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in try line.restore(options) })
}

extension OCICommandLine {
    fileprivate func checkpoint(_ options: ParsedOptions) throws(CommandLineError) {
        let found = try find(options.operands[0])
        let authority = try authority()
        let permit = authority.permit(CheckpointContainer(containerID: found.record.id))
        let asked = try checkpointOptions(options, making: true)
        do throws(RuntimeError) {
            try found.checkpoint(permit, asked, warn: { log.warning($0) })
            if asked.leaveRunning || asked.memoryOnly { return }
            let end = authority.permit(DeleteContainer(containerID: found.record.id))
            try found.delete(end, force: true, warn: { log.warning($0) })
        } catch {
            throw .runtime(prefix: "", error)
        }
    }

    fileprivate func restore(_ options: ParsedOptions) throws(CommandLineError) {
        let prefix = "\(name) restore failed"
        let detached = options.has("detach")
        let id = options.operands[0]
        let bundle = try absolutePath(options.value("bundle") ?? ".")
        let text = try readFile(bundle + "/config.json", prefix: prefix)
        let spec = try command(prefix) { () throws(RuntimeError) in
            var spec = try parseSpec(text, "config.json")
            try DefaultIDMaps.complete(&spec)
            return spec
        }
        try checkTerminal(spec, options, detached: detached)
        let asked = try checkpointOptions(options, making: false)
        let authority = try authority()
        let permit = authority.permit(
            CreateContainer(containerID: id, bundlePath: bundle, spec: spec, allowStdio: true))
        let process: ContainerProcess
        do throws(RuntimeError) {
            process = try StoredContainer.restore(permit, asked, root: root, options: constructionOptions())
        } catch {
            throw .runtime(prefix: prefix, error)
        }
        try finishCreation(id, process, options, prefix: prefix)
        if detached { return }
        let status = try wait(process, prefix)
        if !options.has("keep") { try remove(id, prefix: prefix) }
        throw .exit(status)
    }

    private func checkpointOptions(
        _ options: ParsedOptions, making: Bool
    ) throws(CommandLineError) -> CheckpointOptions {
        var given = options.value("image-path") ?? "checkpoint"
        if given.utf8.first != UInt8(ascii: "/") { given = try absolutePath(".") + "/" + given }
        if making {
            do throws(Errno) {
                try makeDirectories(given, mode: 0o700)
            } catch {
                throw .failed("mkdir \(given): \(error.goText)")
            }
        }
        var asked = CheckpointOptions(imagePath: try absolutePath(given))
        asked.workPath = options.value("work-path") ?? ""
        asked.parentPath = try parentPath(options, asked.imagePath)
        asked.leaveRunning = options.has("leave-running")
        asked.tcpEstablished = options.has("tcp-established")
        asked.tcpSkipInFlight = options.has("tcp-skip-in-flight")
        asked.linkRemap = options.has("link-remap")
        asked.externalSockets = options.has("ext-unix-sk")
        asked.shellJob = options.has("shell-job")
        asked.lazyPages = options.has("lazy-pages")
        asked.statusDescriptor = try statusDescriptor(options, lazyPages: asked.lazyPages)
        asked.pageServer = try pageServer(options)
        asked.fileLocks = options.has("file-locks")
        asked.memoryOnly = options.has("pre-dump")
        asked.autoDedup = options.has("auto-dedup")
        asked.lsmProfile = options.value("lsm-profile") ?? ""
        asked.lsmMountContext = options.value("lsm-mount-context") ?? ""
        let mode = options.value("manage-cgroups-mode") ?? ""
        guard let groups = CheckpointOptions.GroupsMode(word: mode) else {
            throw .usage(
                "invalid manage-cgroups-mode value \"\(mode)\"; expected soft, full, strict or ignore")
        }
        asked.groupsMode = groups
        for namespace in options.all("empty-ns") where namespace != "network" {
            throw .usage("namespace \"\(namespace)\" is not supported with --empty-ns; expected network")
        }
        return asked
    }

    private func parentPath(
        _ options: ParsedOptions, _ images: String
    ) throws(CommandLineError) -> String {
        guard let path = options.value("parent-path"), !path.isEmpty else { return "" }
        if path.utf8.first == UInt8(ascii: "/") { throw .usage("--parent-path must be relative") }
        do throws(Errno) {
            let directory = try Descriptor.open(images + "/" + path, O_PATH | O_DIRECTORY)
            _ = consume directory
            return path
        } catch {
            throw .usage("invalid --parent-path: \(images)/\(path): \(error.goText)")
        }
    }

    private func statusDescriptor(
        _ options: ParsedOptions, lazyPages: Bool
    ) throws(CommandLineError) -> Int32? {
        guard let number = try options.integer("status-fd"), number != -1, lazyPages else { return nil }
        let flags = coffer_fcntl(Int32(clamping: number), F_GETFL, 0)
        if flags < 0 { throw .usage("invalid --status-fd argument \(number): it is not open") }
        if flags & Int(O_ACCMODE) == Int(O_RDONLY) {
            throw .usage("invalid --status-fd argument \(number): not writable")
        }
        return Int32(clamping: number)
    }

    private func pageServer(
        _ options: ParsedOptions
    ) throws(CommandLineError) -> (address: String, port: Int32)? {
        guard let text = options.value("page-server"), !text.isEmpty else { return nil }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count >= 2, let last = parts.last, let port = UInt16(last), port > 0 else {
            throw .usage("Use --page-server ADDRESS:PORT to specify page server, found \"\(text)\"")
        }
        var address = String(text.dropLast(last.count + 1))
        if address.hasPrefix("[") && address.hasSuffix("]") {
            address = String(address.dropFirst().dropLast())
        }
        if address.isEmpty {
            throw .usage("Use --page-server ADDRESS:PORT to specify page server, found \"\(text)\"")
        }
        return (address: address, port: Int32(port))
    }
}
