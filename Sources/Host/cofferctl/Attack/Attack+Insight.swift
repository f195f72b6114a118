internal import Foundation
internal import JSON
internal import Wire

extension Attack {
    /// Row 8: questions whose answers would tell the host about the containers.
    static let insightAttacks = [
        Attack(name: "properties", row: 8, tried: "ask for a container's processes and statistics") {
            context in
            guard let container = context.record.containers.first else {
                return .init(verdict: .skipped, answer: "the pod has no containers")
            }
            let message = GetPropertiesRequest(
                base: RequestBase(containerID: container.id), propertyTypes: ["ProcessList", "Statistics"])
            return context.expect(
                try context.request(.getProperties, message), "get properties denied", "policy")
        },
        Attack(name: "stacks", row: 8, tried: "ask for the guest's stacks") { context in
            let message = PlainRequest(base: RequestBase())
            return context.expect(try context.request(.dumpStacks, message), "dump stacks denied", "policy")
        },
        Attack(name: "guest-log", row: 8, tried: "listen for the guest's log") { context in
            var status = stat()
            let size = stat(context.directory.guestLog, &status) == 0 ? Int(status.st_size) : 0
            return size == 0
                ? .init(verdict: .refused, answer: "the guest sent no log")
                : .init(verdict: .breach, answer: "the guest sent \(size) bytes of its log")
        },
    ]

    /// The bridge's own robustness: a frame against the rules gets an error and leaves the guest up.
    static let frameAttacks = [
        frameAttack(
            "frame-too-small", "a frame that says it is smaller than its header", header(0x1010_0901, 8)),
        frameAttack("frame-too-large", "a frame that says it has 4 GiB", header(0x1010_0901, .max)),
        frameAttack("frame-unknown", "a message number that nobody defined", frame(0x1010_7701, "{}")),
        frameAttack(
            "frame-no-kind", "a type word that is neither request nor response", frame(0xF010_0101, "{}")),
        frameAttack(
            "frame-not-json", "a request whose body is no JSON", frame(0x1010_0101, "{\"ContainerId\":")),
        frameAttack("frame-empty", "a request without a body", header(0x1010_0101, 16)),
        frameAttack("frame-sections", "a Create without its sections", frame(0x1010_0101, "{}")),
        frameAttack(
            "frame-nested", "JSON a thousand levels deep",
            frame(0x1010_0a01, String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000))),
        frameAttack(
            "frame-types", "numbers where texts belong",
            frame(0x1010_0501, #"{"ContainerId":7,"ActivityId":[],"Settings":"x"}"#)),
    ]

    private static func header(_ type: UInt32, _ size: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in [type, size, 0, 0] {
            for shift in stride(from: 0, to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
        return bytes
    }

    private static func frame(_ type: UInt32, _ body: String) -> [UInt8] {
        header(type, UInt32(16 + body.utf8.count)) + Array(body.utf8)
    }

    private static func frameAttack(_ name: String, _ tried: String, _ bytes: [UInt8]) -> Attack {
        Attack(name: name, row: 8, tried: "send \(tried)") { context in
            let answer = try context.frame(bytes)
            // The guest has to be there afterwards: it answers a question that needs no policy.
            try answersAgain(context)
            guard let payload = answer.payload else {
                guard let reason = answer.disconnected else {
                    return .init(verdict: .unclear, answer: "no answer, and the guest kept the connection")
                }
                return .init(verdict: .refused, answer: "connection ended (\(reason)), the guest is up")
            }
            let base = try ResponseBase(payload: Array(payload.utf8))
            if base.result.isSuccess { return .init(verdict: .breach, answer: "the guest accepted it") }
            return .init(verdict: .refused, answer: "\(base.errorMessage) [\(base.result.hexadecimal)]")
        }
    }

    /// Waits until the guest, which dials again after a broken connection, answers; throws if it does not.
    private static func answersAgain(_ context: AttackContext) throws {
        for _ in 0..<40 {
            if (try? context.request(.dumpStacks, PlainRequest(base: RequestBase()))) != nil { return }
            Thread.sleep(forTimeInterval: 0.25)
        }
        throw Failure("the guest does not answer any more")
    }
}
