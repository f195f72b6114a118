internal import Yams

extension PodManifest.Container {
    init(_ reader: FieldReader, _ annotations: PodAnnotations) throws(PolicyGeneratorError) {
        path = reader.path
        name = try reader.required("name")
        try PodManifest.checkName(name, reader.path(of: "name"))
        image = try reader.required("image")
        command = try reader.strings("command")
        arguments = try reader.strings("args")
        workingDirectory = try reader.string("workingDir")
        hasTerminal = try reader.bool("tty") ?? false
        hasInput = try reader.bool("stdin") ?? false
        reader.ignore("imagePullPolicy", "terminationMessagePath", "terminationMessagePolicy", "stdinOnce")
        try readEnvironment(reader)
        for port in try reader.objects("ports") { ports.append(try PodManifest.Port(port)) }
        for mount in try reader.objects("volumeMounts") { mounts.append(try PodManifest.Mount(mount)) }
        try readResources(reader)
        if let context = try reader.object("securityContext") { try readSecurity(context) }
        try readProbes(reader)
        try reader.refuse("volumeDevices", "block devices of the host cannot be passed into the guest")
        try reader.refuse("resizePolicy", "limits are fixed when the pod starts")
        try reader.refuse("restartPolicy", "init containers run to their end before the next one starts")
        try reader.finish()
        execCommands = annotations.execCommands(of: name)
        signals = annotations.signals(of: name)
        allowsStdio = annotations.allowsStdio(name)
    }

    private mutating func readEnvironment(_ reader: FieldReader) throws(PolicyGeneratorError) {
        try reader.refuse(
            "envFrom", "write the variables out: the host could put anything into a ConfigMap or Secret")
        for variable in try reader.objects("env") {
            let name = try variable.required("name")
            guard !name.isEmpty, !name.contains("=") else {
                throw .value(
                    path: variable.path(of: "name"), expected: "a name without =", found: "\"\(name)\"")
            }
            try variable.refuse("valueFrom", "write the value out: the host could put anything there")
            environment.append((name, try variable.string("value") ?? ""))
            try variable.finish()
        }
    }

    private mutating func readSecurity(_ context: FieldReader) throws(PolicyGeneratorError) {
        user = try context.number("runAsUser", upTo: UInt64(UInt32.max) - 1).map(UInt32.init)
        group = try context.number("runAsGroup", upTo: UInt64(UInt32.max) - 1).map(UInt32.init)
        nonRoot = try context.bool("runAsNonRoot")
        isPrivileged = try context.bool("privileged") ?? false
        isReadOnly = try context.bool("readOnlyRootFilesystem") ?? false
        allowsEscalation = try context.bool("allowPrivilegeEscalation")
        isSeccompUnconfined = try SeccompChoice.isUnconfined(context)
        if let capabilities = try context.object("capabilities") {
            addedCapabilities = try Self.capabilities(capabilities, "add")
            droppedCapabilities = try Self.capabilities(capabilities, "drop")
            try capabilities.finish()
        }
        if let mount = try context.string("procMount"), mount != "Default" {
            throw .unsupported(path: context.path(of: "procMount"), hint: "only Default")
        }
        try context.refuse("seLinuxOptions", "the appliance has no SELinux; leave it out")
        try context.refuse("appArmorProfile", "the appliance has no AppArmor; leave it out")
        try context.refuse("windowsOptions", "only Linux runs here")
        try context.finish()
    }

    /// Kubernetes leaves the CAP_ away; `ALL` stands for all.
    private static func capabilities(
        _ reader: FieldReader, _ field: String
    ) throws(PolicyGeneratorError) -> [String] {
        var names: [String] = []
        for (index, text) in (try reader.strings(field) ?? []).enumerated() {
            let name = text.uppercased()
            let full = name == "ALL" || name.hasPrefix("CAP_") ? name : "CAP_" + name
            guard full == "ALL" || CapabilityTable.all.contains(full) else {
                throw .value(
                    path: "\(reader.path(of: field))[\(index)]", expected: "a Linux capability or ALL",
                    found: "\"\(text)\"")
            }
            names.append(full)
        }
        return names
    }

