internal import ArgumentParser

/// `cofferctl policy ...`: writing, compiling and digesting execution policies.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Write, compile and digest execution policies.",
        // One line per command; the compiler's commands register here too.
        subcommands: [
            PolicyGenerateCommand.self,
            PolicyCompile.self,
            PolicyDigestCommand.self,
        ])
}
