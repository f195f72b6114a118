package import Linux
package import Sandbox

/// The front end for hosts that speak the guest compute service's bridge: a stream of frames on one vsock connection
/// that the guest dials.
package enum GCSBridge {
    /// Host port of the bridge.
    package static let port: UInt32 = 0x4000_0000

    /// Serves the host in `loop`, for ever, and reaps every child of this process: when a connection drops, the host is dialled again every 100 ms.
    ///
    /// - Parameters:
    ///   - connected: a connection that was dialled already during the boot; nil dials at once.
    ///   - dial: connects to the host's bridge port.
    ///   - log: takes a line for the guest's log.
    package static func serve(
        loop: EventLoop, sandbox: Sandbox, connected: consuming Descriptor?,
        dial: @escaping () throws(Errno) -> Descriptor, log: @escaping (String) -> Void
    ) throws(Errno) -> Never {
        try loop.reapChildren()
        let bridge = Bridge(loop: loop, sandbox: sandbox, dial: dial, log: log)
        bridge.start(connected)
        while true { try loop.run() }
    }
}
