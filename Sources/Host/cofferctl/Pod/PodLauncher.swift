internal import Appliance
internal import BridgeClient
internal import CCrypto
internal import Foundation
internal import Hypervisor
internal import JSON
internal import Wire

/// Brings a pod up, one step after the other. A step that fails ends the machine and says what was refused.
struct PodLauncher {
    let plan: LaunchPlan
    let options: PodOptions
    let directory: PodDirectory

    /// The whole way from an empty directory to running containers.
    func launch() throws -> RunningPod {
        let plugin = try read(options.plugin)
        // A launcher may claim what it likes; the guest compares it with what it gets.
        let digest = options.hostData ?? Self.sha256(plugin)
        let appliance = try ApplianceManifest.load(from: URL(fileURLWithPath: options.appliance))
        if !Self.isExecutable(plugin) { try requireLinked(Self.sha256(plugin), appliance) }
        try makeDisks()
        let disks = try diskTable()
        var bridge: GuestBridge?
        let exits = ExitNotes()
        var processor: SecurityProcessorPort?
        let boot = ProgressBar("Booting the guest", isQuiet: options.isQuiet)
        let machine = try Machine(configuration(appliance, disks)) { device in
            bridge = try GuestBridge(device) { exits.add($0) }
            try GuestLogPort.open(device, path: directory.guestLog)
            processor = try SecurityProcessorPort.open(
                device, appliance: options.appliance, manifest: appliance, hostData: digest)
        }
        guard let bridge else { throw Failure("the bridge was not set up") }
        do {
            var record = record(disks, machine, digest, processor)
            try directory.write(record)
            let ports = StreamPorts(machine.vsock)
            try waitForGuest(bridge, machine)
            record.connected = Date()
            try directory.write(record)
            boot.finish("connected, \(machine.accelerator.rawValue)")
            let pod = RunningPod(
                plan: plan, directory: directory, record: record, machine: machine, bridge: bridge,
                ports: ports, exits: exits)
            try setPolicy(pod, plugin)
            try addNetwork(pod)
            try mountDisks(pod)
            try startContainers(pod)
            return pod
        } catch {
            machine.stop()
            if error is Failure || PodRefusal.isRefusal(error) { throw error }
            throw Failure("starting pod \"\(directory.name)\": \(error)", hint: lastWords(machine))
        }
    }

    /// What the machine said before it was ended, for whoever has to find out why.
    private func lastWords(_ machine: Machine) -> String {
        let console = machine.consoleOutput(limit: 2000)
        return "emulator: \(machine.emulatorOutput())\nconsole:\n\(console)"
    }

    private func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure("cannot read \(path): \(String(cString: strerror(errno)))")
        }
        return Array(data)
    }

    /// A plugin is an ELF file; anything else is the text of a policy.
    private static func isExecutable(_ policy: [UInt8]) -> Bool { policy.starts(with: "\u{7F}ELF".utf8) }

    private func requireLinked(_ digest: [UInt8], _ appliance: ApplianceManifest) throws {
        let text = digest.map { String(format: "%02x", $0) }.joined()
        if appliance.linkedPolicy == text { return }
        throw Failure(
            "\(options.plugin) has the digest \(text), and the policy linked into the appliance is "
                + (appliance.linkedPolicy ?? "none"),
            hint: "name the compiled plugin, or build the appliance with --policy")
    }

    static func sha256(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        SHA256(bytes, bytes.count, &digest)
        return digest
    }

    private func waitForGuest(_ bridge: GuestBridge, _ machine: Machine) throws {
        do {
            _ = try bridge.current(seconds: 120)
        } catch {
            throw Failure("the guest did not connect: \(error)", hint: lastWords(machine))
        }
    }
}

/// Disks.
extension PodLauncher {
    /// All disks of a machine. Controller and unit run upwards together: 64 units per controller.
    struct DiskTable {
        var scratch: PodRecord.Disk
        var layers: [PodRecord.Layer]
        var spares: [PodRecord.Disk]
    }

    private func makeDisks() throws {
        try makeSparse(directory.scratch, options.scratchSize)
        let largest = try plan.layers.map { try size(ofLayer: $0) }.max() ?? 0
        for index in 0..<options.spares { try makeSparse(directory.spare(index), max(largest, 64 << 20)) }
    }

