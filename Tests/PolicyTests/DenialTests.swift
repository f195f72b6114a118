import JSON
import Testing

@testable import Policy

struct DenialTests {
    @Test func theTextHoldsInputReasonAndRule() throws {
        let text = Denial.text(
            point: .createContainer, input: ["envList": ["A=secret", "B"], "x": 1],
            reason: ["errors": ["invalid command"]])
        #expect(text.hasPrefix("policyDecision< "))
        #expect(text.hasSuffix(" >policyDecision"))
        #expect(
            try decision(in: text) == [
                "decision": "deny",
                "input": [
                    "envList": ["A=<<redacted>>", "B=<<redacted>>"], "x": 1, "rule": "create_container",
                ], "reason": ["errors": ["invalid command"]],
            ])
    }

    @Test(arguments: [JSON?.none, .null, [:], [], ""])
    func withoutAReasonTheTextSaysSo(reason: JSON?) throws {
        let decision = try decision(in: Denial.text(point: .dumpStacks, input: [:], reason: reason))
        #expect(decision["reason"]?.stringValue?.hasPrefix("Security policy is either not valid or") == true)
    }

    @Test func knownCapabilitySetsGetTheirNames() throws {
        let unprivileged = JSON(PolicyDocuments.unprivilegedCapabilities)
        let privileged = JSON(PolicyDocuments.privilegedCapabilities)
        func set(_ names: JSON) -> JSON {
            ["bounding": names, "effective": names, "permitted": names, "inheritable": [], "ambient": []]
        }
        let text = Denial.text(
            point: .createContainer, input: ["capabilities": set(unprivileged)],
            reason: ["errors": [], "error_objects": [["capabilities": set(privileged)], "x"]])
        let decision = try decision(in: text)
        #expect(decision["input"]?["capabilities"] == "[unprivileged]")
        #expect(decision["reason"]?["error_objects"] == [["capabilities": "[privileged]"], "x"])
    }

    /// Too long a text loses its parts one after another, until it fits.
    @Test(arguments: [
        (3000, 10, 10, ["reason.error_objects"]), (3000, 3000, 10, ["reason.error_objects", "input"]),
        (3000, 3000, 3000, ["reason.error_objects", "input", "reason"]),
        (10, 3000, 10, ["reason.error_objects", "input"]),
        (10, 10, 10, nil),
    ])
    func longTextsAreShortened(objects: Int, input: Int, errors: Int, expected: [String]?) throws {
        let text = Denial.text(
            point: .createContainer, input: ["a": .string(String(repeating: "i", count: input))],
            reason: [
                "errors": [.string(String(repeating: "e", count: errors))],
                "error_objects": [.string(String(repeating: "o", count: objects))],
            ])
        #expect(text.utf8.count <= Denial.limit)
        let truncated = try decision(in: text)["truncated"]
        #expect(truncated == expected.map { JSON($0) })
    }

    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func base64OfTheStandard(plain: String, encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zg=", "Zg==Zg==", "Z===", "====", "Zm9v ", "Zh==", "Zm9=", "Zm-_", "Zg==\n"])
    func brokenBase64IsRefused(text: String) { #expect(Base64.decode(text) == nil) }

    @Test(arguments: [
        ("0.11.0", "0.11.0", true), ("0.12.0", "0.11.1", true), ("1.0.0", "0.99.99", true),
        ("0.10.9", "0.11.0", false), ("0.11.0-rc", "0.11.0", false), ("0.11.0", "0.11.0-rc", true),
    ])
    func versionsCompare(left: String, right: String, atLeast: Bool) throws {
        #expect(try #require(SemanticVersion(left)).isAtLeast(#require(SemanticVersion(right))) == atLeast)
    }

    @Test(arguments: [
        "", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.2.x", "1.2.3-", "1.2.9999999999", "-1.2.3",
    ])
    func brokenVersionsAreRefused(text: String) { #expect(SemanticVersion(text) == nil) }
}
