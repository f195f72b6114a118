internal import Linux
internal import Runtime

/// How a command ends other than well.
enum CommandLineError: Error {
    /// What was typed makes no sense.
    case usage(String)
    /// The runtime refused or failed; the prefix says which command it was.
    case runtime(prefix: String, RuntimeError)
    /// Anything else that went wrong.
    case failed(String)
    /// There is no such command.
    case unknownCommand(String)
    /// Not an error: the status to exit with, that of the container's program.
    case exit(Int32)
}

extension CommandLineError {
    var text: String {
        switch self {
        case .usage(let text), .failed(let text): return text
        case .runtime(let prefix, let error):
            if prefix.isEmpty { return error.description }
            if case .failed(.execute, _, _) = error { return error.description }
            return prefix + ": " + Self.container(error)
        case .unknownCommand(let name): return "No help topic for '\(name)'"
        case .exit: return ""
        }
    }

    /// What happened inside the container's first process reads as clients of OCI runtimes know it.
    private static func container(_ error: RuntimeError) -> String {
        switch error {
        case .notExecutable(let text): return "unable to start container process: " + text
        case .failed(let step, _, _) where step.isInside:
            return "unable to start container process: error during container init: " + error.description
        default: return error.description
        }
    }
}

extension Step {
    /// Whether the step is one of the container's first process.
    var isInside: Bool { rawValue >= Step.setSessionLeader.rawValue && rawValue <= Step.execute.rawValue }
}
