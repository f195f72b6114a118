internal import Yams

extension PodManifest {
    /// Reads a manifest.
    package init(yaml text: String) throws(PolicyGeneratorError) {
        var documents: [Node] = []
        do {
            var sequence = try Yams.compose_all(yaml: text)
            while let document = sequence.next() { documents.append(document) }
            // The sequence ends quietly at an error and keeps it.
            if let error = sequence.error { throw error }
        } catch { throw .yaml("\(error)") }
        guard documents.count == 1, let document = documents.first else {
            throw .value(path: "manifest", expected: "one document", found: "\(documents.count)")
        }
        try self.init(document)
    }

    private init(_ document: Node) throws(PolicyGeneratorError) {
        let top = try FieldReader(document, at: "")
        let version = try top.required("apiVersion")
        guard version == "v1" else {
            throw .value(path: "apiVersion", expected: "v1", found: "\"\(version)\"")
        }
        let kind = try top.required("kind")
        guard kind == "Pod" else {
            throw .value(
                path: "kind", expected: "Pod (take the template of a Deployment)", found: "\"\(kind)\"")
        }
        top.ignore("status")
        guard let metadata = try top.object("metadata") else { throw .missing(path: "metadata") }
        name = try metadata.required("name")
        try Self.checkName(name, "metadata.name")
        metadata.ignore(
            "namespace", "labels", "creationTimestamp", "uid", "resourceVersion", "generateName",
            "ownerReferences",
            "managedFields", "generation", "selfLink", "finalizers")
        let annotations = try PodAnnotations(metadata)
        try metadata.finish()
        guard let spec = try top.object("spec") else { throw .missing(path: "spec") }
        try top.finish()
        try readSpec(spec, annotations)
    }

    private mutating func readSpec(
        _ spec: FieldReader, _ annotations: PodAnnotations
    ) throws(PolicyGeneratorError) {
        // Placement and bookkeeping: nothing that the guest would see.
        spec.ignore(
            "terminationGracePeriodSeconds", "nodeSelector", "nodeName", "tolerations",
            "affinity",
            "schedulerName", "priority", "priorityClassName", "preemptionPolicy", "runtimeClassName",
            "imagePullSecrets", "topologySpreadConstraints", "overhead", "readinessGates", "schedulingGates",
            "activeDeadlineSeconds", "enableServiceLinks", "dnsPolicy")
        try refuseInSpec(spec)
        sharesProcesses = try spec.bool("shareProcessNamespace") ?? false
        if let text = try spec.string("restartPolicy") {
            guard let known = RestartPolicy(rawValue: text) else {
                throw .value(
                    path: "spec.restartPolicy", expected: "Always, OnFailure or Never", found: "\"\(text)\"")
            }
            restartPolicy = known
        }
        for volume in try spec.objects("volumes") { try readVolume(volume) }
        if let context = try spec.object("securityContext") { security = try PodSecurity(context) }
        for container in try spec.objects("initContainers") {
            initContainers.append(try Container(container, annotations))
        }
        for container in try spec.objects("containers") {
            containers.append(try Container(container, annotations))
        }
        try spec.finish()
        guard !containers.isEmpty else { throw .missing(path: "spec.containers") }
        try checkContainers(annotations)
    }

    private func refuseInSpec(_ spec: FieldReader) throws(PolicyGeneratorError) {
        for field in ["hostNetwork", "hostPID", "hostIPC"] {
            try spec.refuseTrue(field, "a confidential pod shares nothing with its host")
        }
        try spec.refuseTrue("hostUsers", "leave it out: user namespaces are the guest's own matter")
        try spec.refuseTrue("setHostnameAsFQDN", "leave it out")
        try spec.refuseTrue(
            "automountServiceAccountToken",
            "tokens of the cluster would be known to the host; use attestation")
        for field in ["serviceAccountName", "serviceAccount"]
        where try spec.string(field) ?? "default" != "default" {
            throw .unsupported(
                path: spec.path(of: field),
                hint: "tokens of the cluster would be known to the host; use attestation")
        }
        try spec.refuse("ephemeralContainers", "a container that comes later is not in the policy")
        try spec.refuse("hostAliases", "put names into the image's own configuration")
        try spec.refuse("dnsConfig", "leave it out: the guest's resolver is set up by its network adapter")
        for field in ["hostname", "subdomain"] {
            try spec.refuse(field, "the pod is called by metadata.name")
        }
        try spec.refuse("os", "only Linux runs here; leave it out")
        try spec.refuse("resourceClaims", "devices cannot be passed into the guest")
        try spec.refuse("resources", "set limits per container")
    }

