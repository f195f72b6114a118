internal import Foundation
internal import Synchronization

/// SIGINT, SIGTERM and SIGHUP as calls, so that a machine is never left behind. sigaction(2).
final class InterruptWatcher: Sendable {
    private struct State {
        var count = 0
        var handler: (@Sendable (Int) -> Void)?
    }
    private let state = Mutex(State())
    nonisolated(unsafe) private var sources: [any DispatchSourceSignal] = []

    init() {
        let queue = DispatchQueue(label: "signals", attributes: .concurrent)
        for number in [SIGINT, SIGTERM, SIGHUP] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { [weak self] in self?.note() }
            source.resume()
            sources.append(source)
        }
    }

    /// What to do from now on; gets the number of signals so far.
    func handle(_ body: @escaping @Sendable (Int) -> Void) {
        let pending = state.withLock { state in
            state.handler = body
            return state.count
        }
        if pending > 0 { body(pending) }
    }

    /// Runs a step that cannot be stopped in the middle; a signal ends the process, and with it the machine.
    func during<T>(_ body: () throws -> T) rethrows -> T {
        handle { _ in
            Terminal.error("interrupted")
            Foundation.exit(130)
        }
        defer { state.withLock { $0.handler = nil } }
        return try body()
    }

    private func note() {
        let (count, handler) = state.withLock { state in
            state.count += 1
            return (state.count, state.handler)
        }
        handler?(count)
    }
}
