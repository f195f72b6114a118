package import JSON

/// What a ModifySettings request does to its resource.
package enum ModifyVerb: String, Equatable {
    /// Make it be there; also what a host means that names no verb.
    case add = "Add"
    /// Take it away.
    case remove = "Remove"
    /// Change what is there.
    case update = "Update"
    /// Part of the protocol; no resource of this guest takes it.
    case preAdd = "PreAdd"
}

/// ModifySettings: add, remove or change one resource.
package struct ModifySettingsRequest: Message {
    /// The null id, but for ContainerConstraints, which name a container.
    package var base: RequestBase
    /// `add` when the host leaves it out.
    package var verb: ModifyVerb
    /// On the wire `ResourceType` and `Settings`.
    package var resource: ModifyResource

    package init(base: RequestBase, verb: ModifyVerb, resource: ModifyResource) {
        self.base = base
        self.verb = verb
        self.resource = resource
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        let request = try fields.fields("Request")
        let type = try request.string("RequestType")
        guard let verb = ModifyVerb(rawValue: type.isEmpty ? "Add" : type) else {
            throw .type(
                field: "Request.RequestType", expected: "Add, Remove, Update or PreAdd", found: "\"\(type)\"")
        }
        self.verb = verb
        resource = try ModifyResource(
            type: request.string("ResourceType"), settings: request.fields("Settings"))
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put(
            "Request",
            [
                "RequestType": .string(verb.rawValue),
                "ResourceType": .string(resource.type),
                "Settings": resource.settings,
            ])
    }
}

/// The resource of a ModifySettings request, with its settings.
package enum ModifyResource: Equatable {
    /// A disk to mount or unmount.
    case mappedVirtualDisk(MappedVirtualDisk)
    /// A disk that is about to be unplugged; Remove alone.
    case scsiDevice(SCSIDevice)
    /// A container's root file system.
    case combinedLayers(CombinedLayers)
    /// A pod's network adapter.
    case network(NetworkAdapter)
    /// New limits of a container, as the specification's `linux.resources`; null when the host sends none.
    case containerConstraints(JSON)
    /// The policy itself, whatever the verb.
    case securityPolicy(SecurityPolicySettings)
    /// An addition to the policy, whatever the verb; this guest takes none.
    case securityPolicyFragment(SecurityPolicyFragment)
    /// The machine's memory has changed; nothing follows from it here. Update alone.
    case podCgroupMemoryLimit
    /// A type that this guest does not serve: 9p, persistent memory, PCI devices, and types nobody knows.
    case unsupported(String)

    init(type: String, settings: Fields) throws(WireError) {
        switch type {
        case "MappedVirtualDisk": self = .mappedVirtualDisk(try MappedVirtualDisk(fields: settings))
        case "SCSIDevice": self = .scsiDevice(try SCSIDevice(fields: settings))
        case "CombinedLayers": self = .combinedLayers(try CombinedLayers(fields: settings))
        case "Network": self = .network(try NetworkAdapter(fields: settings))
        case "ContainerConstraints": self = .containerConstraints(settings.value("Linux") ?? .null)
        case "SecurityPolicy": self = .securityPolicy(try SecurityPolicySettings(fields: settings))
        case "SecurityPolicyFragment":
            self = .securityPolicyFragment(try SecurityPolicyFragment(fields: settings))
        case "PodCgroupMemoryLimit": self = .podCgroupMemoryLimit
        default: self = .unsupported(type)
        }
    }

    /// The resource's name on the wire.
    package var type: String {
        switch self {
        case .mappedVirtualDisk: return "MappedVirtualDisk"
        case .scsiDevice: return "SCSIDevice"
        case .combinedLayers: return "CombinedLayers"
        case .network: return "Network"
        case .containerConstraints: return "ContainerConstraints"
        case .securityPolicy: return "SecurityPolicy"
        case .securityPolicyFragment: return "SecurityPolicyFragment"
        case .podCgroupMemoryLimit: return "PodCgroupMemoryLimit"
        case .unsupported(let type): return type
        }
    }

    var settings: JSON {
        switch self {
        case .mappedVirtualDisk(let disk): return disk.json
        case .scsiDevice(let device): return device.json
        case .combinedLayers(let layers): return layers.json
        case .network(let adapter): return adapter.json
        case .containerConstraints(let resources): return ["Linux": resources]
        case .securityPolicy(let policy): return policy.json
        case .securityPolicyFragment(let fragment): return fragment.json
        case .podCgroupMemoryLimit, .unsupported: return [:]
        }
    }
}
