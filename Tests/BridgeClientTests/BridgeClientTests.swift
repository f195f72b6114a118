import BridgeClient
import Foundation
import JSON
import Testing
import Wire

/// The host's end of the bridge against a played guest.
@Suite struct BridgeClientTests {
    private let success = ResponseBase(activityID: nullID)

    @Test func negotiates() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        let answer = Later { try client.negotiate().version }
        let request = try #require(try guest.nextFrame())
        #expect(request.type == .negotiateProtocol)
        #expect(request.id == 0)
        #expect(request.payload.last == 10)
        try guest.answer(request, NegotiateResponse(base: success, version: 4))
        #expect(try answer.get() == 4)
    }

    @Test func numbersRunUpwardsAndAnswersFindTheirRequests() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        let first = Later { try client.wait("a", process: 1) }
        let one = try #require(try guest.nextFrame())
        let second = Later { try client.wait("b", process: 2) }
        let two = try #require(try guest.nextFrame())
        #expect(one.id == 0)
        #expect(two.id == 1)
        // The later request is answered first.
        try guest.answer(two, WaitForProcessResponse(base: success, exitCode: 7))
        #expect(try second.get() == 7)
        try guest.answer(one, WaitForProcessResponse(base: success, exitCode: 5))
        #expect(try first.get() == 5)
    }

    @Test func answersInSmallPieces() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        let stacks = Later { try client.dumpStacks() }
        let request = try #require(try guest.nextFrame())
        let answer = DumpStacksResponse(base: success, guestStacks: "main")
        guest.send(
            try Frame(type: request.type.response, id: request.id, payload: answer.payload).encoded(),
            piece: 3)
        #expect(try stacks.get() == "main")
    }

    @Test func refusalKeepsItsCodeAndReason() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        let call = Later { try client.signal("a", process: 1, 9) }
        let request = try #require(try guest.nextFrame())
        let refusal = ResponseBase(failure: .notFound, message: "no such process", activityID: nullID)
        try guest.answer(request, refusal)
        do {
            try call.get()
            Issue.record("the refusal was taken for a success")
        } catch BridgeError.refused(let type, let base) {
            #expect(type == .signalProcess)
            #expect(base == refusal)
        }
    }

    @Test func requestWithoutAnswerEndsTheBridge() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        #expect(throws: BridgeError.self) { _ = try client.exchange(.dumpStacks, [], seconds: 0.05) }
        #expect(client.endReason != nil)
        #expect(throws: BridgeError.self) { _ = try client.dumpStacks() }
    }

    @Test func hangingUpFailsEverybodyWhoWaits() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        let waits = (0..<10).map { number in Later { try client.wait("a", process: UInt32(number)) } }
        for _ in waits { _ = try guest.nextFrame() }
        guest.close()
        for wait in waits { #expect(throws: BridgeError.self) { _ = try wait.get() } }
    }

    @Test func notificationReachesItsReceiverOnce() throws {
        let guest = PlayedGuest()
        let seen = NotificationBox()
        let client = BridgeClient(stream: guest.host) { seen.add($0) }
        client.expectContainer("a")
        let exit = ExitNotification(containerID: "a", activityID: nullID, kind: .graceful)
        try guest.send(.notification, id: 0, exit)
        #expect(seen.wait(count: 1) == [exit])
        // A second one is against the rules and ends the bridge.
        try guest.send(.notification, id: 0, exit)
        #expect(try guest.nextFrame() == nil)
        #expect(client.endReason == "a second exit notification for container a")
    }

    @Test(arguments: [
        HostileGuest(name: "an answer that nobody asked for", type: 0x2010_0901, id: 5, body: "{}"),
        HostileGuest(name: "a request", type: 0x1010_0901, id: 0, body: "{}"),
        HostileGuest(name: "a type without a kind", type: 0x7010_0901, id: 0, body: "{}"),
        HostileGuest(
            name: "a notification for an unknown container", type: 0x3010_0101, id: 0,
            body: #"{"ContainerId":"x","Type":"GracefulExit"}"#),
        HostileGuest(name: "a notification of no kind", type: 0x3010_0101, id: 0, body: "{}"),
        HostileGuest(name: "a notification that is no JSON", type: 0x3010_0101, id: 0, body: "]"),
    ])
    func frameAgainstTheRulesEndsTheBridge(_ frame: HostileGuest) throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        guest.send(
            try Frame(type: MessageType(rawValue: frame.type), id: frame.id, payload: Array(frame.body.utf8))
                .encoded())
        #expect(try guest.nextFrame() == nil)
        #expect(client.endReason != nil)
    }

    @Test(arguments: [UInt32(0), 15, 0x10001, .max])
    func unbelievableSizeEndsTheBridge(_ size: UInt32) throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        guest.send(FrameHeader(type: .notification, size: size, id: 0).encoded)
        #expect(try guest.nextFrame() == nil)
        #expect(client.endReason != nil)
    }

    @Test func malformedAnswerIsNamed() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        let call = Later { try client.dumpStacks() }
        let request = try #require(try guest.nextFrame())
        let body = Array(#"{"Result":"zero"}"#.utf8)
        guest.send(try Frame(type: request.type.response, id: request.id, payload: body).encoded())
        do {
            _ = try call.get()
            Issue.record("a malformed answer was accepted")
        } catch BridgeError.badAnswer(let type, _) {
            #expect(type == .dumpStacks)
        }
    }

    @Test func requestBeyondAFrameIsRefusedHere() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        do {
            _ = try client.exchange(.create, [UInt8](repeating: 32, count: 70_000))
            Issue.record("an oversized frame was sent")
        } catch BridgeError.tooLarge(let type, _) {
            #expect(type == .create)
        }
        #expect(client.endReason == nil)
    }

    @Test func rawBytesGoOutAsTheyAre() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        let id = try client.reserveID()
        try client.sendRaw(try Frame(type: .create, id: id, payload: Array("{".utf8)).encoded())
        let frame = try #require(try guest.nextFrame())
        #expect(frame.payload == Array("{".utf8))
        let refusal = ResponseBase(failure: .invalidJSON, message: "broken", activityID: nullID)
        try guest.answer(frame, refusal)
        let answer = try #require(try client.answer(to: id, seconds: 20))
        #expect(try ResponseBase(payload: answer.payload) == refusal)
    }

    @Test func unansweredRawFrameLeavesTheBridgeOpen() throws {
        let guest = PlayedGuest()
        let client = BridgeClient(stream: guest.host)
        #expect(try client.answer(to: try client.reserveID(), seconds: 0.05) == nil)
        #expect(client.endReason == nil)
    }
}

/// A frame that no guest sends.
struct HostileGuest: Sendable, CustomTestStringConvertible {
    let name: String
    let type: UInt32
    let id: UInt64
    let body: String

    var testDescription: String { name }
}

/// Collects notifications from the bridge's thread.
final class NotificationBox: @unchecked Sendable {
    private let condition = NSCondition()
    private var seen: [ExitNotification] = []

    func add(_ notification: ExitNotification) {
        condition.withLock {
            seen.append(notification)
            condition.broadcast()
        }
    }

    func wait(count: Int) -> [ExitNotification] {
        condition.withLock {
            while seen.count < count { condition.wait() }
            return seen
        }
    }
}
