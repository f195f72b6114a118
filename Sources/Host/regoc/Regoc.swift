internal import ArgumentParser
internal import Foundation
internal import RegoCompiler

/// `regoc`: Rego modules to one Swift file, for build systems. The build-tool plug-in runs it.
@main
struct Regoc: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "regoc",
        abstract: "Compile Rego modules to one Swift file.",
        discussion: """
            Every rule without operands becomes an entry point, rules of tests (test_...) excepted. The file needs the
            library RegoRuntime.

            Example: regoc policy.rego -o Policy.swift
            """)

    @Argument(help: "The modules.")
    var modules: [String]

    @Option(name: .shortAndLong, help: "The Swift file to write.")
    var output: String

    func run() throws {
        let sources = try modules.sorted().map {
            RegoCompiler.Source(
                file: URL(fileURLWithPath: $0).lastPathComponent,
                text: try String(contentsOfFile: $0, encoding: .utf8))
        }
        let text: String
        do throws(CompilationError) {
            let compiled = try RegoCompiler.compile(sources)
            text = try PolicyPackage(compiled, entrypoints: compiled.documents).singleFile
        } catch {
            FileHandle.standardError.write(Data(error.rendered(in: sources).utf8))
            throw ExitCode.failure
        }
        try Data(text.utf8).write(to: URL(fileURLWithPath: output))
    }
}
