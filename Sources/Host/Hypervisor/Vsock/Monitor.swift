internal import Foundation

/// One lock with any number of conditions to wait for under it. pthread_mutex_lock(3), pthread_cond_wait(3).
///
/// The device, its listeners and its streams share one, so that no order between locks can go wrong.
package final class Monitor: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    package init() {
        mutex = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` with the lock held.
    package func locked<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure)
        -> Result
    {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Something to wait for; belongs to one monitor.
    package final class Condition: @unchecked Sendable {
        private let monitor: Monitor
        private let condition: UnsafeMutablePointer<pthread_cond_t>

        package init(_ monitor: Monitor) {
            self.monitor = monitor
            condition = .allocate(capacity: 1)
            var attributes = pthread_condattr_t()
            pthread_condattr_init(&attributes)
            pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            pthread_cond_init(condition, &attributes)
            pthread_condattr_destroy(&attributes)
        }

        deinit {
            pthread_cond_destroy(condition)
            condition.deallocate()
        }

        /// Waits with the monitor's lock held; false when the deadline passed. Wakes may be spurious.
        package func wait(until deadline: Deadline) -> Bool {
            guard let nanoseconds = deadline.nanoseconds else {
                pthread_cond_wait(condition, monitor.mutex)
                return true
            }
            var time = timespec(
                tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
            return pthread_cond_timedwait(condition, monitor.mutex, &time) != ETIMEDOUT
        }

        /// Wakes everybody who waits.
        package func broadcast() { pthread_cond_broadcast(condition) }
    }
}

/// A moment on the monotonic clock after which waiting ends, or never.
package struct Deadline: Sendable {
    /// CLOCK_MONOTONIC in nanoseconds; nil waits for ever.
    package let nanoseconds: UInt64?

    /// No limit.
    package static let never = Deadline(nanoseconds: nil)

    private init(nanoseconds: UInt64?) { self.nanoseconds = nanoseconds }

    /// That many seconds from now; negative counts as now.
    package static func after(seconds: Double) -> Deadline {
        Deadline(nanoseconds: now + UInt64(max(0, min(seconds, 1e9)) * 1_000_000_000))
    }

    /// Whether the moment has passed.
    package var passed: Bool {
        guard let nanoseconds else { return false }
        return Self.now >= nanoseconds
    }

    private static var now: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
