internal import Layers
internal import OCI

extension ContainerPlan {
    /// Merges manifest and image as Kubernetes and containerd do.
    init(
        _ container: PodManifest.Container, _ pod: PodManifest, _ images: ImageIndex, isInit: Bool
    ) throws(PolicyGeneratorError) {
        let image: ImageIndex.Image
        do throws(LayersError) { image = try images.image(named: container.image) } catch {
            throw .image(path: container.path + ".image", error)
        }
        podName = pod.name
        name = container.name
        self.image = container.image
        imageIdentity = image.identity
        self.isInit = isInit
        layers = image.layers.map(\.rootHash)
        ports = container.ports
        allowsStdio = container.allowsStdio
        hasInput = container.hasInput
        isPrivileged = container.isPrivileged
        stopSignal = try Self.stopSignal(image, container)
        signals = Set(container.signals + [15, 9, stopSignal]).sorted()
        let probes = container.probeCommands.map { PodManifest.ExecCommand(command: $0, signals: [9, 15]) }
        execCommands =
            container.execCommands
            + probes.filter { probe in
                !container.execCommands.contains { $0.command == probe.command }
            }
        template = OCI.Spec(ociVersion: "1.1.0")
        var root = OCI.Root(path: "")
        root.readonly = container.isReadOnly
        template.root = root
        let user = try UserResolver(container, pod, image).user()
        template.process = try Self.process(container, image, user)
        template.mounts = try MountPlan.mounts(container, pod)
        template.linux = Self.linux(
            container, pod, capabilities: template.process?.capabilities?.bounding ?? [])
    }

    private static func stopSignal(
        _ image: ImageIndex.Image, _ container: PodManifest.Container
    ) throws(PolicyGeneratorError) -> Int {
        let text = image.configuration.config.stopSignal
        if text.isEmpty { return 15 }
        guard let number = SignalTable.number(text) else {
            throw .value(path: container.path + ".image", expected: "a stop signal", found: "\"\(text)\"")
        }
        return number
    }

    private static func process(
        _ container: PodManifest.Container, _ image: ImageIndex.Image, _ user: UserResolver.Result
    ) throws(PolicyGeneratorError) -> OCI.Process {
        let config = image.configuration.config
        var environment = EnvironmentList(config.env)
        let variables = container.environment.reduce(into: EnvironmentList([])) { list, variable in
            list.set(variable.name, VariableExpansion.expand(variable.value, list.values))
        }
        for (name, value) in variables.ordered { environment.set(name, value) }
        environment.setUnlessPresent("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        environment.setUnlessPresent("HOME", user.home)
        if container.hasTerminal { environment.setUnlessPresent("TERM", "xterm") }

        var process = OCI.Process()
        process.terminal = container.hasTerminal
        process.user = user.user
        process.env = environment.list
        process.args = try command(container, config, variables.values)
        let directory = container.workingDirectory ?? config.workingDir
        process.cwd = directory.isEmpty ? "/" : directory
        guard process.cwd.hasPrefix("/") else {
            throw .value(
                path: container.path + ".workingDir", expected: "an absolute path",
                found: "\"\(process.cwd)\"")
        }
        process.capabilities = capabilities(container)
        process.noNewPrivileges = container.allowsEscalation == false
        process.rlimits = [OCI.ResourceLimit(type: "RLIMIT_NOFILE", hard: 1_048_576, soft: 1024)]
        return process
    }

    /// `command` replaces the image's entrypoint and its arguments, `args` only the arguments.
    private static func command(
        _ container: PodManifest.Container, _ config: OCI.ImageExecution, _ variables: [String: String]
    ) throws(PolicyGeneratorError) -> [String] {
        let command = container.command.map { $0.map { VariableExpansion.expand($0, variables) } }
        let arguments = container.arguments.map { $0.map { VariableExpansion.expand($0, variables) } }
        let result: [String]
        if let command, !command.isEmpty {
            result = command + (arguments ?? [])
        } else {
            result = config.entrypoint + (arguments ?? config.cmd)
        }
        guard let first = result.first, !first.isEmpty else {
            throw .missing(path: container.path + ".command")
        }
        return result
    }

    private static func capabilities(_ container: PodManifest.Container) -> OCI.Capabilities {
        var names = container.isPrivileged ? CapabilityTable.all : CapabilityTable.unprivileged
        if container.droppedCapabilities.contains("ALL") { names = [] }
        names.removeAll(where: container.droppedCapabilities.contains)
        let added =
            container.addedCapabilities.contains("ALL") ? CapabilityTable.all : container.addedCapabilities
        for name in added where !names.contains(name) { names.append(name) }
        var capabilities = OCI.Capabilities()
        capabilities.bounding = names
        capabilities.effective = names
        capabilities.permitted = names
        if container.isPrivileged { capabilities.inheritable = names }
        return capabilities
    }

    private static func linux(
        _ container: PodManifest.Container, _ pod: PodManifest, capabilities: [String]
    ) -> OCI.Linux {
        var linux = OCI.Linux()
        // The guest replaces network, IPC and UTS by the pod's own.
        linux.namespaces = ["pid", "ipc", "uts", "mount", "network", "cgroup"].map { OCI.Namespace(type: $0) }
        linux.resources = resources(container.resources)
        if !container.isPrivileged {
            linux.maskedPaths = OCI.Linux.usualMaskedPaths
            linux.readonlyPaths = OCI.Linux.usualReadonlyPaths
        }
        let isUnconfined = container.isSeccompUnconfined ?? pod.security.isSeccompUnconfined
        if !isUnconfined && !container.isPrivileged {
            linux.seccomp = SeccompProfile.standard(capabilities: capabilities)
        }
        return linux
    }

    private static func resources(_ requests: PodManifest.ResourceRequests) -> OCI.Resources? {
        var resources = OCI.Resources()
        if let limit = requests.memoryLimit {
            var memory = OCI.MemoryLimits()
            memory.limit = Int64(clamping: limit)
            resources.memory = memory
        }
        if requests.cpuLimit != nil || requests.cpuRequest != nil {
            var cpu = OCI.CPULimits()
            if let limit = requests.cpuLimit {
                // 100 ms periods, at least 1 ms of them, as the kubelet does.
                cpu.period = 100_000
                cpu.quota = max(
                    1000, Int64(clamping: limit.multipliedReportingOverflow(by: 100).partialValue))
            }
            let share = requests.cpuRequest ?? requests.cpuLimit ?? 0
            cpu.shares = min(262_144, max(2, share.multipliedReportingOverflow(by: 1024).partialValue / 1000))
            resources.cpu = cpu
        }
        return resources.memory == nil && resources.cpu == nil ? nil : resources
    }
}
