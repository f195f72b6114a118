internal import ArgumentParser
internal import JSON
internal import Layers

/// `cofferctl layers inspect`: what a directory of layers holds.
struct LayersInspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "List images with their layers and root hashes.",
        discussion: """
            Examples:
              cofferctl layers inspect images
              cofferctl layers inspect images --verify
              cofferctl layers inspect images --json
            """)

    @Argument(help: "A directory that `layers build` wrote.", completion: .directory)
    var directory: String

    @Flag(help: "Read every layer file, compute its root hash again and compare.")
    var verify = false

    @OptionGroup var options: OutputOptions

    func run() throws {
        let index = try ImageIndex.read(directory: directory)
        if verify { try verify(index) }
        Self.show(index, options)
    }

    private func verify(_ index: ImageIndex) throws {
        let layers = Dictionary(grouping: index.images.flatMap(\.layers), by: \.rootHash).values.compactMap(
            \.first)
        let bar = ProgressBar(
            "verifying", total: layers.reduce(0) { $0 + $1.dataSize }, isQuiet: options.quiet)
        for layer in layers.sorted(by: { $0.rootHash < $1.rootHash }) {
            let found = try LayerFile.rootHash(of: directory + "/" + layer.fileName) { bar.advance(by: $0) }
            guard found == layer.rootHash else {
                throw Failure.refused(
                    "\(directory)/\(layer.fileName): its root hash is \(found)",
                    hint: "the file was altered; build the layers again")
            }
        }
        bar.finish("\(layers.count) layers are what they say")
    }

    static func show(_ index: ImageIndex, _ options: OutputOptions) {
        if options.json {
            Terminal.output(bytes: index.json.serialized() + [0x0A])
            return
        }
        for image in index.images {
            Terminal.output(image.references.map(\.description).joined(separator: ", "))
            for layer in image.layers {
                Terminal.output("  \(layer.rootHash)  \(size(layer.fileSize))")
            }
        }
    }

    private static func size(_ bytes: UInt64) -> String {
        bytes >= 1 << 20 ? "\((bytes + 1 << 19) >> 20) MiB" : "\((bytes + 1 << 9) >> 10) KiB"
    }
}
