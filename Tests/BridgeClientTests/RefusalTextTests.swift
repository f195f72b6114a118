import BridgeClient
import Foundation
import Testing

/// Reading a policy's reasons out of a refusal.
@Suite struct RefusalTextTests {
    private func message(_ decision: String, prefix: String = "exec in container denied due to policy: ")
        -> String
    {
        "\(prefix)policyDecision< \(Data(decision.utf8).base64EncodedString()) >policyDecision"
    }

    @Test func reasonsAreTheErrorsOfTheDecision() {
        let text = message(#"{"decision":"deny","reason":{"errors":["invalid command","invalid user"]}}"#)
        #expect(RefusalText.reasons(text) == ["invalid command", "invalid user"])
    }

    @Test func readableTextKeepsThePrefix() {
        let text = message(#"{"decision":"deny"}"#)
        #expect(RefusalText.readable(text) == #"exec in container denied due to policy: {"decision":"deny"}"#)
    }

    @Test(arguments: [
        "", "no markers", "policyDecision< ", "policyDecision< !!! >policyDecision", " >policyDecision",
        " >policyDecision policyDecision< ",
    ])
    func textWithoutADecisionStaysAsItIs(_ text: String) {
        #expect(RefusalText.decision(in: text) == nil)
        #expect(RefusalText.readable(text) == (text.isEmpty ? "no reason given" : text))
    }

    /// As the framework refuses questions about counters.
    @Test func withoutReasonsThereIsWhatWasDenied() {
        let text = message(
            #"{"decision":"deny","reason":{"errors":[],"error_objects":null}}"#,
            prefix: "get properties denied due to policy: ")
        #expect(RefusalText.reasons(text) == ["get properties denied due to policy"])
    }

    @Test func decisionWithoutErrorsIsShownWhole() {
        let text = message(#"{"decision":"deny","reason":"no reason"}"#, prefix: "")
        #expect(RefusalText.reasons(text) == [#"{"decision":"deny","reason":"no reason"}"#])
    }
}
