internal import Policy

extension Sandbox {
    /// Puts the tenant's policy in force, once. Its digest has to be the HOST_DATA of this machine's own report.
    package func setPolicy(_ claim: PolicyClaim) throws(SandboxError) {
        if policy.isSet { throw .denied(prefix: "", .alreadySet) }
        let hostData: [UInt8]
        do throws(EffectError) {
            hostData = try effects.hostData()
        } catch {
            throw .denied(prefix: "", .notAccepted(.noHostData(error.description)))
        }
        switch claim {
        case .linked(let text):
            do throws(PolicyError) {
                try policy.setLinked(text: text, linked: linkedPolicy, hostData: hostData)
            } catch {
                throw .denied(prefix: "", error)
            }
        case .detached(let port, let size):
            let executable = try receivePolicy(port: port, size: size)
            do throws(PolicyError) {
                try policy.setDetached(executable: executable, hostData: hostData)
            } catch {
                throw .denied(prefix: "", error)
            }
        }
        effects.log("policy in force, digest \(Digest.hexadecimal(hostData))")
        decideLogging()
    }

    private func receivePolicy(port: UInt32, size: UInt32) throws(SandboxError) -> [UInt8] {
        if size == 0 || Int(size) > PolicyEngine.pluginSizeLimit {
            throw .denied(
                prefix: "", .notAccepted(.pluginSize(size, limit: PolicyEngine.pluginSizeLimit)))
        }
        do throws(EffectError) {
            return try effects.receive(port, Int(size))
        } catch {
            throw .denied(prefix: "", .notAccepted(.receivePlugin(error.description)))
        }
    }

    /// A policy that does not allow it keeps the guest's log in the guest; that is no failure.
    private func decideLogging() {
        do throws(PolicyError) {
            effects.allowLogging(try policy.runtimeLogging())
        } catch {
            effects.log("the guest's log stays in the guest: \(error)")
        }
    }
}
