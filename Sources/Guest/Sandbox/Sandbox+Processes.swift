internal import CLinux
internal import Linux
package import OCI
internal import Policy

extension Sandbox {
    /// Starts a container's init and connects its streams to the host; gives its process id.
    package func startContainer(_ containerID: String, ports: StreamPorts) throws(SandboxError) -> Int32 {
        let container = try container(containerID)
        guard container.state == .created else {
            throw .wrongState("container \(containerID) has been started already")
        }
        let permit = try decided("") { () throws(PolicyError) in
            try policy.startContainer(StartContainer(containerID: containerID))
        }
        try connect(container.initProcess.streams, ports, allowed: container.allowStdio)
        try apply("starting the container", effects.startContainer, permit)
        container.state = .running
        effects.log("container \(containerID) started")
        return container.initProcess.processID
    }

    /// Runs a further process in a container; gives its process id.
    package func execute(
        in containerID: String, _ process: OCI.Process, ports: StreamPorts
    ) throws(SandboxError) -> Int32 {
        let container = try container(containerID)
        guard container.state == .running else { throw .notRunning }
        try SpecRules.checkRefused(process)
        var requested = process
        if requested.user.username.isEmpty && !container.username.isEmpty {
            requested.user = OCI.User()
            requested.user.umask = process.user.umask
            requested.user.username = container.username
        }
        let (identity, user) = try accounts(of: containerID).identity(of: requested.user)
        let executed = SpecResolver.executed(requested, user)
        let made = try transition { () throws(SandboxError) in
            let permit = try decided("exec in container denied due to policy: ") { () throws(PolicyError) in
                try policy.executeProcess(
                    containerID: containerID, process: executed, identity: identity,
                    additions: container.guestEnvironment)
            }
            return try makeProcess(permit, ports)
        }
        container.processes[made.processID] = made
        watch(made, of: container)
        return made.processID
    }

    /// Refuses: this guest has no programs outside of containers. The policy is asked all the same, so that its answer
    /// is the one the host reads when it says no.
    package func executeExternal(
        arguments: [String], environment: [String], workingDirectory: String
    ) throws(SandboxError) {
        let action = ExecuteExternal(
            arguments: arguments, environment: environment, workingDirectory: workingDirectory,
            allowStdio: false)
        try transition { () throws(SandboxError) in
            try decided("exec is denied due to policy: ") { () throws(PolicyError) in
                try policy.executeExternal(action)
            }
            throw .unsupported("this guest has no programs outside of containers")
        }
    }

    private func makeProcess(
        _ permit: consuming Permit<ExecuteProcess>, _ ports: StreamPorts
    ) throws(SandboxError) -> GuestProcess {
        let action = permit.action
        if action.process.terminal && !action.allowStdio {
            throw .invalid(
                "a terminal was asked for, and the policy keeps this container's streams in the guest")
        }
        let streams = ProcessStreams(loop: loop)
        let sockets = try dial(ports, allowed: action.allowStdio)
        let child = try childStreams(streams, allowed: action.allowStdio, terminal: action.process.terminal)
        var made: MadeProcess
        do throws(EffectError) {
            made = try effects.executeProcess(permit, child)
        } catch {
            streams.stop()
            throw .effect(step: "starting the process", error)
        }
        if let console = made.console.take() { streams.take(console: console) }
        do throws(SandboxError) {
            try attach(streams, sockets)
        } catch {
            // The process runs, as the policy allowed; it goes on without the host listening.
            streams.stop()
            effects.log("process \(made.processID): \(error)")
        }
        return GuestProcess(
            processID: made.processID, arguments: action.process.args, isInit: false, streams: streams)
    }

    // MARK: - Streams

    /// The host's sockets of a process's streams, dialled before the process starts.
    private struct StreamSockets: ~Copyable {
        var input: Descriptor?
        var output: Descriptor?
        var error: Descriptor?
    }

    private func dial(_ ports: StreamPorts, allowed: Bool) throws(SandboxError) -> StreamSockets {
        var sockets = StreamSockets(input: nil, output: nil, error: nil)
        if !allowed { return sockets }
        do throws(EffectError) {
            if let port = ports.input { sockets.input = try effects.dial(port) }
            if let port = ports.output { sockets.output = try effects.dial(port) }
            if let port = ports.error { sockets.error = try effects.dial(port) }
        } catch {
            throw .effect(step: "connecting a stream to the host", error)
        }
        return sockets
    }

    private func attach(
        _ streams: ProcessStreams, _ sockets: consuming StreamSockets
    ) throws(SandboxError) {
        let input = sockets.input.take()
        let output = sockets.output.take()
        let error = sockets.error.take()
        do throws(Errno) {
            try streams.connect(input: input, output: output, error: error)
        } catch {
            throw .effect(step: "relaying a stream", EffectError(error.description))
        }
    }

    private func connect(
        _ streams: ProcessStreams, _ ports: StreamPorts, allowed: Bool
    ) throws(SandboxError) {
        try attach(streams, try dial(ports, allowed: allowed))
    }

    // MARK: - Waiting

    /// How long an ended process's output may keep its exit code back, in milliseconds: somebody else may hold the
    /// pipe open for ever.
    private static let drainLimit: UInt64 = 10_000

