internal import Foundation
internal import JSON

/// Makes the text of a policy refusal readable: the decision travels as Base64 between two markers.
package enum RefusalText {
    private static let opening = "policyDecision< "
    private static let closing = " >policyDecision"

    /// The text with an encoded decision replaced by its plain form.
    package static func readable(_ message: String) -> String {
        guard let decision = decision(in: message), let start = message.range(of: opening),
            let end = message.range(of: closing)
        else { return message.isEmpty ? "no reason given" : message }
        let before = message[..<start.lowerBound].trimmingCharacters(in: .whitespaces)
        let after = message[end.upperBound...].trimmingCharacters(in: .whitespaces)
        return [before, decision, after].filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// The policy's decision inside a refusal, as JSON text; nil when the message holds none.
    package static func decision(in message: String) -> String? {
        guard let start = message.range(of: opening),
            let end = message.range(of: closing, range: start.upperBound..<message.endIndex),
            let data = Data(base64Encoded: String(message[start.upperBound..<end.lowerBound]))
        else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// The policy's own reasons: the strings of `reason.errors` in the decision, or the readable text.
    package static func reasons(_ message: String) -> [String] {
        guard let decision = decision(in: message), let json = try? JSON.parse(decision),
            let reason = json.objectValue?.value(caseInsensitive: "reason")?.objectValue,
            let errors = reason.value(caseInsensitive: "errors")?.arrayValue
        else { return [readable(message)] }
        let reasons = errors.compactMap(\.stringValue)
        if !reasons.isEmpty { return reasons }
        // A policy may refuse without a reason; then what was denied is all there is to say.
        let denied = message[..<(message.range(of: opening)?.lowerBound ?? message.endIndex)]
            .trimmingCharacters(in: CharacterSet(charactersIn: ": "))
        return [denied.isEmpty ? readable(message) : denied]
    }
}
