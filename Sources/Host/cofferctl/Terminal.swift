internal import Foundation

/// What `cofferctl` writes: data to standard output, everything for the eye to standard error.
enum Terminal {
    /// True when a person is watching standard error (and `NO_COLOR`/`TERM=dumb` do not say otherwise).
    static let isInteractive =
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"

    /// Writes one line of data to standard output.
    static func output(_ text: String) {
        write(text + "\n", to: STDOUT_FILENO)
    }

    /// Writes bytes to standard output as they are.
    static func output(bytes: [UInt8]) {
        write(bytes, to: STDOUT_FILENO)
    }

    /// Writes one line for the person to standard error.
    static func error(_ text: String) {
        write(text + "\n", to: STDERR_FILENO)
    }

    static func write(_ text: String, to descriptor: Int32) {
        write(Array(text.utf8), to: descriptor)
    }

    /// Writes everything; gives up quietly when the reader is gone (a closed pipe is not our failure).
    static func write(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBytes { buffer in
            var rest = buffer[...]
            while !rest.isEmpty {
                let written = Foundation.write(
                    descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                if written < 0 && errno == EINTR { continue }
                if written <= 0 { return }
                rest = rest.dropFirst(written)
            }
        }
    }
}
