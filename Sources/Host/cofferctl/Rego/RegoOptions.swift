internal import ArgumentParser
internal import Foundation
internal import RegoCompiler
internal import RegoRuntime

/// What every `cofferctl rego` command that reads modules shares.
struct RegoOptions: ParsableArguments {
    @Flag(name: .customLong("v0"), help: "Read modules and queries as Rego v0.")
    var isVersion0 = false

    @Flag(help: "Modules may import future.keywords.and and future.keywords.or.")
    var experimentalKeywords = false

    var version: RegoVersion { isVersion0 ? .v0 : .v1 }

    /// Loads files and folders.
    func workspace(_ paths: [String]) throws -> RegoWorkspace {
        do {
            return try RegoWorkspace(paths: paths)
        } catch let error as RegoWorkspace.Failure {
            throw Failure(error.description)
        }
    }

    /// Parses and checks the modules; what is wrong goes to standard error, with the line and a caret.
    func compile(_ workspace: RegoWorkspace) throws -> CompiledModules {
        do throws(CompilationError) { return try modules(workspace) } catch {
            throw Self.report(error, workspace.sources)
        }
    }

    /// Parses and checks the modules, for those who report what is wrong in their own way.
    func modules(_ workspace: RegoWorkspace) throws(CompilationError) -> CompiledModules {
        try RegoCompiler.compile(
            workspace.sources, version: version, allowsExperiments: experimentalKeywords)
    }

    /// The input document of a file, JSON or YAML, as JSON text; nil when none is named.
    static func document(_ path: String?) throws(RegoError) -> [UInt8]? {
        guard let path else { return nil }
        do {
            let bytes = try CommandFile.read(path)
            guard path.hasSuffix(".yaml") || path.hasSuffix(".yml") else { return bytes }
            return Array(try YAMLText.json(String(decoding: bytes, as: UTF8.self)).utf8)
        } catch {
            throw RegoError(.input, "\(error)")
        }
    }

    /// Prints the diagnostics for a person; answers the exit code to throw.
    static func report(_ error: CompilationError, _ sources: [RegoCompiler.Source], query: String? = nil)
        -> ExitCode
    {
        let asked = query.map { [RegoCompiler.Source(file: "query", text: $0)] } ?? []
        FileHandle.standardError.write(Data(error.rendered(in: sources + asked).utf8))
        return .failure
    }
}
