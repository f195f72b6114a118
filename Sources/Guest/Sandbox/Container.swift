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
    /// The container that has ended.
    package var containerID: String
    /// The activity in which the container was created.
    package var activityID: String
    /// Judged by the last signal that the host had sent; not by the exit code.
    package var kind: ExitKind
    /// How many of its processes the kernel has killed because memory ran out.
    package var outOfMemoryKills: UInt64 = 0
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
    /// Whether its processes live on when its init ends: they are in the pod's process namespace.
    let sharesProcesses: Bool
    let initProcess: GuestProcess
    var state = State.created
    /// By process id, init included, until somebody has read the exit code.
    var processes: [Int32: GuestProcess] = [:]
    var lastSignal: Int32?
    var exitTold = false
    /// As far as it is known.
    var outOfMemoryKills: UInt64 = 0

    init(
        id: String, sandboxID: String, activityID: String, spec: OCI.Spec, username: String, allowStdio: Bool,
        guestEnvironment: [String], sharesProcesses: Bool, initProcess: GuestProcess
    ) {
        self.id = id
        self.sandboxID = sandboxID
        self.activityID = activityID
        self.spec = spec
        self.username = username
        self.allowStdio = allowStdio
        self.guestEnvironment = guestEnvironment
        self.sharesProcesses = sharesProcesses
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
