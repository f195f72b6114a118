internal import JSON

/// Settings of SecurityPolicy: the policy that will be in force until the guest ends.
package struct SecurityPolicySettings: Equatable {
    /// "rego": `encodedPolicy` holds the text whose compiled form is linked into the guest.
    package static let rego = "rego"
    /// "plugin": the guest dials `pluginPort` and reads `pluginSize` bytes of compiled policy.
    package static let plugin = "plugin"

    /// `rego` or `plugin`; empty stands for `rego`, and is refused without a policy.
    package var enforcerType = ""
    /// Base64 of the policy text.
    package var encodedPolicy = ""
    /// Base64 of the signed reference values for the guest image.
    package var encodedReference = ""
    /// Base64 of the same reference values as a hash envelope.
    package var encodedHashEnvelopeReference = ""
    /// Host port that delivers a compiled policy; 0 when there is none.
    package var pluginPort: UInt32 = 0
    /// Size of the compiled policy in bytes.
    package var pluginSize: UInt32 = 0

    package init() {}

    init(fields: Fields) throws(WireError) {
        enforcerType = try fields.string("EnforcerType")
        encodedPolicy = try fields.string("EncodedSecurityPolicy")
        encodedReference = try fields.string("EncodedUVMReference")
        encodedHashEnvelopeReference = try fields.string("EncodedUVMHashEnvelopeReference")
        pluginPort = try fields.integer("PluginPort")
        pluginSize = try fields.integer("PluginSize")
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("EnforcerType", unlessEmpty: enforcerType)
        writer.put("EncodedSecurityPolicy", unlessEmpty: encodedPolicy)
        writer.put("EncodedUVMReference", unlessEmpty: encodedReference)
        writer.put("EncodedUVMHashEnvelopeReference", unlessEmpty: encodedHashEnvelopeReference)
        if pluginPort != 0 { writer.put("PluginPort", pluginPort) }
        if pluginSize != 0 { writer.put("PluginSize", pluginSize) }
        return writer.json
    }
}

/// Settings of SecurityPolicyFragment: a signed addition to the policy.
package struct SecurityPolicyFragment: Equatable {
    /// Base64 of a COSE_Sign1.
    package var fragment: String
    /// Not looked at: this guest takes no fragments.
    package var mediaType: String

    package init(fragment: String, mediaType: String) {
        self.fragment = fragment
        self.mediaType = mediaType
    }

    init(fields: Fields) throws(WireError) {
        fragment = try fields.string("Fragment")
        mediaType = try fields.string("MediaType")
    }

    var json: JSON { ["Fragment": .string(fragment), "MediaType": .string(mediaType)] }
}
