internal import Foundation

/// A container's init process as the launcher sees it.
struct PodProcess: Sendable {
    enum State: Sendable, Equatable {
        case created
        case running
        case exited(UInt32)
        /// Its end could not be observed, for instance because the machine ended.
        case lost(String)

        var text: String {
            switch self {
            case .created: "created"
            case .running: "running"
            case .exited: "exited"
            case .lost: "lost"
            }
        }
    }

    let name: String
    let containerID: String
    /// In the virtual machine's pid namespace; nil before it started.
    var pid: UInt32?
    var state: State
    /// When its program began to run.
    var started: Date?
    /// How many of the container's processes the kernel has killed because memory ran out; known at its end.
    var outOfMemoryKills: UInt64 = 0

    /// Why it has ended, where that is more than its exit code: the word that Kubernetes has for it.
    var reason: String? {
        if case .lost(let reason) = state { return reason }
        guard case .exited(let code) = state, code != 0, outOfMemoryKills > 0 else { return nil }
        return "OOMKilled"
    }
}
