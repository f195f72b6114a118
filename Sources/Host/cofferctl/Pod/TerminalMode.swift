internal import Foundation
internal import Hypervisor

/// This process's terminal while a command in a container uses it. termios(3), ioctl_tty(2).
final class TerminalMode: @unchecked Sendable {
    struct Size: Equatable, Sendable {
        let rows: UInt16
        let columns: UInt16
    }

    private let lock = NSLock()
    private var saved: termios?
    private var source: (any DispatchSourceSignal)?

    /// The terminal's size, nil when standard output is none.
    var size: Size? {
        guard let size = TerminalSize.read(STDOUT_FILENO) else { return nil }
        return Size(rows: size.rows, columns: size.columns)
    }

    /// Passes every key on as it is typed.
    func makeRaw() {
        lock.withLock {
            var settings = termios()
            guard saved == nil, tcgetattr(STDIN_FILENO, &settings) == 0 else { return }
            saved = settings
            cfmakeraw(&settings)
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        }
    }

    /// Calls `body` when the window changes its size.
    func watchSize(_ body: @escaping @Sendable (Size) -> Void) {
        let source = DispatchSource.makeSignalSource(signal: SIGWINCH, queue: .global())
        source.setEventHandler { [weak self] in
            if let size = self?.size { body(size) }
        }
        source.resume()
        lock.withLock { self.source = source }
    }

    /// Gives the terminal back as it was. May be called again.
    func restore() {
        lock.withLock {
            if var settings = saved { tcsetattr(STDIN_FILENO, TCSADRAIN, &settings) }
            saved = nil
            source?.cancel()
            source = nil
        }
    }
}
