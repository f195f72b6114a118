internal import CLinux
internal import Linux
package import OCI
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
            if options.hasNotifyDirectory { try directory.makeNotifyDirectory() }
            let gate: StartGate = waits ? .fifo(try directory.makeFifo()) : .channel
            let container = try Container.create(
                action, streams: action.allowStdio ? streams : StandardStreams(),
                placement: ContainerPlacement(), options: options, gate: gate
            ) { (plan, pid, group, serviceClass) throws(RuntimeError) in
                var record = try record(plan, pid, group, serviceClass)
                record.keepsKeyring = !options.newKeyring
                try directory.draft(record, specText: specText)
            }
            do throws(RuntimeError) {
                try directory.publish()
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
            let streams = try HookStreams(container.spec.annotations, root: container.rootPath)
            try runHooks(
                hooks, named: "poststart", state: container.state("running").json, streams: streams)
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
        runPoststopHooks(
            container.spec.hooks, container.state("stopped"), root: container.rootPath, warn: warn)
    }

    static func record(
        _ plan: ContainerPlan, _ pid: Int32, _ group: ControlGroup, _ serviceClass: String
    ) throws(RuntimeError) -> ContainerRecord {
        guard let startTime = try ProcessIdentity.startTime(of: pid) else {
            throw .handshake("the container's first process ended before it was ready")
        }
        var record = ContainerRecord(
            id: plan.id, pid: pid, startTime: startTime, bundle: plan.bundle, root: plan.root,
            created: timestampNow(), controlGroupPath: group.path, owner: getuid(),
            annotations: plan.spec.annotations)
        record.systemdUnit = plan.scope?.unit ?? ""
        record.serviceClass = serviceClass
        return record
    }

    /// Runs a further process.
    ///
    /// - Parameter spec: the container's, if the caller has read it already.
    package func execute(
        _ permit: consuming Permit<ExecuteProcess>, spec: OCI.Spec?, streams: consuming StandardStreams,
        options: ConstructionOptions, ignorePaused: Bool
    ) throws(RuntimeError) -> ContainerProcess {
        try require(permit.action.containerID)
        guard let pidfd, status != .stopped else { throw .wrongState("cannot exec in a stopped container") }
        if status == .paused && !ignorePaused {
            throw .wrongState("cannot exec in a paused container (use --ignore-paused to override)")
        }
        let known: OCI.Spec
        if let spec { known = spec } else { known = try directory.loadSpec() }
        let container = try Container(
            id: record.id, bundle: record.bundle, spec: known, pid: record.pid, pidfd: pidfd,
            controlGroup: try controlGroup())
        return try container.enter(permit.action.process, streams: streams, options: options)
    }
}
