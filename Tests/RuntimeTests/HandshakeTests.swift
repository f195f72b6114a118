import Linux
import Testing

@testable import Runtime

/// The bytes of the messages between a container's first process and its maker.
@Suite struct HandshakeTests {
    private static let messages: [Handshake] = [
        .proceed(ignoring: 0), .proceed(ignoring: 0x8000_0000_0000_1001), .mounted, .hooksRun, .terminal,
        .network, .notifier, .ready, .start, .failed(.failed(.pivotRoot, Errno(-3), detail: "/root")),
        .failed(.refused("no")), .failed(.hook("failed")),
    ]

    @Test(arguments: messages) func comesBackAsItWasSent(message: Handshake) {
        #expect(Handshake(bytes: message.bytes) == message)
    }

    /// Too short, too long, of no kind, of no step.
    @Test(arguments: [
        [], [0], [1], [1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [6, 0], [8, 1, 0], [8, 255, 0, 0, 0, 0], [13], [15, 0],
    ])
    func refusesWhatIsNoMessage(bytes: [UInt8]) {
        #expect(Handshake(bytes: bytes) == nil)
    }

    /// A process that fails does not read first what its maker has said meanwhile.
    @Test func hearsWhatWasSaidBeforeAnEndWithMessagesUnread() throws {
        var other: MessageSocket?
        let maker = try MessageSocket.pair(other: &other)
        try maker.say(.network)
        try other.take()?.say(.failed(.refused("no")))
        #expect(try maker.hear().message == .failed(.refused("no")))
        #expect(try maker.hear().message == nil)
    }
}
