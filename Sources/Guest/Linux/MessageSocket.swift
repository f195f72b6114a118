internal import CLinux

/// One end of a pair of sockets that keep messages whole and can carry a descriptor each. unix(7), SOCK_SEQPACKET.
package struct MessageSocket: ~Copyable {
    /// The socket itself, for polling.
    package let socket: Descriptor

    package init(socket: consuming Descriptor) { self.socket = socket }

    /// Two connected ends: one is returned, the other put into `other`. The corresponding C function is `socketpair`.
    package static func pair(other: inout MessageSocket?) throws(Errno) -> MessageSocket {
        var ends: (Int32, Int32) = (-1, -1)
        let result = withUnsafeMutablePointer(to: &ends) { pointer in
            pointer.withMemoryRebound(to: Int32.self, capacity: 2) {
                coffer_socket_pair(Int32(SOCK_SEQPACKET.rawValue), $0)
            }
        }
        try valueOrErrno(result)
        other = MessageSocket(socket: Descriptor(owning: ends.1))
        return MessageSocket(socket: Descriptor(owning: ends.0))
    }

    /// Sends one message. The corresponding C function is `sendmsg`.
    package borrowing func send(_ bytes: [UInt8]) throws(Errno) {
        try valueOrErrno(
            bytes.withUnsafeBytes { coffer_send_with_descriptor(socket.raw, $0.baseAddress, $0.count, -1) })
    }

    /// Sends one message with a descriptor; the receiver gets a copy of it. The corresponding C function is `sendmsg`.
    package borrowing func send(_ bytes: [UInt8], with descriptor: borrowing Descriptor) throws(Errno) {
        let number = descriptor.raw
        try valueOrErrno(
            bytes.withUnsafeBytes {
                coffer_send_with_descriptor(socket.raw, $0.baseAddress, $0.count, number)
            })
    }

    /// Waits for one message of at most `limit` bytes; no bytes when the other end is closed.
    /// The corresponding C function is `recvmsg`.
    package borrowing func receive(limit: Int) throws(Errno) -> ReceivedMessage {
        var bytes = [UInt8](repeating: 0, count: limit)
        var number: Int32 = -1
        let count = try valueOrErrno(
            bytes.withUnsafeMutableBytes {
                coffer_receive_with_descriptor(socket.raw, $0.baseAddress, limit, &number)
            })
        bytes.removeLast(limit - count)
        return ReceivedMessage(bytes: bytes, descriptor: number < 0 ? nil : Descriptor(owning: number))
    }
}

/// A message and the descriptor that came with it.
package struct ReceivedMessage: ~Copyable {
    /// Empty when the other side has closed.
    package let bytes: [UInt8]
    /// nil when none came with it; closed with the message unless it is taken.
    package var descriptor: Descriptor?
}
