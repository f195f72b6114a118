internal import CLinux
internal import Linux
internal import Policy
internal import Runtime

/// Waits for a process in the foreground: passes signals on, and with a terminal what is typed and shown.
struct Foreground: ~Copyable {
    private let pid: Int32
    private let pidfd: SharedDescriptor
    private let terminal: SharedDescriptor?
    private let signals: Descriptor
    /// Until the container has said that it is ready.
    private var socket: NotifySocket?
    private var saved: termios?
    private var inputOpen = true
    /// Until nobody has the terminal's inner side open any more, which a poll would report for ever.
    private var outputOpen = true
    /// What was typed and the terminal has not taken yet. Nothing more is read until it is gone.
    private var pending: [UInt8] = []

    init(_ process: ContainerProcess, _ socket: NotifySocket?) throws(Errno) {
        pid = process.pid
        pidfd = process.pidfd
        terminal = process.terminal
        self.socket = socket
        signals = try descriptorOrErrno(coffer_all_signals())
        saved = nil
    }

    /// Puts the caller's own terminal, if it is one, into raw mode for as long as the process runs.
    private mutating func prepareTerminal() throws(Errno) {
        guard let terminal else { return }
        // A program that writes while nobody reads does not read either: whoever waits for one side must not block on
        // the other.
        let flags = try valueOrErrno(coffer_fcntl(terminal.descriptor.raw, F_GETFL, 0))
        try valueOrErrno(coffer_fcntl(terminal.descriptor.raw, F_SETFL, flags | Int(O_NONBLOCK)))
        if isatty(0) != 1 { return }
        var settings = termios()
        try valueOrErrno(coffer_terminal_raw(0, &settings))
        saved = settings
        try resize()
    }

    /// Waits, and returns the exit status: the program's, or 128 and the signal that ended it.
    mutating func wait() throws(Errno) -> Int32 {
        try prepareTerminal()
        do throws(Errno) {
            while try !turn(-1) {}
            // What the program wrote before its end is still in the terminal.
            if terminal != nil { while try relayOutput() {} }
        } catch {
            try restoreTerminal()
            throw error
        }
        try restoreTerminal()
        var status: Int32 = 0
        try valueOrErrno(coffer_wait_pid(pid, &status, 0))
        return coffer_wifsignaled(status) != 0 ? 128 + coffer_wtermsig(status) : coffer_wexitstatus(status)
    }

    private borrowing func restoreTerminal() throws(Errno) {
        if var settings = saved { try valueOrErrno(coffer_terminal_restore(0, &settings)) }
    }

    /// One round; true when the process has ended.
    private mutating func turn(_ milliseconds: Int32) throws(Errno) -> Bool {
        let none: Int32 = -1
        var entries = [
            pollfd(fd: pidfd.descriptor.raw, events: Int16(POLLIN), revents: 0),
            pollfd(fd: signals.raw, events: Int16(POLLIN), revents: 0),
            pollfd(
                fd: outputOpen ? terminal?.descriptor.raw ?? none : none,
                events: Int16(pending.isEmpty ? POLLIN : POLLIN | POLLOUT), revents: 0),
            pollfd(
                fd: terminal != nil && inputOpen && pending.isEmpty ? 0 : none, events: Int16(POLLIN),
                revents: 0),
            pollfd(fd: socket?.number ?? none, events: Int16(POLLIN), revents: 0),
        ]
        let count = UInt32(entries.count)
        try valueOrErrno(
            entries.withUnsafeMutableBufferPointer { coffer_poll_many($0.baseAddress, count, milliseconds) })
        // One that has ended gets no signals, and its end is one here.
        if entries[0].revents == 0 && entries[1].revents != 0 { try passSignals() }
        if entries[2].revents != 0 {
            let relayed = try relayOutput()
            if !relayed && Int32(entries[2].revents) & POLLHUP != 0 { outputOpen = false }
        }
        if entries[3].revents != 0 { try readInput() }
        // Signals come to this process, which is therefore the one to watch.
        if entries[4].revents != 0, socket?.handOn(pid: getpid()) == true { socket = nil }
        if !pending.isEmpty { try relayInput() }
        return entries[0].revents != 0
    }

