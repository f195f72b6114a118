package import BridgeClient
internal import Foundation
package import Wire

/// The bridge of a guest over its whole life. The guest dials, and dials again when a connection ends; each new
/// connection is negotiated here before anybody uses it.
package final class GuestBridge: @unchecked Sendable {
    private let listener: VsockListener
    private let condition = NSCondition()
    private var client: BridgeClient?
    private var containers: Set<String> = []
    private var endReason: String?
    private var negotiates = true
    private let onNotification: @Sendable (ExitNotification) -> Void

    /// Listens on the bridge's port; to be made before the guest runs.
    package init(
        _ device: VsockDevice, onNotification: @escaping @Sendable (ExitNotification) -> Void = { _ in }
    ) throws {
        listener = try device.listen(port: GuestPort.bridge)
        self.onNotification = onNotification
        let thread = Thread { [listener, weak self] in
            var reason = ""
            while reason.isEmpty {
                do throws(VsockError) {
                    let stream = try listener.accept()
                    guard let self else { return }
                    self.take(stream)
                } catch {
                    reason = "\(error)"
                }
            }
            self?.end(reason)
        }
        thread.name = "bridge accept"
        thread.start()
    }

    /// The living connection; waits for the guest to dial when there is none.
    ///
    /// - Throws: `BridgeError.disconnected` when the guest is gone, `BridgeError.timedOut`.
    package func current(seconds: Double = 120) throws -> BridgeClient {
        let limit = Date(timeIntervalSinceNow: seconds)
        return try condition.withLock {
            while true {
                if let client, client.endReason == nil { return client }
                if let endReason { throw BridgeError.disconnected(endReason) }
                if !condition.wait(until: min(limit, Date(timeIntervalSinceNow: 1))), Date() >= limit {
                    throw BridgeError.timedOut(.negotiateProtocol, seconds: seconds)
                }
            }
        }
    }

    /// Whether new connections are negotiated at once; off for tests of what comes before.
    package func setNegotiates(_ flag: Bool) { condition.withLock { negotiates = flag } }

    /// Remembers a container, so that its notification is known on later connections too.
    package func remember(_ container: String) { _ = condition.withLock { containers.insert(container) } }

    /// Ends the connection; the guest dials again.
    package func drop() { condition.withLock { client }?.close("dropped by the host") }

    private func take(_ stream: VsockStream) {
        let (known, wanted) = condition.withLock { (containers, negotiates) }
        let fresh = BridgeClient(stream: stream, knownContainers: known) { [weak self] notification in
            self?.condition.withLock { _ = self?.containers.remove(notification.containerID) }
            self?.onNotification(notification)
        }
        if wanted {
            do { try fresh.negotiate(seconds: 120) } catch {
                fresh.close("negotiation failed: \(error)")
                return
            }
        }
        condition.withLock {
            client = fresh
            condition.broadcast()
        }
    }

    private func end(_ reason: String) {
        condition.withLock {
            if endReason == nil { endReason = reason }
            condition.broadcast()
        }
    }
}
