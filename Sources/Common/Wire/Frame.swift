/// One message as it travels: a header's type and id, and the JSON text behind it.
package struct Frame: Equatable {
    /// What the message is.
    package var type: MessageType
    /// Ties a response to its request; 0 in notifications.
    package var id: UInt64
    /// The JSON text; a host ends it with a newline, a guest does not.
    package var payload: [UInt8]

    package init(type: MessageType, id: UInt64, payload: [UInt8]) {
        self.type = type
        self.id = id
        self.payload = payload
    }

    /// The frame's bytes; refused when the whole would be over `FrameHeader.maximumFrameSize`.
    package func encoded() throws(FrameError) -> [UInt8] {
        let size = FrameHeader.byteCount + payload.count
        if size > FrameHeader.maximumFrameSize { throw .tooLarge(UInt32(clamping: size)) }
        return FrameHeader(type: type, size: UInt32(clamping: size), id: id).encoded + payload
    }
}

/// Why a frame's header cannot be believed.
package enum FrameError: Error, Equatable {
    case tooSmall(UInt32)
    case tooLarge(UInt32)
}

extension FrameError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tooSmall(let size):
            return "frame size \(size) is smaller than its own header (16 bytes)"
        case .tooLarge(let size):
            return "frame size \(size) is larger than the limit (65536 bytes)"
        }
    }
}
