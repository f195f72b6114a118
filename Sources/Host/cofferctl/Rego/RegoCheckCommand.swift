internal import ArgumentParser
internal import Foundation
internal import RegoCompiler

/// `cofferctl rego check`: says what is wrong with modules.
struct RegoCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Parse and check modules.",
        discussion: """
            Prints nothing when all is well. Otherwise each error is printed with its line, a caret under the place and,
            where the compiler knows it, what to write instead; the exit code is 1.

            Example: cofferctl rego check policy/
            """)

    @Argument(help: "Modules, or folders of such.")
    var paths: [String]

    @Flag(help: "Print the errors as JSON.")
    var json = false

    @Flag(name: .shortAndLong, help: "Refuse variables, arguments and imports that nobody uses, too.")
    var strict = false

    @OptionGroup var options: RegoOptions

    func run() async throws {
        let workspace = try options.workspace(paths)
        if workspace.sources.isEmpty { throw Failure("no .rego files were found") }
        do throws(CompilationError) {
            let modules = try options.modules(workspace)
            if strict, !modules.strictFindings.isEmpty { throw CompilationError(modules.strictFindings) }
        } catch {
            if json {
                print(
                    RegoResultText.json(
                        error.diagnostics.map { ($0.code.rawValue, $0.message, $0.position) }))
            }
            throw RegoOptions.report(error, workspace.sources)
        }
    }
}
