internal import CLinux
internal import JSON
internal import Linux
internal import Policy
internal import Runtime

/// A container of the runtime, and the further processes that may still be in it.
final class RunningContainer {
    let container: Runtime.Container
    private var memoryWatch: EventLoop.Watch?
    private var processes: [ContainerProcess] = []

    init(_ container: Runtime.Container) { self.container = container }

    /// Remembers a process until it has ended.
    func add(_ process: ContainerProcess) {
        for ended in processes where hasEnded(ended) { container.forget(processID: ended.pid) }
        processes.removeAll { hasEnded($0) }
        processes.append(process)
    }

    /// Calls back with the number of processes killed for want of memory, when it has grown.
    func watchMemory(_ loop: EventLoop, _ killed: @escaping (UInt64) -> Void) throws(RuntimeError) {
        guard var watch = try OutOfMemoryWatch.start(container.controlGroup) else { return }
        let group = container.controlGroup
        do throws(Errno) {
            memoryWatch = try loop.watch(watch.file.descriptor, for: .changed) { _ in
                do throws(RuntimeError) {
                    if try watch.take() > 0 { killed(try group.memoryKills()) }
                } catch {
                    // The end of the container looks again.
                    self.stopWatching(loop)
                }
            }
        } catch {
            throw .failed(.readControlGroup, error, detail: "memory.events")
        }
    }

    func stopWatching(_ loop: EventLoop) {
        if let memoryWatch { loop.remove(memoryWatch) }
        memoryWatch = nil
    }

    private func hasEnded(_ process: ContainerProcess) -> Bool {
        coffer_poll_one(process.pidfd.descriptor.raw, Int16(POLLIN), 0) != 0
    }
}

extension Machine {
    // MARK: - Pods

    func prepareSandbox(_ permit: consuming Permit<PrepareSandbox>) throws(EffectError) {
        let sandboxID = permit.action.sandboxID
        let pod: PodNamespaces
        do throws(RuntimeError) { pod = try PodNamespaces.create(permit) } catch {
            throw EffectError(error.description)
        }
        pods[sandboxID] = pod
        guard let pause = pod.pause else { return }
        loop.onExit(of: pause.processID) { status in
            if self.pods[sandboxID]?.pause?.processID == pause.processID {
                self.log(
                    "the first process of pod \(sandboxID) has ended (\(status.exitCode)), and all others with it"
                )
            }
            self.removeGroups(ofPod: sandboxID, pause)
        }
    }

    /// Of a pod whose containers are gone. What cannot be removed is empty, and only in the way of a pod of the same id.
    private func removeGroups(ofPod sandboxID: String, _ pause: PodPause?) {
        do throws(RuntimeError) {
            try pause?.removeRemains()
            if pods[sandboxID] == nil { try group(ofPod: sandboxID).remove() }
        } catch {
            log("control group of pod \(sandboxID): \(error)")
        }
    }

    /// The namespaces go when the last descriptor does; an interface in them falls back to the guest's own.
    func removeSandbox(sandboxID: String) throws(EffectError) {
        guard let pod = pods.removeValue(forKey: sandboxID) else { return }
        guard let pause = pod.pause else { return removeGroups(ofPod: sandboxID, nil) }
        try runtime { () throws(RuntimeError) in try pause.kill() }
    }

    func configureNetwork(_ permit: consuming Permit<ConfigureNetwork>) throws(EffectError) {
        let action = permit.action
        guard let pod = pods[action.sandboxID] else {
            throw EffectError("pod \(action.sandboxID) has no network namespace")
        }
        do throws(NetlinkError) {
            try placement(action).apply(namespacePath: "/proc/self/fd/\(pod.network.descriptor.raw)")
        } catch {
            throw EffectError(error.description)
        }
    }

