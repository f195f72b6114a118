internal import BridgeClient
internal import Foundation
internal import Hypervisor
internal import JSON
internal import Wire

/// A pod in its machine, from the side of the launcher that owns it.
final class RunningPod: @unchecked Sendable {
    let plan: LaunchPlan
    let directory: PodDirectory
    let record: PodRecord
    let machine: Machine
    let bridge: GuestBridge
    let ports: StreamPorts
    /// What the guest has said about containers that have ended.
    private let exits: ExitNotes
    private let condition = NSCondition()
    private var processes: [PodProcess]
    private var logs: [String: PodLog] = [:]
    private var isStopping = false

    init(
        plan: LaunchPlan, directory: PodDirectory, record: PodRecord, machine: Machine, bridge: GuestBridge,
        ports: StreamPorts, exits: ExitNotes
    ) {
        self.plan = plan
        self.directory = directory
        self.record = record
        self.machine = machine
        self.bridge = bridge
        self.ports = ports
        self.exits = exits
        processes = plan.containers.map { PodProcess(name: $0.name, containerID: $0.id, state: .created) }
    }

    /// The containers' states, in the pod's order.
    var states: [PodProcess] { condition.withLock { processes } }

    /// Whether `stop` was called.
    var stopping: Bool { condition.withLock { isStopping } }

    /// Starts a created container's init, its output going to the container's log.
    func start(_ container: LaunchPlan.Container, echo: (@Sendable (PodLog.Stream, [UInt8]) -> Void)?) throws
    {
        let log = try PodLog(path: directory.log(container.name), echo: echo)
        condition.withLock { logs[container.name] = log }
        var parameters = ProcessParameters()
        parameters.createStdOutPipe = true
        // A terminal has one stream for both.
        parameters.createStdErrPipe = !container.hasTerminal
        let streams = try ProcessStreams(parameters, ports)
        let pid = try bridge.current().execute(container.id, parameters, streams.ports)
        update(container.id) {
            $0.pid = pid
            $0.state = .running
            $0.started = Date()
        }
        streams.pump(isInit: true) { stream, bytes in
            if let bytes { log.append(stream, bytes) } else { log.finish(stream) }
        }
        let thread = Thread { [self] in
            let state = waitForExit(container.id, pid)
            let kills = outOfMemoryKills(container, state)
            update(container.id) {
                $0.outOfMemoryKills = kills
                $0.state = state
            }
            streams.close()
        }
        thread.name = "wait \(container.name)"
        thread.start()
    }

    /// The notification comes right after the exit code.
    private func outOfMemoryKills(_ container: LaunchPlan.Container, _ state: PodProcess.State) -> UInt64 {
        guard case .exited = state, let exit = exits.wait(for: container.id, seconds: 5),
            exit.outOfMemoryKills > 0
        else { return 0 }
        let limit = container.memoryLimit.map { ", the container's limit is \(ByteCount.text($0))" } ?? ""
        Terminal.error("\(container.name): killed because memory ran out (OOMKilled)\(limit)")
        return exit.outOfMemoryKills
    }

    /// Waits for a process over any number of bridge connections.
    func waitForExit(_ container: String, _ pid: UInt32) -> PodProcess.State {
        while true {
            do {
                return .exited(try bridge.current().wait(container, process: pid))
            } catch BridgeError.disconnected(let reason) {
                // The guest dials again, unless the machine is gone.
                if machine.wait(deadline: .after(seconds: 0.2)) != nil { return .lost(reason) }
            } catch {
                return .lost("\(error)")
            }
        }
    }

    /// Waits until a container's init has ended.
    func waitForEnd(of container: String) -> PodProcess.State {
        condition.withLock {
            while true {
                guard let process = processes.first(where: { $0.containerID == container }) else {
                    return .lost("no such container")
                }
                switch process.state {
                case .exited, .lost: return process.state
                case .created, .running: condition.wait()
                }
            }
        }
    }

    /// Waits until every container has ended, or the machine has.
    func waitForAll() -> [PodProcess] {
        for process in states { _ = waitForEnd(of: process.containerID) }
        return states
    }

    /// Ends the containers, asking first, and then the machine. May be called more than once.
    func stop(graceSeconds: Double) {
        let first = condition.withLock {
            defer { isStopping = true }
            return !isStopping
        }
        if first { endContainers(graceSeconds) }
        if let client = try? bridge.current(seconds: 1) { try? client.powerOff() }
        if machine.wait(deadline: .after(seconds: 10)) == nil { machine.stop() }
        condition.withLock {
            for index in processes.indices where processes[index].state == .running {
                processes[index].state = .lost("the machine was stopped")
            }
            condition.broadcast()
        }
    }

    private func endContainers(_ graceSeconds: Double) {
        let running = states.filter { $0.state == .running }
        for process in running {
            try? askToEnd(process)
        }
        let limit = Date(timeIntervalSinceNow: graceSeconds)
        for process in running where !hasEnded(process.containerID, by: limit) {
            try? bridge.current(seconds: 5).shutdown(process.containerID, forced: true)
            _ = hasEnded(process.containerID, by: Date(timeIntervalSinceNow: 5))
        }
    }

    /// SIGTERM has a request of its own; an image that names another signal gets that one.
    private func askToEnd(_ process: PodProcess) throws {
        let signal = plan.containers.first { $0.id == process.containerID }?.stopSignal ?? SIGTERM
        let client = try bridge.current(seconds: 5)
        if signal != SIGTERM, let pid = process.pid {
            try client.signal(process.containerID, process: pid, signal)
        } else {
            try client.shutdown(process.containerID, forced: false)
        }
    }

    private func hasEnded(_ container: String, by limit: Date) -> Bool {
        condition.withLock {
            while processes.contains(where: { $0.containerID == container && $0.state == .running }) {
                if !condition.wait(until: limit) { return false }
            }
            return true
        }
    }

    private func update(_ container: String, _ change: (inout PodProcess) -> Void) {
        condition.withLock {
            if let index = processes.firstIndex(where: { $0.containerID == container }) {
                change(&processes[index])
            }
            condition.broadcast()
        }
    }

    /// The container with a name, or with an id that starts with it.
    func container(_ name: String) throws -> LaunchPlan.Container {
        if let found = plan.containers.first(where: { $0.name == name }) { return found }
        let matches = plan.containers.filter { name.count >= 6 && $0.id.hasPrefix(name) }
        guard matches.count == 1 else {
            let names = plan.containers.map(\.name).joined(separator: ", ")
            throw Failure(
                "pod \"\(plan.name)\" has no container \"\(name)\"", hint: "its containers: \(names)")
        }
        return matches[0]
    }
}
