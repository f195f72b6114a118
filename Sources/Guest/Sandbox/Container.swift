internal import OCI

/// What ended a container's init.
package enum ExitKind: Equatable {
    /// The last signal that was sent on the host's demand was SIGTERM.
    case graceful
    /// The last signal that was sent on the host's demand was SIGKILL.
    case forced
    /// It ended by itself.
    case unexpected
}

/// The news that a container's init has ended and that its exit code has been read.
package struct ContainerExit: Equatable {
    package var containerID: String
    /// The activity in which the container was created.
    package var activityID: String
    package var kind: ExitKind
}

/// One container of the group.
final class Container {
    enum State: Equatable {
        case created
        case running
        case stopped

        var isAlive: Bool { self != .stopped }
    }

    let id: String
    let sandboxID: String
    let activityID: String
    /// As it was approved and is executed.
    let spec: OCI.Spec
    /// The name of the init's user as the host gave it, which further processes take over.
    let username: String
    let allowStdio: Bool
    /// Variables that the guest itself adds to every process of the container.
    let guestEnvironment: [String]
    let initProcess: GuestProcess
    var state = State.created
    /// By process id, init included, until somebody has read the exit code.
    var processes: [Int32: GuestProcess] = [:]
    var lastSignal: Int32?
    var exitTold = false
    var exitRead = false

    init(
        id: String, sandboxID: String, activityID: String, spec: OCI.Spec, username: String, allowStdio: Bool,
        guestEnvironment: [String], initProcess: GuestProcess
    ) {
        self.id = id
        self.sandboxID = sandboxID
        self.activityID = activityID
        self.spec = spec
        self.username = username
        self.allowStdio = allowStdio
        self.guestEnvironment = guestEnvironment
        self.initProcess = initProcess
        processes[initProcess.processID] = initProcess
    }

    var exitKind: ExitKind {
        switch lastSignal {
        case 15: return .graceful
        case 9: return .forced
        default: return .unexpected
        }
    }
}
