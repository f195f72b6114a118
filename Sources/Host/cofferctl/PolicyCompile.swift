internal import ArgumentParser
internal import Foundation
internal import RegoCompiler

/// `cofferctl policy compile`: from Rego to the plugin that the guest runs.
struct PolicyCompile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Compile an execution policy to a plugin.",
        discussion: """
            Writes OUT/policy.rego (the text as it was compiled), OUT/Package (the generated Swift), OUT/plugin (a static
            executable) and OUT/plugin.sha256, the digest that HOST_DATA must hold. The same policy, framework and
            tool chain give the same bytes.

            Example: cofferctl policy compile policy.rego -o build/policy
            """)

    @Argument(help: "The policy's Rego text; its package is `policy`.")
    var policy: String

    @Option(name: .shortAndLong, help: "Folder for the results; made when missing.")
    var output: String

    @Option(help: "Name of the generated module.")
    var name = "GeneratedPolicy"

    @Option(help: "Folder of the framework's Rego files, instead of the built-in one.")
    var framework: String?

    @Flag(help: "Only generate the Swift package; do not build the executable.")
    var generateOnly = false

    @Flag(help: "Print the results as JSON.")
    var json = false

    func validate() throws {
        guard name.first?.isLetter == true, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else {
            throw ValidationError(
                "--name must be a Swift module name: letters and digits, beginning with a letter")
        }
    }

    func run() async throws {
        let text = try Data(contentsOf: URL(fileURLWithPath: policy))
        let folder = URL(fileURLWithPath: output)
        let package = try compile([UInt8](text))
        let builder = Self.builder
        let packageFolder = folder.appendingPathComponent("Package")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try builder.writePackage(package, name: name, to: packageFolder)
        try text.write(to: folder.appendingPathComponent("policy.rego"))
        var members: [String: Any] = ["sourceDigest": package.sourceDigest, "package": packageFolder.path]
        if !generateOnly {
            let executable = folder.appendingPathComponent("plugin")
            try builder.build(package, to: executable)
            let bytes = [UInt8](try Data(contentsOf: executable))
            let digest = SHA256.hexadecimal(bytes)
            try Data((digest + "\n").utf8).write(to: folder.appendingPathComponent("plugin.sha256"))
            members["plugin"] = executable.path
            members["pluginDigest"] = digest
            members["pluginSize"] = bytes.count
            if !json { print("plugin  \(executable.path)\nsize    \(bytes.count)\nsha256  \(digest)") }
        } else if !json {
            print("package \(packageFolder.path)")
        }
        if json {
            let data = try JSONSerialization.data(
                withJSONObject: members, options: [.sortedKeys, .prettyPrinted])
            print(String(decoding: data, as: UTF8.self))
        }
    }

    private func compile(_ text: [UInt8]) throws -> PolicyPackage {
        let folder =
            framework.map { URL(fileURLWithPath: $0) }
            ?? Self.root.appendingPathComponent("policy-plugins/framework")
        let modules = try PolicyPackage.framework(in: folder)
        do throws(CompilationError) {
            return try PolicyPackage(policy: text, framework: modules)
        } catch {
            let policy = RegoCompiler.Source(file: "policy.rego", text: String(decoding: text, as: UTF8.self))
            throw RegoOptions.report(error, modules + [policy])
        }
    }

    /// Builds plugins from this program's own runtime.
    static var builder: PluginBuilder {
        PluginBuilder(runtime: root.appendingPathComponent("Sources/Common/RegoRuntime"), cache: cache)
    }

    /// The checkout that this program was built from, or the one that COFFER_ROOT names.
    static var root: URL {
        if let set = ProcessInfo.processInfo.environment["COFFER_ROOT"] { return URL(fileURLWithPath: set) }
        return URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
    }

    /// Where compiled runtimes are kept.
    static var cache: URL {
        let environment = ProcessInfo.processInfo.environment
        let base =
            environment["XDG_CACHE_HOME"].map { URL(fileURLWithPath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
        return base.appendingPathComponent("coffer/plugins")
    }
}
