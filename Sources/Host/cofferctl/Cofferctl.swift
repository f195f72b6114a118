internal import ArgumentParser

/// Everything a person types on the host.
///
/// Exit codes: 0 done, 1 failed, 2 or 64 wrong usage, 3 refused by a policy or a verification.
@main
struct Cofferctl: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cofferctl",
        abstract: "Build, measure, launch and verify confidential container groups.",
        discussion: """
            From an image to a running, provable pod:

              cofferctl layers build nginx.tar redis.tar -o images
              cofferctl policy generate pod.yaml --images images -o policy.rego
              cofferctl policy compile policy.rego -o policy
              cofferctl appliance build -o appliance
              cofferctl run pod.yaml --images images --policy policy --appliance appliance

            Exit codes: 0 done, 1 failed, 2 or 64 wrong usage, 3 refused by a policy or a verification.
            """,
        version: CofferctlVersion.text,
        // One line per command or group: keep them in the order a person needs them.
        subcommands: [
            ApplianceCommand.self,
            LayersCommand.self,
            PolicyCommand.self,
            RegoCommand.self,
            RunCommand.self,
            ExecCommand.self,
            PsCommand.self,
            StatsCommand.self,
            UpdateCommand.self,
            LogsCommand.self,
            StopCommand.self,
            AttackCommand.self,
            MeasureCommand.self,
            VerifyCommand.self,
            CompletionsCommand.self,
            ManualCommand.self,
        ])

    /// Parses and runs, and turns every failure into one message on standard error and an exit code.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch {
            Failure.exit(for: error)
        }
    }
}

/// The version that `cofferctl --version` prints.
enum CofferctlVersion {
    static let text = "0.1.0"
}
