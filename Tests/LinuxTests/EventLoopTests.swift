import CLinux
import Testing

@testable import Linux

/// Serialized: reaping is a matter of the whole process.
@Suite(.serialized) struct EventLoopTests {
    @Test func tellsOfBytesAndOfTheEnd() throws {
        let loop = try EventLoop()
        let ends = try Pipe()
        let input = ends.readEnd.raw
        var told: [EventLoop.Interest] = []
        let watch = try loop.watch(ends.readEnd, for: .readable) { ready in
            told.append(ready)
            var byte: UInt8 = 0
            _ = coffer_loop_read(input, &byte, 1)
        }
        try loop.turn(atMost: 0)
        #expect(told.isEmpty)
        #expect(coffer_loop_write(ends.writeEnd.raw, "x", 1) == 1)
        try loop.turn(atMost: 1000)
        #expect(told == [.readable])
        _ = consume ends
        _ = watch
    }

    @Test func hangupReadsAsEverything() throws {
        let loop = try EventLoop()
        let ends = try Pipe()
        var told: EventLoop.Interest = []
        let readEnd = ends.readEnd
        close(ends.writeEnd.release())
        _ = try loop.watch(readEnd, for: .readable) { told = $0 }
        try loop.turn(atMost: 1000)
        #expect(told.contains(.hangup))
        #expect(told.contains(.readable))
    }

    @Test func aRemovedWatchIsNotToldOfEventsAlreadyFetched() throws {
        let loop = try EventLoop()
        let first = try Pipe()
        let second = try Pipe()
        var watches: [EventLoop.Watch] = []
        var calls = 0
        // Whichever comes first removes both.
        watches.append(
            try loop.watch(first.writeEnd, for: .writable) { _ in
                calls += 1
                for watch in watches { loop.remove(watch) }
            })
        watches.append(
            try loop.watch(second.writeEnd, for: .writable) { _ in
                calls += 1
                for watch in watches { loop.remove(watch) }
            })
        try loop.turn(atMost: 1000)
        try loop.turn(atMost: 0)
        #expect(calls == 1)
    }

    @Test func anEmptyInterestIsSilent() throws {
        let loop = try EventLoop()
        let ends = try Pipe()
        var calls = 0
        let watch = try loop.watch(ends.writeEnd, for: .writable) { _ in calls += 1 }
        try loop.change(watch, to: [])
        try loop.turn(atMost: 0)
        #expect(calls == 0)
        try loop.change(watch, to: .writable)
        try loop.turn(atMost: 1000)
        #expect(calls == 1)
        loop.remove(watch)
        #expect(throws: Errno(ENOENT)) { try loop.change(watch, to: .readable) }
    }

    /// /proc/self/mounts is always readable, and tells when a mount comes or goes. proc_pid_mounts(5).
    @Test func changedFilesOfTheKernelAreTold() throws {
        let loop = try EventLoop()
        let file = try Descriptor.open("/proc/self/mounts", O_RDONLY)
        var calls = 0
        let watch = try loop.watch(file, for: .changed) { ready in
            #expect(ready.contains(.changed))
            calls += 1
            loop.stop()
        }
        try loop.turn(atMost: 0)
        #expect(calls == 0)
        var template = Array("/tmp/coffer-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let place = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { rmdir(place) }
        do { try mountFilesystem(type: "tmpfs", source: "tmpfs", target: place, flags: 0) } catch {
            // Without the privilege to mount nothing changes, and that is all there is to see.
            return
        }
        defer { try? unmountFilesystem(place) }
        try loop.turn(atMost: 1000)
        #expect(calls == 1)
        loop.remove(watch)
    }

    @Test func timersFireInTheOrderOfTheirDeadlinesAndOnce() throws {
        let loop = try EventLoop()
        var order: [String] = []
        loop.after(milliseconds: 5) {
            order.append("later")
            loop.stop()
        }
        loop.after(milliseconds: 0) { order.append("first") }
        loop.after(milliseconds: 1) { order.append("second") }
        let cancelled = loop.after(milliseconds: 2) { order.append("cancelled") }
        loop.cancel(cancelled)
        try loop.run()
        #expect(order == ["first", "second", "later"])
        #expect(loop.timers.isEmpty)
    }

    @Test func aTimerSetByATimerWaitsForTheNextTurn() throws {
        let loop = try EventLoop()
        var turns = 0
        func again() {
            turns += 1
            loop.after(milliseconds: 0, again)
        }
        loop.after(milliseconds: 0, again)
        try loop.turn(atMost: 0)
        #expect(turns == 1)
        try loop.turn(atMost: 0)
        #expect(turns == 2)
    }

    @Test(arguments: [
        (Int32(0), ChildStatus.exited(0), UInt32(0)), (7 << 8, .exited(7), 7), (9, .signalled(9), 137),
        (15 | 0x80, .signalled(15), 143),
    ])
    func waitStatusesAreTold(raw: Int32, status: ChildStatus, code: UInt32) {
        #expect(ChildStatus(waitStatus: raw) == status)
        #expect(status.exitCode == code)
    }

    @Test func aStoppedChildHasNotEnded() {
        #expect(ChildStatus(waitStatus: 0x137f) == nil)
    }
}
