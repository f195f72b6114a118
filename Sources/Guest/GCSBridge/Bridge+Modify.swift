internal import JSON
internal import OCI
internal import Policy
internal import Sandbox
internal import Wire

extension Bridge {
    /// ModifySettings: one resource, one verb.
    func modify(_ request: ModifySettingsRequest) throws(SandboxError) {
        if !request.base.isForVirtualMachine {
            guard case .containerConstraints(let json) = request.resource else {
                throw .invalid(
                    "resource \(request.resource.type) is the virtual machine's and not container "
                        + "\(request.base.containerID)'s")
            }
            return try updateConstraints(request.base.containerID, json)
        }
        switch (request.resource, request.verb) {
        case (.securityPolicy(let policy), _): try sandbox.setPolicy(claim(policy))
        case (.mappedVirtualDisk(let disk), .add): try sandbox.mountDisk(claim(disk))
        case (.mappedVirtualDisk(let disk), .remove): try sandbox.unmountDisk(claim(disk))
        case (.scsiDevice(let device), .remove):
            try sandbox.releaseDisk(controller: device.controller, lun: device.lun)
        case (.combinedLayers(let layers), .add):
            try sandbox.combineLayers(
                OverlayClaim(
                    containerID: layers.containerID, target: layers.containerRootPath,
                    layerPaths: layers.layers.map { $0.path },
                    scratchPath: layers.scratchPath.isEmpty ? nil : layers.scratchPath))
        case (.combinedLayers(let layers), .remove):
            try sandbox.removeLayers(target: layers.containerRootPath)
        case (.network(let adapter), .add): try sandbox.addNetwork(claim(adapter))
        case (.network(let adapter), .remove): try sandbox.removeNetwork(namespaceID: adapter.namespaceID)
        case (.securityPolicyFragment, _):
            throw .unsupported(
                "policy fragments are not supported by this guest: put their rules into the policy")
        // The pods' groups have no limit of their own that would have to follow the memory's size.
        case (.podCgroupMemoryLimit, .update): return
        case (.containerConstraints, _): throw .invalid("ContainerConstraints needs a container's id")
        case (.unsupported(let type), _): throw .unsupported("invalid ResourceType '\(type)'")
        default: throw .unsupported("the RequestType \"\(request.verb.rawValue)\" is not supported")
        }
    }

    private func claim(_ settings: SecurityPolicySettings) throws(SandboxError) -> PolicyClaim {
        switch settings.enforcerType {
        case SecurityPolicySettings.plugin:
            return .detached(port: settings.pluginPort, size: settings.pluginSize)
        case "open_door": throw .denied(prefix: "", .notAccepted(.openDoor))
        case "", SecurityPolicySettings.rego:
            if settings.enforcerType.isEmpty && settings.encodedPolicy.isEmpty {
                throw .denied(prefix: "", .notAccepted(.openDoor))
            }
            guard let text = Base64.decode(settings.encodedPolicy) else {
                throw .denied(prefix: "", .notAccepted(.notBase64))
            }
            return .linked(text: text)
        default: throw .denied(prefix: "", .notAccepted(.unknownEnforcer(settings.enforcerType)))
        }
    }

    private func claim(_ disk: MappedVirtualDisk) throws(SandboxError) -> DiskClaim {
        if disk.partition != 0 { throw .unsupported("partitions are not supported: expected a whole disk") }
        if disk.blockDevice { throw .denied(prefix: "", .denied("blockdev mounts are not supported")) }
        let options = disk.options
        guard options.isEmpty || (disk.readOnly && options == ["ro"]) else {
            throw .invalid(
                "mount options \(options.joined(separator: ",")) are not supported: expected none or ro")
        }
        return DiskClaim(
            controller: disk.controller, lun: disk.lun, mountPath: disk.mountPath, readOnly: disk.readOnly,
            encrypted: disk.encrypted, filesystem: disk.filesystem, ensureFilesystem: disk.ensureFilesystem)
    }

    private func claim(_ adapter: NetworkAdapter) -> NetworkClaim {
        NetworkClaim(
            namespaceID: adapter.namespaceID, adapterID: adapter.adapterID,
            addresses: adapter.addresses.map {
                NetworkClaim.Address(address: $0.address, prefixLength: $0.prefixLength)
            },
            routes: adapter.routes.map {
                NetworkClaim.Route(
                    destination: $0.destinationPrefix, nextHop: $0.nextHop, metric: UInt32($0.metric))
            }, nameServers: list(adapter.dnsServers), searchDomains: list(adapter.dnsSuffix),
            encapsulationOverhead: adapter.encapsulationOverhead)
    }

    /// The parts of a comma-separated list, without spaces around them and without empty ones.
    private func list(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: ",")).map { part in
            let start = part.drop { $0 == UInt8(ascii: " ") }
            return String(decoding: start.filter { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        }.filter { !$0.isEmpty }
    }

    private func updateConstraints(_ containerID: String, _ json: JSON) throws(SandboxError) {
        let resources: OCI.Resources
        do throws(OCI.DecodeError) {
            resources = try OCI.Resources(json: json.isNull ? [:] : json)
        } catch {
            throw .invalid("ContainerConstraints: \(error)")
        }
        try sandbox.updateConstraints(of: containerID, resources)
    }
}
