/// The type word of a frame: bits 31-28 kind, 27-20 category, 19-8 message number, 7-0 version.
package struct MessageType: RawRepresentable, Equatable, Hashable {
    /// The word as it stands in the frame.
    package var rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// What a frame is, the word's uppermost four bits.
    package enum Kind: UInt32 {
        /// From the host; has a response.
        case request = 1
        /// From the guest, with the request's id.
        case response = 2
        /// From the guest, unasked, with id 0.
        case notification = 3
    }

    /// The kind, nil when it is none of the three.
    package var kind: Kind? { Kind(rawValue: rawValue >> 28) }

    /// The type of the response to a request of this type.
    package var response: MessageType { MessageType(rawValue: rawValue & 0x0fff_ffff | 0x2000_0000) }
}

extension MessageType {
    /// Makes a container; its init does not run yet.
    package static let create = MessageType(rawValue: 0x1010_0101)
    /// Accepted and without effect: the first ExecuteProcess starts the init.
    package static let start = MessageType(rawValue: 0x1010_0201)
    /// SIGTERM to a container's init; with the null id the end of the virtual machine, without an answer.
    package static let shutdownGraceful = MessageType(rawValue: 0x1010_0301)
    /// SIGKILL to a container's init; with the null id as `shutdownGraceful`.
    package static let shutdownForced = MessageType(rawValue: 0x1010_0401)
    /// Starts a container's init, or a further process in it.
    package static let executeProcess = MessageType(rawValue: 0x1010_0501)
    /// Answered when the process has ended or the limit has passed.
    package static let waitForProcess = MessageType(rawValue: 0x1010_0601)
    /// A signal to one process of a container.
    package static let signalProcess = MessageType(rawValue: 0x1010_0701)
    /// The size of a process's terminal.
    package static let resizeConsole = MessageType(rawValue: 0x1010_0801)
    /// Processes and statistics of a container or a pod.
    package static let getProperties = MessageType(rawValue: 0x1010_0901)
    /// Adds, removes or changes a resource: disks, layers, networks, the policy.
    package static let modifySettings = MessageType(rawValue: 0x1010_0a01)
    /// The first message of each connection, and only that.
    package static let negotiateProtocol = MessageType(rawValue: 0x1010_0b01)
    /// The guest's own state, for a person.
    package static let dumpStacks = MessageType(rawValue: 0x1010_0c01)
    /// Removes what is left of a container that has ended.
    package static let deleteContainerState = MessageType(rawValue: 0x1010_0d01)
    /// Of Windows guests alone; answered as not implemented.
    package static let updateContainer = MessageType(rawValue: 0x1010_0e01)
    /// Of Windows guests alone; answered as not implemented.
    package static let lifecycleNotification = MessageType(rawValue: 0x1010_0f01)
    /// Of Windows guests alone; answered as not implemented.
    package static let modifyServiceSettings = MessageType(rawValue: 0x1020_0101)
    /// From the guest, unasked: a container's init has ended.
    package static let notification = MessageType(rawValue: 0x3010_0101)
}

extension MessageType: CustomStringConvertible {
    /// The message's name, or the word in decimal when it has none.
    package var description: String {
        switch self {
        case .create: return "Create"
        case .start: return "Start"
        case .shutdownGraceful: return "ShutdownGraceful"
        case .shutdownForced: return "ShutdownForced"
        case .executeProcess: return "ExecuteProcess"
        case .waitForProcess: return "WaitForProcess"
        case .signalProcess: return "SignalProcess"
        case .resizeConsole: return "ResizeConsole"
        case .getProperties: return "GetProperties"
        case .modifySettings: return "ModifySettings"
        case .negotiateProtocol: return "NegotiateProtocol"
        case .dumpStacks: return "DumpStacks"
        case .deleteContainerState: return "DeleteContainerState"
        case .updateContainer: return "UpdateContainer"
        case .lifecycleNotification: return "LifecycleNotification"
        case .modifyServiceSettings: return "ModifyServiceSettings"
        case .notification: return "Notification"
        default: return rawValue.description
        }
    }
}
