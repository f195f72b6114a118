/// The host's end of one connection with the guest. Safe to use from several threads; closes itself when dropped.
package final class VsockStream: Sendable {
    private let device: VsockDevice
    let connection: VsockConnection

    init(device: VsockDevice, connection: VsockConnection) {
        self.device = device
        self.connection = connection
    }

    deinit { close() }

    /// The port on the host's side.
    package var hostPort: UInt32 { connection.key.hostPort }
    /// The port on the guest's side.
    package var guestPort: UInt32 { connection.key.guestPort }

    /// Waits for bytes and returns between 1 and `limit` of them, or an empty array at the orderly end.
    ///
    /// - Throws: `reset` when the guest broke the connection (after everything received was read), `timedOut`,
    ///   `closed` after `close`, `deviceStopped`.
    package func read(upTo limit: Int, deadline: Deadline = .never) throws(VsockError) -> [UInt8] {
        let (bytes, wake) = try device.monitor.locked { () throws(VsockError) -> ([UInt8], Bool) in
            while connection.received.isEmpty {
                if connection.phase == .closing { throw .closed }
                if let failure = connection.failure { throw failure }
                if connection.peerFinishedWriting || connection.phase == .ended { return ([], false) }
                if !connection.changed.wait(until: deadline), connection.received.isEmpty, deadline.passed {
                    throw .timedOut
                }
            }
            let bytes = connection.received.take(upTo: max(limit, 1))
            let tell = connection.flow.consume(bytes.count) && connection.phase == .open
            if tell { device.queueCreditUpdate(connection) }
            return (bytes, tell)
        }
        if wake { device.wake() }
        return bytes
    }

    /// Reads exactly `count` bytes; nil when the guest ends the stream before the first one.
    ///
    /// - Throws: as `read`; `reset` when the stream ends in the middle.
    package func readExactly(_ count: Int, deadline: Deadline = .never) throws(VsockError) -> [UInt8]? {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let part = try read(upTo: count - bytes.count, deadline: deadline)
            if part.isEmpty {
                if bytes.isEmpty { return nil }
                throw .reset
            }
            bytes += part
        }
        return bytes
    }

    /// Queues all of `bytes`, waiting while the guest takes nothing.
    ///
    /// - Throws: `peerClosed`, `reset`, `closed`, `timedOut` (a part may be queued then), `deviceStopped`.
    package func write(_ bytes: [UInt8], deadline: Deadline = .never) throws(VsockError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            try device.monitor.locked { () throws(VsockError) in
                while true {
                    try checkWritable()
                    let room = VsockConnection.pendingLimit - connection.pending.count
                    if room > 0 {
                        connection.pending.append(rest.prefix(room))
                        rest = rest.dropFirst(room)
                        device.markReady(connection)
                        return
                    }
                    if !connection.changed.wait(until: deadline), deadline.passed { throw .timedOut }
                }
            }
            device.wake()
        }
    }

    private func checkWritable() throws(VsockError) {
        if let failure = connection.failure { throw failure }
        if connection.finishedWriting || connection.phase == .closing { throw .closed }
        if connection.peerFinishedReading || connection.phase == .ended { throw .peerClosed }
    }

    /// Tells the guest, after everything written, that no more comes; reading goes on.
    package func finishWriting() {
        device.monitor.locked {
            guard connection.phase == .open, !connection.finishedWriting else { return }
            connection.finishedWriting = true
            device.markReady(connection)
        }
        device.wake()
    }

    /// Waits until everything written was handed to the guest.
    package func drain(deadline: Deadline = .never) throws(VsockError) {
        try device.monitor.locked { () throws(VsockError) in
            while !connection.pending.isEmpty {
                if let failure = connection.failure { throw failure }
                if !connection.changed.wait(until: deadline), deadline.passed { throw .timedOut }
            }
        }
    }

    /// Ends both directions once everything written is out. Bytes not read are dropped. May be called again.
    package func close() { device.close(connection) }

    /// Breaks the connection at once.
    package func reset() { device.abort(connection) }
}