    private borrowing func passSignals() throws(Errno) {
        while true {
            let number = coffer_next_signal(signals.raw)
            if number == -Int(EAGAIN) { return }
            let signal = Int32(truncatingIfNeeded: try valueOrErrno(number))
            switch signal {
            case SIGCHLD, SIGPIPE, SIGURG: continue
            case SIGWINCH: try resize()
            default:
                let sent = coffer_pidfd_send_signal(pidfd.descriptor.raw, signal)
                if sent < 0 && sent != -Int(ESRCH) { try valueOrErrno(sent) }
            }
        }
    }

    private borrowing func resize() throws(Errno) {
        guard let terminal, saved != nil else { return }
        var rows: UInt16 = 0
        var columns: UInt16 = 0
        try valueOrErrno(coffer_terminal_size(0, &rows, &columns))
        try valueOrErrno(coffer_set_terminal_size(terminal.descriptor.raw, rows, columns))
    }

    /// Shows what is there; false at the end (EIO: nobody has the other side open).
    @discardableResult
    private borrowing func relayOutput() throws(Errno) -> Bool {
        guard let terminal else { return false }
        let ready = try valueOrErrno(coffer_poll_one(terminal.descriptor.raw, Int16(POLLIN), 0))
        if ready & Int(POLLIN) == 0 { return false }
        do throws(Errno) {
            let bytes = try terminal.descriptor.read(upTo: 65536)
            if bytes.isEmpty { return false }
            writeText(bytes)
            return true
        } catch {
            if error.code == EIO { return false }
            throw error
        }
    }

    private func writeText(_ bytes: [UInt8]) {
        var done = 0
        while done < bytes.count {
            let result = bytes.withUnsafeBytes { buffer in
                coffer_write_file(1, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
            if result <= 0 { return }
            done += result
        }
    }

    private mutating func readInput() throws(Errno) {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let capacity = bytes.count
        let result = bytes.withUnsafeMutableBytes { coffer_read_file(0, $0.baseAddress, capacity) }
        // A terminal is not for those in its background: nothing comes from there.
        let count = result == -Int(EIO) ? 0 : try valueOrErrno(result)
        if count == 0 { inputOpen = false }
        pending = Array(bytes.prefix(count))
    }

    /// Hands over as much as the terminal takes now.
    private mutating func relayInput() throws(Errno) {
        guard let terminal else { return }
        let result = pending.withUnsafeBytes {
            coffer_write_file(terminal.descriptor.raw, $0.baseAddress, $0.count)
        }
        if result == -Int(EAGAIN) { return }
        pending.removeFirst(try valueOrErrno(result))
    }
}

extension OCICommandLine {
    /// Makes a container, starts it, and unless detached waits for it and removes it.
    func run(_ options: ParsedOptions) throws(CommandLineError) {
        let prefix = "\(name) run failed"
        let detached = options.has("detach")
        let authority = try authority()
        let container = try create(options, authority, prefix: prefix, detached: detached, waits: false)
        try finishCreation(container.id, container.firstProcess, options, prefix: prefix)
        let id = container.id
        let socket = try notifySocket(id)
        let start = authority.permit(StartContainer(containerID: id))
        do throws(RuntimeError) {
            try container.start(start)
            try StoredContainer.runPoststartHooks(of: container)
        } catch {
            try remove(id, prefix: prefix)
            throw .runtime(prefix: prefix, error)
        }
        if detached {
            socket?.wait(for: container.pid, container.pidfd)
            return
        }
        let status = try wait(container.firstProcess, prefix, socket)
        if !options.has("keep") {
            let permit = authority.permit(DeleteContainer(containerID: id))
            do throws(RuntimeError) {
                try StoredContainer.delete(container, permit, root: root, warn: { log.warning($0) })
            } catch {
                throw .runtime(prefix: prefix, error)
            }
        }
        throw .exit(status)
    }

    func wait(
        _ process: ContainerProcess, _ prefix: String, _ socket: NotifySocket? = nil
    ) throws(CommandLineError) -> Int32 {
        do throws(Errno) {
            var foreground = try Foreground(process, socket)
            return try foreground.wait()
        } catch {
            throw .failed("\(prefix): waiting for process \(process.pid): \(error)")
        }
    }

    func remove(_ id: String, prefix: String) throws(CommandLineError) {
        let permit = try authority().permit(DeleteContainer(containerID: id))
        do throws(RuntimeError) {
            try StoredContainer.find(root: root, id: id).delete(
                permit, force: true, warn: { log.warning($0) })
        } catch {
            throw .runtime(prefix: prefix, error)
        }
    }
}
