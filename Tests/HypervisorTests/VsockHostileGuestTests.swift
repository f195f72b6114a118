import Foundation
import Hypervisor
import Testing

/// The device against a guest, or a machine, that breaks the rules.
@Suite struct VsockHostileGuestTests {
    @Test func guestThatOverrunsItsCreditIsReset() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        let part = [UInt8](repeating: 1, count: 4096)
        for _ in 0..<(Int(VsockFlow.allocation) / part.count) {
            try harness.send(harness.header(.data, from: 7, to: 2000, length: part.count), part)
        }
        try harness.send(harness.header(.data, from: 7, to: 2000, length: 1), [1])
        #expect(try harness.guest.nextPacket().header.kind == .reset)
        let all = try stream.readExactly(Int(VsockFlow.allocation), deadline: .after(seconds: 20))
        #expect(all?.count == Int(VsockFlow.allocation))
        #expect(throws: VsockError.violated("1 bytes that it had no credit for")) {
            _ = try stream.read(upTo: 1, deadline: .after(seconds: 20))
        }
    }

    @Test func guestThatClaimsToHaveConsumedTooMuchGetsNothing() throws {
        var flow = VsockFlow()
        var packet = VsockPacket(
            sourceCID: 3, destinationCID: 2, sourcePort: 1, destinationPort: 2, operation: .creditUpdate)
        packet.bufferAllocation = 1000
        packet.forwardedCount = 1
        flow.learn(packet)
        #expect(flow.window == 0)
    }

    @Test(arguments: [
        // Data that the packet does not have.
        (VsockPacket.Operation.data, 100, "100 bytes that it had no credit for"),
        // A dial on a living connection.
        (.request, 0, "a second request"),
        // An answer that nobody waits for.
        (.response, 0, "operation 2 out of turn"),
    ])
    func packetAgainstTheRulesCostsTheConnection(
        _ operation: VsockPacket.Operation, _ length: Int, _ what: String
    ) throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        try harness.send(harness.header(operation, from: 7, to: 2000, length: length), [1])
        #expect(try harness.guest.nextPacket().header.kind == .reset)
        #expect(throws: VsockError.violated(what)) {
            _ = try stream.read(upTo: 1, deadline: .after(seconds: 20))
        }
    }

    @Test func unknownOperationCostsTheConnection() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        let stream = try harness.dial(listener, from: 7)
        var packet = harness.header(.data, from: 7, to: 2000)
        packet.operation = 99
        try harness.send(packet)
        #expect(try harness.guest.nextPacket().header.kind == .reset)
        #expect(throws: VsockError.violated("operation 99 out of turn")) {
            _ = try stream.read(upTo: 1, deadline: .after(seconds: 20))
        }
    }

    @Test func dataForNobodyIsAnsweredWithReset() throws {
        let harness = try VsockHarness()
        try harness.send(harness.header(.data, from: 7, to: 2000, length: 1), [1])
        #expect(try harness.guest.nextPacket().header.kind == .reset)
    }

    @Test func anotherSocketTypeIsRefused() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        var packet = harness.header(.request, from: 7, to: 2000)
        packet.type = 2
        try harness.send(packet)
        let answer = try harness.guest.nextPacket().header
        #expect(answer.kind == .reset)
        #expect(answer.type == 2)
        withExtendedLifetime(listener) {}
    }

    @Test func packetsWithForeignContextIdentifiersAreIgnored() throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        for change in [\VsockPacket.sourceCID, \VsockPacket.destinationCID] {
            var packet = harness.header(.request, from: 7, to: 2000)
            packet[keyPath: change] = 99
            try harness.send(packet)
        }
        try harness.guest.transmit([1, 2, 3])
        _ = try harness.dial(listener, from: 8)
    }

    @Test func everyAnswerComesAlthoughTheGuestReadsLate() throws {
        let harness = try VsockHarness()
        // As many refusals as fit into the receive buffers and the device's own queue.
        let header = harness.header(.data, from: 7, to: 2000).serialized
        for _ in 0..<1100 { try harness.guest.transmit(header) }
        // Beyond that the device leaves the guest's packets alone until the guest reads.
        for _ in 0..<60 { harness.guest.offerPacket(header) }
        for _ in 0..<1160 { #expect(try harness.guest.nextPacket().header.kind == .reset) }
    }

    @Test(arguments: HostileChain.all)
    func badChainStopsTheDeviceWithItsReason(_ chain: HostileChain) throws {
        let harness = try VsockHarness()
        let listener = try harness.device.listen(port: 2000)
        chain.write(harness.guest)
        harness.guest.kick(1)
        #expect(throws: VsockError.deviceStopped(chain.reason)) {
            _ = try listener.accept(deadline: .after(seconds: 20))
        }
        #expect(harness.guest.hungUp())
    }

    @Test(arguments: BadMessage.all)
    func badMachineMessageEndsTheConversation(_ message: BadMessage) throws {
        let harness = try VsockHarness(handshake: false)
        try harness.guest.send(message.request, message.payload)
        #expect(harness.guest.hungUp())
    }

    @Test func memoryBeyondItsFileIsRefused() throws {
        let harness = try VsockHarness(handshake: false)
        try harness.guest.sendMemory(size: UInt64(FakeFrontEnd.memorySize) + 1)
        #expect(harness.guest.hungUp())
    }

    @Test func memoryWhoseOffsetOverflowsIsRefused() throws {
        let harness = try VsockHarness(handshake: false)
        try harness.guest.sendMemory(size: 4096, offset: UInt64.max - 100)
        #expect(harness.guest.hungUp())
    }

    @Test func oversizedMessageIsRefusedBeforeItIsRead() throws {
        let harness = try VsockHarness(handshake: false)
        let header = harness.guest.u32(1) + harness.guest.u32(1) + [0xFF, 0xFF, 0xFF, 0x7F]
        _ = header.withUnsafeBytes { send(harness.guest.socket, $0.baseAddress, $0.count, 0) }
        #expect(harness.guest.hungUp())
    }
}

