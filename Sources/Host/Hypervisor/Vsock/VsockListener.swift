/// A port of the host that the guest may dial. Stops listening when dropped.
package final class VsockListener: Sendable {
    /// What the device knows of a listener; guarded by the device's monitor.
    final class Core: @unchecked Sendable {
        let changed: Monitor.Condition
        let backlog: Int
        var waiting = Fifo<VsockConnection>()
        var closed = false

        init(_ monitor: Monitor, backlog: Int) {
            changed = Monitor.Condition(monitor)
            self.backlog = backlog
        }
    }

    private let device: VsockDevice
    private let core: Core
    /// The port listened on.
    package let port: UInt32

    init(device: VsockDevice, core: Core, port: UInt32) {
        self.device = device
        self.core = core
        self.port = port
    }

    deinit { close() }

    /// Waits for the guest's next connection.
    ///
    /// - Throws: `timedOut`, `closed` after `close`, `deviceStopped`.
    package func accept(deadline: Deadline = .never) throws(VsockError) -> VsockStream {
        let connection = try device.monitor.locked { () throws(VsockError) -> VsockConnection in
            while true {
                if let connection = core.waiting.popFirst() { return connection }
                if let reason = device.stopReason { throw .deviceStopped(reason) }
                if core.closed { throw .closed }
                if !core.changed.wait(until: deadline), deadline.passed { throw .timedOut }
            }
        }
        return VsockStream(device: device, connection: connection)
    }

    /// Stops listening; connections not yet accepted are reset.
    package func close() { device.stopListening(port, core) }
}
