internal import ArgumentParser
internal import Foundation
internal import RegoCompiler
internal import RegoRuntime

/// `cofferctl rego bench`: what one document costs in the forms in which a policy can run.
struct RegoBenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "Measure a document: evaluator, plugin, native.",
        discussion: """
            A decision has its documents parsed beforehand; a request is JSON in, decision, JSON out. The forms must give
            the same answer. The native program is compiled once for its content.

            Example: cofferctl rego bench -d policy/ -i input.json data.policy.allow
            """)

    @Option(name: .shortAndLong, help: "A module, a document, or a folder of such; may be repeated.")
    var data: [String] = []

    @Option(name: .shortAndLong, help: "File with the input document as JSON or YAML; - for standard input.")
    var input: String?

    @Option(help: "Seconds that each form is measured.")
    var seconds = 1.0

    @Flag(help: "Print the figures as JSON.")
    var json = false

    @OptionGroup var options: RegoOptions

    @Argument(help: "The document, such as data.policy.allow.")
    var document: String

    func validate() throws {
        guard seconds > 0, seconds <= 3600 else {
            throw ValidationError("--seconds must be more than 0 and at most 3600, found \(seconds)")
        }
        guard document.hasPrefix("data."), document.utf8.count > 5 else {
            throw ValidationError("expected a document such as data.policy.allow, found \(document)")
        }
    }

    func run() async throws {
        let workspace = try options.workspace(data)
        let benchmark = RegoBenchmark(
            entrypoint: document.dropFirst(5).split(separator: ".").joined(separator: "/"),
            modules: try options.compile(workspace), data: workspace.data,
            input: try RegoOptions.document(input), seconds: seconds)
        let figures: [RegoBenchmark.Figure]
        do { figures = try benchmark.run(PolicyCompile.builder) } catch let error as CompilationError {
            throw RegoOptions.report(error, workspace.sources)
        } catch {
            throw Failure("\(error)")
        }
        if json {
            let rows = figures.map {
                "{\"packaging\":\"\($0.packaging)\",\"median_us\":\($0.median),\"least_us\":\($0.least)}"
            }
            print("[" + rows.joined(separator: ",") + "]")
            return
        }
        print("microseconds".padding(toLength: 34, withPad: " ", startingAt: 0) + "      median       least")
        for figure in figures {
            let name = figure.packaging.padding(toLength: 34, withPad: " ", startingAt: 0)
            print(name + String(format: "%12.2f%12.2f", figure.median, figure.least))
        }
    }
}
