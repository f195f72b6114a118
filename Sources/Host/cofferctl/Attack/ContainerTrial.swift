internal import BridgeClient
internal import Foundation
internal import JSON
internal import Wire

/// Tries to start a second instance of a container whose storage was tampered with, and judges how it fails.
///
/// Every step may fail with a read error; that is the defence at work. A process that starts and ends well has read
/// its files, and those were changed: a breach.
struct ContainerTrial {
    let context: AttackContext
    let container: PodRecord.Container
    /// Mount paths, bottom first.
    let layers: [String]
    /// Nil: the pod's own.
    var sandbox: String?

    private static let readErrors = ["Input/output error", "EIO", "structure needs cleaning", "corrupt"]

    func run() throws -> Attack.Outcome {
        let id = context.freshID()
        let overlay = try context.overlay(id, layers, sandbox: sandbox)
        guard overlay.isSuccess else { return judge(overlay, "the overlay") }
        defer { try? context.removeOverlay(id) }
        let created = try context.create(id, try context.specification(container, as: id))
        guard created.isSuccess else { return judge(created, "creating") }
        defer { _ = try? context.request(.deleteContainerState, PlainRequest(base: base(id))) }
        let started = try context.request(
            .executeProcess, ExecuteProcessRequest(base: base(id), parameters: .init(), ports: .init()))
        guard started.isSuccess else { return judge(started, "starting") }
        return try wait(id, started)
    }

    private func base(_ id: String) -> RequestBase { RequestBase(containerID: id) }

    private func judge(_ answer: AttackContext.Answer, _ step: String) -> Attack.Outcome {
        let outcome = context.expect(answer, anyOf: Self.readErrors)
        return .init(verdict: outcome.verdict, answer: "\(step): \(outcome.answer)")
    }

    /// The process runs: it must die of its unreadable files.
    private func wait(_ id: String, _ started: AttackContext.Answer) throws -> Attack.Outcome {
        let pid = try ExecuteProcessResponse(payload: Array(started.payload.utf8)).processID
        let waiting = WaitForProcessRequest(base: base(id), processID: pid, timeoutInMilliseconds: 20_000)
        let answer = try context.request(.waitForProcess, waiting)
        guard answer.isSuccess else {
            _ = try context.request(.shutdownForced, PlainRequest(base: base(id)))
            return .init(verdict: .breach, answer: "the container runs on changed files")
        }
        let code = try WaitForProcessResponse(payload: Array(answer.payload.utf8)).exitCode
        switch code {
        case 0: return .init(verdict: .breach, answer: "the container ran on changed files and succeeded")
        // SIGBUS is how a mapped file's read error reaches a program; 126 and 127 are programs that cannot be read.
        case 135: return .init(verdict: .refused, answer: "read error: the process died of SIGBUS")
        case 126, 127:
            return .init(verdict: .refused, answer: "read error: the program could not be loaded (\(code))")
        default: return .init(verdict: .unclear, answer: "the process ended with \(code)")
        }
    }
}
