package import OCI

/// Make a container out of a bundle; its init process waits for `StartContainer`.
package struct CreateContainer: Equatable {
    /// The container's id, 64 hexadecimal digits under a policy.
    package var containerID: String
    /// The pod whose namespaces the container joins; its own id when it is alone, empty outside of the guest.
    package var sandboxID: String
    /// Directory of the container's bundle; a relative root path is below it.
    package var bundlePath: String
    /// The specification exactly as it is to be executed: resolved, completed and filtered.
    package var spec: OCI.Spec
    /// Whether the container's streams may leave the guest; otherwise all of them are /dev/null.
    package var allowStdio: Bool
    /// Whether it has its pod's process namespace instead of one of its own.
    package var sharesProcesses: Bool

    package init(
        containerID: String, sandboxID: String = "", bundlePath: String, spec: OCI.Spec, allowStdio: Bool,
        sharesProcesses: Bool = false
    ) {
        self.containerID = containerID
        self.sandboxID = sandboxID
        self.bundlePath = bundlePath
        self.spec = spec
        self.allowStdio = allowStdio
        self.sharesProcesses = sharesProcesses
    }
}

/// Write a container's processes to files, from which they can be restored. Only the command line's: no policy grants it.
package struct CheckpointContainer: Equatable {
    /// The container.
    package var containerID: String

    package init(containerID: String) { self.containerID = containerID }
}

/// Run a further process in a running container.
package struct ExecuteProcess: Equatable {
    /// The container.
    package var containerID: String
    /// The process exactly as it is to be executed.
    package var process: OCI.Process
    /// Whether the process's streams may leave the guest; the decision made for the container at its creation.
    package var allowStdio: Bool

    package init(containerID: String, process: OCI.Process, allowStdio: Bool) {
        self.containerID = containerID
        self.process = process
        self.allowStdio = allowStdio
    }
}

/// Change a running container's resource limits.
package struct UpdateConstraints: Equatable {
    /// The container.
    package var containerID: String
    /// The new limits; device rules are not among them.
    package var resources: OCI.Resources
    /// New lines for the class of service; the command line's alone.
    package var intelRdt: OCI.IntelRdt?

    package init(containerID: String, resources: OCI.Resources, intelRdt: OCI.IntelRdt? = nil) {
        self.containerID = containerID
        self.resources = resources
        self.intelRdt = intelRdt
    }
}
