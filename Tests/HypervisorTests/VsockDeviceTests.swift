import Foundation
import Hypervisor
import Testing

/// The device against a guest that keeps the rules.
@Suite struct VsockDeviceTests {
    @Test func tellsFeaturesAndContextIdentifier() throws {
        let harness = try VsockHarness()
        #expect(try harness.guest.ask(1) == harness.guest.u64(1 << 32 | 1 << 30))
        #expect(try harness.guest.ask(15) == harness.guest.u64(1 << 9 | 1 << 3))
        #expect(try harness.guest.ask(17) == harness.guest.u64(3))
        let question = harness.guest.u32(0) + harness.guest.u32(8) + harness.guest.u32(0)
        let answer = try harness.guest.ask(24, question + [UInt8](repeating: 0, count: 8))
        #expect(answer == question + harness.guest.u64(UInt64(VsockHarness.guestCID)))
    }

    @Test func acknowledgesWhatItKnowsAndDeniesWhatItDoesNot() throws {
        let harness = try VsockHarness()
        #expect(try harness.guest.ask(3, [], flags: 1 | 8) == harness.guest.u64(0))
        #expect(try harness.guest.ask(77, [], flags: 1 | 8) == harness.guest.u64(1))
    }

    @Test func guestDialsAndBothSidesSpeak() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        #expect(stream.guestPort == 7)
        #expect(stream.hostPort == 2000)
        try harness.send(harness.header(.data, from: 7, to: 2000, length: 5), Array("hello".utf8))
        #expect(try stream.readExactly(5, deadline: .after(seconds: 20)) == Array("hello".utf8))
        try stream.write(Array("world".utf8))
        let packet = try harness.guest.nextPacket()
        #expect(packet.header.kind == .data)
        #expect(packet.header.length == 5)
        #expect(packet.header.forwardedCount == 5)
        #expect(packet.data == Array("world".utf8))
    }

    @Test func refusesAPortWithoutListener() throws {
        let harness = try VsockHarness()
        try harness.send(harness.header(.request, from: 7, to: 2001))
        let answer = try harness.guest.nextPacket().header
        #expect(answer.kind == .reset)
        #expect(answer.destinationPort == 7)
    }

    @Test func refusesWhenTheBacklogIsFull() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000, backlog: 1)
        try harness.send(harness.header(.request, from: 1, to: 2000))
        try harness.send(harness.header(.request, from: 2, to: 2000))
        #expect(try harness.guest.nextPacket(port: 1).header.kind == .response)
        #expect(try harness.guest.nextPacket(port: 2).header.kind == .reset)
        withExtendedLifetime(listener) {}
    }

    @Test func hostDials() async throws {
        let harness = try VsockHarness()
        let device = harness.device
        let dialling = Thread.value { try device.connect(port: 1024, deadline: .after(seconds: 20)) }
        let request = try harness.guest.nextPacket().header
        #expect(request.kind == .request)
        #expect(request.destinationPort == 1024)
        try harness.send(harness.header(.response, from: 1024, to: request.sourcePort))
        let stream = try dialling()
        try stream.write([1, 2, 3])
        #expect(try harness.guest.nextPacket().data == [1, 2, 3])
    }

    @Test func hostIsRefused() throws {
        let harness = try VsockHarness()
        let device = harness.device
        let dialling = Thread.value { try device.connect(port: 9, deadline: .after(seconds: 20)) }
        let request = try harness.guest.nextPacket().header
        try harness.send(harness.header(.reset, from: 9, to: request.sourcePort))
        #expect(throws: VsockError.refused(port: 9)) { _ = try dialling() }
    }

    @Test func dialEndsWithItsDeadline() throws {
        let harness = try VsockHarness()
        #expect(throws: VsockError.timedOut) {
            _ = try harness.device.connect(port: 9, deadline: .after(seconds: 0.05))
        }
    }

    @Test func onePortOneListener() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        #expect(throws: VsockError.portInUse(2000)) { _ = try harness.device.listen(port: 2000) }
        listener.close()
        _ = try harness.device.listen(port: 2000)
    }

    @Test func hundredsOfStreamsKeepTheirBytesApart() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let ports = (0..<400).map { UInt32(10_000 + $0) }
        let streams = try ports.map { try harness.dial(listener, from: $0) }
        for (port, stream) in zip(ports, streams) {
            let text = Array("guest \(port)".utf8)
            try harness.send(harness.header(.data, from: port, to: 2000, length: text.count), text)
            try stream.write(Array("host \(port)".utf8))
        }
        for (port, stream) in zip(ports, streams) {
            let expected = Array("guest \(port)".utf8)
            #expect(try stream.readExactly(expected.count, deadline: .after(seconds: 20)) == expected)
        }
        var received: [UInt32: [UInt8]] = [:]
        for _ in ports {
            let packet = try harness.guest.nextPacket()
            received[packet.header.destinationPort, default: []] += packet.data
        }
        for port in ports { #expect(received[port] == Array("host \(port)".utf8)) }
    }

    @Test func writerWaitsForTheGuestsCredit() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7, allocation: 1000)
        let sent = (0..<2500).map { UInt8(truncatingIfNeeded: $0) }
        try stream.write(sent)
        var received: [UInt8] = []
        var questions = 0
        while received.count < sent.count {
            let packet = try harness.guest.nextPacket()
            if packet.header.kind == .creditRequest {
                questions += 1
                #expect(received.count % 1000 == 0)
                try harness.send(
                    harness.header(
                        .creditUpdate, from: 7, to: 2000, allocation: 1000, forwarded: UInt32(received.count))
                )
            } else {
                received += packet.data
                #expect(received.count <= (questions + 1) * 1000)
            }
        }
        #expect(received == sent)
        #expect(questions == 2)
    }

    @Test func readerGivesCreditBack() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        let part = [UInt8](repeating: 9, count: 4000)
        // A quarter of the buffer read brings an update without being asked.
        for _ in 0..<17 {
            try harness.send(harness.header(.data, from: 7, to: 2000, length: part.count), part)
        }
        _ = try stream.readExactly(68_000, deadline: .after(seconds: 20))
        let update = try harness.guest.nextPacket().header
        #expect(update.kind == .creditUpdate)
        #expect(update.forwardedCount >= VsockFlow.allocation / 4)
        #expect(update.bufferAllocation == VsockFlow.allocation)
    }

    @Test func answersAQuestionForCredit() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        try harness.send(harness.header(.creditRequest, from: 7, to: 2000))
        #expect(try harness.guest.nextPacket().header.kind == .creditUpdate)
        withExtendedLifetime(stream) {}
    }

    @Test func halfCloseKeepsTheOtherDirection() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        try harness.send(
            harness.header(.shutdown, from: 7, to: 2000, flags: VsockPacket.Shutdown.send))
        #expect(try stream.read(upTo: 10, deadline: .after(seconds: 20)).isEmpty)
        try stream.write([1])
        #expect(try harness.guest.nextPacket().data == [1])
        stream.finishWriting()
        let last = try harness.guest.nextPacket().header
        #expect(last.kind == .shutdown)
        #expect(last.flags == VsockPacket.Shutdown.send)
        #expect(throws: VsockError.closed) { try stream.write([2]) }
    }

    @Test func fullCloseByTheGuestIsAnsweredAndWhatCameIsRead() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        try harness.send(harness.header(.data, from: 7, to: 2000, length: 2), [1, 2])
        try harness.send(harness.header(.shutdown, from: 7, to: 2000, flags: 3))
        #expect(try harness.guest.nextPacket().header.kind == .reset)
        #expect(try stream.read(upTo: 10, deadline: .after(seconds: 20)) == [1, 2])
        #expect(try stream.read(upTo: 10, deadline: .after(seconds: 20)).isEmpty)
        #expect(throws: VsockError.peerClosed) { try stream.write([1]) }
    }

    @Test func closeSendsWhatIsLeftFirst() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        try stream.write([5, 6])
        stream.close()
        #expect(try harness.guest.nextPacket().data == [5, 6])
        let last = try harness.guest.nextPacket().header
        #expect(last.kind == .shutdown)
        #expect(last.flags == 3)
        #expect(throws: VsockError.closed) { _ = try stream.read(upTo: 1) }
    }

    @Test func resetByTheGuestIsAnErrorAfterTheData() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        try harness.send(harness.header(.data, from: 7, to: 2000, length: 1), [1])
        try harness.send(harness.header(.reset, from: 7, to: 2000))
        #expect(try stream.read(upTo: 10, deadline: .after(seconds: 20)) == [1])
        #expect(throws: VsockError.reset) { _ = try stream.read(upTo: 10) }
    }

    @Test func machineThatGoesTakesEverythingAlong() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        shutdown(harness.guest.socket, Int32(SHUT_RDWR))
        #expect(throws: VsockError.deviceStopped("the machine ended")) {
            _ = try stream.read(upTo: 1, deadline: .after(seconds: 20))
        }
        #expect(throws: VsockError.deviceStopped("the machine ended")) {
            _ = try listener.accept(deadline: .after(seconds: 20))
        }
    }

    @Test func driverThatRestartsFindsNoOldConnections() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        _ = try harness.guest.ask(11, harness.guest.u32(0) + harness.guest.u32(0))
        _ = try harness.guest.ask(11, harness.guest.u32(1) + harness.guest.u32(0))
        #expect(throws: VsockError.deviceStopped("the guest's driver went away")) {
            _ = try stream.read(upTo: 1, deadline: .after(seconds: 20))
        }
    }
}

extension Thread {
    /// Runs `body` in a thread; the returned function waits for its result.
    static func value<T: Sendable>(_ body: @escaping @Sendable () throws -> T) -> () throws -> T {
        let box = Box<T>()
        let thread = Thread {
            let result = Result { try body() }
            box.condition.withLock {
                box.result = result
                box.condition.broadcast()
            }
        }
        thread.start()
        return {
            try box.condition.withLock {
                while true {
                    if let result = box.result { return try result.get() }
                    box.condition.wait()
                }
            }
        }
    }

    private final class Box<T: Sendable>: @unchecked Sendable {
        let condition = NSCondition()
        var result: Result<T, any Error>?
    }
}
