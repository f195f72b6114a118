internal import ArgumentParser
internal import JSON
internal import Layers

/// `cofferctl layers build`: images in, layer files and an index out.
struct LayersBuildCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Convert images into layer files.",
        discussion: """
            Writes DIRECTORY/ROOTHASH.layer for every layer (EROFS with a dm-verity tree; shared layers once) and \
            DIRECTORY/images.json. The same image always gives the same root hashes. Images that the directory \
            already has stay.

            Examples:
              cofferctl layers build nginx/ redis.tar -o images
              docker save app:1 > app.tar; cofferctl layers build app.tar -o images
              cofferctl layers build registry.example/app:2=app.tar -o images
            """)

    @Argument(
        help: ArgumentHelp(
            "OCI image layouts (directory or tar) and docker-save archives; NAME=PATH gives the image a name.",
            valueName: "image"),
        completion: .file())
    var images: [String]

    @Option(name: .shortAndLong, help: "Where the layers and images.json go.", completion: .directory)
    var output: String

    @OptionGroup var options: OutputOptions

    func run() throws {
        let bar = ProgressBar("building layers", isQuiet: options.quiet)
        var expected: UInt64 = 0
        var written = 0
        var shared = 0
        let builder = try LayerBuilder(directory: output) { event in
            switch event {
            case .expect(let bytes):
                expected += bytes
                bar.expect(expected)
            case .advance(let bytes): bar.advance(by: bytes)
            case .layer: written += 1
            case .shared: shared += 1
            }
        }
        for image in images {
            let (name, path) = Self.split(image)
            try builder.add(path, named: name)
        }
        try builder.finish()
        bar.finish("\(written) layers written, \(shared) shared")
        LayersInspectCommand.show(builder.index, options)
    }

    /// NAME=PATH, where a path that exists with an equals sign in it is a path.
    private static func split(_ image: String) -> (name: String?, path: String) {
        guard !FilePresence.exists(image), let equals = image.firstIndex(of: "=") else { return (nil, image) }
        return (String(image[..<equals]), String(image[image.index(after: equals)...]))
    }
}
