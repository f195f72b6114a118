internal import CLinux
internal import JSON
internal import Linux
internal import OCI
internal import Policy
internal import Runtime

extension OCICommandLine.Command {
    private static let construction = [
        OptionForm("bundle", short: "b", value: true, "path of the bundle; default is the working directory"),
        OptionForm(
            "config", short: "f", value: true, "file that takes the place of the bundle's config.json"),
        OptionForm("console-socket", value: true, "UNIX socket that gets the terminal's master side"),
        OptionForm("pidfd-socket", value: true, "UNIX socket that gets a pidfd of the first process"),
        OptionForm("pid-file", value: true, "file for the first process's number"),
        OptionForm("no-pivot", "cover the old root and detach what was mounted on it, without pivot_root"),
        OptionForm("no-new-keyring", "keep the session keyring"),
        OptionForm("preserve-fds", value: true, "how many descriptors from 3 on the program keeps"),
    ]

    static let create = OCICommandLine.Command(
        name: "create", usage: "<container-id>", summary: "make a container that waits for start",
        options: construction, stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in
            let container = try line.create(
                options, try line.authority(), prefix: "\(line.name) create failed", detached: true,
                waits: true)
            try line.finishCreation(
                container.id, container.firstProcess, options, prefix: "\(line.name) create failed")
        })

    static let run = OCICommandLine.Command(
        name: "run", usage: "<container-id>", summary: "make a container and start it",
        options: construction + [
            OptionForm("detach", short: "d", "do not wait for the program's end"),
            OptionForm("keep", "do not delete the container at the program's end"),
            OptionForm("no-subreaper", "accepted for compatibility"),
        ], stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in try line.run(options) })
}

extension OCICommandLine {
    /// Makes the container that the options describe. `prefix` is what clients expect before an error.
    ///
    /// - Parameter waits: whether another command is going to start it.
    func create(
        _ options: ParsedOptions, _ authority: borrowing OperatorAuthority, prefix: String, detached: Bool,
        waits: Bool
    ) throws(CommandLineError) -> Container {
        let bundle = try absolutePath(options.value("bundle") ?? ".")
        var text = try readFile(options.value("config") ?? bundle + "/config.json", prefix: prefix)
        var spec = try command(prefix) { () throws(RuntimeError) in
            try parseSpec(text, "config.json")
        }
        spec.process?.env += listeningVariables()
        try checkTerminal(spec, options, detached: detached)
        var construction = constructionOptions()
        construction.newKeyring = !options.has("no-new-keyring")
        construction.avoidsPivot = options.has("no-pivot")
        construction.keepsLineFeeds = !detached
        construction.allowsNoProcess = waits
        construction.preservedDescriptors = try preserved(options)
        construction.startsAtOnce = !waits && !Self.handsOver(options)
        let hasNewMaps = try command(prefix) { () throws(RuntimeError) in
            try DefaultIDMaps.complete(&spec)
        }
        construction.hasNotifyDirectory = NotifySocket.host != nil
        if construction.hasNotifyDirectory {
            NotifySocket.describe(try notifyDirectory(options.operands[0]), in: &spec)
        }
        if hasNewMaps || construction.hasNotifyDirectory { text = spec.json.serialized() }
        let action = CreateContainer(
            containerID: options.operands[0], bundlePath: bundle, spec: spec, allowStdio: true)
        let permit = authority.permit(action)
        let hasTerminal = spec.process?.terminal == true
        do throws(RuntimeError) {
            if OrdinaryUser.isCaller { try OrdinaryUser.enterOwnNamespace(for: spec.linux) }
            return try StoredContainer.create(
                permit, root: root, streams: hasTerminal ? StandardStreams() : try Self.ownStreams(),
                options: construction, specText: text, waits: waits)
        } catch {
            throw .runtime(prefix: prefix, error)
        }
    }

    /// Whether somebody gets something of the container before its program runs.
    private static func handsOver(_ options: ParsedOptions) -> Bool {
        NotifySocket.host != nil
            || ["console-socket", "pidfd-socket", "pid-file"].contains { options.isGiven($0) }
    }

    /// What every process that the command line starts has in common.
    func constructionOptions() -> ConstructionOptions {
        var construction = ConstructionOptions()
        construction.completesHome = true
        construction.followsAnnotations = true
        construction.warnsOfUnknownWords = true
        construction.usesControlGroups = usesControlGroups
        construction.rootless = rootless
        construction.usesSystemd = usesSystemd
        construction.sharesMachine = true
        let log = log
        construction.warn = { log.warning($0) }
        let line = self
        construction.handOver = { line.sendNotifier($0, $1, $2) }
        if log.isDebug { construction.debug = { log.debug($0) } }
        return construction
    }

    func preserved(_ options: ParsedOptions) throws(CommandLineError) -> Int32 {
        let count = try options.integer("preserve-fds") ?? 0
        guard let number = Int32(exactly: count), number >= 0, number < 1 << 20 else {
            throw .usage("invalid value \"\(count)\" for flag -preserve-fds")
        }
        // Sockets of systemd come first. sd_listen_fds(3).
        let all = number + listening()
        // The view's number may be among those that the caller believes to have handed over.
        if all > 0 { coffer_close_view() }
        for descriptor in 3..<(3 + all) where fcntlGetFlags(descriptor) < 0 {
            throw .failed("unable to preserve descriptor \(descriptor): it is not open")
        }
        return all
    }

