import Foundation
import JSON
import Testing

/// The other packaging: the policy is part of the guest's binary, and the host delivers only its text.
@Suite(.serialized, .enabled(if: VMTests.isOn, VMTests.comment))
struct LinkedPolicyTests {
    /// An appliance with the suite's policy in it, made at the first use.
    private static let appliance = Result { () throws -> String in
        let path = VMTests.cache + "/linked"
        try Cofferctl.check(
            "appliance", "build", "--development", "--policy", VMTests.inputs.get().policy, "-o", path)
        return path
    }

    @Test func podRunsUnderTheLinkedPolicy() throws {
        let inputs = try VMTests.inputs.get()
        let pod = try PodUnderTest(
            name: "linked", policy: inputs.policy + "/policy.rego", appliance: try Self.appliance.get())
        let text = try Cofferctl.check("policy", "digest", inputs.policy + "/policy.rego")
        #expect(
            try pod.status()["policyDigest"]?.stringValue
                == text.trimmingCharacters(in: .whitespacesAndNewlines))
        #expect(try pod.exec("nginx", "nginx", "-t").status == 0)
        let refused = try pod.exec("nginx", "cat", "/etc/shadow")
        #expect(refused.status == 3)
        #expect(refused.errors.contains("invalid command"))
    }

    /// Refused before anything boots: the text is not the one that the appliance was built for.
    @Test func anotherTextIsRefused() throws {
        let inputs = try VMTests.inputs.get()
        let path = VMTests.cache + "/other.rego"
        let text = try String(contentsOfFile: inputs.policy + "/policy.rego", encoding: .utf8)
        try (text + "\n# other\n").write(toFile: path, atomically: true, encoding: .utf8)
        let result = try Cofferctl.run([
            "run", VMTests.manifest, "--images", inputs.images, "--policy", path, "--appliance",
            try Self.appliance.get(), "--name", "other",
        ])
        #expect(result.status == 1)
        #expect(result.errors.contains("the policy linked into the appliance is"))
    }

    /// The same guest takes a plugin too: HOST_DATA decides, not the packaging.
    @Test func aPluginIsTakenToo() throws {
        let pod = try PodUnderTest(name: "both", appliance: try Self.appliance.get())
        #expect(try pod.exec("nginx", "nginx", "-t").status == 0)
    }
}
