/// One connection's state. Everything in it is guarded by the device's monitor.
final class VsockConnection: @unchecked Sendable {
    /// The two ports; with one guest they name a connection.
    struct Key: Hashable {
        let hostPort: UInt32
        let guestPort: UInt32
    }

    enum Phase: Equatable {
        /// The host dialled; no answer yet.
        case connecting
        /// Both ends may send.
        case open
        /// The host's user closed; what it wrote is still going out.
        case closing
        /// No packet belongs to this connection any more; received bytes may still be read.
        case ended
    }

    /// Most bytes that a writer may leave waiting for the guest's credit.
    static let pendingLimit = 256 * 1024

    let key: Key
    let changed: Monitor.Condition
    var phase: Phase
    var flow = VsockFlow()
    /// From the guest, for the reader.
    var received = ByteQueue()
    /// From the writer, for the guest.
    var pending = ByteQueue()
    /// The guest writes, or reads, nothing more.
    var peerFinishedWriting = false
    var peerFinishedReading = false
    /// This end's user writes nothing more; and whether the guest was told so.
    var finishedWriting = false
    var announcedFinish = false
    /// Why the connection ended, when it was not an orderly end.
    var failure: VsockError?
    /// In the device's ready queue.
    var isReady = false
    /// The guest was asked for credit and has not said anything since.
    var askedForCredit = false
    /// When a closing connection is reset whether or not the guest read everything.
    var lingerDeadline = Deadline.never

    init(key: Key, phase: Phase, monitor: Monitor) {
        self.key = key
        self.phase = phase
        changed = Monitor.Condition(monitor)
    }

    /// Ends the connection; wakes everybody who waits for it.
    func end(_ failure: VsockError?) {
        phase = .ended
        if self.failure == nil { self.failure = failure }
        pending.removeAll()
        changed.broadcast()
    }
}