    /// How many sockets systemd has handed to this process for the container.
    private func listening() -> Int32 {
        guard let count = getenv("LISTEN_FDS").flatMap({ Int32(String(cString: $0)) }), count > 0,
            count < 1 << 16
        else { return 0 }
        // Without a number they are whoever's asks.
        guard let pid = getenv("LISTEN_PID") else { return count }
        return Int32(String(cString: pid)) == getpid() ? count : 0
    }

    /// The variables by which the program finds those sockets: it is process 1 of its namespace.
    func listeningVariables() -> [String] {
        let count = listening()
        if count == 0 { return [] }
        let names = getenv("LISTEN_FDNAMES").map { ["LISTEN_FDNAMES=" + String(cString: $0)] } ?? []
        return ["LISTEN_FDS=\(count)", "LISTEN_PID=1"] + names
    }

    func checkTerminal(
        _ spec: OCI.Spec, _ options: ParsedOptions, detached: Bool
    ) throws(CommandLineError) {
        let terminal = spec.process?.terminal == true
        if detached && terminal && !options.isGiven("console-socket") {
            throw .failed("cannot allocate tty if \(name) will detach without setting console socket")
        }
        if options.isGiven("console-socket") && !(detached && terminal) {
            throw .failed("cannot use console socket if \(name) will not detach or allocate tty")
        }
    }

    /// This process's own standard streams, if they are all there: a number that is free would become another file's.
    static func ownStreams() throws(RuntimeError) -> StandardStreams {
        var entries = [0, 1, 2].map { pollfd(fd: $0, events: 0, revents: 0) }
        let result = entries.withUnsafeMutableBufferPointer { coffer_poll_many($0.baseAddress, 3, 0) }
        if result < 0 {
            throw .failed(.setStreams, Errno(Int32(truncatingIfNeeded: -result)), detail: "of \(getpid())")
        }
        for entry in entries where entry.revents & Int16(POLLNVAL) != 0 {
            throw .failed(.setStreams, Errno(EBADF), detail: "\(entry.fd) of \(getpid())")
        }
        return StandardStreams.inherited()
    }

    /// Hands over what the caller asked for: terminal, pidfd, pid file. On failure the container is removed again.
    func finishCreation(
        _ id: String, _ process: ContainerProcess, _ options: ParsedOptions, prefix: String
    ) throws(CommandLineError) {
        do throws(CommandLineError) {
            if let socket = options.value("console-socket"), let terminal = process.terminal {
                try send(terminal, to: socket, name: "/dev/ptmx", prefix: prefix)
            }
            if let socket = options.value("pidfd-socket") {
                try send(process.pidfd, to: socket, name: "pidfd", prefix: prefix)
            }
            if let file = options.value("pid-file") { try writePidFile(file, process.pid, prefix: prefix) }
        } catch {
            do throws(CommandLineError) {
                try remove(id, prefix: prefix)
            } catch let second {
                log.warning("the container could not be removed: \(second.text)")
            }
            throw error
        }
    }

    /// The seccomp notification descriptor goes to the agent that the profile names, with the container's state. The text
    /// of a failure comes back.
    private func sendNotifier(
        _ notifier: SharedDescriptor, _ seccomp: OCI.Seccomp, _ state: OCI.State
    ) -> String? {
        var writer = OCI.ObjectWriter()
        writer.put("ociVersion", OCI.version)
        writer.put("fds", ["seccompFd"])
        writer.put("pid", ifPresent: state.pid)
        writer.put("metadata", unlessEmpty: seccomp.listenerMetadata)
        writer.put("state", state)
        let message = JSON.object(writer.object).text
        do throws(CommandLineError) {
            try send(
                notifier, to: seccomp.listenerPath, name: message,
                prefix: "failed to connect with seccomp agent")
            return nil
        } catch {
            return error.text
        }
    }

    func send(
        _ descriptor: SharedDescriptor, to path: String, name: String, prefix: String
    ) throws(CommandLineError) {
        do throws(Errno) {
            let socket = try MessageSocket(
                socket: descriptorOrErrno(coffer_connect_unix(path, Int32(SOCK_STREAM.rawValue))))
            try socket.send(Array(name.utf8), with: descriptor.descriptor)
        } catch {
            throw .failed("\(prefix): send to socket \(path): \(error)")
        }
    }

    /// Decimal, no line end; appears whole.
    func writePidFile(_ path: String, _ pid: Int32, prefix: String) throws(CommandLineError) {
        let (directory, name) = split(path)
        let draft = directory + "." + name
        do throws(Errno) {
            try Descriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_TRUNC, mode: 0o666)
                .write(Array("\(pid)".utf8))
            try valueOrErrno(coffer_rename(draft, path))
        } catch {
            throw .failed("\(prefix): write the pid file \(path): \(error)")
        }
    }

    private func split(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("", path) }
        let after = path.utf8.index(after: slash)
        return (String(path[..<after]), String(path[after...]))
    }
}