    private func placement(_ action: ConfigureNetwork) throws(NetlinkError) -> InterfacePlacement {
        var addresses: [NetworkPrefix] = []
        for address in action.addresses {
            addresses.append(
                try NetworkPrefix(NetworkAddress(address.address), length: address.prefixLength))
        }
        var routes: [InterfaceRouting] = []
        for route in action.routes {
            var gateway: NetworkAddress?
            if let text = route.gateway { gateway = try NetworkAddress(text) }
            routes.append(
                InterfaceRouting(
                    destination: try NetworkPrefix(route.destination), gateway: gateway,
                    metric: route.metric))
        }
        return InterfacePlacement(
            name: action.interface, addresses: addresses, routes: routes,
            encapsulationOverhead: action.encapsulationOverhead)
    }

    // MARK: - Life

    func createContainer(
        _ permit: consuming Permit<CreateContainer>, _ streams: consuming ChildStreams
    ) throws(EffectError) -> MadeProcess {
        let id = permit.action.containerID
        let sandboxID = permit.action.sandboxID
        guard let pod = pods[sandboxID] else { throw EffectError("pod \(sandboxID) has no namespaces") }
        let made: Runtime.Container
        do throws(RuntimeError) {
            made = try Runtime.Container.create(
                permit, streams: standard(streams),
                placement: ContainerPlacement(pod: pod))
        } catch {
            throw EffectError(error.description)
        }
        containers[id] = RunningContainer(made)
        return try process(made.pid, made.terminal)
    }

    func startContainer(_ permit: consuming Permit<StartContainer>) throws(EffectError) {
        let running = try find(permit.action.containerID)
        do throws(RuntimeError) { try running.container.start(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func executeProcess(
        _ permit: consuming Permit<ExecuteProcess>, _ streams: consuming ChildStreams
    ) throws(EffectError) -> MadeProcess {
        let running = try find(permit.action.containerID)
        let made: ContainerProcess
        do throws(RuntimeError) {
            made = try running.container.execute(permit, streams: standard(streams))
        } catch {
            throw EffectError(error.description)
        }
        running.add(made)
        return try process(made.pid, made.terminal)
    }

    func signalProcess(_ permit: consuming Permit<SignalProcess>) throws(EffectError) {
        let running = try find(permit.action.containerID)
        do throws(RuntimeError) { try running.container.signal(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func shutdownContainer(_ permit: consuming Permit<ShutdownContainer>) throws(EffectError) {
        let running = try find(permit.action.containerID)
        do throws(RuntimeError) { try running.container.shutdown(permit) } catch {
            throw EffectError(error.description)
        }
    }

    func deleteContainer(_ permit: consuming Permit<DeleteContainer>) throws(EffectError) {
        let id = permit.action.containerID
        let running = try find(id)
        // BEFORE the group goes: the events of one that is gone would never end.
        running.stopWatching(loop)
        do throws(RuntimeError) { try running.container.delete(permit) } catch {
            throw EffectError(error.description)
        }
        containers[id] = nil
    }

    func updateConstraints(_ permit: consuming Permit<UpdateConstraints>) throws(EffectError) {
        let running = try find(permit.action.containerID)
        do throws(RuntimeError) { try running.container.update(permit) } catch {
            throw EffectError(error.description)
        }
    }

    // MARK: - Helpers

    func find(_ containerID: String) throws(EffectError) -> RunningContainer {
        guard let running = containers[containerID] else {
            throw EffectError("container \(containerID) does not exist")
        }
        return running
    }

    private func standard(_ streams: consuming ChildStreams) -> StandardStreams {
        StandardStreams(
            input: streams.input.take(), output: streams.output.take(), error: streams.error.take())
    }

    private func process(_ pid: Int32, _ terminal: SharedDescriptor?) throws(EffectError) -> MadeProcess {
        guard let terminal else { return MadeProcess(processID: pid, console: nil) }
        let console = try kernel("handing the terminal over") { () throws(Errno) in
            try terminal.descriptor.duplicate()
        }
        return MadeProcess(processID: pid, console: console)
    }
}