    private mutating func readResources(_ reader: FieldReader) throws(PolicyGeneratorError) {
        guard let all = try reader.object("resources") else { return }
        if let limits = try all.object("limits") {
            resources.cpuLimit = try Quantity.milli(limits, "cpu")
            resources.memoryLimit = try Quantity.bytes(limits, "memory")
            try limits.refuse("ephemeral-storage", "the scratch disk's size is set when the pod is launched")
            try limits.finish()
        }
        if let requests = try all.object("requests") {
            resources.cpuRequest = try Quantity.milli(requests, "cpu")
            resources.memoryRequest = try Quantity.bytes(requests, "memory")
            requests.ignore("ephemeral-storage")
            try requests.finish()
        }
        try all.refuse("claims", "devices cannot be passed into the guest")
        try all.finish()
    }

    /// Commands of probes run inside and must be allowed; HTTP and TCP probes come over the network.
    private mutating func readProbes(_ reader: FieldReader) throws(PolicyGeneratorError) {
        for field in ["livenessProbe", "readinessProbe", "startupProbe"] {
            guard let probe = try reader.object(field) else { continue }
            probe.ignore(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold",
                "failureThreshold",
                "terminationGracePeriodSeconds")
            try readHandler(probe)
        }
        if let lifecycle = try reader.object("lifecycle") {
            for field in ["postStart", "preStop"] {
                guard let hook = try lifecycle.object(field) else { continue }
                hook.ignore("sleep")
                try readHandler(hook)
            }
            try lifecycle.refuse(
                "stopSignal", "set STOPSIGNAL in the image, or allow it with coffer.dev/signals")
            try lifecycle.finish()
        }
    }

    private mutating func readHandler(_ handler: FieldReader) throws(PolicyGeneratorError) {
        handler.ignore("httpGet", "tcpSocket", "grpc")
        if let exec = try handler.object("exec") {
            guard let command = try exec.strings("command"), !command.isEmpty else {
                throw .missing(path: exec.path(of: "command"))
            }
            if !probeCommands.contains(command) { probeCommands.append(command) }
            try exec.finish()
        }
        try handler.finish()
    }
}

extension PodManifest.Port {
    init(_ reader: FieldReader) throws(PolicyGeneratorError) {
        name = try reader.string("name")
        guard let port = try reader.number("containerPort", upTo: 65535), port > 0 else {
            throw .missing(path: reader.path(of: "containerPort"))
        }
        container = UInt16(port)
        host = try reader.number("hostPort", upTo: 65535).map(UInt16.init)
        proto = try reader.string("protocol") ?? "TCP"
        guard proto == "TCP" || proto == "UDP" else {
            throw .value(path: reader.path(of: "protocol"), expected: "TCP or UDP", found: "\"\(proto)\"")
        }
        reader.ignore("hostIP")
        try reader.finish()
    }
}

extension PodManifest.Mount {
    init(_ reader: FieldReader) throws(PolicyGeneratorError) {
        volume = try reader.required("name")
        path = try reader.required("mountPath")
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.hasPrefix("/"), path != "/", !parts.contains(".."), !parts.contains("."),
            !path.contains(":")
        else {
            throw .value(
                path: reader.path(of: "mountPath"), expected: "an absolute path without . and ..",
                found: "\"\(path)\"")
        }
        isReadOnly = try reader.bool("readOnly") ?? false
        if let propagation = try reader.string("mountPropagation"), propagation != "None" {
            throw .unsupported(path: reader.path(of: "mountPropagation"), hint: "only None")
        }
        try reader.refuse("subPath", "mount the whole volume")
        try reader.refuse("subPathExpr", "mount the whole volume")
        try reader.refuse("recursiveReadOnly", "volumes have no mounts below them; leave it out")
        try reader.finish()
    }
}
