internal import Foundation

/// Hands out the host's ports for standard streams, upwards, none twice while it is listened on.
package final class StreamPorts: @unchecked Sendable {
    private let device: VsockDevice
    private let lock = NSLock()
    private var next = GuestPort.firstStream

    package init(_ device: VsockDevice) { self.device = device }

    /// A listener on a fresh port.
    package func listen() throws(VsockError) -> VsockListener {
        while true {
            let port = lock.withLock {
                defer { next = next == 0x4FFF_FFFF ? GuestPort.firstStream : next + 1 }
                return next
            }
            do throws(VsockError) {
                return try device.listen(port: port, backlog: 16)
            } catch .portInUse {
                continue
            }
        }
    }
}
