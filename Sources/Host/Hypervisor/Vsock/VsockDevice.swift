internal import CHypervisor
internal import Foundation

/// A virtio-vsock device outside the machine's process: the back end of QEMU's `vhost-user-vsock-pci`.
///
/// It needs no root and no kernel module. One thread owns the rings; streams and listeners are used from any thread.
/// The guest is not trusted: a packet against the rules costs it the connection, a ring against the rules the device.
package final class VsockDevice: @unchecked Sendable {
    /// The guest's context identifier; at least 3.
    package let guestCID: UInt32
    /// The unix socket that the machine connects to.
    package let socketPath: String

    let monitor = Monitor()
    private let wakeUp: Int32
    private let listening: Int32

    // Guarded by `monitor`.
    var connections: [VsockConnection.Key: VsockConnection] = [:]
    var listeners: [UInt32: VsockListener.Core] = [:]
    var replies = Fifo<VsockPacket>()
    var ready = Fifo<VsockConnection>()
    var lingering: [VsockConnection] = []
    var nextHostPort: UInt32 = 0xC000_0000
    private(set) var stopReason: String?
    private var started = false

    // Used by the device's thread only, with `monitor` held where streams look on.
    var rings = [Virtqueue(), Virtqueue(), Virtqueue()]
    var ringState = [RingState(), RingState(), RingState()]
    var memory: GuestMemory?

    /// What belongs to a ring beside the ring itself.
    struct RingState {
        /// Readable when the driver made something available; -1 when unset.
        var kick: Int32 = -1
        /// Written to interrupt the driver; -1 when unset.
        var call: Int32 = -1
        var enabled = false
        var started = false
    }

    /// Most connections at once; a guest that asks for more is refused.
    package static let connectionLimit = 4096
    /// Answers that may wait for the guest's receive buffers before its own packets are left alone.
    static let replyLimit = 1024

    /// Binds the socket; nothing is accepted before `start`.
    ///
    /// - Parameters:
    ///   - socketPath: at most 107 bytes; an existing socket file there is replaced.
    ///   - guestCID: 3 or more.
    package init(socketPath: String, guestCID: UInt32) throws(VhostUserError) {
        self.socketPath = socketPath
        self.guestCID = guestCID
        listening = try UnixSocket.listen(path: socketPath, backlog: 1)
        let counter = coffer_event_counter()
        guard counter >= 0 else {
            Foundation.close(listening)
            throw .socket(step: "eventfd", reason: String(cString: strerror(Int32(-counter))))
        }
        wakeUp = Int32(counter)
    }

    deinit {
        Foundation.close(listening)
        Foundation.close(wakeUp)
        unlink(socketPath)
    }

    /// Starts the device's thread, which serves one machine until `stop` or until the machine goes.
    package func start() {
        let first = monitor.locked {
            defer { started = true }
            return !started
        }
        guard first else { return }
        let thread = Thread { [self] in run() }
        thread.name = "vsock device"
        thread.start()
    }

    /// Resets every connection and ends the thread.
    package func stop(_ reason: String = "it was stopped") {
        monitor.locked { markStopped(reason) }
        wake()
    }

    /// Makes the device's thread look at the queues.
    func wake() {
        var one: UInt64 = 1
        _ = write(wakeUp, &one, 8)
    }

    func markStopped(_ reason: String) {
        guard stopReason == nil else { return }
        stopReason = reason
        resetEverything(.deviceStopped(reason))
        for listener in listeners.values { listener.changed.broadcast() }
    }

    /// Ends all connections, for instance because the guest's driver went away.
    func resetEverything(_ failure: VsockError) {
        for connection in connections.values { connection.end(failure) }
        connections.removeAll()
        lingering.removeAll()
        replies.removeAll()
        ready.removeAll()
    }

    private func run() {
        var connection: Int32 = -1
        var reason = "the machine ended"
        do throws(VhostUserError) {
            connection = try acceptMachine()
            try serve(connection)
        } catch .disconnected {
        } catch {
            reason = "\(error)"
        }
        monitor.locked {
            markStopped(reason)
            memory = nil
            for index in ringState.indices { closeRing(index) }
        }
        if connection >= 0 { Foundation.close(connection) }
    }

    private func acceptMachine() throws(VhostUserError) -> Int32 {
        while true {
            var waits = [pollfd(fd: listening, events: Int16(POLLIN), revents: 0), wakeUpEntry]
            try waitFor(&waits, milliseconds: -1)
            drainWakeUp(waits[1])
            if monitor.locked({ stopReason }) != nil { throw .disconnected }
            if waits[0].revents == 0 { continue }
            let socket = Int32(coffer_accept(listening))
            if socket >= 0 { return socket }
            if socket != -EINTR, socket != -ECONNABORTED {
                throw .socket(step: "accept", reason: String(cString: strerror(-socket)))
            }
        }
    }

    private func serve(_ socket: Int32) throws(VhostUserError) {
        let channel = VhostUserChannel(socket: socket)
        while true {
            var waits = [pollfd(fd: socket, events: Int16(POLLIN), revents: 0), wakeUpEntry]
            for state in ringState { waits.append(pollfd(fd: state.kick, events: Int16(POLLIN), revents: 0)) }
            let limit: Int32 = monitor.locked { lingering.isEmpty } ? -1 : 500
            try waitFor(&waits, milliseconds: limit)
            drainWakeUp(waits[1])
            for (index, entry) in waits.dropFirst(2).enumerated() where entry.revents != 0 {
                drainKick(index)
            }
            if monitor.locked({ stopReason }) != nil { throw .disconnected }
            if waits[0].revents != 0 { try handleRequest(channel) }
            try monitor.locked { () throws(VhostUserError) in
                expireLingering()
                try processRings()
            }
        }
    }

    private var wakeUpEntry: pollfd { pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0) }

    private func waitFor(_ entries: inout [pollfd], milliseconds: Int32) throws(VhostUserError) {
        while poll(&entries, nfds_t(entries.count), milliseconds) < 0 {
            if errno != EINTR { throw .socket(step: "poll", reason: String(cString: strerror(errno))) }
        }
    }

    private func drainWakeUp(_ entry: pollfd) {
        guard entry.revents != 0 else { return }
        var value: UInt64 = 0
        _ = read(wakeUp, &value, 8)
    }

    private func drainKick(_ index: Int) {
        var value: UInt64 = 0
        _ = read(ringState[index].kick, &value, 8)
        // A driver's first kick starts a ring that was set up without one.
        ringState[index].started = true
    }

    func closeRing(_ index: Int) {
        if ringState[index].kick >= 0 { Foundation.close(ringState[index].kick) }
        if ringState[index].call >= 0 { Foundation.close(ringState[index].call) }
        ringState[index] = RingState()
        rings[index] = Virtqueue()
    }
}
