internal import ArgumentParser

/// `cofferctl completions SHELL`: the completion script that a shell sources.
struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print the completion script for a shell.",
        discussion: """
            Example:
              cofferctl completions bash > /etc/bash_completion.d/cofferctl
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: String

    func run() throws {
        guard let shell = CompletionShell(rawValue: shell) else {
            let known = CompletionShell.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure.usage("unknown shell \"\(self.shell)\", expected one of: \(known)")
        }
        Terminal.output(Cofferctl.completionScript(for: shell))
    }
}
