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
        let modules = try RegoCompiler.compile(
            workspace.sources, version: options.version, allowsExperiments: options.experimentalKeywords)
        let question = try RegoQuery(
            query, modules: modules, version: options.version, limits: Limits(work: 2_000_000_000),
            strict: strictBuiltinErrors)
        do throws(RegoError) {
            return (question, try question.solutions(input: try document(), data: workspace.data))
        } catch {
            let place = question.evaluator.position
            if format == .json { print(RegoResultText.json([(error.codeText, error.message, place)])) }
            throw Failure("\(place.line == 0 ? "" : "\(place): ")\(error)")
        }
    }

    private func document() throws(RegoError) -> [UInt8]? {
        guard let input else { return nil }
        do {
            let bytes = try CommandFile.read(input)
            guard input.hasSuffix(".yaml") || input.hasSuffix(".yml") else { return bytes }
            return Array(try YAMLText.json(String(decoding: bytes, as: UTF8.self)).utf8)
        } catch {
            throw RegoError(.input, "\(error)")
        }
    }
}
