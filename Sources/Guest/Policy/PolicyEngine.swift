internal import JSON

/// The tenant's policy in force in this guest, and what it remembers. There is one, with one owner.
///
/// It starts closed: until a policy has been set every question is refused. A policy can be set once. When its
/// plugin fails, everything is refused from then on.
package final class PolicyEngine {
    enum Stance {
        case closed
        case inForce(PolicyPlugin, version: SemanticVersion)
        case dead(PluginError)
    }

    /// Everything that a failed transition has to bring back.
    struct Memory: Equatable {
        var metadata = MetadataStore.initial
        var additionalMounts: [PolicyMount] = []
        /// Containers created under this policy, and whether their streams may leave the guest.
        var allowStdio: [String: Bool] = [:]
    }

    var stance = Stance.closed
    var memory = Memory()
    /// Whether the policy wants its containers to see each other's processes. It is asked once: containers of one pod
    /// cannot have it both ways.
    var sharesProcesses = false
    private var snapshot: Memory?

    /// An engine without a policy.
    package init() {}

    /// Whether a policy has been set, alive or not.
    package var isSet: Bool {
        if case .closed = stance { return false }
        return true
    }

    /// Starts a transition: what the policy remembers from here on is forgotten by `rollback`.
    package func begin() throws(PolicyError) {
        if snapshot != nil { throw .nestedTransaction }
        snapshot = memory
    }

    /// Ends the transition; what the policy remembered stays.
    package func commit() { snapshot = nil }

    /// Ends the transition and goes back to what was remembered at its start.
    package func rollback() {
        if let snapshot { memory = snapshot }
        snapshot = nil
    }

    /// Puts the question and gives the completed result of an allowance; a refusal is thrown.
    @discardableResult
    func decide(_ point: EnforcementPoint, input: JSON) throws(PolicyError) -> JSONObject {
        let (plugin, version) = try asking(point)
        let before = memory
        let result: JSONObject
        do throws(EvaluationError) {
            result = try evaluate(point, plugin, version, input)
        } catch {
            throw refusal(of: point, input, because: error)
        }
        guard let allowed = result["allowed"]?.boolValue else {
            throw refusal(of: point, input, because: .policy("rule result has no boolean \"allowed\""))
        }
        if allowed { return result }
        let text = try reason(for: point, plugin, input)
        keepMetadata(ofRefused: point, before)
        throw .denied(text)
    }

    /// Metadata of a refused mount is dropped by the transaction; that of the other points stays, as in the
    /// reference engine.
    private func keepMetadata(ofRefused point: EnforcementPoint, _ before: Memory) {
        if snapshot == nil { return }
        if point.dropsMetadataOfRefusals { return }
        snapshot?.metadata = memory.metadata
    }

    private func asking(_ point: EnforcementPoint) throws(PolicyError) -> (PolicyPlugin, SemanticVersion) {
        switch stance {
        case .closed: throw .closed(point.information.closedDoor)
        case .dead(let error): throw .dead(error)
        case .inForce(let plugin, let version): return (plugin, version)
        }
    }

    /// The text for the host about a policy that is broken. A failed plugin is never asked again.
    private func refusal(
        of point: EnforcementPoint, _ input: JSON, because error: EvaluationError
    ) -> PolicyError {
        if case .plugin(let failure) = error { die(of: failure) }
        return .denied(Denial.text(point: point, input: input, error: error.description))
    }

    private func reason(
        for point: EnforcementPoint, _ plugin: PolicyPlugin, _ input: JSON
    ) throws(PolicyError) -> String {
        var withRule = input.objectValue ?? JSONObject()
        withRule["rule"] = .string(point.rawValue)
        var reason: JSON?
        do throws(PluginError) {
            if case .value(let value) = try plugin.ask("policy/reason", input: .object(withRule), data: data)
            {
                reason = value
            }
        } catch {
            die(of: error)
        }
        return Denial.text(point: point, input: input, reason: reason)
    }

    /// From here on nothing is allowed.
    func die(of error: PluginError) {
        if case .inForce(let plugin, _) = stance { plugin.end() }
        stance = .dead(error)
    }

    /// The base documents of a request.
    var data: JSON {
        PolicyDocuments.data(metadata: memory.metadata, additionalMounts: memory.additionalMounts)
    }
}
