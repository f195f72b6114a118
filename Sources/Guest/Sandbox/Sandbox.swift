package import Linux
package import Policy

/// The container group's state machine: one owner, one transition at a time.
///
/// A front end hands in claims. Each is resolved into what would really happen, decided by the policy, done by an
/// effect, and remembered; when anything on the way fails, what was done is undone and what was remembered is
/// forgotten. When undoing fails too, the guest's state is unknown and mounts, creation and deletion end for good.
package final class Sandbox {
    let loop: EventLoop
    let policy: PolicyEngine
    let linkedPolicy: LinkedPolicy?
    let effects: Effects
    var mounts = MountTable()
    var containers: [String: Container] = [:]
    var pods: [String: Pod] = [:]
    /// Networks that the host has announced for pods that do not exist yet, by lower-cased namespace id.
    var networks: [String: NetworkClaim] = [:]
    var disabledBy: String?

    /// Told once for each container whose init has ended and whose exit code has been read.
    package var exitObserver: ((ContainerExit) -> Void)?

    /// A group without a policy, which does nothing.
    ///
    /// - Parameters:
    ///   - loop: PID 1's loop.
    ///   - linkedPolicy: the policy compiled into this binary, nil when there is none.
    ///   - effects: what reaches the machine.
    package init(loop: EventLoop, linkedPolicy: LinkedPolicy?, effects: Effects) {
        self.loop = loop
        policy = PolicyEngine()
        self.linkedPolicy = linkedPolicy
        self.effects = effects
    }

    /// Whether a policy is in force; until then a front end answers nothing but negotiation and the policy.
    package var hasPolicy: Bool { policy.isSet }

    /// Ends the guest. What the host could do by cutting the power, it may ask for.
    package func powerOff() { effects.powerOff() }

    // MARK: - Transitions

    /// Runs one transition: the policy's memory is kept only if all of it succeeds.
    func transition<Result: ~Copyable>(_ body: () throws(SandboxError) -> Result) throws(SandboxError)
        -> Result
    {
        do throws(PolicyError) { try policy.begin() } catch { throw .denied(prefix: "", error) }
        do throws(SandboxError) {
            let result = try body()
            policy.commit()
            return result
        } catch {
            policy.rollback()
            throw error
        }
    }

    /// Turns the policy's refusal into the claim's, with the prefix that hosts look for.
    @discardableResult
    func decided<Action>(
        _ prefix: String, _ decide: () throws(PolicyError) -> Permit<Action>
    ) throws(SandboxError) -> Permit<Action> {
        do throws(PolicyError) { return try decide() } catch { throw .denied(prefix: prefix, error) }
    }

    /// Names the step that failed.
    func effect<Result: ~Copyable>(
        _ step: String, _ body: () throws(EffectError) -> Result
    ) throws(SandboxError) -> Result {
        do throws(EffectError) { return try body() } catch { throw .effect(step: step, error) }
    }

    /// For an effect that takes something away: a failure leaves the guest in an unknown state.
    func removal(_ step: String, _ body: () throws(EffectError) -> Void) throws(SandboxError) {
        do throws(EffectError) { try body() } catch {
            disabledBy = "\(step): \(error)"
            throw .effect(step: step, error)
        }
    }

    func requireEnabled() throws(SandboxError) {
        if let disabledBy { throw .disabled(disabledBy) }
    }
}
