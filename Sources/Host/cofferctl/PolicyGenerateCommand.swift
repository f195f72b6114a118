internal import ArgumentParser
internal import JSON
internal import Layers
internal import OCI
internal import PolicyGenerator

/// `cofferctl policy generate`: a manifest and its images in, a policy out.
struct PolicyGenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate",
        abstract: "Write the execution policy of a pod.",
        discussion: """
            Takes a Kubernetes Pod manifest and the images that `layers build` made. The policy allows exactly what \
            the manifest says: commands, environment, users, capabilities, mounts, layers. A field that cannot be \
            honoured is an error.

            Annotations say what Kubernetes has no field for:
              coffer.dev/exec.CONTAINER     a YAML list of commands that `cofferctl exec` may run
              coffer.dev/signals.CONTAINER  signals besides TERM, KILL and the image's stop signal
              coffer.dev/stdio.CONTAINER    "false" keeps the container's output inside

            Examples:
              cofferctl policy generate pod.yaml --images images -o policy.rego
              cofferctl policy generate pod.yaml --images images --allow-logging | less
            """)

    @Argument(help: "A Pod manifest (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var manifest: String

    @Option(help: "The directory that `layers build` wrote.", completion: .directory)
    var images: String

    @Option(
        name: .shortAndLong, help: "Where the policy goes; standard output if not given.", completion: .file()
    )
    var output: String?

    @Flag(help: "The guest's own log may leave it.")
    var allowLogging = false

    @Flag(help: "The host may ask for memory, process and other figures (cofferctl stats).")
    var allowProperties = false

    @Flag(help: "The host may change the limits of running containers (cofferctl update).")
    var allowUpdates = false

    @Flag(help: "The host may ask for the agent's stacks.")
    var allowDumpStacks = false

    @Flag(help: "A shell may be run in every container. For finding faults, never for production.")
    var debugExec = false

    @Flag(help: "Containers may be privileged where the manifest says so.")
    var allowElevated = false

    @OptionGroup var options: OutputOptions

    func run() throws {
        var choices = PolicyOptions()
        choices.allowRuntimeLogging = allowLogging
        choices.allowProperties = allowProperties
        choices.allowUpdates = allowUpdates
        choices.allowDumpStacks = allowDumpStacks
        choices.allowDebugExec = debugExec
        choices.allowElevated = allowElevated
        let pod = try PodManifest(yaml: TextFile.read(manifest))
        let plan = try PodPlan(pod: pod, images: ImageIndex.read(directory: images))
        let document = try PolicyDocument(plan: plan, options: choices)
        if let output { try TextFile.write(document.text, to: output) }
        if options.json {
            Terminal.output(bytes: summary(plan, document).serialized() + [0x0A])
        } else if let output {
            if !options.quiet {
                Terminal.error("\(output): \(plan.containers.count) containers, \(plan.layers.count) layers")
            }
            Terminal.output(document.digest)
        } else {
            Terminal.output(bytes: Array(document.text.utf8))
        }
    }

    private func summary(_ plan: PodPlan, _ document: PolicyDocument) -> JSON {
        [
            "pod": .string(plan.name),
            "sourceDigest": .string(document.digest),
            "layers": JSON(plan.layers),
            "containers": .array(
                plan.containers.map {
                    ["name": .string($0.name), "image": .string($0.image), "command": JSON($0.process.args)]
                }),
            "policy": .string(document.text),
        ]
    }
}
