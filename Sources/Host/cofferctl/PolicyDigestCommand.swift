internal import ArgumentParser
internal import JSON
internal import Layers

/// `cofferctl policy digest`: what HOST_DATA must be for a policy.
struct PolicyDigestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "Print the SHA-256 of a policy text or a compiled plugin.",
        discussion: """
            The digest is over the file's bytes as they are delivered to the guest. For a compiled plugin it is what \
            HOST_DATA must be.

            Examples:
              cofferctl policy digest policy/plugin
              cofferctl policy digest policy.rego --json
            """)

    @Argument(
        help: "A policy text, a plugin, or a directory that `policy compile` wrote.", completion: .file())
    var file: String

    @OptionGroup var options: OutputOptions

    func run() throws {
        let path = FilePresence.exists(file + "/plugin") ? file + "/plugin" : file
        let digest = SHA256.hash(try TextFile.bytes(path)).hexadecimal
        if options.json {
            let result: JSON = ["file": .string(path), "sha256": .string(digest)]
            Terminal.output(bytes: result.serialized() + [0x0A])
        } else {
            Terminal.output(digest)
        }
    }
}