    private func makeSparse(_ path: String, _ size: Int) throws {
        let file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure("cannot make \(path): \(String(cString: strerror(errno)))") }
        defer { close(file) }
        guard ftruncate(file, off_t(size)) == 0 else {
            throw Failure("cannot make \(path) \(size) bytes long: \(String(cString: strerror(errno)))")
        }
    }

    private func layerFile(_ rootHash: String) -> String { "\(options.images)/\(rootHash).layer" }

    private func size(ofLayer rootHash: String) throws -> Int {
        let path = layerFile(rootHash)
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Failure(
                "layer \(path) is missing",
                hint: "build it with cofferctl layers build IMAGE... -o \(options.images)")
        }
        return Int(status.st_size)
    }

    private func diskTable() throws -> DiskTable {
        let count = 1 + plan.layers.count + options.spares
        guard count <= 4 * 64 else {
            throw Failure("the pod needs \(count) disks; the guest knows 4 controllers with 64 units each")
        }
        var next = 0
        func disk(_ path: String) -> PodRecord.Disk {
            defer { next += 1 }
            return PodRecord.Disk(path: path, controller: UInt8(next / 64), unit: UInt8(next % 64))
        }
        let scratch = disk(directory.scratch)
        let layers = plan.layers.enumerated().map { index, hash in
            PodRecord.Layer(
                rootHash: hash, disk: disk(layerFile(hash)), mountPath: GuestPaths.layer(index))
        }
        let spares = (0..<options.spares).map { disk(directory.spare($0)) }
        return DiskTable(scratch: scratch, layers: layers, spares: spares)
    }

    private func configuration(_ appliance: ApplianceManifest, _ disks: DiskTable) -> MachineConfiguration {
        var configuration = MachineConfiguration(
            kernel: "\(options.appliance)/\(appliance.kernel.name)",
            initramfs: "\(options.appliance)/\(appliance.initramfs.name)", commandLine: appliance.commandLine,
            directory: directory.path)
        configuration.memory = options.memory
        configuration.processors = options.processors
        configuration.console = appliance.kind == .development
        configuration.forwards = options.forwards.map {
            .init(hostPort: $0.hostPort, guestPort: $0.guestPort)
        }
        configuration.disks =
            [machineDisk(disks.scratch, readOnly: false)]
            + disks.layers.map { machineDisk($0.disk, readOnly: true) }
            + disks.spares.map { machineDisk($0, readOnly: false) }
        return configuration
    }

    private func machineDisk(_ disk: PodRecord.Disk, readOnly: Bool) -> MachineConfiguration.Disk {
        .init(path: disk.path, controller: disk.controller, unit: disk.unit, readOnly: readOnly)
    }

    private func record(
        _ disks: DiskTable, _ machine: Machine, _ digest: [UInt8], _ processor: SecurityProcessorPort?
    ) -> PodRecord {
        PodRecord(
            name: directory.name, launcher: getpid(), emulator: machine.pid,
            accelerator: machine.accelerator.rawValue, sandboxID: plan.sandboxID,
            policyDigest: digest.map { String(format: "%02x", $0) }.joined(), policyPlugin: options.plugin,
            appliance: options.appliance, images: options.images, started: Date(), forwards: options.forwards,
            layers: disks.layers, scratch: disks.scratch, spares: disks.spares,
            containers: plan.containers.map {
                .init(name: $0.name, id: $0.id, layers: $0.layers, specification: $0.specification.text)
            },
            trustRoot: processor?.trustRoot)
    }
}

/// The bridge's requests, in the order in which they have to come.
extension PodLauncher {
    private func setPolicy(_ pod: RunningPod, _ plugin: [UInt8]) throws {
        var settings = SecurityPolicySettings()
        if !Self.isExecutable(plugin) {
            settings.enforcerType = SecurityPolicySettings.rego
            settings.encodedPolicy = Data(plugin).base64EncodedString()
            return try pod.bridge.current().modify(.add, .securityPolicy(settings))
        }
        let delivery = try BlobDelivery(plugin, pod.ports)
        settings.enforcerType = SecurityPolicySettings.plugin
        settings.pluginPort = delivery.port
        settings.pluginSize = UInt32(plugin.count)
        try pod.bridge.current().modify(.add, .securityPolicy(settings))
    }

