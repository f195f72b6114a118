package import OCI

/// A disk as the host names it: where on the bus, and where it wants it.
package struct DiskClaim: Equatable {
    /// 0 to 3: the SCSI controller that the host's protocol names.
    package var controller: UInt8
    /// 0 to 63: the unit on that controller.
    package var lun: UInt8
    /// Where the guest is to mount it; the policy decides about the path.
    package var mountPath: String
    /// A layer, to be verified; otherwise scratch, to be formatted.
    package var readOnly: Bool
    /// Of scratch only: dm-crypt and dm-integrity below the file system.
    package var encrypted: Bool
    /// "ext4" or "xfs" for a writable disk.
    package var filesystem: String
    /// The host's wish to have scratch formatted; it is formatted at every mount, whatever stands here.
    package var ensureFilesystem: Bool

    package init(
        controller: UInt8, lun: UInt8, mountPath: String, readOnly: Bool, encrypted: Bool = false,
        filesystem: String = "", ensureFilesystem: Bool = false
    ) {
        self.controller = controller
        self.lun = lun
        self.mountPath = mountPath
        self.readOnly = readOnly
        self.encrypted = encrypted
        self.filesystem = filesystem
        self.ensureFilesystem = ensureFilesystem
    }
}

/// A container's root file system as the host wants it put together.
package struct OverlayClaim: Equatable {
    /// 64 lower-case hexadecimal digits.
    package var containerID: String
    /// Has to be `/run/gcs/c/ID/rootfs`.
    package var target: String
    /// Topmost first.
    package var layerPaths: [String]
    /// nil for a read-only overlay.
    package var scratchPath: String?

    package init(containerID: String, target: String, layerPaths: [String], scratchPath: String?) {
        self.containerID = containerID
        self.target = target
        self.layerPaths = layerPaths
        self.scratchPath = scratchPath
    }
}

/// A container as the host wants it.
package struct ContainerClaim: Equatable {
    /// 64 lower-case hexadecimal digits.
    package var containerID: String
    /// The host's name for this activity; the exit notification carries it.
    package var activityID: String
    /// Has to be `/run/gcs/c/ID`.
    package var bundlePath: String
    /// Empty when the host names none.
    package var scratchPath: String
    /// As the host wrote it; `SpecResolver` makes of it what would be executed.
    package var spec: OCI.Spec

    package init(
        containerID: String, activityID: String, bundlePath: String, scratchPath: String, spec: OCI.Spec
    ) {
        self.containerID = containerID
        self.activityID = activityID
        self.bundlePath = bundlePath
        self.scratchPath = scratchPath
        self.spec = spec
    }
}

/// Host ports for a process's streams; nil for a stream that the host does not want.
package struct StreamPorts: Equatable {
    /// Where the guest reads the process's input from.
    package var input: UInt32?
    /// Where the output goes, of a process with a terminal all of it.
    package var output: UInt32?
    /// Where the error output goes; unused with a terminal.
    package var error: UInt32?

    package init(input: UInt32? = nil, output: UInt32? = nil, error: UInt32? = nil) {
        self.input = input
        self.output = output
        self.error = error
    }
}

/// A network interface as the host wants it.
package struct NetworkClaim: Equatable {
    /// One address with the length of its network part.
    package struct Address: Equatable {
        /// IPv4 or IPv6 in text form, not yet checked.
        package var address: String
        /// Length of the network part in bits.
        package var prefixLength: UInt8

        package init(address: String, prefixLength: UInt8) {
            self.address = address
            self.prefixLength = prefixLength
        }
    }

    /// One route; an empty destination is the default route.
    package struct Route: Equatable {
        /// `ADDRESS/BITS`; empty for IPv4's default route.
        package var destination: String
        /// The gateway; empty, `0.0.0.0` or `::` for a destination on the link itself.
        package var nextHop: String
        /// Smaller is preferred; 0 leaves the choice to the kernel.
        package var metric: UInt32

        package init(destination: String, nextHop: String, metric: UInt32) {
            self.destination = destination
            self.nextHop = nextHop
            self.metric = metric
        }
    }

    /// The host's name for the pod's network.
    package var namespaceID: String
    /// The host's name for the adapter; nothing in the guest depends on it.
    package var adapterID: String
    /// At least one: there is no DHCP.
    package var addresses: [Address]
    /// In the order in which they are added.
    package var routes: [Route]
    /// IP addresses for the pod's resolv.conf.
    package var nameServers: [String]
    /// At most 6, for the pod's resolv.conf.
    package var searchDomains: [String]
    /// Bytes taken off the interface's MTU.
    package var encapsulationOverhead: UInt16

    package init(
        namespaceID: String, adapterID: String, addresses: [Address], routes: [Route], nameServers: [String],
        searchDomains: [String], encapsulationOverhead: UInt16
    ) {
        self.namespaceID = namespaceID
        self.adapterID = adapterID
        self.addresses = addresses
        self.routes = routes
        self.nameServers = nameServers
        self.searchDomains = searchDomains
        self.encapsulationOverhead = encapsulationOverhead
    }
}

/// A policy as the host delivers it.
package enum PolicyClaim: Equatable {
    /// The text of a policy whose compiled form is part of this binary.
    case linked(text: [UInt8])
    /// A port on which the host delivers a compiled policy of this many bytes.
    case detached(port: UInt32, size: UInt32)
}
