/// One address of a network interface.
package struct InterfaceAddress: Equatable {
    /// IPv4 or IPv6 address in text form, already validated.
    package var address: String
    /// Length of the network part in bits.
    package var prefixLength: UInt8

    package init(address: String, prefixLength: UInt8) {
        self.address = address
        self.prefixLength = prefixLength
    }
}

/// One route of a network interface.
package struct InterfaceRoute: Equatable {
    /// Destination network, "ADDRESS/BITS".
    package var destination: String
    /// Address of the gateway, nil for a route on the link.
    package var gateway: String?
    /// Smaller is preferred; 0 leaves the choice to the kernel.
    package var metric: UInt32

    package init(destination: String, gateway: String?, metric: UInt32) {
        self.destination = destination
        self.gateway = gateway
        self.metric = metric
    }
}

/// Configure a network interface inside a pod's network namespace.
///
/// The network is the host's, and everything on it is untrusted; what is checked here is form, not truth.
package struct ConfigureNetwork: Equatable {
    /// The pod whose namespace the interface moves to.
    package var sandboxID: String
    /// Name of the interface, for instance `eth0`.
    package var interface: String
    /// Addresses to add.
    package var addresses: [InterfaceAddress]
    /// Routes to add, in this order.
    package var routes: [InterfaceRoute]
    /// Bytes subtracted from the interface's MTU.
    package var encapsulationOverhead: UInt16

    package init(
        sandboxID: String, interface: String, addresses: [InterfaceAddress], routes: [InterfaceRoute],
        encapsulationOverhead: UInt16
    ) {
        self.sandboxID = sandboxID
        self.interface = interface
        self.addresses = addresses
        self.routes = routes
        self.encapsulationOverhead = encapsulationOverhead
    }
}

/// Make a pod's shared network, IPC and UTS namespaces.
package struct PrepareSandbox: Equatable {
    /// The pod's id, 64 hexadecimal digits.
    package var sandboxID: String
    /// The name set in its UTS namespace.
    package var hostname: String
    /// Make a process namespace for all of its containers, too.
    package var sharesProcesses: Bool

    package init(sandboxID: String, hostname: String, sharesProcesses: Bool = false) {
        self.sandboxID = sandboxID
        self.hostname = hostname
        self.sharesProcesses = sharesProcesses
    }
}

/// Mount a memory file system that containers of a pod share.
package struct MountMemoryVolume: Equatable {
    /// The pod.
    package var sandboxID: String
    /// Where: a directory below the pod's shared ones.
    package var target: String
    /// How large it may grow, as tmpfs(5) takes it: bytes, or a share of the memory in percent.
    package var size: String

    package init(sandboxID: String, target: String, size: String) {
        self.sandboxID = sandboxID
        self.target = target
        self.size = size
    }
}

/// Start the init process of a container that was created.
package struct StartContainer: Equatable {
    /// The container.
    package var containerID: String

    package init(containerID: String) { self.containerID = containerID }
}

/// Send a signal to one process of a container.
package struct SignalProcess: Equatable {
    /// The container.
    package var containerID: String
    /// A process started by exec, nil for the container's init.
    package var processID: Int32?
    /// The signal's number.
    package var signal: Int32

    package init(containerID: String, processID: Int32?, signal: Int32) {
        self.containerID = containerID
        self.processID = processID
        self.signal = signal
    }
}

/// End a container: SIGTERM or SIGKILL to its init.
package struct ShutdownContainer: Equatable {
    /// The container.
    package var containerID: String
    /// SIGTERM for a graceful end, SIGKILL for a forced one.
    package var signal: Int32

    package init(containerID: String, signal: Int32) {
        self.containerID = containerID
        self.signal = signal
    }
}

/// Remove what is left of a stopped container.
package struct DeleteContainer: Equatable {
    /// The container.
    package var containerID: String

    package init(containerID: String) { self.containerID = containerID }
}

/// Read the processes and statistics of a container or of a whole pod.
package struct GetProperties: Equatable {
    /// The container, or the pod.
    package var containerID: String

    package init(containerID: String) { self.containerID = containerID }
}

/// Read the guest's own state for diagnosis.
package struct DumpStacks: Equatable {
    package init() {}
}

/// Let the guest's log leave the guest.
package struct RuntimeLogging: Equatable {
    package init() {}
}

/// Run a process in the guest itself, outside any container.
package struct ExecuteExternal: Equatable {
    /// The program and its arguments.
    package var arguments: [String]
    /// "NAME=VALUE" entries, those that the policy kept, in the host's order.
    package var environment: [String]
    /// Absolute path.
    package var workingDirectory: String
    /// Whether its streams may leave the guest.
    package var allowStdio: Bool

    package init(arguments: [String], environment: [String], workingDirectory: String, allowStdio: Bool) {
        self.arguments = arguments
        self.environment = environment
        self.workingDirectory = workingDirectory
        self.allowStdio = allowStdio
    }
}
