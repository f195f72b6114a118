/// A Kubernetes Pod manifest, as far as it decides what runs: core/v1 Pod of the Kubernetes API reference.
///
/// Reading is strict. Fields that only say where a pod is placed are passed over; a field that is unknown or that this
/// system cannot honour is an error, because a policy made without it would allow something else than was written.
package struct PodManifest: Equatable, Sendable {
    package var name: String
    package var containers: [Container] = []
    /// Run one after the other, before the others.
    package var initContainers: [Container] = []
    package var volumes: [String: Volume] = [:]
    package var security = PodSecurity()
    /// All containers have one process namespace.
    package var sharesProcesses = false
    /// nil when the manifest does not say.
    package var restartPolicy: RestartPolicy?

    /// What is to be done when a container ends. The policy is the same for all: a container that is started again is
    /// another container with the same specification.
    package enum RestartPolicy: String, Sendable, CaseIterable {
        case always = "Always"
        case onFailure = "OnFailure"
        case never = "Never"
    }

    /// A directory that lives as long as the pod.
    package struct Volume: Equatable, Sendable {
        /// In memory and not on the encrypted scratch disk.
        package var isMemory = false
        /// Bytes.
        package var sizeLimit: UInt64?
    }

    package struct PodSecurity: Equatable, Sendable {
        package var user: UInt32?
        package var group: UInt32?
        package var nonRoot = false
        package var supplementalGroups: [UInt32] = []
        package var isSeccompUnconfined = false
    }

    package struct Container: Equatable, Sendable {
        /// Where it stands in the manifest, for messages.
        package var path: String
        package var name: String
        package var image: String
        package var command: [String]?
        package var arguments: [String]?
        package var environment: [(name: String, value: String)] = []
        package var workingDirectory: String?
        package var ports: [Port] = []
        package var mounts: [Mount] = []
        package var user: UInt32?
        package var group: UInt32?
        package var nonRoot: Bool?
        package var isPrivileged = false
        package var isReadOnly = false
        /// nil: as Kubernetes, allowed.
        package var allowsEscalation: Bool?
        package var addedCapabilities: [String] = []
        package var droppedCapabilities: [String] = []
        /// nil: as the pod.
        package var isSeccompUnconfined: Bool?
        package var resources = ResourceRequests()
        package var hasTerminal = false
        package var hasInput = false
        /// Commands of probes and life-cycle hooks.
        package var probeCommands: [[String]] = []
        /// From the annotations.
        package var execCommands: [ExecCommand] = []
        package var signals: [Int] = []
        package var allowsStdio = true

        package static func == (left: Container, right: Container) -> Bool {
            left.name == right.name && left.path == right.path
        }
    }

    package struct Port: Equatable, Sendable {
        package var name: String?
        package var container: UInt16
        package var host: UInt16?
        /// `TCP` or `UDP`.
        package var proto: String
    }

    package struct Mount: Equatable, Sendable {
        package var volume: String
        package var path: String
        package var isReadOnly: Bool
    }

    /// A command that may be run in the container besides its own.
    package struct ExecCommand: Equatable, Sendable {
        package var command: [String]
        /// Signals that may be sent to it, by number.
        package var signals: [Int]
    }

    package struct ResourceRequests: Equatable, Sendable {
        /// Thousandths of a processor.
        package var cpuLimit: UInt64?
        package var cpuRequest: UInt64?
        /// Bytes.
        package var memoryLimit: UInt64?
        package var memoryRequest: UInt64?
    }
}
