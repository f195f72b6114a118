/// The type word of a frame: bits 31-28 kind, 27-20 category, 19-8 message number, 7-0 version.
package struct MessageType: RawRepresentable, Equatable, Hashable {
    /// The word as it stands in the frame.
    package var rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// What a frame is, the word's uppermost four bits.
    package enum Kind: UInt32 {
        case request = 1
        case response = 2
        case notification = 3
    }

    /// The kind, nil when it is none of the three.
    package var kind: Kind? { Kind(rawValue: rawValue >> 28) }

    /// The type of the response to a request of this type.
    package var response: MessageType { MessageType(rawValue: rawValue & 0x0fff_ffff | 0x2000_0000) }
}

extension MessageType {
    package static let create = MessageType(rawValue: 0x1010_0101)
    package static let start = MessageType(rawValue: 0x1010_0201)
    package static let shutdownGraceful = MessageType(rawValue: 0x1010_0301)
    package static let shutdownForced = MessageType(rawValue: 0x1010_0401)
    package static let executeProcess = MessageType(rawValue: 0x1010_0501)
    package static let waitForProcess = MessageType(rawValue: 0x1010_0601)
    package static let signalProcess = MessageType(rawValue: 0x1010_0701)
    package static let resizeConsole = MessageType(rawValue: 0x1010_0801)
    package static let getProperties = MessageType(rawValue: 0x1010_0901)
    package static let modifySettings = MessageType(rawValue: 0x1010_0a01)
    package static let negotiateProtocol = MessageType(rawValue: 0x1010_0b01)
    package static let dumpStacks = MessageType(rawValue: 0x1010_0c01)
    package static let deleteContainerState = MessageType(rawValue: 0x1010_0d01)
    package static let updateContainer = MessageType(rawValue: 0x1010_0e01)
    package static let lifecycleNotification = MessageType(rawValue: 0x1010_0f01)
    package static let modifyServiceSettings = MessageType(rawValue: 0x1020_0101)
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
