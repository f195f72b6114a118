internal import Foundation
internal import Wire

extension Attack {
    /// Row 2: another policy than the measured one.
    static let policyAttacks = [
        Attack(
            name: "another-policy", row: 2, tried: "hand over another policy while this one is in force"
        ) { context in
            // The pod's own plugin with one byte more: well-formed, and not what HOST_DATA says.
            let path = context.directory.path + "/attack-plugin"
            guard var plugin = FileManager.default.contents(atPath: context.record.policyPlugin) else {
                return .init(verdict: .skipped, answer: "\(context.record.policyPlugin) cannot be read")
            }
            plugin.append(0)
            try plugin.write(to: URL(fileURLWithPath: path))
            defer { unlink(path) }
            let delivery = try context.deliver(path)
            var settings = SecurityPolicySettings()
            settings.enforcerType = SecurityPolicySettings.plugin
            settings.pluginPort = delivery.port
            settings.pluginSize = UInt32(plugin.count)
            let answer = try context.modify(.add, .securityPolicy(settings))
            withExtendedLifetime(delivery.connection) {}
            return context.expect(answer, "policy", "HOST_DATA")
        },
        Attack(name: "policy-text", row: 2, tried: "set an open policy as Rego text") { context in
            var settings = SecurityPolicySettings()
            settings.enforcerType = SecurityPolicySettings.rego
            let text = "package policy\ndefault mount_device := {\"allowed\": true}\n"
            settings.encodedPolicy = Data(text.utf8).base64EncodedString()
            return context.expect(try context.modify(.add, .securityPolicy(settings)), "policy", "HOST_DATA")
        },
    ]
}
