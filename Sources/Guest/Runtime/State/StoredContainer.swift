internal import CLinux
internal import Linux
package import OCI
package import Policy

/// A container as the OCI command line finds it: by what an earlier command left on disk.
package struct StoredContainer {
    /// The specification's words without `creating`, and runc's `paused`.
    package enum Status: String {
        case created, running, paused, stopped
    }

    /// Where the record was found; the specification's copy is there too.
    package let directory: StateDirectory
    /// As it was when the container was found; it is not read again.
    package let record: ContainerRecord
    /// The first process while it lives.
    package let pidfd: SharedDescriptor?
    /// As it was when the container was found: judged by the first process, the FIFO and the freezer.
    package let status: Status

    /// Finds a container; one that does not exist is an error with the text that clients look for.
    package static func find(root: String, id: String) throws(RuntimeError) -> StoredContainer {
        let directory = try StateDirectory(root: root, id: id)
        let record = try directory.load()
        let pidfd = try ProcessIdentity.open(record.pid, startTime: record.startTime)
        var status = Status.stopped
        if pidfd != nil {
            status = directory.isWaiting ? .created : .running
            if status == .running, try controlGroup(record).isFrozen() { status = .paused }
        }
        return StoredContainer(directory: directory, record: record, pidfd: pidfd, status: status)
    }

    private static func controlGroup(_ record: ContainerRecord) throws(RuntimeError) -> ControlGroup {
        if record.controlGroupPath.isEmpty { return ControlGroup.none }
        return ControlGroup(layout: try ControlGroupLayout.current(), path: record.controlGroupPath)
    }

    /// The container's control group.
    package func controlGroup() throws(RuntimeError) -> ControlGroup { try Self.controlGroup(record) }

    /// The specification's state document.
    package func state(status: String? = nil) -> OCI.State {
        OCI.State(
            id: record.id, status: status ?? self.status.rawValue,
            pid: self.status == .stopped ? 0 : record.pid, bundle: record.bundle,
            annotations: record.annotations)
    }

    /// Lets the program run, then runs the poststart hooks; one that fails ends the container.
    package func start(_ permit: consuming Permit<StartContainer>) throws(RuntimeError) {
        try require(permit.action.containerID)
        switch status {
        case .created: break
        case .stopped: throw .wrongState("cannot start a container that has stopped")
        case .running, .paused: throw .wrongState("cannot start an already running container")
        }
        let spec = try directory.loadSpec()
        if spec.process == nil {
            throw .wrongState("cannot start a container without a process: its specification has none")
        }
        let hooks = spec.hooks?.poststart ?? []
        let streams = hooks.isEmpty ? .kept : try HookStreams(record.annotations, root: record.root)
        try directory.releaseFifo()
        if hooks.isEmpty { return }
        do throws(RuntimeError) {
            try runHooks(hooks, named: "poststart", state: state(status: "running").json, streams: streams)
        } catch {
            // The specification wants it as if it had been stopped and deleted.
            try end()
            try controlGroup().end()
            try ServiceClass.remove(record.serviceClass)
            try directory.remove()
            throw error
        }
    }

    /// Signals the first process, or with `toAll` every process of the container; one that has ended is then no error.
    package func signal(
        _ permit: consuming Permit<SignalProcess>, toAll: Bool = false
    ) throws(RuntimeError) {
        try require(permit.action.containerID)
        if toAll { return try signalAll(permit.action.signal) }
        // Where the first process's end does not end the others, all are meant.
        if permit.action.signal == SIGKILL, try sharesProcesses() {
            let group = try controlGroup()
            if pidfd == nil, try group.processes().isEmpty { throw .wrongState("container not running") }
            return try group.kill()
        }
        guard let pidfd else { throw .wrongState("container not running") }
        let result = coffer_pidfd_send_signal(pidfd.descriptor.raw, permit.action.signal)
        if result == -Int(ESRCH) { throw .wrongState("container not running") }
        try step(.sendSignal, "\(permit.action.signal)") { () throws(Errno) in try valueOrErrno(result) }
        // A frozen process dies only when it is thawed.
        if status == .paused && permit.action.signal == SIGKILL { try controlGroup().setFrozen(false) }
    }

    /// Whether the container has no PID namespace of its own.
    private func sharesProcesses() throws(RuntimeError) -> Bool {
        !(try directory.loadSpec().linux?.namespaces ?? []).contains { $0.type == "pid" && $0.path.isEmpty }
    }

    private func signalAll(_ signal: Int32) throws(RuntimeError) {
        let group = try controlGroup()
        if signal == SIGKILL { return try group.kill() }
        for pid in try group.processes() {
            let result = coffer_kill(pid, signal)
            if result < 0 && result != -Int(ESRCH) {
                try step(.sendSignal, "\(pid)") { () throws(Errno) in try valueOrErrno(result) }
            }
        }
    }

    /// Removes the container. A running one is refused unless forced; one that was only created is ended.
    package func delete(
        _ permit: consuming Permit<DeleteContainer>, force: Bool, warn: (String) -> Void
    ) throws(RuntimeError) {
        try require(permit.action.containerID)
        if !force && (status == .running || status == .paused) {
            throw .wrongState("cannot delete container \(record.id) that is not stopped: \(status.rawValue)")
        }
        let group = try controlGroup()
        if status == .paused { try group.setFrozen(false) }
        try end()
        try group.end()
        try ServiceClass.remove(record.serviceClass)
        if !record.systemdUnit.isEmpty { try SystemdScope.forget(record.systemdUnit) }
        let spec = try directory.loadSpec()
        try SharedMounts(of: spec, root: record.root).detach()
        let hooks = spec.hooks
        try directory.remove()
        Self.runPoststopHooks(hooks, state(status: "stopped"), root: record.root, warn: warn)
    }

    /// The container is gone: a file that cannot be opened for them is a warning, and they run without.
    static func runPoststopHooks(
        _ hooks: OCI.Hooks?, _ state: OCI.State, root: String, warn: (String) -> Void
    ) {
        let hooks = hooks?.poststop ?? []
        if hooks.isEmpty { return }
        var streams = HookStreams.kept
        do throws(RuntimeError) {
            streams = try HookStreams(state.annotations, root: root)
        } catch {
            warn("poststop hooks: \(error)")
        }
        runLastHooks(hooks, named: "poststop", state: state.json, streams: streams, warn: warn)
    }

    /// Kills the first process and waits until it has ended: no sleeping, its pidfd tells.
    private func end() throws(RuntimeError) {
        guard let pidfd else { return }
        let result = coffer_pidfd_send_signal(pidfd.descriptor.raw, SIGKILL)
        if result == -Int(ESRCH) { return }
        try step(.sendSignal, "SIGKILL") { () throws(Errno) in try valueOrErrno(result) }
        let ended = coffer_poll_one(pidfd.descriptor.raw, Int16(POLLIN), 10_000)
        if ended == 0 { throw .wrongState("container \(record.id) did not end within 10 seconds of SIGKILL") }
        try step(.waitForProcess) { () throws(Errno) in try valueOrErrno(ended) }
    }

    /// A permit for one container must not act on another.
    func require(_ containerID: String) throws(RuntimeError) {
        if containerID != record.id {
            throw .wrongState("the permit is for container \(containerID), this is container \(record.id)")
        }
    }
}
