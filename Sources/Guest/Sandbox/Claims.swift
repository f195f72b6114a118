package import OCI

/// A disk as the host names it: where on the bus, and where it wants it.
package struct DiskClaim: Equatable {
    package var controller: UInt8
    package var lun: UInt8
    package var mountPath: String
    package var readOnly: Bool
    package var encrypted: Bool
    /// "ext4" or "xfs" for a writable disk.
    package var filesystem: String
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
    package var containerID: String
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
    package var containerID: String
    /// The host's name for this activity; the exit notification carries it.
    package var activityID: String
    package var bundlePath: String
    /// Empty when the host names none.
    package var scratchPath: String
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
    package var input: UInt32?
    package var output: UInt32?
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
        package var address: String
        package var prefixLength: UInt8

        package init(address: String, prefixLength: UInt8) {
            self.address = address
            self.prefixLength = prefixLength
        }
    }

    /// One route; an empty destination is the default route.
    package struct Route: Equatable {
        package var destination: String
        package var nextHop: String
        package var metric: UInt32

        package init(destination: String, nextHop: String, metric: UInt32) {
            self.destination = destination
            self.nextHop = nextHop
            self.metric = metric
        }
    }

    /// The host's name for the pod's network.
    package var namespaceID: String
    package var adapterID: String
    package var addresses: [Address]
    package var routes: [Route]
    package var nameServers: [String]
    package var searchDomains: [String]
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
