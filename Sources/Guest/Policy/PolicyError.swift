/// Why the policy, or the lack of one, stands against a request.
package enum PolicyError: Error, Equatable {
    /// No policy is in force yet; the text says what is therefore denied.
    case closed(String)
    /// The policy refuses. The text is the whole decision, framed for the host.
    case denied(String)
    /// A second policy was sent.
    case alreadySet
    /// The plugin failed before; nothing is allowed any more.
    case dead(PluginError)
    /// A transaction was begun inside another one.
    case nestedTransaction
    /// The policy cannot be put in force.
    case notAccepted(PolicySetError)
    /// There is no such container for a follow-up of a decision.
    case notCreated(containerID: String)
}

/// Why a policy cannot be put in force.
package enum PolicySetError: Error, Equatable {
    /// The host names an enforcer other than `rego` and `plugin`.
    case unknownEnforcer(String)
    /// The host asks for a guest that allows everything.
    case openDoor
    /// The policy's text did not arrive as Base64.
    case notBase64
    /// A text was sent, and no policy is compiled into this binary.
    case noLinkedPlugin
    /// The hardware's report, or HOST_DATA in it, cannot be had: why.
    case noHostData(String)
    /// What was sent is not what HOST_DATA promises; both in hexadecimal.
    case digest(computed: String, hostData: String)
    /// The compiled policy was made from another text than the one sent; both in hexadecimal.
    case linkedDigest(computed: String, plugin: String)
    /// The announced size in bytes; checked before anything is read.
    case pluginSize(UInt32, limit: Int)
    /// The host's port did not deliver the whole: why.
    case receivePlugin(String)
    /// The plugin does not start, or does not answer its first questions.
    case launchPlugin(PluginError)
    /// Neither `api_version` nor `api_svn` stands in the policy.
    case noVersion
    /// What stands there instead of `MAJOR.MINOR.PATCH`.
    case invalidVersion(String)
    /// The first questions have an answer of the wrong kind, or fail.
    case evaluation(String)
}

extension PolicyError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .closed(let text), .denied(let text): return text
        case .alreadySet: return "security policy has already been set"
        case .dead(let error):
            return "everything is denied because the policy cannot be asked any more: \(error)"
        case .nestedTransaction: return "nested or concurrent policy transactions are not supported"
        case .notAccepted(let error): return error.description
        case .notCreated(let containerID): return "container \(containerID) was not created under this policy"
        }
    }
}

extension PolicySetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownEnforcer(let type): return "unknown enforcer: \"\(type)\""
        case .openDoor:
            return "Invalid policy for open-door enforcer: this guest does nothing without a policy"
        case .notBase64: return "EncodedSecurityPolicy is not base64 (standard alphabet, padded)"
        case .noLinkedPlugin:
            return "enforcer \"rego\" needs a policy compiled into this guest, and none is: "
                + "send the compiled policy with enforcer \"plugin\""
        case .noHostData(let why): return "the policy cannot be checked against HOST_DATA: \(why)"
        case .digest(let computed, let hostData):
            return "mismatch between the policy's digest \(computed) and HOST_DATA \(hostData)"
        case .linkedDigest(let computed, let plugin):
            return
                "the compiled policy in this guest was made from a text with digest \(plugin), not \(computed)"
        case .pluginSize(let size, let limit):
            return "PluginSize is \(size) bytes, expected 1 to \(limit)"
        case .receivePlugin(let why): return "the compiled policy was not received: \(why)"
        case .launchPlugin(let error): return "the compiled policy does not run: \(error)"
        case .noVersion: return "policy does not define api_version"
        case .invalidVersion(let text): return "policy's api_version \"\(text)\" is not a semantic version"
        case .evaluation(let text): return "the policy cannot be evaluated: \(text)"
        }
    }
}
