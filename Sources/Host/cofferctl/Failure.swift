internal import ArgumentParser
internal import Foundation

/// The exit codes of `cofferctl`, the same for every command.
enum ExitStatus: Int32 {
    /// The command could not do what was asked.
    case failed = 1
    /// The arguments make no sense together (ArgumentParser's own usage errors exit with 64).
    case usage = 2
    /// A policy, the guest or a verification said no: the system worked, the answer is a refusal.
    case refused = 3
}

/// An error that a command reports to the person who typed it.
///
/// Throw it from `run()`; any other error is reported with its description and exit code 1.
struct Failure: Error, CustomStringConvertible {
    /// What was wrong, and what was expected.
    let message: String
    /// What the person can do about it.
    let hint: String?
    let status: ExitStatus

    init(_ message: String, hint: String? = nil, status: ExitStatus = .failed) {
        self.message = message
        self.hint = hint
        self.status = status
    }

    /// A refusal by policy or verification (exit code 3).
    static func refused(_ message: String, hint: String? = nil) -> Failure {
        Failure(message, hint: hint, status: .refused)
    }

    /// Arguments that cannot be used together (exit code 2).
    static func usage(_ message: String, hint: String? = nil) -> Failure {
        Failure(message, hint: hint, status: .usage)
    }

    var description: String {
        hint.map { "\(message)\nhint: \($0)" } ?? message
    }

    /// Prints `error` the way `cofferctl` prints errors and ends the process with its exit code.
    static func exit(for error: any Error) -> Never {
        switch error {
        case let failure as Failure:
            Terminal.error("cofferctl: \(failure)")
            Foundation.exit(failure.status.rawValue)
        case is CleanExit, is ExitCode, is ValidationError:
            Cofferctl.exit(withError: error)
        default:
            // ArgumentParser's own parsing errors carry usage text and exit code 64; their type is not public.
            if Cofferctl.exitCode(for: error) != .failure { Cofferctl.exit(withError: error) }
            Terminal.error("cofferctl: \(error)")
            Foundation.exit(ExitStatus.failed.rawValue)
        }
    }
}
