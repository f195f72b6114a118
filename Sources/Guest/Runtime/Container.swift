internal import CLinux
internal import Linux
package import OCI
package import Policy

/// A container: made with its program waiting, started, entered, signalled and removed, each with a permit of its own.
///
/// Nothing here waits for a container's life: ends are seen through `pidfd` by whoever runs the event loop, who also
/// reaps. Calls wait for construction, which is the runtime's own code.
package final class Container {
    /// A plain file name, as `checkIdentifier` wants it.
    package let id: String
    /// The bundle's directory: an absolute path of the machine's.
    package let bundle: String
    /// What it was made by; of a container that another command has made, with the limits of its updates.
    package let spec: OCI.Spec
    /// The first process, as the caller's PID namespace numbers it.
    package let pid: Int32
    /// Readable when the first process has ended. pidfd_open(2).
    package let pidfd: SharedDescriptor
    /// Without hierarchies and with an empty path when the container stays in its maker's group.
    package let controlGroup: ControlGroup
    /// Whether streams may leave: decided when the container was made, holds for every later process.
    package let allowStdio: Bool
    /// The terminal's master side, if the process has one.
    package let terminal: SharedDescriptor?
    /// The seccomp notification descriptor, if the filter has one.
    package let notifier: SharedDescriptor?
    /// The compiled system call filter, for further processes; nil when there is none or another process compiled it.
    let filter: SeccompProgram?
    /// The namespaces that the container does not share with the runtime.
    let namespaces: NamespaceKinds
    /// The scope of systemd's that the control group is; empty for none.
    let systemdUnit: String
    /// The directory of resctrl that goes with the container; empty for none.
    let serviceClass: String
    /// The waiting program; gone once started.
    private var channel: SharedChannel?
    /// Further processes that were started and not yet forgotten, by number.
    private var processes: [Int32: SharedDescriptor] = [:]

    init(
        plan: ContainerPlan, made: MadeProcess, joined: [PreparedNamespace], controlGroup: ControlGroup,
        allowStdio: Bool
    ) {
        id = plan.id
        bundle = plan.bundle
        spec = plan.spec
        pid = made.pid
        pidfd = made.pidfd
        terminal = made.terminal
        notifier = made.notifier
        channel = made.channel
        filter = plan.process.filter
        systemdUnit = plan.scope?.unit ?? ""
        serviceClass = made.serviceClass
        self.controlGroup = controlGroup
        self.allowStdio = allowStdio
        namespaces = joined.reduce(into: plan.newNamespaces) { $0.formUnion($1.kind) }
    }

    /// A container that an earlier process of the runtime has made and started.
    init(
        id: String, bundle: String, spec: OCI.Spec, pid: Int32, pidfd: SharedDescriptor,
        controlGroup: ControlGroup
    ) throws(RuntimeError) {
        let (new, joined) = try resolveNamespaces(spec.linux?.namespaces ?? [])
        namespaces = joined.reduce(into: new) { $0.formUnion($1.kind) }
        self.id = id
        self.bundle = bundle
        self.spec = spec
        self.pid = pid
        self.pidfd = pidfd
        self.controlGroup = controlGroup
        allowStdio = true
        terminal = nil
        notifier = nil
        channel = nil
        filter = nil
        systemdUnit = ""
        serviceClass = ""
    }

    /// Makes the container's program run. Returns when it does, or with the error that execve gave.
    package func start(_ permit: consuming Permit<StartContainer>) throws(RuntimeError) {
        try require(permit.action.containerID)
        guard let channel = channel.take() else {
            throw .wrongState("cannot start an already running container")
        }
        do throws(RuntimeError) {
            try channel.socket.say(.start)
        } catch {
            // A stage that was announced early has perhaps ended by now, and has said why.
            if case .failed(let reason) = try channel.socket.hear().message { throw reason }
            throw error
        }
        // The channel closes on execve; a message instead is the error.
        let heard = try channel.socket.hear()
        if case .failed(let error) = heard.message { throw error }
    }

    /// The first process by itself.
    package var firstProcess: ContainerProcess {
        ContainerProcess(pid: pid, pidfd: pidfd, terminal: terminal)
    }

    /// Whether the program still waits for `start`.
    package var isCreated: Bool { channel != nil }

    /// Signals the first process, or one that `execute` started.
    package func signal(_ permit: consuming Permit<SignalProcess>) throws(RuntimeError) {
        let action = permit.action
        try require(action.containerID)
        guard let number = action.processID, number != pid else { return try send(action.signal, to: pidfd) }
        guard let process = processes[number] else {
            throw .wrongState("process \(number) is not one of container \(id)")
        }
        try send(action.signal, to: process)
    }

    /// Signals the first process: SIGTERM or SIGKILL.
    package func shutdown(_ permit: consuming Permit<ShutdownContainer>) throws(RuntimeError) {
        try require(permit.action.containerID)
        try send(permit.action.signal, to: pidfd)
    }

    private func send(_ signal: Int32, to process: SharedDescriptor) throws(RuntimeError) {
        let result = coffer_pidfd_send_signal(process.descriptor.raw, signal)
        if result == -Int(ESRCH) { throw .wrongState("container not running") }
        try step(.sendSignal, "\(signal)") { () throws(Errno) in try valueOrErrno(result) }
    }

    /// Whether the first process has not ended (a zombie has).
    package var isRunning: Bool { coffer_poll_one(pidfd.descriptor.raw, Int16(POLLIN), 0) == 0 }

    /// Runs a further process. It is the caller's child; its end shows on its pidfd, and `forget` is to be called
    /// after it was reaped.
    package func execute(
        _ permit: consuming Permit<ExecuteProcess>, streams: consuming StandardStreams
    ) throws(RuntimeError) -> ContainerProcess {
        let action = permit.action
        try require(action.containerID)
        if isCreated { throw .wrongState("cannot exec in a container that has not been started") }
        if !isRunning { throw .wrongState("cannot exec in a stopped container") }
        let allowed = allowStdio && action.allowStdio
        let process = try enter(
            action.process, streams: allowed ? streams : StandardStreams(), options: ConstructionOptions())
        processes[process.pid] = process.pidfd
        return process
    }

    /// Forgets a further process whose end was reaped: its number may be used again.
    package func forget(processID: Int32) { processes[processID] = nil }

    /// Changes limits of the running container.
    package func update(_ permit: consuming Permit<UpdateConstraints>) throws(RuntimeError) {
        try require(permit.action.containerID)
        var resources = permit.action.resources
        resources.devices = []
        try controlGroup.change(resources)
    }

    /// All processes of the container, as the caller's PID namespace numbers them.
    package func processList(_ permit: consuming Permit<GetProperties>) throws(RuntimeError) -> [Int32] {
        try require(permit.action.containerID)
        return try controlGroup.processes()
    }

    /// What the control group counted.
    package func statistics(_ permit: consuming Permit<GetProperties>) throws(RuntimeError)
        -> ControlGroupStatistics
    {
        try require(permit.action.containerID)
        return try controlGroup.statistics()
    }

    /// Removes what the container leaves behind; its first process must have ended.
    package func delete(_ permit: consuming Permit<DeleteContainer>) throws(RuntimeError) {
        try require(permit.action.containerID)
        if isRunning { throw .wrongState("cannot delete container \(id) that is not stopped: running") }
        try removeRemains()
    }

    /// Kills what is left in the group and removes it.
    func removeRemains() throws(RuntimeError) {
        try controlGroup.end()
        try ServiceClass.remove(serviceClass)
        try SharedMounts(of: spec, root: rootPath).detach()
    }

    /// The root file system's absolute path.
    var rootPath: String {
        let path = spec.root?.path ?? ""
        return path.utf8.first == UInt8(ascii: "/") ? path : bundle + "/" + path
    }

    /// A permit for one container must not act on another.
    private func require(_ containerID: String) throws(RuntimeError) {
        if containerID != id {
            throw .wrongState("the permit is for container \(containerID), this is container \(id)")
        }
    }
}

/// A process that runs in a container.
package struct ContainerProcess {
    /// As the caller's PID namespace numbers it.
    package let pid: Int32
    /// Readable when the process has ended.
    package let pidfd: SharedDescriptor
    /// The terminal's master side, if it has one.
    package let terminal: SharedDescriptor?

    package init(pid: Int32, pidfd: SharedDescriptor, terminal: SharedDescriptor?) {
        self.pid = pid
        self.pidfd = pidfd
        self.terminal = terminal
    }
}

/// The maker's end of the channel to a waiting stage.
final class SharedChannel {
    let socket: MessageSocket
    init(_ socket: consuming MessageSocket) { self.socket = socket }
}

/// A process that the maker has followed until it was ready.
struct MadeProcess {
    let pid: Int32
    let pidfd: SharedDescriptor
    let terminal: SharedDescriptor?
    let notifier: SharedDescriptor?
    let channel: SharedChannel
    /// The directory of resctrl that goes with the container; empty for none.
    var serviceClass = ""
}
