internal import ArgumentParser
internal import Foundation
internal import RegoCompiler

/// What `compile` and `build` share: modules and the rules that are to be answered.
struct RegoPackageOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: "A module, a document, or a folder of such; may be repeated.")
    var data: [String] = []

    @Option(name: .shortAndLong, help: "A rule to answer, such as policy/allow; may be repeated.")
    var entrypoint: [String] = []

    @Option(help: "Name of the generated module.")
    var name = "GeneratedPolicy"

    @OptionGroup var options: RegoOptions

    func package() throws -> PolicyPackage {
        if entrypoint.isEmpty {
            throw Failure.usage("--entrypoint is missing", hint: "name a rule, such as policy/allow")
        }
        let workspace = try options.workspace(data)
        let modules = try options.compile(workspace)
        do throws(CompilationError) {
            let documents = String(decoding: workspace.data, as: UTF8.self)
            return try PolicyPackage(
                modules, entrypoints: entrypoint, documents: documents == "{}" ? nil : documents)
        } catch {
            throw RegoOptions.report(error, workspace.sources)
        }
    }
}

/// `cofferctl rego compile`: a Swift package from Rego.
struct RegoCompileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compile",
        abstract: "Generate a Swift package from modules.",
        discussion: """
            The package's library answers the entry points; documents named with -d are compiled in.

            Example: cofferctl rego compile -d policy/ --entrypoint policy/allow -o Package
            """)

    @OptionGroup var what: RegoPackageOptions

    @Option(name: .shortAndLong, help: "Folder of the package; replaced when it exists.")
    var output: String

    func run() async throws {
        let folder = URL(fileURLWithPath: output)
        let manifest = folder.appendingPathComponent("Package.swift").path
        if FileManager.default.fileExists(atPath: output), !FileManager.default.fileExists(atPath: manifest) {
            throw Failure("\(output): exists and is no package", hint: "name a folder that may be replaced")
        }
        try PolicyCompile.builder.writePackage(try what.package(), name: what.name, to: folder)
        print("package \(folder.path)")
    }
}

/// `cofferctl rego build`: a static executable from Rego.
struct RegoBuildCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract: "Build a static executable that answers queries.",
        discussion: """
            The executable reads frames of a little-endian 32-bit length and a JSON object with query, input and data from
            its standard input, and writes answers in the same form.

            Example: cofferctl rego build -d policy/ --entrypoint policy/allow -o plugin
            """)

    @OptionGroup var what: RegoPackageOptions

    @Option(name: .shortAndLong, help: "The executable to write.")
    var output: String

    func run() async throws {
        let executable = URL(fileURLWithPath: output)
        try PolicyCompile.builder.build(try what.package(), to: executable)
        let size = try Data(contentsOf: executable).count
        print("plugin  \(executable.path)\nsize    \(size)")
    }
}
