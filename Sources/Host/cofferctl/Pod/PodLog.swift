internal import Foundation

/// A container's output on the host, in the line format that container runtimes use:
/// `TIME STREAM F|P TEXT`, F for a whole line and P for a part of one.
final class PodLog: @unchecked Sendable {
    enum Stream: String {
        case output = "stdout"
        case error = "stderr"
    }

    private let lock = NSLock()
    private let handle: FileHandle
    private let echo: (@Sendable (Stream, [UInt8]) -> Void)?
    private var partial: [Stream: [UInt8]] = [:]

    /// A longer line is written in parts.
    static let lineLimit = 16 * 1024

    /// - Parameter echo: also called with every piece of a line, without its newline.
    init(path: String, echo: (@Sendable (Stream, [UInt8]) -> Void)? = nil) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let handle = FileHandle(forWritingAtPath: path)
        else { throw Failure("cannot write \(path): \(String(cString: strerror(errno)))") }
        self.handle = handle
        self.echo = echo
    }

    /// Adds output as it came.
    func append(_ stream: Stream, _ bytes: [UInt8]) {
        lock.withLock {
            var rest = (partial[stream] ?? []) + bytes
            var start = 0
            while let end = rest[start...].firstIndex(of: 10) {
                write(stream, Array(rest[start..<end]), whole: true)
                start = end + 1
            }
            rest.removeFirst(start)
            if rest.count >= Self.lineLimit {
                write(stream, rest, whole: false)
                rest = []
            }
            partial[stream] = rest
        }
    }

    /// Writes what is left of an unfinished line.
    func finish(_ stream: Stream) {
        lock.withLock {
            if let rest = partial[stream], !rest.isEmpty { write(stream, rest, whole: false) }
            partial[stream] = nil
        }
    }

    private func write(_ stream: Stream, _ line: [UInt8], whole: Bool) {
        var text = Array("\(Self.timestamp()) \(stream.rawValue) \(whole ? "F" : "P") ".utf8)
        text += line
        text.append(10)
        // A full disk must not end the pod; the echo still shows the line.
        try? handle.write(contentsOf: Data(text))
        echo?(stream, line)
    }

    private static func timestamp() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        var parts = tm()
        gmtime_r(&now.tv_sec, &parts)
        return String(
            format: "%04d-%02d-%02dT%02d:%02d:%02d.%09ldZ", parts.tm_year + 1900, parts.tm_mon + 1,
            parts.tm_mday,
            parts.tm_hour, parts.tm_min, parts.tm_sec, now.tv_nsec)
    }
}