    private mutating func readVolume(_ volume: FieldReader) throws(PolicyGeneratorError) {
        let name = try volume.required("name")
        try Self.checkName(name, volume.path(of: "name"))
        guard volume.names.contains("emptyDir") else {
            let kind = volume.names.first { $0 != "name" } ?? "no source"
            throw .unsupported(
                path: volume.path(of: kind),
                hint: "only emptyDir volumes: what the host brings could be anything")
        }
        guard volumes[name] == nil else {
            throw .value(
                path: volume.path(of: "name"), expected: "each volume once", found: "\"\(name)\" again")
        }
        var result = Volume()
        // Nothing after the colon is an emptyDir without options.
        if let options = volume.node("emptyDir") {
            result = try Self.emptyDirectory(FieldReader(options, at: volume.path(of: "emptyDir")))
        }
        try volume.finish()
        volumes[name] = result
    }

    private static func emptyDirectory(_ reader: FieldReader) throws(PolicyGeneratorError) -> Volume {
        var result = Volume()
        switch try reader.string("medium") ?? "" {
        case "": break
        case "Memory": result.isMemory = true
        case let other:
            throw .value(path: reader.path(of: "medium"), expected: "\"\" or Memory", found: "\"\(other)\"")
        }
        result.sizeLimit = try Quantity.bytes(reader, "sizeLimit")
        if result.sizeLimit == 0 {
            throw .value(path: reader.path(of: "sizeLimit"), expected: "more than 0", found: "0")
        }
        if !result.isMemory && result.sizeLimit != nil {
            throw .unsupported(
                path: reader.path(of: "sizeLimit"),
                hint:
                    "only with medium: Memory; what is on the encrypted scratch disk is bounded by the disk, "
                    + "see cofferctl run --scratch")
        }
        try reader.finish()
        return result
    }

    private func checkContainers(_ annotations: PodAnnotations) throws(PolicyGeneratorError) {
        var names: Set<String> = []
        for container in initContainers + containers {
            guard names.insert(container.name).inserted else {
                throw .value(
                    path: container.path + ".name", expected: "each name once",
                    found: "\"\(container.name)\" again")
            }
            for mount in container.mounts where volumes[mount.volume] == nil {
                throw .value(
                    path: container.path + ".volumeMounts", expected: "a volume of the pod",
                    found: "\"\(mount.volume)\"")
            }
        }
        try annotations.checkContainers(names)
    }

    /// A DNS label or subdomain, as Kubernetes wants names.
    static func checkName(_ name: String, _ path: String) throws(PolicyGeneratorError) {
        let allowed = name.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2E
        }
        guard allowed, (1...253).contains(name.utf8.count), let first = name.utf8.first, first != 0x2D,
            first != 0x2E
        else {
            throw .value(path: path, expected: "lower-case letters, digits, - and .", found: "\"\(name)\"")
        }
    }
}

extension PodManifest.PodSecurity {
    init(_ context: FieldReader) throws(PolicyGeneratorError) {
        user = try context.number("runAsUser", upTo: UInt64(UInt32.max) - 1).map(UInt32.init)
        group = try context.number("runAsGroup", upTo: UInt64(UInt32.max) - 1).map(UInt32.init)
        nonRoot = try context.bool("runAsNonRoot") ?? false
        isSeccompUnconfined = try SeccompChoice.isUnconfined(context) ?? false
        if let node = context.node("supplementalGroups") {
            guard case .sequence(let sequence) = node else {
                throw context.wrong("supplementalGroups", node, "a list of numbers")
            }
            for element in sequence {
                guard let group = element.int.flatMap(UInt32.init(exactly:)) else {
                    throw context.wrong("supplementalGroups", element, "numbers")
                }
                supplementalGroups.append(group)
            }
        }
        try context.refuse("fsGroup", "volumes are writable for every user of the pod; leave it out")
        context.ignore("fsGroupChangePolicy")
        try context.refuse("sysctls", "kernel settings of the pod are fixed by the appliance")
        try context.refuse("seLinuxOptions", "the appliance has no SELinux; leave it out")
        try context.refuse("appArmorProfile", "the appliance has no AppArmor; leave it out")
        try context.refuse("windowsOptions", "only Linux runs here")
        try context.refuse("supplementalGroupsPolicy", "groups of the image and of the manifest are merged")
        try context.finish()
    }
}

/// `seccompProfile` of a pod or container.
enum SeccompChoice {
    /// nil when nothing is said.
    static func isUnconfined(_ context: FieldReader) throws(PolicyGeneratorError) -> Bool? {
        guard let profile = try context.object("seccompProfile") else { return nil }
        let type = try profile.required("type")
        try profile.refuse("localhostProfile", "use RuntimeDefault")
        try profile.finish()
        switch type {
        case "RuntimeDefault": return false
        case "Unconfined": return true
        default:
            throw .value(
                path: profile.path(of: "type"), expected: "RuntimeDefault or Unconfined", found: "\"\(type)\""
            )
        }
    }
}
