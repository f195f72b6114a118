internal import Foundation

/// Which containers may still send a notification.
final class KnownContainers: @unchecked Sendable {
    private let lock = NSLock()
    private var running: Set<String> = []
    private var ended: Set<String> = []

    func add(_ ids: Set<String>) { lock.withLock { running.formUnion(ids.subtracting(ended)) } }

    /// Notes a container's end; a text says why the notification is against the rules.
    func note(_ id: String) -> String? {
        lock.withLock {
            if ended.contains(id) { return "a second exit notification for container \(id)" }
            guard running.remove(id) != nil else { return "an exit notification for unknown container \(id)" }
            ended.insert(id)
            return nil
        }
    }
}
