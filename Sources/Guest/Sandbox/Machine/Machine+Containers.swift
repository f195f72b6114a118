internal import CLinux
internal import JSON
internal import Linux
internal import Policy
internal import Runtime

/// A container of the runtime, and the further processes that may still be in it.
final class RunningContainer {
    let container: Runtime.Container
    private var processes: [ContainerProcess] = []

    init(_ container: Runtime.Container) { self.container = container }

    /// Remembers a process until it has ended.
    func add(_ process: ContainerProcess) {
        for ended in processes where hasEnded(ended) { container.forget(processID: ended.pid) }
        processes.removeAll { hasEnded($0) }
        processes.append(process)
    }

    private func hasEnded(_ process: ContainerProcess) -> Bool {
        coffer_poll_one(process.pidfd.descriptor.raw, Int16(POLLIN), 0) != 0
    }
}

extension Machine {
    // MARK: - Pods

    func prepareSandbox(_ permit: consuming Permit<PrepareSandbox>) throws(EffectError) {
        let sandboxID = permit.action.sandboxID
        do throws(RuntimeError) { pods[sandboxID] = try PodNamespaces.create(permit) } catch {
            throw EffectError(error.description)
        }
    }

    /// The namespaces go when the last descriptor does; an interface in them falls back to the guest's own.
    func removeSandbox(sandboxID: String) throws(EffectError) { pods[sandboxID] = nil }

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

    /// The process list and the counters, in the shape that hosts of the bridge expect (version 1 control groups).
    func properties(_ permit: consuming Permit<GetProperties>) throws(EffectError) -> JSON {
        let group = try find(permit.action.containerID).container.controlGroup
        let processes = try runtime { () throws(RuntimeError) in try group.processes() }
        let counters = try runtime { () throws(RuntimeError) in try group.statistics() }
        var result = JSONObject()
        result["ProcessList"] = .array(processes.map { ["ProcessId": JSON(Int($0))] })
        result["LCOWMetrics"] = counters.record
        return .object(result)
    }

    // MARK: - Helpers

    private func find(_ containerID: String) throws(EffectError) -> RunningContainer {
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

extension ControlGroupStatistics {
    /// The counters as version 1 control groups name them; times in nanoseconds, sizes in bytes.
    fileprivate var record: JSON {
        let usage: JSON = [
            "total": JSON(cpuTotal &* 1000), "kernel": JSON(cpuKernel &* 1000), "user": JSON(cpuUser &* 1000),
        ]
        let throttling: JSON = [
            "periods": JSON(periods), "throttled_periods": JSON(throttledPeriods),
            "throttled_time": JSON(throttledTime &* 1000),
        ]
        let memory: JSON = [
            "cache": JSON(memoryDetails["file"] ?? 0), "rss": JSON(memoryDetails["anon"] ?? 0),
            "usage": [
                "limit": JSON(memoryLimit ?? UInt64(Int64.max)), "usage": JSON(memoryUsage),
                "max": JSON(memoryPeak), "failcnt": 0,
            ],
            "swap": ["usage": JSON(swapUsage)],
        ]
        return [
            "pids": ["current": JSON(tasks), "limit": JSON(taskLimit ?? 0)],
            "cpu": ["usage": usage, "throttling": throttling], "memory": memory,
            "blkio": .object(JSONObject()),
            "memory_oom_control": ["oom_kill": JSON(memoryKills)],
        ]
    }
}
