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
    case unknownEnforcer(String)
    case openDoor
    case notBase64
    case noLinkedPlugin
    case noHostData(String)
    case digest(computed: String, hostData: String)
    case linkedDigest(computed: String, plugin: String)
    case pluginSize(UInt32, limit: Int)
    case receivePlugin(String)
    case launchPlugin(PluginError)
    case noVersion
    case invalidVersion(String)
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
