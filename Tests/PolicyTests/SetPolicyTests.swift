import JSON
import Testing

@testable import Policy

struct SetPolicyTests {
    private let text = Array("package policy\n".utf8)

    private func linked(_ fake: FakePlugin, digest: String? = nil) -> LinkedPolicy {
        let digest = digest ?? Digest.hexadecimal(Digest.sha256(text))
        fake.answer("coffer/plugin", "{\"result\":{\"sourceDigest\":\"\(digest)\"}}")
        let plugin = fake.plugin
        return LinkedPolicy { request in (try? plugin.evaluate(request)) ?? [] }
    }

    @Test func aLinkedPolicyIsSetOnce() throws {
        let engine = PolicyEngine()
        let fake = FakePlugin()
        let linked = linked(fake)
        let hostData = Digest.sha256(text)
        try engine.setLinked(text: text, linked: linked, hostData: hostData)
        #expect(engine.isSet)
        #expect(throws: PolicyError.alreadySet) {
            try engine.setLinked(text: text, linked: linked, hostData: hostData)
        }
        #expect(throws: PolicyError.alreadySet) { try engine.setDetached(executable: [], hostData: hostData) }
    }

    @Test func theDigestHasToBeHostData() throws {
        let engine = PolicyEngine()
        let fake = FakePlugin()
        let linked = linked(fake)
        var hostData = Digest.sha256(text)
        hostData[31] ^= 1
        let wrong = hostData
        let error = #expect(throws: PolicyError.self) {
            try engine.setLinked(text: text, linked: linked, hostData: wrong)
        }
        #expect(error?.description.contains("HOST_DATA \(Digest.hexadecimal(wrong))") == true)
        #expect(throws: PolicyError.self) { try engine.setDetached(executable: text, hostData: wrong) }
        #expect(throws: PolicyError.self) { try engine.setLinked(text: text, linked: linked, hostData: []) }
        #expect(!engine.isSet)
        #expect(fake.requests.isEmpty)
    }

    @Test func withoutLinkedCodeATextIsRefused() {
        let engine = PolicyEngine()
        #expect(throws: PolicyError.notAccepted(.noLinkedPlugin)) {
            try engine.setLinked(text: text, linked: nil, hostData: Digest.sha256(text))
        }
        #expect(!engine.isSet)
    }

    @Test func linkedCodeOfAnotherTextIsRefused() {
        let engine = PolicyEngine()
        let other = linked(FakePlugin(), digest: "00")
        let error = #expect(throws: PolicyError.self) {
            try engine.setLinked(text: text, linked: other, hostData: Digest.sha256(text))
        }
        #expect(error?.description.contains("was made from a text with digest 00") == true)
        #expect(!engine.isSet)
    }

    @Test(arguments: [
        ("{}", "policy does not define api_version"),
        ("{\"result\":7}", "policy's api_version \"7\" is not a semantic version"),
        ("{\"result\":\"new\"}", "policy's api_version \"new\" is not a semantic version"),
        ("{\"error\":{\"message\":\"no\"}}", "the policy cannot be evaluated: error: no"),
        ("x", "the compiled policy does not run"),
    ])
    func aPolicyHasToNameItsVersion(response: String, expected: String) {
        let fake = FakePlugin()
        fake.answer("policy/api_version", response)
        let error = #expect(throws: PolicyError.self) { try fake.engine() }
        #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [("{}", false), ("{\"result\":false}", false), ("{\"result\":true}", true)])
    func whetherProcessesAreShared(response: String, expected: Bool) throws {
        let fake = FakePlugin()
        fake.answer("policy/share_process_namespace", response)
        #expect(try fake.engine().sharesProcesses == expected)
    }

    /// Neither true nor false is no policy.
    @Test(arguments: ["{\"result\":\"true\"}", "{\"result\":null}", "{\"error\":{\"message\":\"no\"}}", "x"])
    func processesAreSharedOrNot(response: String) {
        let fake = FakePlugin()
        fake.answer("policy/share_process_namespace", response)
        #expect(throws: PolicyError.self) { try fake.engine() }
    }

    @Test func theOlderNameOfTheVersionCounts() throws {
        let fake = FakePlugin()
        fake.answer("policy/api_version", "{}")
        fake.answer("policy/api_svn", "{\"result\":\"0.10.0\"}")
        #expect(try fake.engine().isSet)
    }
}
