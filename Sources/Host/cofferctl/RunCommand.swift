internal import ArgumentParser
internal import Foundation
internal import JSON

/// `cofferctl run`: a pod manifest to a running machine.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Start a machine and run a pod's containers in it.",
        discussion: """
            Boots the appliance with the policy's digest as HOST_DATA, hands the policy over, mounts the layers and
            an encrypted scratch disk, and starts the containers. Nothing needs root.

            In the foreground it shows the containers' output, each line with its container's name in front, and
            Ctrl-C stops the pod (a second Ctrl-C at once). The exit code is that of the first container that
            failed, 0 when all succeeded, 3 when the policy refused to start the pod.

              cofferctl run pod.yaml --images images --policy policy --appliance appliance -p 8080:80
              cofferctl run pod.yaml --images images --policy policy --appliance appliance --detach --name web
              cofferctl exec web nginx -- nginx -v
              cofferctl stop web
            """)

    @Argument(help: "The Kubernetes Pod manifest.", completion: .file(extensions: ["yaml", "yml", "json"]))
    var pod: String

    @Option(help: "What `cofferctl layers build` wrote.", completion: .directory)
    var images: String

    @Option(
        help:
            "What `cofferctl policy compile` wrote, or the plugin, or the text that is linked into the guest.",
        completion: .directory)
    var policy: String

    @Option(help: "What `cofferctl appliance build` wrote.", completion: .directory)
    var appliance: String

    @Option(
        name: [.customShort("p"), .long],
        help: "HOSTPORT:PORT: a port of 127.0.0.1 that leads to a port of the pod. May be repeated.")
    var publish: [PortForward] = []

    @Flag(
        name: [.customShort("d"), .long],
        help: "Return when the containers run; they go on in the background.")
    var detach = false

    @Option(help: "The pod's name on this host (the manifest's name).")
    var name: String?

    @Option(help: "The machine's memory in MiB.")
    var memory = 1024

    @Option(help: "The machine's processors.")
    var processors = 2

    @Option(help: "Size of the encrypted scratch disk in MiB; the file on the host is sparse.")
    var scratch = 1024

    @Option(help: ArgumentHelp("Unused disks to attach beside the pod's own.", visibility: .hidden))
    var spareDisks = 4

    @Option(help: ArgumentHelp("HOST_DATA other than the policy's digest, 64 digits.", visibility: .hidden))
    var hostData: String?

    @Option(name: .customLong("time"), help: "Seconds that containers have to end before they are killed.")
    var grace = 10

    @OptionGroup var output: OutputOptions

    @Flag(help: .hidden)
    var launcher = false

    func validate() throws {
        guard memory >= 128 else { throw ValidationError("--memory: at least 128 MiB, got \(memory)") }
        guard (1...64).contains(processors) else {
            throw ValidationError("--processors: 1 to 64, got \(processors)")
        }
        guard scratch >= 16 else { throw ValidationError("--scratch: at least 16 MiB, got \(scratch)") }
        guard (0...64).contains(spareDisks) else { throw ValidationError("--spare-disks: 0 to 64") }
        guard grace >= 0 else { throw ValidationError("--time: 0 or more seconds, got \(grace)") }
    }

    func run() async throws {
        let plan = try LaunchPlan.load(pod: pod, images: images)
        let directory = try PodDirectory(name: name ?? plan.name)
        if detach, !launcher {
            try DetachedLauncher(directory: directory, isQuiet: output.quiet).start()
            try report(directory)
            return
        }
        // A detached launcher's directory was made by its starter, whose log is in it.
        if !launcher { try directory.create() }
        let code = try PodSession(
            launcher: PodLauncher(plan: plan, options: try options(), directory: directory),
            grace: Double(grace)
        ).run()
        if code != 0 { throw ExitCode(code) }
    }

    private func options() throws -> PodOptions {
        PodOptions(
            images: absolute(images), plugin: try pluginFile(), appliance: absolute(appliance),
            hostData: try hostDataBytes(),
            forwards: publish.map { .init(hostPort: $0.hostPort, guestPort: $0.guestPort) }, memory: memory,
            processors: processors, scratchSize: scratch << 20, spares: spareDisks, isQuiet: output.quiet,
            echoes: !launcher)
    }

    private func hostDataBytes() throws -> [UInt8]? {
        guard let hostData else { return nil }
        let digits = Array(hostData)
        let bytes = stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(digits[$0...$0 + 1]), radix: 16)
        }
        guard digits.count == 64, bytes.count == 32 else {
            throw Failure.usage("--host-data: expected 64 hexadecimal digits, got \"\(hostData)\"")
        }
        return bytes
    }

    /// `--policy` names the compiler's directory, which has the plugin in it, or the plugin, or a policy's text.
    private func pluginFile() throws -> String {
        let path = absolute(policy)
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw Failure(
                "no policy at \(policy)",
                hint: "make one with cofferctl policy compile policy.rego -o \(policy)")
        }
        let plugin = isDirectory.boolValue ? path + "/plugin" : path
        guard FileManager.default.isReadableFile(atPath: plugin) else {
            throw Failure(
                "\(plugin) is missing or unreadable",
                hint: "make it with cofferctl policy compile policy.rego -o \(policy)")
        }
        return plugin
    }

    private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).standardizedFileURL.path }

    private func report(_ directory: PodDirectory) throws {
        let record = try directory.readRecord()
        if output.json {
            Terminal.output(
                bytes: JSON.object(try PodTable.json(directory, record)).serialized() + [10])
        } else {
            Terminal.output(directory.name)
        }
    }
}

/// HOSTPORT:PORT.
struct PortForward: ExpressibleByArgument {
    let hostPort: UInt16
    let guestPort: UInt16

    init?(argument: String) {
        let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let host = UInt16(parts[0]), let guest = UInt16(parts[1]), host > 0, guest > 0
        else { return nil }
        hostPort = host
        guestPort = guest
    }
}