    /// Sees the process to its end: reaped, output sent, waiters told.
    func watch(_ process: GuestProcess, of container: Container) {
        loop.onExit(of: process.processID) { status in
            process.markEnded()
            if process.isInit { self.initEnded(container) }
            let timer = self.loop.after(milliseconds: Self.drainLimit) { process.publish(status.exitCode) }
            process.streams.processEnded {
                self.loop.cancel(timer)
                process.publish(status.exitCode)
            }
        }
    }

    /// BEFORE the exit code is told: the notification that follows it says why.
    private func initEnded(_ container: Container) {
        container.state = .stopped
        do throws(EffectError) {
            note(try effects.outOfMemoryKills(container.id), of: container)
            if container.sharesProcesses { try effects.endRemaining(container.id) }
        } catch {
            effects.log("container \(container.id) has ended: \(error)")
        }
    }

    /// Learns that the kernel kills for want of memory when it does, and not only when the container has ended.
    func watchMemory(of container: Container) {
        do throws(EffectError) {
            try effects.watchMemory(container.id) { kills in self.note(kills, of: container) }
        } catch {
            effects.log("container \(container.id): its memory's events cannot be watched: \(error)")
        }
    }

    private func note(_ kills: UInt64, of container: Container) {
        if kills <= container.outOfMemoryKills { return }
        effects.log(
            "container \(container.id): out of memory, \(kills - container.outOfMemoryKills) process(es) killed"
        )
        container.outOfMemoryKills = kills
    }

    /// Calls `completion` with the process's exit code when there is one, or with an error when time is up; at once
    /// when that is known already. `milliseconds` nil waits for ever.
    ///
    /// `completion` says whether somebody has read the answer: a code that was lost on the way can be asked for again.
    package func wait(
        for processID: UInt32, of containerID: String, milliseconds: UInt64?,
        _ completion: @escaping (Result<UInt32, SandboxError>) -> Bool
    ) {
        guard let container = containers[containerID] else {
            _ = completion(.failure(.noContainer(containerID)))
            return
        }
        guard let number = Int32(exactly: processID), let process = container.processes[number] else {
            _ = completion(.failure(.noProcess(processID)))
            return
        }
        if let code = process.exitCode {
            if completion(.success(code)) { read(process, container) }
            return
        }
        var timer: EventLoop.Timer?
        let waiter = process.addWaiter { code in
            if let timer { self.loop.cancel(timer) }
            if completion(.success(code)) { self.read(process, container) }
        }
        if let milliseconds {
            timer = loop.after(milliseconds: milliseconds) {
                if process.removeWaiter(waiter) { _ = completion(.failure(.timeout)) }
            }
        }
    }

    /// Somebody has read the exit code: a further process is forgotten, a container's end is told, once.
    private func read(_ process: GuestProcess, _ container: Container) {
        container.processes[process.processID] = nil
        if !process.isInit || container.exitTold { return }
        container.exitTold = true
        exitObserver?(
            ContainerExit(
                containerID: container.id, activityID: container.activityID, kind: container.exitKind,
                outOfMemoryKills: container.outOfMemoryKills))
    }

    // MARK: - Signals

    /// Sends a signal to a process of a container.
    package func signal(_ processID: UInt32, of containerID: String, _ signal: Int32) throws(SandboxError) {
        let container = try container(containerID)
        guard let number = Int32(exactly: processID), let process = container.processes[number] else {
            throw .noProcess(processID)
        }
        if process.hasEnded { throw .noProcess(processID) }
        if signal < 1 || signal > 64 { throw .invalid("signal \(signal) does not exist: expected 1 to 64") }
        try transition { () throws(SandboxError) in
            let permit = try decided("") { () throws(PolicyError) in
                try policy.signalProcess(
                    SignalProcess(
                        containerID: containerID, processID: process.isInit ? nil : number, signal: signal),
                    startedWith: process.arguments)
            }
            try apply("sending the signal", effects.signalProcess, permit)
        }
        if process.isInit { container.lastSignal = signal }
    }

    /// Ends a container: SIGTERM to its init, or SIGKILL.
    package func shutdown(_ containerID: String, forced: Bool) throws(SandboxError) {
        let container = try container(containerID)
        if !container.state.isAlive { throw .notRunning }
        let signal = forced ? SIGKILL : SIGTERM
        try transition { () throws(SandboxError) in
            let permit = try decided("") { () throws(PolicyError) in
                try policy.shutdownContainer(ShutdownContainer(containerID: containerID, signal: signal))
            }
            try apply("ending the container", effects.shutdownContainer, permit)
        }
        container.lastSignal = signal
    }

    /// Tells a process's terminal its size.
    package func resize(
        _ processID: UInt32, of containerID: String, rows: UInt16, columns: UInt16
    ) throws(SandboxError) {
        let container = try container(containerID)
        guard let number = Int32(exactly: processID), let process = container.processes[number] else {
            throw .noProcess(processID)
        }
        guard process.streams.hasTerminal else {
            throw .invalid("pid: \(processID), is not a tty and cannot be resized")
        }
        do throws(Errno) {
            try process.streams.resize(rows: rows, columns: columns)
        } catch {
            throw .effect(step: "resizing the terminal", EffectError(error.description))
        }
    }

    /// Whether there is such a container.
    package func requireContainer(_ containerID: String) throws(SandboxError) {
        try container(containerID)
    }

    @discardableResult
    func container(_ containerID: String) throws(SandboxError) -> Container {
        guard let container = containers[containerID] else { throw .noContainer(containerID) }
        return container
    }
}
