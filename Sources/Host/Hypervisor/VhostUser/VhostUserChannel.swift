internal import CHypervisor
internal import Foundation

/// Messages over the socket, with the descriptors that travel beside them. The socket stays its maker's.
struct VhostUserChannel {
    let socket: Int32

    /// Waits for one whole message. The descriptors belong to the caller.
    ///
    /// - Throws: `disconnected` at the end, `badMessage` for an oversized payload.
    func receive() throws(VhostUserError) -> (message: VhostUserMessage, descriptors: [Int32]) {
        var descriptors: [Int32] = []
        do throws(VhostUserError) {
            let header = try bytes(VhostUserMessage.headerSize, &descriptors)
            guard let request = header.littleEndian(UInt32.self, at: 0),
                let flags = header.littleEndian(UInt32.self, at: 4),
                let size = header.littleEndian(UInt32.self, at: 8),
                size <= VhostUserMessage.maximumPayload
            else {
                throw .badMessage(request: 0, expected: "at most \(VhostUserMessage.maximumPayload) bytes")
            }
            let payload = try bytes(Int(size), &descriptors)
            return (VhostUserMessage(request: request, flags: flags, payload: payload), descriptors)
        } catch {
            for descriptor in descriptors { close(descriptor) }
            throw error
        }
    }

    /// Sends a message, with descriptors for the front end's side of tests.
    func send(_ message: VhostUserMessage, descriptors: [Int32] = []) throws(VhostUserError) {
        var rest = message.serialized[...]
        var attached = descriptors
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes {
                coffer_send_with_descriptors(
                    socket, $0.baseAddress, $0.count, attached, Int32(attached.count))
            }
            if sent < 0 { throw .socket(step: "send", reason: String(cString: strerror(Int32(-sent)))) }
            rest = rest.dropFirst(sent)
            attached = []
        }
    }

    private func bytes(_ count: Int, _ descriptors: inout [Int32]) throws(VhostUserError) -> [UInt8] {
        var result = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            var found = [Int32](repeating: -1, count: 32)
            var foundCount: Int32 = 0
            let received = result.withUnsafeMutableBytes {
                coffer_receive_with_descriptors(
                    socket, $0.baseAddress.map { $0 + filled }, count - filled, &found, 32, &foundCount)
            }
            descriptors += found.prefix(Int(foundCount))
            if received == 0 { throw .disconnected }
            if received < 0 {
                let code = Int32(-received)
                if code == ECONNRESET { throw .disconnected }
                throw .socket(step: "receive", reason: String(cString: strerror(code)))
            }
            filled += received
        }
        return result
    }
}