    private func addNetwork(_ pod: RunningPod) throws {
        var adapter = NetworkAdapter()
        adapter.namespaceID = NetworkDefaults.namespaceID(sandbox: plan.sandboxID)
        adapter.adapterID = NetworkDefaults.adapterID
        adapter.addresses = [IPConfig(address: NetworkDefaults.address, prefixLength: 24)]
        adapter.routes = [NetworkRoute(nextHop: NetworkDefaults.gateway, destinationPrefix: "0.0.0.0/0")]
        adapter.dnsServers = NetworkDefaults.nameServer
        try pod.bridge.current().modify(.add, .network(adapter))
    }

    private func mountDisks(_ pod: RunningPod) throws {
        let bar = ProgressBar(
            "Mounting layers", total: UInt64(pod.record.layers.count + 1), isQuiet: options.isQuiet)
        for layer in pod.record.layers {
            var disk = MappedVirtualDisk()
            disk.mountPath = layer.mountPath
            disk.controller = layer.disk.controller
            disk.lun = layer.disk.unit
            disk.readOnly = true
            try pod.bridge.current().modify(.add, .mappedVirtualDisk(disk))
            bar.advance(by: 1, note: String(layer.rootHash.prefix(12)))
        }
        try pod.bridge.current().modify(.add, .mappedVirtualDisk(Self.scratchDisk(pod.record)))
        bar.finish("\(pod.record.layers.count) verified layers, 1 encrypted scratch disk")
    }

    /// The request that makes the pod's scratch file system.
    static func scratchDisk(_ record: PodRecord) -> MappedVirtualDisk {
        var disk = MappedVirtualDisk()
        disk.mountPath = GuestPaths.scratch(sandbox: record.sandboxID)
        disk.controller = record.scratch.controller
        disk.lun = record.scratch.unit
        disk.encrypted = true
        disk.ensureFilesystem = true
        disk.filesystem = "ext4"
        return disk
    }

    private func startContainers(_ pod: RunningPod) throws {
        let bar = ProgressBar(
            "Starting containers", total: UInt64(plan.containers.count), isQuiet: options.isQuiet)
        for container in plan.containers {
            try pod.bridge.current().modify(.add, .combinedLayers(overlay(container, pod.record)))
            let config = ContainerConfig(
                ociBundlePath: GuestPaths.bundle(container.id), ociSpecification: container.specification,
                scratchDirPath: GuestPaths.writable(sandbox: plan.sandboxID, container: container.id))
            pod.bridge.remember(container.id)
            try pod.bridge.current().create(container.id, config)
            try pod.start(container, echo: options.echoes ? LogEcho.prefixed(container.name) : nil)
            bar.advance(by: 1, note: container.name)
            if container.isInit { try requireSuccess(pod.waitForEnd(of: container.id), container) }
        }
        bar.finish(plan.containers.map(\.name).joined(separator: ", "))
    }

    private func overlay(_ container: LaunchPlan.Container, _ record: PodRecord) -> CombinedLayers {
        let paths = Dictionary(
            record.layers.map { ($0.rootHash, $0.mountPath) }, uniquingKeysWith: { first, _ in first })
        var layers = CombinedLayers()
        layers.containerID = container.id
        layers.containerRootPath = GuestPaths.root(container.id)
        // The bridge wants the topmost layer first.
        layers.layers = container.layers.reversed().enumerated().map { index, hash in
            Layer(id: "\(index)", path: paths[hash] ?? "")
        }
        layers.scratchPath = GuestPaths.writable(sandbox: plan.sandboxID, container: container.id)
        return layers
    }

    private func requireSuccess(_ state: PodProcess.State, _ container: LaunchPlan.Container) throws {
        guard state == .exited(0) else {
            throw Failure(
                "init container \"\(container.name)\" did not succeed: \(state)",
                hint: "see cofferctl logs \(directory.name) \(container.name)")
        }
    }
}

/// The emulator's user-mode network, which is the same in every machine.
enum NetworkDefaults {
    static let address = "10.0.2.15"
    static let gateway = "10.0.2.2"
    static let nameServer = "10.0.2.3"
    static let adapterID = "c0ffe200-0000-4000-8000-000000000001"

    /// A GUID made of the sandbox's id.
    static func namespaceID(sandbox: String) -> String {
        let digits = Array((sandbox + String(repeating: "0", count: 32)).prefix(32))
        let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        return parts.joined(separator: "-")
    }
}
