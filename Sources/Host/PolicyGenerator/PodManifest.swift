/// A Kubernetes Pod manifest, as far as it decides what runs: core/v1 Pod of the Kubernetes API reference.
///
/// Reading is strict. Fields that only say where a pod is placed are passed over; a field that is unknown or that this
/// system cannot honour is an error, because a policy made without it would allow something else than was written.
package struct PodManifest: Equatable, Sendable {
    /// `metadata.name`.
    package var name: String
    /// They start in this order once all of `initContainers` have ended; never empty in what was read.
    package var containers: [Container] = []
    /// Run one after the other, before the others.
    package var initContainers: [Container] = []
    /// By name; all of them are emptyDir.
    package var volumes: [String: Volume] = [:]
    /// For containers that do not say otherwise.
    package var security = PodSecurity()
    /// All containers have one process namespace.
    package var sharesProcesses = false
    /// nil when the manifest does not say.
    package var restartPolicy: RestartPolicy?

    /// What is to be done when a container ends. The policy is the same for all: a container that is started again is
    /// another container with the same specification.
    package enum RestartPolicy: String, Sendable, CaseIterable {
        /// The manifest's default in Kubernetes; `cofferctl run` refuses it when it is written out.
        case always = "Always"
        /// After a failure; `cofferctl run` refuses it.
        case onFailure = "OnFailure"
        /// What `cofferctl run` does, also when the manifest does not say.
        case never = "Never"
    }

    /// A directory that lives as long as the pod.
    package struct Volume: Equatable, Sendable {
        /// In memory and not on the encrypted scratch disk.
        package var isMemory = false
        /// Bytes.
        package var sizeLimit: UInt64?
    }

    /// `spec.securityContext`.
    package struct PodSecurity: Equatable, Sendable {
        /// nil: the image's user.
        package var user: UInt32?
        /// nil: the group that goes with the user.
        package var group: UInt32?
        /// Refuse a container whose user turns out to be 0.
        package var nonRoot = false
        /// Besides those that the image's etc/group gives the user.
        package var supplementalGroups: [UInt32] = []
        /// No system call filter; else the runtime's standard one.
        package var isSeccompUnconfined = false
    }

    /// One of `spec.containers` or `spec.initContainers`; the image has not been looked at.
    package struct Container: Equatable, Sendable {
        /// Where it stands in the manifest, for messages.
        package var path: String
        /// Unique in the pod, init containers included.
        package var name: String
        /// As written; looked up among the built images by `ImageIndex`.
        package var image: String
        /// In place of the image's entrypoint and arguments; nil or empty: the image's.
        package var command: [String]?
        /// After `command`; nil: the image's, unless `command` is there.
        package var arguments: [String]?
        /// Values as written, in order; `$(NAME)` is not yet expanded.
        package var environment: [(name: String, value: String)] = []
        /// nil: the image's, or `/`.
        package var workingDirectory: String?
        /// Checked for form only: they open nothing.
        package var ports: [Port] = []
        /// Where volumes of the pod are to be seen.
        package var mounts: [Mount] = []
        /// nil: the pod's choice, then the image's.
        package var user: UInt32?
        /// nil: the pod's choice, then the image's.
        package var group: UInt32?
        /// nil: as the pod.
        package var nonRoot: Bool?
        /// All capabilities, no filter, nothing masked; the policy must be generated with --allow-elevated.
        package var isPrivileged = false
        /// The root file system; volumes have a choice of their own.
        package var isReadOnly = false
        /// nil: as Kubernetes, allowed.
        package var allowsEscalation: Bool?
        /// `CAP_` names or `ALL`, added to the standard ones after `droppedCapabilities` were taken away.
        package var addedCapabilities: [String] = []
        /// `CAP_` names or `ALL`.
        package var droppedCapabilities: [String] = []
        /// nil: as the pod.
        package var isSeccompUnconfined: Bool?
        /// Limits and requests of processors and memory.
        package var resources = ResourceRequests()
        /// `tty`: a terminal in place of the three streams.
        package var hasTerminal = false
        /// `stdin`.
        package var hasInput = false
        /// Commands of probes and life-cycle hooks.
        package var probeCommands: [[String]] = []
        /// From the annotations.
        package var execCommands: [ExecCommand] = []
        /// Signals besides TERM, KILL and the image's stop signal, by number; from the annotations.
        package var signals: [Int] = []
        /// Whether its output may leave the guest; from the annotations.
        package var allowsStdio = true

        package static func == (left: Container, right: Container) -> Bool {
            left.name == right.name && left.path == right.path
        }
    }

    /// One of a container's `ports`.
    package struct Port: Equatable, Sendable {
        /// For readers; nothing looks it up.
        package var name: String?
        /// 1 to 65535.
        package var container: UInt16
        /// `hostPort`; nil when it is not given.
        package var host: UInt16?
        /// `TCP` or `UDP`.
        package var proto: String
    }

    /// One of a container's `volumeMounts`.
    package struct Mount: Equatable, Sendable {
        /// A key of `volumes`.
        package var volume: String
        /// Absolute path in the container, without `.` and `..`.
        package var path: String
        /// Whether this container may not write to it.
        package var isReadOnly: Bool
    }

    /// A command that may be run in the container besides its own.
    package struct ExecCommand: Equatable, Sendable {
        /// The program and all its arguments: the policy allows exactly this list.
        package var command: [String]
        /// Signals that may be sent to it, by number.
        package var signals: [Int]
    }

    /// A container's `resources`; nil is what the manifest does not say.
    package struct ResourceRequests: Equatable, Sendable {
        /// Thousandths of a processor.
        package var cpuLimit: UInt64?
        /// Thousandths of a processor; decides the share when processors are scarce.
        package var cpuRequest: UInt64?
        /// Bytes.
        package var memoryLimit: UInt64?
        /// Bytes; read and without effect.
        package var memoryRequest: UInt64?
    }
}
