internal import JSON

/// The decision object of a refusal, in the form in which hosts look for it in error texts.
enum Denial {
    /// Longest text, brackets included.
    static let limit = 3072

    private static let noReason =
        "Security policy is either not valid or did not provide a reason for denial. "
        + "Please check security policy or re-generate with tooling."
    private static let notValid =
        "Security policy is not valid. Please check security policy or re-generate with tooling."

    /// The text for a rule that said no.
    static func text(point: EnforcementPoint, input: JSON, reason: JSON?) -> String {
        var decision = JSONObject()
        decision["decision"] = "deny"
        decision["input"] = cleanedInput(input, point)
        if let reason, !isEmpty(reason) {
            decision["reason"] = cleanedReason(reason)
        } else {
            decision["reason"] = .string(noReason)
        }
        return framed(decision)
    }

    /// The text for a question that could not be answered.
    static func text(point: EnforcementPoint, input: JSON, error: String) -> String {
        var decision = JSONObject()
        decision["decision"] = "deny"
        decision["input"] = cleanedInput(input, point)
        decision["reason"] = .string(notValid)
        decision["policyError"] = .string(error)
        return framed(decision)
    }

    private static func isEmpty(_ reason: JSON) -> Bool {
        switch reason {
        case .null: return true
        case .object(let object): return object.members.isEmpty
        case .array(let elements): return elements.isEmpty
        case .string(let text): return text.isEmpty
        case .bool, .number: return false
        }
    }

    // MARK: - Size

    /// The framed text, made shorter by leaving out one part after another until it fits.
    private static func framed(_ decision: JSONObject) -> String {
        var decision = decision
        var text = frame(decision)
        if text.utf8.count <= limit { return text }
        var left: [JSON] = []
        for part in ["reason.error_objects", "input", "reason"] {
            if !remove(part, from: &decision) { continue }
            left.append(.string(part))
            decision["truncated"] = .array(left)
            text = frame(decision)
            if text.utf8.count <= limit { return text }
        }
        return text
    }

    private static func remove(_ part: String, from decision: inout JSONObject) -> Bool {
        if part != "reason.error_objects" {
            if decision[part] == nil { return false }
            decision[part] = nil
            return true
        }
        guard var reason = decision["reason"]?.objectValue, reason["error_objects"] != nil else {
            return false
        }
        reason["error_objects"] = nil
        decision["reason"] = .object(reason)
        return true
    }

    private static func frame(_ decision: JSONObject) -> String {
        let json = JSON.object(decision).serialized(sortedKeys: true)
        return "policyDecision< " + Base64.encode(json) + " >policyDecision"
    }

    // MARK: - Cleaning

    /// Values of environment variables do not leave the guest, and well-known capability sets get their name.
    private static func cleanedInput(_ input: JSON, _ point: EnforcementPoint) -> JSON {
        var object = input.objectValue ?? JSONObject()
        object["rule"] = .string(point.rawValue)
        if let environment = object["envList"]?.arrayValue {
            object["envList"] = .array(environment.map(redacted))
        }
        if let capabilities = object["capabilities"] { object["capabilities"] = shortened(capabilities) }
        return .object(object)
    }

    private static func redacted(_ variable: JSON) -> JSON {
        guard let text = variable.stringValue else { return variable }
        let name = text.utf8.prefix { $0 != UInt8(ascii: "=") }
        return .string(String(decoding: name, as: UTF8.self) + "=<<redacted>>")
    }

    private static func cleanedReason(_ reason: JSON) -> JSON {
        guard var object = reason.objectValue, let elements = object["error_objects"]?.arrayValue else {
            return reason
        }
        object["error_objects"] = .array(
            elements.map { element in
                guard var container = element.objectValue, let capabilities = container["capabilities"] else {
                    return element
                }
                container["capabilities"] = shortened(capabilities)
                return .object(container)
            })
        return .object(object)
    }

    private static func shortened(_ capabilities: JSON) -> JSON {
        if capabilities == set(PolicyDocuments.privilegedCapabilities) { return "[privileged]" }
        if capabilities == set(PolicyDocuments.unprivilegedCapabilities) { return "[unprivileged]" }
        return capabilities
    }

    private static func set(_ names: [String]) -> JSON {
        [
            "bounding": JSON(names), "effective": JSON(names), "inheritable": [], "permitted": JSON(names),
            "ambient": [],
        ]
    }
}
