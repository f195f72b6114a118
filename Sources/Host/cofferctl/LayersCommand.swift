internal import ArgumentParser

/// `cofferctl layers ...`: images to read-only, verified file systems.
struct LayersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "layers",
        abstract: "Turn container images into read-only file systems with dm-verity.",
        subcommands: [LayersBuildCommand.self, LayersInspectCommand.self])
}
