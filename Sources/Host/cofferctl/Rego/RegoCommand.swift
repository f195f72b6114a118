internal import ArgumentParser

/// `cofferctl rego ...`: the Rego compiler as a tool of its own.
struct RegoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rego",
        abstract: "Evaluate, test, check, format and compile Rego.",
        discussion: """
            Modules (.rego) and documents (.json, .yaml) are named with -d, files or folders:

              cofferctl rego eval -d policy/ -i input.json 'data.policy.allow'
              cofferctl rego test policy/
              cofferctl rego check policy/
              cofferctl rego fmt --write policy/
              cofferctl rego compile -d policy/ --entrypoint policy/allow -o Package
            """,
        subcommands: [
            RegoEvalCommand.self,
            RegoTestCommand.self,
            RegoCheckCommand.self,
            RegoFmtCommand.self,
            RegoDepsCommand.self,
            RegoBenchCommand.self,
            RegoCompileCommand.self,
            RegoBuildCommand.self,
        ])
}
