internal import BridgeClient
internal import Wire

/// Tells a policy's "no" from everything else that can go wrong.
enum PodRefusal {
    /// Whether an error is the guest refusing by policy.
    static func isRefusal(_ error: any Error) -> Bool {
        guard case BridgeError.refused(_, let answer) = error else { return false }
        return RefusalText.decision(in: answer.errorMessage) != nil
    }

    /// The error as a command reports it: exit code 3 when a policy said no.
    static func failure(_ error: any Error, doing step: String) -> Failure {
        if let failure = error as? Failure { return failure }
        if case BridgeError.refused(_, let answer) = error, isRefusal(error) {
            let reasons = RefusalText.reasons(answer.errorMessage).joined(separator: "; ")
            return .refused("\(step): refused by the policy: \(reasons)")
        }
        return Failure("\(step): \(error)")
    }
}
