internal import CLinux
internal import JSON
internal import Linux
internal import OCI
internal import Policy
internal import Runtime

extension OCICommandLine.Command {
    private static let construction = [
        OptionForm("bundle", short: "b", value: true, "path of the bundle; default is the working directory"),
        OptionForm("console-socket", value: true, "UNIX socket that gets the terminal's master side"),
        OptionForm("pidfd-socket", value: true, "UNIX socket that gets a pidfd of the first process"),
        OptionForm("pid-file", value: true, "file for the first process's number"),
        OptionForm("no-pivot", "accepted for compatibility; refused"),
        OptionForm("no-new-keyring", "keep the session keyring"),
        OptionForm("preserve-fds", value: true, "how many descriptors from 3 on the program keeps"),
    ]

    static let create = OCICommandLine.Command(
        name: "create", usage: "<container-id>", summary: "make a container that waits for start",
        options: construction, stopsAfter: nil, operands: (1, 1),
        run: { line, options throws(CommandLineError) in
            let container = try line.create(
                options, prefix: "\(line.name) create failed", detached: true, waits: true)
            try line.finishCreation(container, options, prefix: "\(line.name) create failed")
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
        _ options: ParsedOptions, prefix: String, detached: Bool, waits: Bool
    ) throws(CommandLineError) -> Container {
        let bundle = try absolutePath(options.value("bundle") ?? ".")
        let text = try readFile(bundle + "/config.json", prefix: prefix)
        let spec = try command(prefix) { () throws(RuntimeError) in
            try parseSpec(text, "config.json")
        }
        if options.has("no-pivot") {
            throw .failed(
                "\(prefix): --no-pivot would leave the host's root within reach and is not supported")
        }
        try checkTerminal(spec, options, detached: detached)
        var construction = ConstructionOptions()
        construction.newKeyring = !options.has("no-new-keyring")
        construction.completesHome = true
        construction.filters = FilterCache(directory: root + "/.seccomp")
        construction.preservedDescriptors = try preserved(options)
        let action = CreateContainer(
            containerID: options.operands[0], bundlePath: bundle, spec: spec, allowStdio: true)
        let permit = try authority().permit(action)
        let hasTerminal = spec.process?.terminal == true
        do throws(RuntimeError) {
            return try StoredContainer.create(
                permit, root: root, streams: hasTerminal ? StandardStreams() : try Self.ownStreams(),
                options: construction, specText: text, waits: waits)
        } catch {
            throw .runtime(prefix: prefix, error)
        }
    }

    private func preserved(_ options: ParsedOptions) throws(CommandLineError) -> Int32 {
        guard let count = try options.integer("preserve-fds") else { return 0 }
        guard let number = Int32(exactly: count), number >= 0, number < 1 << 20 else {
            throw .usage("invalid value \"\(count)\" for flag -preserve-fds")
        }
        for descriptor in 3..<(3 + number) where fcntlGetFlags(descriptor) < 0 {
            throw .failed("unable to preserve descriptor \(descriptor): it is not open")
        }
        return number
    }

    private func checkTerminal(
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
        _ container: Container, _ options: ParsedOptions, prefix: String
    ) throws(CommandLineError) {
        do throws(CommandLineError) {
            if let socket = options.value("console-socket"), let terminal = container.terminal {
                try send(terminal, to: socket, name: "/dev/ptmx", prefix: prefix)
            }
            if let socket = options.value("pidfd-socket") {
                try send(container.pidfd, to: socket, name: "pidfd", prefix: prefix)
            }
            try sendNotifier(of: container, prefix: prefix)
            if let file = options.value("pid-file") { try writePidFile(file, container.pid, prefix: prefix) }
        } catch {
            let permit = try authority().permit(DeleteContainer(containerID: container.id))
            do throws(RuntimeError) {
                try StoredContainer.find(root: root, id: container.id).delete(permit, force: true)
            } catch let second {
                log.warning("the container could not be removed: \(second)")
            }
            throw error
        }
    }

    /// The seccomp notification descriptor goes to the agent that the profile names, with the container's state.
    private func sendNotifier(of container: Container, prefix: String) throws(CommandLineError) {
        guard let notifier = container.notifier, let seccomp = container.spec.linux?.seccomp else { return }
        var state = OCI.State(
            ociVersion: OCI.version, id: container.id, status: "creating", bundle: container.bundle)
        state.pid = container.pid
        state.annotations = container.spec.annotations
        var writer = OCI.ObjectWriter()
        writer.put("ociVersion", OCI.version)
        writer.put("fds", ["seccompFd"])
        writer.put("pid", container.pid)
        writer.put("metadata", unlessEmpty: seccomp.listenerMetadata)
        writer.put("state", state)
        let message = JSON.object(writer.object).text
        try send(notifier, to: seccomp.listenerPath, name: message, prefix: prefix)
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
