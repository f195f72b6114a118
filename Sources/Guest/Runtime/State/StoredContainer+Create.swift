internal import CLinux
internal import Linux
internal import OCI
package import Policy

extension StoredContainer {
    /// Makes a container whose first process outlives this one and waits for `start`: on a FIFO for that of another
    /// process, or else for this one's.
    ///
    /// After an error nothing is left behind.
    package static func create(
        _ permit: consuming Permit<CreateContainer>, root: String, streams: consuming StandardStreams,
        options: ConstructionOptions, specText: [UInt8], waits: Bool
    ) throws(RuntimeError) -> Container {
        let action = permit.action
        let directory = try StateDirectory(root: root, id: action.containerID)
        try directory.create()
        do throws(RuntimeError) {
            let gate: StartGate = waits ? .fifo(try directory.makeFifo()) : .channel
            let container = try Container.create(
                action, streams: action.allowStdio ? streams : StandardStreams(),
                placement: ContainerPlacement(),
                options: options, gate: gate)
            do throws(RuntimeError) {
                try directory.saveFirst(try record(of: container), specText: specText)
                return container
            } catch {
                try Container.reap(container.pid, container.pidfd)
                try container.removeRemains()
                throw error
            }
        } catch {
            try directory.remove()
            throw error
        }
    }

    /// Runs the hooks that come after the program's start; one that fails ends the container.
    package static func runPoststartHooks(of container: Container) throws(RuntimeError) {
        let hooks = container.spec.hooks?.poststart ?? []
        if hooks.isEmpty { return }
        do throws(RuntimeError) {
            try runHooks(hooks, named: "poststart", state: container.state("running").json)
        } catch {
            try container.controlGroup.kill()
            throw error
        }
    }

    /// Removes a container that this process has made and whose first process it has reaped.
    package static func delete(
        _ container: Container, _ permit: consuming Permit<DeleteContainer>, root: String,
        warn: (String) -> Void
    ) throws(RuntimeError) {
        try container.delete(permit)
        if !container.systemdUnit.isEmpty { try SystemdScope.forget(container.systemdUnit) }
        try StateDirectory(root: root, id: container.id).remove()
        runPoststopHooks(container.spec.hooks, container.state("stopped"), warn: warn)
    }

    private static func record(of container: Container) throws(RuntimeError) -> ContainerRecord {
        guard let startTime = try ProcessIdentity.startTime(of: container.pid) else {
            throw .handshake("the container's first process ended before it was ready")
        }
        var record = ContainerRecord(
            id: container.id, pid: container.pid, startTime: startTime, bundle: container.bundle,
            root: container.rootPath, created: timestampNow(), controlGroupPath: container.controlGroup.path,
            owner: getuid(), annotations: container.spec.annotations)
        record.systemdUnit = container.systemdUnit
        record.serviceClass = container.serviceClass
        return record
    }

    /// The container with everything that `execute` needs.
    package func execute(
        _ permit: consuming Permit<ExecuteProcess>, streams: consuming StandardStreams,
        options: ConstructionOptions,
        ignorePaused: Bool
    ) throws(RuntimeError) -> ContainerProcess {
        try require(permit.action.containerID)
        guard let pidfd, status != .stopped else { throw .wrongState("cannot exec in a stopped container") }
        if status == .paused && !ignorePaused {
            throw .wrongState("cannot exec in a paused container (use --ignore-paused to override)")
        }
        let container = try Container(
            id: record.id, bundle: record.bundle, spec: try directory.loadSpec(), pid: record.pid,
            pidfd: pidfd,
            controlGroup: try controlGroup())
        return try container.enter(permit.action.process, streams: streams, options: options)
    }
}

extension Container {
    /// The root file system's absolute path.
    package var rootPath: String {
        let path = spec.root?.path ?? ""
        return path.utf8.first == UInt8(ascii: "/") ? path : bundle + "/" + path
    }
}
