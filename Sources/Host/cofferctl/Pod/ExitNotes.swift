internal import Foundation
internal import Wire

/// What the guest has said about containers that have ended, for whoever wants to know why.
final class ExitNotes: @unchecked Sendable {
    private let condition = NSCondition()
    private var notes: [String: ExitNotification] = [:]

    func add(_ note: ExitNotification) {
        condition.withLock {
            notes[note.containerID] = note
            condition.broadcast()
        }
    }

    /// The note about a container; nil when none came in time.
    func wait(for container: String, seconds: Double) -> ExitNotification? {
        let limit = Date(timeIntervalSinceNow: seconds)
        return condition.withLock {
            while notes[container] == nil {
                if !condition.wait(until: limit) { return nil }
            }
            return notes[container]
        }
    }
}
