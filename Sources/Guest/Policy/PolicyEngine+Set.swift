internal import JSON

/// The compiled policy that is part of this binary.
package struct LinkedPolicy {
    /// The plugin's function.
    let evaluate: ([UInt8]) -> [UInt8]

    /// Wraps the function that the generated code exposes.
    package init(evaluate: @escaping ([UInt8]) -> [UInt8]) { self.evaluate = evaluate }
}

extension PolicyEngine {
    /// Largest compiled policy that is accepted, in bytes.
    package static let pluginSizeLimit = 16 << 20

    /// Puts the policy in force whose text this is, by the code that was compiled from it into this binary.
    ///
    /// - Parameters:
    ///   - text: the policy's text; its digest must be HOST_DATA and the digest that the compiled code names.
    ///   - hostData: HOST_DATA of the hardware's report, 32 bytes.
    package func setLinked(
        text: [UInt8], linked: LinkedPolicy?, hostData: [UInt8]
    ) throws(PolicyError) {
        if isSet { throw .alreadySet }
        try Self.check(text, against: hostData)
        guard let linked else { throw .notAccepted(.noLinkedPlugin) }
        let plugin = PolicyPlugin(linked: linked.evaluate)
        let digest = Digest.hexadecimal(Digest.sha256(text))
        let source: String
        do throws(PluginError) {
            source = try plugin.describe()["sourceDigest"]?.stringValue ?? ""
        } catch {
            throw .notAccepted(.launchPlugin(error))
        }
        if !source.utf8.elementsEqual(digest.utf8) {
            throw .notAccepted(.linkedDigest(computed: digest, plugin: source))
        }
        try putInForce(plugin)
    }

    /// Puts a compiled policy in force that the host delivered: its bytes' digest must be HOST_DATA. It runs as a
    /// child process that can do nothing but answer.
    package func setDetached(executable: [UInt8], hostData: [UInt8]) throws(PolicyError) {
        if isSet { throw .alreadySet }
        try Self.check(executable, against: hostData)
        let plugin: PolicyPlugin
        do throws(PluginError) {
            plugin = try DetachedPlugin.launch(executable)
        } catch {
            throw .notAccepted(.launchPlugin(error))
        }
        do throws(PolicyError) {
            try putInForce(plugin)
        } catch {
            plugin.end()
            throw error
        }
    }

    private static func check(_ bytes: [UInt8], against hostData: [UInt8]) throws(PolicyError) {
        let digest = Digest.sha256(bytes)
        if digest != hostData {
            throw .notAccepted(
                .digest(computed: Digest.hexadecimal(digest), hostData: Digest.hexadecimal(hostData)))
        }
    }

    /// The policy is in force when it answers which version of the interface it was written for.
    func putInForce(_ plugin: PolicyPlugin) throws(PolicyError) {
        let text = try declaredVersion(plugin)
        guard let version = SemanticVersion(text) else { throw .notAccepted(.invalidVersion(text)) }
        sharesProcesses = try flag("share_process_namespace", plugin)
        stance = .inForce(plugin, version: version)
        memory = Memory()
    }

    /// A truth value that stands in the policy under a name of Coffer's own; false when it does not.
    private func flag(_ name: String, _ plugin: PolicyPlugin) throws(PolicyError) -> Bool {
        let answer: PluginAnswer
        do throws(PluginError) {
            answer = try plugin.ask("policy/" + name, input: [:], data: data)
        } catch {
            throw .notAccepted(.launchPlugin(error))
        }
        switch answer {
        case .value(let value):
            guard let flag = value.boolValue else {
                throw .notAccepted(.evaluation("\(name) is \(value.kind), expected true or false"))
            }
            return flag
        case .failed(let message): throw .notAccepted(.evaluation(message))
        case .undefined: return false
        }
    }

    /// The policy's `api_version`, or its older alias `api_svn`.
    private func declaredVersion(_ plugin: PolicyPlugin) throws(PolicyError) -> String {
        for name in ["policy/api_version", "policy/api_svn"] {
            let answer: PluginAnswer
            do throws(PluginError) {
                answer = try plugin.ask(name, input: [:], data: data)
            } catch {
                throw .notAccepted(.launchPlugin(error))
            }
            switch answer {
            case .value(let value):
                guard let text = value.stringValue else { throw .notAccepted(.invalidVersion(value.text)) }
                return text
            case .failed(let message): throw .notAccepted(.evaluation(message))
            case .undefined: continue
            }
        }
        throw .notAccepted(.noVersion)
    }
}

extension PolicyPlugin {
    /// What the compiled code says about itself: `sourceDigest`, `entrypoints`, versions.
    func describe() throws(PluginError) -> JSONObject {
        switch try ask("coffer/plugin", input: [:], data: [:]) {
        case .value(let value):
            guard let object = value.objectValue else { throw .malformed("coffer/plugin is \(value.kind)") }
            return object
        case .undefined: throw .malformed("coffer/plugin is undefined")
        case .failed(let message): throw .malformed("coffer/plugin: \(message)")
        }
    }
}
