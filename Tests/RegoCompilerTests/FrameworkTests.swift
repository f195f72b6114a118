import Foundation
import RegoRuntime
import Testing

@testable import RegoCompiler

/// The framework's own modules, where the checkout has them.
enum FrameworkSources {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func modules() throws -> [RegoCompiler.Source] {
        try PolicyPackage.framework(in: root.appendingPathComponent("policy-plugins/framework"))
    }
}

struct FrameworkTests {
    private func decide(_ point: String, _ input: String) throws -> String {
        let policy = RegoCompiler.Source(
            file: "policy.rego",
            text: """
                package policy
                api_version := "0.12.0"
                framework_version := "0.5.0"
                containers := [{"layers": ["a", "b"], "command": ["x"]}]
                mount_device := data.framework.mount_device
                reason := data.framework.reason
                """)
        let modules = try RegoCompiler.compile(FrameworkSources.modules() + [policy])
        let plan = try CompiledPlan(modules, entrypoints: [point])
        let evaluator = try Evaluator(plan)
        let request = try JSONReader.parse(Array(input.utf8), evaluator.context)
        let data = try JSONReader.parse(Array(#"{"metadata":{}}"#.utf8), evaluator.context)
        return try evaluator.evaluate(entrypoint: point, input: request, data: data).description
    }

    @Test func allowsAListedLayer() throws {
        let result = try decide(
            "policy/mount_device", #"{"target":"/m1","deviceHash":"a","mountPathRegex":"/m[0-9]+"}"#)
        #expect(result.contains(#""allowed": true"#))
    }

    @Test(arguments: [
        (#"{"target":"/m1","deviceHash":"z","mountPathRegex":"/m[0-9]+"}"#, "deviceHash not found"),
        (#"{"target":"/m1/../x","deviceHash":"a","mountPathRegex":"/m[0-9]+"}"#, "mountpoint invalid"),
    ])
    func refusesWithAReason(input: String, reason: String) throws {
        #expect(try decide("policy/mount_device", input) == #"{"allowed": false}"#)
        let named = input.replacingOccurrences(
            of: "{\"target\"", with: "{\"rule\":\"mount_device\",\"target\"")
        #expect(try decide("policy/reason", named).contains(reason))
    }
}
