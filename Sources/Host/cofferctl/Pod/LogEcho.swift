internal import Foundation

/// Shows containers' lines on the terminal, each with its container's name in front.
enum LogEcho {
    private static let lock = NSLock()

    /// What a `PodLog` calls for every line.
    static func prefixed(_ name: String) -> @Sendable (PodLog.Stream, [UInt8]) -> Void {
        let prefix = Array("\(name) | ".utf8)
        return { stream, line in
            lock.withLock {
                Terminal.write(prefix + line + [10], to: stream == .error ? STDERR_FILENO : STDOUT_FILENO)
            }
        }
    }
}
