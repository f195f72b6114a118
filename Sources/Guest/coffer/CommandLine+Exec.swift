internal import CLinux
internal import Linux
internal import OCI
internal import Policy
internal import Runtime

extension OCICommandLine.Command {
    static let exec = OCICommandLine.Command(
        name: "exec", usage: "<container-id> <command> [command options]  or  -p process.json <container-id>",
        summary: "run a further process in a container",
        options: [
            OptionForm("console-socket", value: true, "UNIX socket that gets the terminal's master side"),
            OptionForm("pidfd-socket", value: true, "UNIX socket that gets a pidfd of the process"),
            OptionForm("cwd", value: true, "working directory"),
            OptionForm("env", short: "e", value: true, "NAME=value, added to the environment"),
            OptionForm("tty", short: "t", "with a terminal"),
            OptionForm("user", short: "u", value: true, "uid[:gid]"),
            OptionForm("additional-gids", short: "g", value: true, "a further group"),
            OptionForm("process", short: "p", value: true, "file with the specification's process object"),
            OptionForm("detach", short: "d", "do not wait for the program's end"),
            OptionForm("pid-file", value: true, "file for the process's number"),
            OptionForm("process-label", value: true, "SELinux label"),
            OptionForm("apparmor", value: true, "AppArmor profile"),
            OptionForm("no-new-privs", "set no_new_privs"),
            OptionForm("cap", short: "c", value: true, "a further capability"),
            OptionForm("preserve-fds", value: true, "how many descriptors from 3 on the program keeps"),
            OptionForm("cgroup", value: true, "group below the container's; controller:path with version 1"),
            OptionForm("ignore-paused", "also in a paused container"),
        ], stopsAfter: 2, operands: (1, nil),
        run: { line, options throws(CommandLineError) in try line.exec(options) })
}

extension OCICommandLine {
    func exec(_ options: ParsedOptions) throws(CommandLineError) {
        let prefix = "exec failed"
        let found = try find(options.operands[0])
        let (process, spec) = try processToRun(found, options)
        let detached = options.has("detach")
        if detached && process.terminal && !options.isGiven("console-socket") {
            throw .failed("cannot allocate tty if \(name) will detach without setting console socket")
        }
        var construction = constructionOptions()
        construction.newKeyring = !found.record.keepsKeyring
        construction.keepsLineFeeds = !detached
        construction.subgroups = options.all("cgroup")
        construction.preservedDescriptors = try preserved(options)
        let permit = try authority().permit(
            ExecuteProcess(containerID: found.record.id, process: process, allowStdio: true))
        let started: ContainerProcess
        do throws(RuntimeError) {
            if OrdinaryUser.isCaller { try OrdinaryUser.enterNamespace(aroundProcess: found.record.pid) }
            started = try found.execute(
                permit, spec: spec, streams: process.terminal ? StandardStreams() : try Self.ownStreams(),
                options: construction, ignorePaused: options.has("ignore-paused"))
        } catch {
            throw .runtime(prefix: prefix, error)
        }
        try finishExec(started, options, prefix)
        if detached { return }
        throw .exit(try wait(started, prefix))
    }

    private func finishExec(
        _ started: ContainerProcess, _ options: ParsedOptions, _ prefix: String
    ) throws(CommandLineError) {
        do throws(CommandLineError) {
            if let socket = options.value("console-socket"), let terminal = started.terminal {
                try send(terminal, to: socket, name: "/dev/ptmx", prefix: prefix)
            }
            if let socket = options.value("pidfd-socket") {
                try send(started.pidfd, to: socket, name: "pidfd", prefix: prefix)
            }
            if let file = options.value("pid-file") { try writePidFile(file, started.pid, prefix: prefix) }
        } catch {
            let sent = coffer_pidfd_send_signal(started.pidfd.descriptor.raw, SIGKILL)
            if sent < 0 && sent != -Int(ESRCH) { log.warning("the process could not be ended") }
            throw error
        }
    }

    /// The process from a file, or the container's own with what the options change; then with the specification that it was
    /// read from.
    private func processToRun(
        _ found: StoredContainer, _ options: ParsedOptions
    ) throws(CommandLineError) -> (OCI.Process, OCI.Spec?) {
        if let file = options.value("process") {
            return (try parse(try readFile(file, prefix: ""), file, as: OCI.Process.self), nil)
        }
        if options.operands.count < 2 { throw .failed("process args cannot be empty") }
        let spec = try command { () throws(RuntimeError) in try found.directory.loadSpec() }
        guard var process = spec.process else {
            throw .failed("the container's specification has no process")
        }
        process.args = Array(options.operands.dropFirst())
        process.env += options.all("env")
        process.terminal = options.has("tty")
        process.consoleSize = nil
        if let directory = options.value("cwd") { process.cwd = directory }
        if options.isGiven("no-new-privs") { process.noNewPrivileges = options.has("no-new-privs") }
        if let profile = options.value("apparmor") { process.apparmorProfile = profile }
        if let label = options.value("process-label") { process.selinuxLabel = label }
        if let user = options.value("user") { try setUser(user, &process) }
        for text in options.all("additional-gids") {
            process.user.additionalGids.append(try identifier(text))
        }
        addCapabilities(options.all("cap"), &process)
        return (process, spec)
    }

    private func setUser(_ text: String, _ process: inout OCI.Process) throws(CommandLineError) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 2 { throw .failed("parsing \(text) as uid:gid failed: expected uid or uid:gid") }
        process.user.uid = try identifier(String(parts[0]))
        if parts.count == 2 { process.user.gid = try identifier(String(parts[1])) }
    }

    /// Strictly decimal: anything else could mean two users to two readers.
    private func identifier(_ text: String) throws(CommandLineError) -> UInt32 {
        let digits = text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
        guard digits, let number = UInt32(text), number < 1 << 31 else {
            throw .failed("parsing \"\(text)\" as an id failed: expected a decimal number below 2147483648")
        }
        return number
    }

    /// As runc: bounding, effective and permitted; ambient only where the specification uses it.
    private func addCapabilities(_ names: [String], _ process: inout OCI.Process) {
        if names.isEmpty { return }
        var sets = process.capabilities ?? OCI.Capabilities()
        sets.bounding += names
        sets.effective += names
        sets.permitted += names
        if !sets.ambient.isEmpty { sets.ambient += names }
        process.capabilities = sets
    }
}
