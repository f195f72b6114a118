internal import CHypervisor
internal import Foundation

/// A program that this process started. Unless told otherwise it cannot outlive this process.
package final class ChildProcess: Sendable {
    /// How a program ended.
    package enum Status: Equatable, Sendable, CustomStringConvertible {
        /// With this exit status.
        case exited(Int32)
        /// By this signal.
        case signalled(Int32)

        package var description: String {
            switch self {
            case .exited(let code): "exit status \(code)"
            case .signalled(let signal): "signal \(signal)"
            }
        }
    }

    private final class State: @unchecked Sendable {
        let monitor = Monitor()
        let changed: Monitor.Condition
        var pid: pid_t?
        var failure: Int32?
        var status: Status?

        init() { changed = Monitor.Condition(monitor) }
    }
    private let state: State
    /// The program's process number.
    package let pid: Int32

    /// Starts `executable` with `arguments` (without the program's name), `/dev/null` as input, and both outputs
    /// appended to `output`.
    ///
    /// - Parameter outlives: the program stays when this process ends; otherwise it is killed then.
    package init(
        executable: String, arguments: [String], output: String, outlives: Bool = false
    ) throws(MachineError) {
        let input = open("/dev/null", O_RDONLY | O_CLOEXEC)
        let log = open(output, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        defer {
            close(input)
            close(log)
        }
        guard input >= 0, log >= 0 else {
            throw .unreadable(path: output, reason: String(cString: strerror(errno)))
        }
        // The kernel ties the child to the thread that started it, so that thread stays until the child ends.
        let state = State()
        self.state = state
        let thread = Thread { Self.run(executable, arguments, input, log, !outlives, state) }
        thread.name = "child"
        thread.start()
        let failure = state.monitor.locked { () -> Int32? in
            while state.pid == nil, state.failure == nil { _ = state.changed.wait(until: .never) }
            return state.failure
        }
        if let failure { throw .spawn(path: executable, reason: String(cString: strerror(failure))) }
        pid = state.monitor.locked { state.pid ?? 0 }
    }

    private static func run(
        _ executable: String, _ arguments: [String], _ input: Int32, _ output: Int32, _ bound: Bool,
        _ state: State
    ) {
        var argv: [UnsafeMutablePointer<CChar>?] = ([executable] + arguments).map { strdup($0) } + [nil]
        let result = coffer_spawn(executable, &argv, environ, input, output, output, bound ? 1 : 0)
        for pointer in argv { free(pointer) }
        state.monitor.locked {
            if result < 0 { state.failure = Int32(-result) } else { state.pid = pid_t(result) }
            state.changed.broadcast()
        }
        guard result > 0 else { return }
        var status: Int32 = 0
        while waitpid(pid_t(result), &status, 0) < 0, errno == EINTR {}
        state.monitor.locked {
            let signal = status & 0x7F
            state.status = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
            state.changed.broadcast()
        }
    }

    /// Waits for the end; nil when the deadline passed first.
    package func wait(deadline: Deadline = .never) -> Status? {
        state.monitor.locked {
            while state.status == nil {
                if !state.changed.wait(until: deadline), deadline.passed { break }
            }
            return state.status
        }
    }

    /// Sends a signal, unless the program has ended and its number may belong to somebody else.
    package func signal(_ number: Int32) {
        state.monitor.locked {
            if state.status == nil, pid > 0 { kill(pid, number) }
        }
    }
}
