internal import ArgumentParser
internal import Foundation
internal import RegoCompiler

/// `cofferctl rego deps`: what rules read.
struct RegoDepsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deps",
        abstract: "Print what rules depend on.",
        discussion: """
            For every rule below a path: the rules it uses, directly or not, and the documents it reads.

            Example: cofferctl rego deps -d policy/ data.policy.allow
            """)

    @Option(name: .shortAndLong, help: "A module or a folder of modules; may be repeated.")
    var data: [String] = []

    @Argument(help: "Path of a rule or package, such as data.policy.allow.")
    var path: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var options: RegoOptions

    func run() async throws {
        let modules = try options.compile(try options.workspace(data))
        guard let found = RegoDependencies(modules, of: path) else {
            throw Failure("\(path): there is no such rule or package")
        }
        if json {
            let members: [String: Any] = ["virtual": found.rules, "base": found.documents]
            let data = try JSONSerialization.data(
                withJSONObject: members, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
            print(String(decoding: data, as: UTF8.self))
            return
        }
        for rule in found.rules { print("rule      \(rule)") }
        for document in found.documents { print("document  \(document)") }
    }
}
