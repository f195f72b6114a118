import CLinux
import Testing

@testable import Linux
@testable import Sandbox

struct StreamTests {
    private func read(_ descriptor: Int32, _ loop: EventLoop, _ count: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        coffer_set_nonblocking(descriptor)
        for _ in 0..<2000 where bytes.count < count {
            let got = coffer_loop_read(descriptor, &buffer, min(buffer.count, count - bytes.count))
            if got == 0 { break }
            if got > 0 { bytes += buffer[..<got] }
            try loop.turn(atMost: got > 0 ? 0 : 10)
        }
        return bytes
    }

    private func isAtEnd(_ descriptor: Int32, _ loop: EventLoop) throws -> Bool {
        var byte: UInt8 = 0
        coffer_set_nonblocking(descriptor)
        for _ in 0..<200 {
            let got = coffer_loop_read(descriptor, &byte, 1)
            if got == 0 { return true }
            if got > 0 { return false }
            try loop.turn(atMost: 10)
        }
        return false
    }

    @Test func allThreeStreamsReachTheHost() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine, ports: StreamPorts(input: 1, output: 2, error: 3))
        let child = machine.childEnds
        #expect(coffer_loop_write(child[1], "out", 3) == 3)
        #expect(coffer_loop_write(child[2], "err", 3) == 3)
        #expect(try read(#require(machine.hostEnds[2]), machine.loop, 3) == Array("out".utf8))
        #expect(try read(#require(machine.hostEnds[3]), machine.loop, 3) == Array("err".utf8))
        #expect(coffer_loop_write(try #require(machine.hostEnds[1]), "in", 2) == 2)
        #expect(try read(child[0], machine.loop, 2) == Array("in".utf8))
    }

    @Test func theEndOfInputReachesTheContainer() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine, ports: StreamPorts(input: 1))
        let host = try #require(machine.hostEnds[1])
        #expect(coffer_loop_write(host, "last", 4) == 4)
        coffer_shutdown(host, Int32(SHUT_WR))
        #expect(try read(machine.childEnds[0], machine.loop, 4) == Array("last".utf8))
        #expect(try isAtEnd(machine.childEnds[0], machine.loop))
    }

    @Test func withoutAnInputTheContainerReadsTheEndAtOnce() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine, ports: StreamPorts(output: 2))
        #expect(try isAtEnd(machine.childEnds[0], machine.loop))
    }

    /// More than all buffers hold: the writer waits for the reader, and nothing is lost.
    @Test func aSlowHostSlowsTheContainerDown() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine, ports: StreamPorts(output: 2))
        let out = machine.childEnds[1]
        coffer_set_nonblocking(out)
        let chunk = [UInt8](repeating: 0x61, count: 32768)
        var written = 0
        var stalls = 0
        while stalls < 20 {
            let count = coffer_loop_write(out, chunk, chunk.count)
            if count > 0 {
                written += count
                stalls = 0
            } else {
                stalls += 1
            }
            try machine.loop.turn(atMost: 0)
        }
        // The pipe, one buffer of the relay and the socket are full.
        #expect(written >= 65536 && written < 1 << 22)
        machine.childEnds[1] = -1
        close(out)
        let host = try #require(machine.hostEnds[2])
        #expect(try read(host, machine.loop, written).count == written)
        #expect(try isAtEnd(host, machine.loop))
    }

    /// Output that nobody wanted, or whose reader has gone, does not stop the container.
    @Test(arguments: [true, false])
    func aDeafHostStopsNothing(listensAtFirst: Bool) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine, ports: StreamPorts(output: listensAtFirst ? 2 : nil))
        if let host = machine.hostEnds.removeValue(forKey: 2) { close(host) }
        let out = machine.childEnds[1]
        coffer_set_nonblocking(out)
        let chunk = [UInt8](repeating: 0x61, count: 32768)
        var written = 0
        for _ in 0..<4000 where written < 1 << 20 {
            written += max(0, coffer_loop_write(out, chunk, chunk.count))
            try machine.loop.turn(atMost: 0)
        }
        #expect(written >= 1 << 20)
    }

    /// The exit code comes after the last byte of output has gone to the host.
    @Test func theExitCodeComesAfterTheOutput() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine, ports: StreamPorts(output: 2))
        var code: UInt32?
        sandbox.wait(for: processID, of: Names.container, milliseconds: nil) {
            code = try? $0.get()
            return true
        }
        #expect(coffer_loop_write(machine.childEnds[1], "bye", 3) == 3)
        machine.end(Int32(processID), .exited(7))
        #expect(code == nil)
        machine.childEnds = closeAll(machine.childEnds)
        let host = try #require(machine.hostEnds[2])
        #expect(try read(host, machine.loop, 3) == Array("bye".utf8))
        for _ in 0..<100 where code == nil { try machine.loop.turn(atMost: 10) }
        #expect(code == 7)
    }
}
