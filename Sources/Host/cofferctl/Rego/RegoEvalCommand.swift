internal import ArgumentParser
internal import Foundation
internal import RegoCompiler
internal import RegoRuntime

/// `cofferctl rego eval`: answers a query.
struct RegoEvalCommand: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case json, bindings, raw
    }

    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Evaluate a Rego query.",
        discussion: """
            Prints what `opa eval` prints: one object with the results, `{}` when the query is undefined.

            Example: cofferctl rego eval -d policy.rego -i input.json 'data.policy.allow'
            """)

    @Option(name: .shortAndLong, help: "A module, a document, or a folder of such; may be repeated.")
    var data: [String] = []

    @Option(name: .shortAndLong, help: "File with the input document as JSON or YAML; - for standard input.")
    var input: String?

    @Option(
        name: .shortAndLong, help: "json (as opa eval), bindings (one object per solution) or raw values.")
    var format = Format.json

    @Flag(help: "A built-in function that fails is an error instead of undefined.")
    var strictBuiltinErrors = false

    @Flag(help: "Compile the query to a native program, once for its text, and run that.")
    var native = false

    @Flag(help: "Exit with code 1 when the query has no solution.")
    var fail = false

    @OptionGroup var options: RegoOptions

    @Argument(help: "The query.")
    var query: String

    func run() async throws {
        let workspace = try options.workspace(data)
        do {
            let solutions = try evaluate(workspace)
            switch format {
            case .json: print(RegoResultText.json(solutions.1))
            case .bindings: print(RegoResultText.bindings(solutions.1))
            case .raw: print(RegoResultText.raw(solutions.1))
            }
            if fail, solutions.1.isEmpty { throw ExitCode.failure }
        } catch let error as CompilationError {
            if format == .json {
                print(
                    RegoResultText.json(
                        error.diagnostics.map { ($0.code.rawValue, $0.message, $0.position) }))
            }
            throw RegoOptions.report(error, workspace.sources, query: query)
        }
    }

    /// The query keeps the memory that the solutions lie in.
    private func evaluate(_ workspace: RegoWorkspace) throws -> (RegoQuery, [RegoQuery.Solution]) {
        let modules = try options.modules(workspace)
        let question = try RegoQuery(
            query, modules: modules, version: options.version, limits: Limits(work: 2_000_000_000),
            strict: strictBuiltinErrors)
        let program = native ? try NativeProgram(try question.native(), builder: PolicyCompile.builder) : nil
        do {
            let input = try RegoOptions.document(input)
            guard let program else {
                return (question, try question.solutions(input: input, data: workspace.data))
            }
            let request = NativeProgram.request("query", data: workspace.data, input: input)
            return (question, try question.solutions(answered: try program.answer(request)))
        } catch let error as RegoError {
            let place = question.evaluator.position
            if format == .json { print(RegoResultText.json([(error.codeText, error.message, place)])) }
            throw Failure("\(place.line == 0 ? "" : "\(place): ")\(error)")
        }
    }
}
