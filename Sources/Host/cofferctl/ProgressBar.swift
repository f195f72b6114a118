internal import Foundation
internal import Synchronization

/// One line on standard error that shows how far a long step has come.
///
/// On a terminal it draws itself in place, at most ten times a second; elsewhere it prints the title once when the
/// step ends. Safe to advance from several threads.
final class ProgressBar: Sendable {
    private struct State {
        var total: UInt64
        var done: UInt64 = 0
        var note = ""
        var lastDrawn: UInt64 = 0
        var isFinished = false
    }

    private let title: String
    private let isQuiet: Bool
    private let state: Mutex<State>
    private let started = DispatchTime.now().uptimeNanoseconds

    /// - Parameter total: in any unit; 0 when unknown (a spinner is shown instead of a bar).
    init(_ title: String, total: UInt64 = 0, isQuiet: Bool = false) {
        self.title = title
        self.isQuiet = isQuiet
        state = Mutex(State(total: total))
    }

    /// Corrects the total once it is known.
    func expect(_ total: UInt64) {
        state.withLock { $0.total = total }
    }

    /// Adds `amount` to what is done.
    func advance(by amount: UInt64, note: String? = nil) {
        state.withLock { state in
            state.done &+= amount
            if let note { state.note = note }
            draw(&state)
        }
    }

    /// Sets what is done.
    func set(_ done: UInt64, of total: UInt64? = nil, note: String? = nil) {
        state.withLock { state in
            state.done = done
            if let total { state.total = total }
            if let note { state.note = note }
            draw(&state)
        }
    }

    /// Replaces the bar by one closing line, `summary` after the title. Later calls do nothing.
    func finish(_ summary: String = "done") {
        state.withLock { state in
            guard !state.isFinished else { return }
            state.isFinished = true
            guard !isQuiet else { return }
            let elapsed = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
            let clear = Terminal.isInteractive ? "\r\u{1B}[K" : ""
            let time = String(format: "%.1f s", elapsed)
            Terminal.write("\(clear)\(title): \(summary) (\(time))\n", to: STDERR_FILENO)
        }
    }

    private func draw(_ state: inout State) {
        guard !isQuiet, Terminal.isInteractive, !state.isFinished else { return }
        let now = DispatchTime.now().uptimeNanoseconds
        guard now - state.lastDrawn > 100_000_000 else { return }
        state.lastDrawn = now
        Terminal.write("\r\u{1B}[K" + line(state, elapsed: now - started), to: STDERR_FILENO)
    }

    private func line(_ state: State, elapsed: UInt64) -> String {
        guard state.total > 0 else {
            let spinner = ["|", "/", "-", "\\"][Int(elapsed / 100_000_000 % 4)]
            return "\(title) \(spinner) \(state.note)"
        }
        let fraction = min(1, Double(state.done) / Double(state.total))
        let filled = Int(fraction * 30)
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 30 - filled)
        return "\(title) [\(bar)] \(Int(fraction * 100))% \(state.note)"
    }
}
