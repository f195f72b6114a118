internal import ArgumentParser
internal import Foundation
internal import RegoCompiler

/// `cofferctl rego fmt`: writes modules in their one form.
struct RegoFmtCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fmt",
        abstract: "Format modules.",
        discussion: """
            Prints the formatted modules; - reads standard input. Comments and the author's line breaks are kept.

            Example: cofferctl rego fmt --write policy/
            """)

    @Argument(help: "Modules, or folders of such; - for standard input.")
    var paths: [String]

    @Flag(name: .shortAndLong, help: "Overwrite the files that change.")
    var write = false

    @Flag(name: .shortAndLong, help: "Print the differences.")
    var diff = false

    @Flag(name: .shortAndLong, help: "List the files that would change.")
    var list = false

    @Flag(help: "Exit with code 1 when a file would change.")
    var fail = false

    @OptionGroup var options: RegoOptions

    func run() async throws {
        var changed = false
        for source in try sources() {
            let formatted: String
            do throws(CompilationError) {
                formatted = try Formatter.format(
                    source.text, file: source.file, version: options.version,
                    allowsExperiments: options.experimentalKeywords)
            } catch {
                throw RegoOptions.report(error, [source])
            }
            let isChanged = formatted != source.text
            changed = changed || isChanged
            if isChanged, list { print(source.file) }
            if isChanged, diff {
                print(LineDifference.text(source.text, formatted, file: source.file), terminator: "")
            }
            if isChanged, write, source.file != "-" {
                try Data(formatted.utf8).write(to: URL(fileURLWithPath: source.file))
            }
            if !list, !diff, !write { print(formatted, terminator: "") }
        }
        if fail, changed { throw ExitCode.failure }
    }

    private func sources() throws -> [RegoCompiler.Source] {
        if paths == ["-"] {
            return [.init(file: "-", text: String(decoding: try CommandFile.read("-"), as: UTF8.self))]
        }
        let found = try options.workspace(paths).sources
        if found.isEmpty { throw Failure("no .rego files were found") }
        return found
    }
}
