internal import CLinux

extension EventLoop {
    /// Names one timer; never used again.
    package struct Timer: Hashable {
        let number: UInt64
    }

    struct TimerEntry {
        let number: UInt64
        /// Milliseconds of CLOCK_BOOTTIME.
        let deadline: UInt64
        let handler: () -> Void
    }

    /// Calls `handler` once, not before `milliseconds` have passed.
    @discardableResult
    package func after(milliseconds: UInt64, _ handler: @escaping () -> Void) -> Timer {
        let number = nextTimer
        nextTimer += 1
        let entry = TimerEntry(number: number, deadline: Self.now() &+ milliseconds, handler: handler)
        let place = timers.firstIndex { $0.deadline > entry.deadline } ?? timers.count
        timers.insert(entry, at: place)
        return Timer(number: number)
    }

    /// Forgets a timer; does nothing when it has fired.
    package func cancel(_ timer: Timer) {
        timers.removeAll { $0.number == timer.number }
    }

    /// Milliseconds since the kernel started, time in suspend included. clock_gettime(2), CLOCK_BOOTTIME.
    package static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return UInt64(max(time.tv_sec, 0)) &* 1000 &+ UInt64(max(time.tv_nsec, 0)) / 1_000_000
    }

    /// How long epoll may sleep: until the first timer, and no longer than the caller's limit. -1 is for ever.
    func timeout(limit: Int?) -> Int32 {
        var wait = limit.map { Int32(clamping: max($0, 0)) } ?? -1
        if let first = timers.first {
            let now = Self.now()
            let rest = first.deadline > now ? Int32(clamping: first.deadline - now) : 0
            wait = wait < 0 ? rest : min(wait, rest)
        }
        return wait
    }

    func fireTimers() {
        if timers.isEmpty { return }
        let now = Self.now()
        // A handler may set or cancel timers, so each round looks at the list afresh; timers set meanwhile with
        // no delay wait for the next turn.
        let newest = nextTimer
        while let index = timers.firstIndex(where: { $0.deadline <= now && $0.number < newest }) {
            timers.remove(at: index).handler()
        }
    }
}
