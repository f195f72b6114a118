internal import Foundation
internal import Wire

/// The requests that wait for an answer, and why no answer comes any more.
final class PendingRequests: @unchecked Sendable {
    private let condition = NSCondition()
    private var waiting: Set<UInt64> = []
    private var answers: [UInt64: Frame] = [:]
    private var nextID: UInt64 = 0
    private var endReason: String?

    /// Reserves the next request number, nil after the end.
    func reserve() -> UInt64? {
        condition.withLock {
            guard endReason == nil else { return nil }
            defer { nextID += 1 }
            waiting.insert(nextID)
            return nextID
        }
    }

    /// Hands an answer to its waiter; false when nobody asked.
    func deliver(_ frame: Frame) -> Bool {
        condition.withLock {
            guard waiting.contains(frame.id), answers[frame.id] == nil else { return false }
            answers[frame.id] = frame
            condition.broadcast()
            return true
        }
    }

    /// The end of the bridge, for everybody who waits now or later. The first reason stays.
    func end(_ reason: String) {
        condition.withLock {
            if endReason == nil { endReason = reason }
            condition.broadcast()
        }
    }

    /// Why the bridge ended, nil while it lives.
    var reason: String? { condition.withLock { endReason } }

    /// Waits for the answer.
    enum Outcome {
        case answer(Frame)
        case ended(String)
        case timedOut
    }

    func wait(_ id: UInt64, seconds: Double?) -> Outcome {
        let limit = seconds.map { Date(timeIntervalSinceNow: $0) }
        return condition.withLock {
            defer { waiting.remove(id) }
            while true {
                if let frame = answers.removeValue(forKey: id) { return .answer(frame) }
                if let endReason { return .ended(endReason) }
                guard let limit else {
                    condition.wait()
                    continue
                }
                if !condition.wait(until: limit) { return .timedOut }
            }
        }
    }
}
