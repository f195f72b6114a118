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
}
