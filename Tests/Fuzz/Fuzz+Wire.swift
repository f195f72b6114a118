import Hypervisor
import Wire

/// Frames come out whatever way the bytes were cut, and an accepted frame encodes to the bytes it came from.
func fuzzFrame(_ bytes: [UInt8]) {
    var whole = FrameDecoder()
    whole.append(bytes)
    var pieces = FrameDecoder()
    var position = 0
    while position < bytes.count {
        let end = min(position + 7, bytes.count)
        pieces.append(bytes[position..<end])
        position = end
    }
    while true {
        let one = try? whole.next()
        let other = try? pieces.next()
        precondition(one == other, "cutting the bytes changed the frames")
        guard let frame = one else { return }
        guard let encoded = try? frame.encoded() else {
            preconditionFailure("an accepted frame does not encode")
        }
        precondition(encoded.count <= 0x10000)
    }
}

/// Every request of the host, on the same bytes: the first byte chooses which.
func fuzzMessage(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let payload = Array(bytes.dropFirst())
    switch first % 8 {
    case 0: survives(CreateRequest.self, payload)
    case 1: survives(ModifySettingsRequest.self, payload)
    case 2: survives(ExecuteProcessRequest.self, payload)
    case 3: survives(NegotiateRequest.self, payload)
    case 4: survives(WaitForProcessRequest.self, payload)
    case 5: survives(SignalProcessRequest.self, payload)
    case 6: survives(ResizeConsoleRequest.self, payload)
    default: survives(GetPropertiesRequest.self, payload)
    }
}

private func survives<M: Message>(_ type: M.Type, _ payload: [UInt8]) {
    guard let message = try? M(payload: payload) else { return }
    precondition((try? M(payload: message.payload)) == message, "a written message reads differently")
}

func fuzzVsockPacket(_ bytes: [UInt8]) {
    _ = VsockPacket(bytes)
}
