package import Policy

/// Why a claim was not carried out. After any of them the group is in the state in which it was before.
package enum SandboxError: Error, Equatable {
    /// The policy, or the lack of one; the prefix says what was denied.
    case denied(prefix: String, PolicyError)
    /// A field of the claim that cannot be what it is: what is wrong and what is expected.
    case invalid(String)
    /// Something that this guest does not do.
    case unsupported(String)
    /// No container of that id.
    case noContainer(String)
    /// A container of that id exists.
    case containerExists(String)
    /// The container is still being created, or in another state in which this cannot be done.
    case wrongState(String)
    /// The container's init does not run.
    case notRunning
    /// No such process in the container.
    case noProcess(UInt32)
    /// The process did not end in time.
    case timeout
    /// An effect failed and was undone.
    case effect(step: String, EffectError)
    /// An earlier failure to undo left the guest in an unknown state.
    case disabled(String)
}

extension SandboxError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .denied(let prefix, let error): return prefix + error.description
        case .invalid(let text), .unsupported(let text), .wrongState(let text): return text
        case .noContainer(let id): return "container \(id) does not exist"
        case .containerExists(let id): return "container \(id) already exists"
        case .notRunning: return "container not running"
        case .noProcess(let id): return "process \(id) does not exist"
        case .timeout: return "the process did not end in time"
        case .effect(let step, let error): return "\(step): \(error)"
        case .disabled(let cause):
            return
                "mount, unmount, container creation and deletion have been disabled in this UVM due to a previous "
                + "error: \(cause)"
        }
    }
}