/// A chain on the transmit ring that no driver makes.
struct HostileChain: Sendable, CustomTestStringConvertible {
    let name: String
    let reason: String
    let write: @Sendable (FakeFrontEnd) -> Void

    var testDescription: String { name }

    static let all = [
        HostileChain(
            name: "a loop of one", reason: "ring 1: the descriptor chain at 0 is longer than the ring"
        ) {
            $0.describe(1, 0, address: FakeFrontEnd.address(0x200000), length: 1, flags: 1, next: 0)
            $0.offer(1, head: 0)
        },
        HostileChain(
            name: "a loop of two", reason: "ring 1: the descriptor chain at 3 is longer than the ring"
        ) {
            $0.describe(1, 3, address: FakeFrontEnd.address(0x200000), length: 1, flags: 1, next: 4)
            $0.describe(1, 4, address: FakeFrontEnd.address(0x200000), length: 1, flags: 1, next: 3)
            $0.offer(1, head: 3)
        },
        HostileChain(name: "a head outside the table", reason: "ring 1: descriptor 128 is not in the table") {
            $0.offer(1, head: 128)
        },
        HostileChain(name: "a next outside the table", reason: "ring 1: descriptor 65535 is not in the table")
        {
            $0.describe(1, 0, address: FakeFrontEnd.address(0x200000), length: 1, flags: 1, next: 65535)
            $0.offer(1, head: 0)
        },
        HostileChain(
            name: "a buffer below the memory",
            reason: "ring 1: a buffer of 4 bytes at guest address 0 is outside the guest's memory"
        ) {
            $0.describe(1, 0, address: 0, length: 4, flags: 0)
            $0.offer(1, head: 0)
        },
        HostileChain(
            name: "a buffer that leaves the memory",
            reason: "ring 1: a buffer of 2 bytes at guest address 9437183 is outside the guest's memory"
        ) {
            let last = FakeFrontEnd.guestBase + UInt64(FakeFrontEnd.memorySize) - 1
            $0.describe(1, 0, address: last, length: 2, flags: 0)
            $0.offer(1, head: 0)
        },
        HostileChain(
            name: "a buffer whose end overflows",
            reason:
                "ring 1: a buffer of 4294967295 bytes at guest address 18446744073709551615 is outside the guest's memory"
        ) {
            $0.describe(1, 0, address: .max, length: .max, flags: 0)
            $0.offer(1, head: 0)
        },
        HostileChain(
            name: "readable after writable",
            reason: "ring 1: the chain at 0 has a readable part after a writable one"
        ) {
            $0.describe(1, 0, address: FakeFrontEnd.address(0x200000), length: 1, flags: 3, next: 1)
            $0.describe(1, 1, address: FakeFrontEnd.address(0x200000), length: 1, flags: 0)
            $0.offer(1, head: 0)
        },
        HostileChain(name: "indirect", reason: "ring 1: the chain at 0 is indirect, which was not offered") {
            $0.describe(1, 0, address: FakeFrontEnd.address(0x200000), length: 16, flags: 4)
            $0.offer(1, head: 0)
        },
        HostileChain(
            name: "an index that jumps",
            reason: "ring 1: the driver's index went from 0 to 129, more than the ring holds"
        ) { $0.setAvailableIndex(1, 129) },
    ]
}

/// A message of the machine that asks for something impossible.
struct BadMessage: Sendable, CustomTestStringConvertible {
    let name: String
    let request: UInt32
    let payload: [UInt8]

    var testDescription: String { name }

    private static func words(_ values: UInt32...) -> [UInt8] {
        values.flatMap { value in withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    }

    static let all = [
        BadMessage(name: "too short for what it asks", request: 8, payload: words(0)),
        BadMessage(name: "a ring that does not exist", request: 8, payload: words(3, 8)),
        BadMessage(name: "a size that is no power of two", request: 8, payload: words(0, 100)),
        BadMessage(name: "a ring of no entries", request: 8, payload: words(0, 0)),
        BadMessage(
            name: "memory without its file", request: 5, payload: words(1, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
        BadMessage(name: "a kick without its descriptor", request: 12, payload: words(0, 0)),
        BadMessage(name: "configuration behind its end", request: 24, payload: words(9, 1, 0)),
        BadMessage(name: "configuration that overflows", request: 24, payload: words(4, .max, 0)),
        BadMessage(name: "ring addresses cut short", request: 9, payload: words(0, 0, 1)),
    ]
}
