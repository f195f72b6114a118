internal import CLinux

/// The one loop of PID 1: waits for descriptors, timers and ended children, and calls their handlers one after
/// another. epoll(7).
///
/// There is no other thread, so that a handler runs to its end before anything else happens. Handlers may add and
/// remove watches, their own included; an event that was already fetched for a removed watch is dropped.
package final class EventLoop {
    /// What a watch waits for, and what its handler is told. A hang-up or an error reads as both.
    package struct Interest: OptionSet {
        /// Bits of the loop's own; not those of epoll.
        package let rawValue: UInt32
        package init(rawValue: UInt32) { self.rawValue = rawValue }

        /// There is something to read, or the end.
        package static let readable = Interest(rawValue: 1)
        /// A write would take at least one byte.
        package static let writable = Interest(rawValue: 2)
        /// Only told, never asked for: the other side is gone. What it sent before can still be read.
        package static let hangup = Interest(rawValue: 4)
        /// The file's contents have changed, for files of the kernel's that tell so. epoll_ctl(2), EPOLLPRI.
        package static let changed = Interest(rawValue: 8)
    }

    /// Names one watch; never used again after its removal.
    package struct Watch: Hashable {
        let number: UInt64
    }

    struct Entry {
        let descriptor: Int32
        let handler: (Interest) -> Void
    }

    private let poller: Descriptor
    private var entries: [UInt64: Entry] = [:]
    private var nextNumber: UInt64 = 1
    private var running = false
    var timers: [TimerEntry] = []
    var nextTimer: UInt64 = 1
    var children: [Int32: (ChildStatus) -> Void] = [:]
    var childSignals: SignalDescriptor?

    /// A loop that watches nothing. The corresponding C function is `epoll_create1`.
    package init() throws(Errno) {
        poller = Descriptor(owning: Int32(try valueOrErrno(Int(coffer_epoll_create()))))
    }

    /// Calls `handler` whenever the descriptor is ready, until `remove`. The descriptor stays the caller's, who
    /// removes the watch before closing it. The corresponding C function is `epoll_ctl`.
    package func watch(
        _ descriptor: borrowing Descriptor, for interest: Interest, _ handler: @escaping (Interest) -> Void
    ) throws(Errno) -> Watch {
        let number = nextNumber
        try control(EPOLL_CTL_ADD, descriptor.raw, interest, number)
        nextNumber += 1
        entries[number] = Entry(descriptor: descriptor.raw, handler: handler)
        return Watch(number: number)
    }

    /// Changes what a watch waits for; an empty interest keeps it but only tells of hang-ups.
    package func change(_ watch: Watch, to interest: Interest) throws(Errno) {
        guard let entry = entries[watch.number] else { throw Errno(ENOENT) }
        try control(EPOLL_CTL_MOD, entry.descriptor, interest, watch.number)
    }

    /// Ends a watch; a second call does nothing.
    package func remove(_ watch: Watch) {
        guard let entry = entries.removeValue(forKey: watch.number) else { return }
        // The kernel forgets closed descriptors itself; a failure here means just that.
        var event = epoll_event()
        epoll_ctl(poller.raw, EPOLL_CTL_DEL, entry.descriptor, &event)
    }

    /// Serves until `stop` is called. Fails only if epoll itself does.
    package func run() throws(Errno) {
        running = true
        while running { try turn(atMost: nil) }
    }

    /// Makes `run` return after the handler that calls this.
    package func stop() { running = false }

    /// Waits once, at most `milliseconds` when given, and calls the handlers of what is ready.
    package func turn(atMost milliseconds: Int?) throws(Errno) {
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        let wait = timeout(limit: milliseconds)
        let ready = Int(epoll_wait(poller.raw, &events, 64, wait))
        if ready < 0 {
            let errno = coffer_errno()
            if errno != EINTR { throw Errno(errno) }
        }
        for index in 0..<max(ready, 0) {
            let event = events[index]
            if event.data.u64 == Self.childSignalNumber { reap() }
            guard let entry = entries[event.data.u64] else { continue }
            entry.handler(Self.interest(of: event.events))
        }
        fireTimers()
    }

    /// The number that stands for ended children instead of a watch.
    private static let childSignalNumber: UInt64 = 0

    func watchChildSignals(_ descriptor: borrowing Descriptor) throws(Errno) {
        try control(EPOLL_CTL_ADD, descriptor.raw, .readable, Self.childSignalNumber)
    }

    private func control(
        _ operation: Int32, _ descriptor: Int32, _ interest: Interest, _ number: UInt64
    ) throws(Errno) {
        var event = epoll_event()
        if interest.contains(.readable) { event.events |= EPOLLIN.rawValue | EPOLLRDHUP.rawValue }
        if interest.contains(.writable) { event.events |= EPOLLOUT.rawValue }
        if interest.contains(.changed) { event.events |= EPOLLPRI.rawValue }
        event.data.u64 = number
        if epoll_ctl(poller.raw, operation, descriptor, &event) != 0 { throw Errno(coffer_errno()) }
    }

    private static func interest(of bits: UInt32) -> Interest {
        var interest: Interest = []
        if bits & (EPOLLIN.rawValue | EPOLLRDHUP.rawValue) != 0 { interest.insert(.readable) }
        if bits & EPOLLOUT.rawValue != 0 { interest.insert(.writable) }
        if bits & EPOLLPRI.rawValue != 0 { interest.insert(.changed) }
        if bits & (EPOLLHUP.rawValue | EPOLLERR.rawValue) != 0 {
            interest.formUnion([.readable, .writable, .hangup])
        }
        return interest
    }
}
