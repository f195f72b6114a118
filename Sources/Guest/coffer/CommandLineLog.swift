internal import CLinux
internal import JSON
internal import Linux
internal import Runtime

/// Where a command's messages go: standard error as a bare line, and the file that `--log` names.
struct CommandLineLog: Sendable {
    var file = ""
    var isJSON = false
    var isDebug = false

    /// Refuses a file that cannot be written, before anything is done.
    func check() throws(CommandLineError) {
        if file.isEmpty { return }
        do throws(Errno) {
            let opened = try Descriptor.open(file, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
            _ = consume opened
        } catch {
            throw .usage("open \(file): \(error.goText)")
        }
    }

    /// An error: to the file if there is one, and always to standard error.
    func error(_ message: String) { write(level: "error", message) }

    /// A program that could not be run after all: a bare line, and in the file as any error.
    func errorOfProgram(_ message: String) {
        if !file.isEmpty { append(isJSON ? json("error", message) : text("error", message)) }
        writeText(message + "\n", to: 2)
    }

    /// A warning.
    func warning(_ message: String) { write(level: "warning", message) }

    /// With `--debug`: what is being done, in the words that users of runc look for. To the file, or to standard error.
    func debug(_ message: @autoclosure () -> String) {
        if !isDebug { return }
        let line = isJSON ? json("debug", message()) : text("debug", message())
        if file.isEmpty { writeText(line, to: 2) } else { append(line) }
    }

    private func write(level: String, _ message: String) {
        let line = isJSON ? json(level, message) : text(level, message)
        if file.isEmpty {
            writeText(line, to: 2)
        } else {
            append(line)
            writeText(message + "\n", to: 2)
        }
    }

    /// One object per line, as clients read the last one back.
    private func json(_ level: String, _ message: String) -> String {
        let line: JSON = ["level": JSON(level), "msg": JSON(message), "time": JSON(secondsNow())]
        return String(decoding: line.serialized(), as: UTF8.self) + "\n"
    }

    private func text(_ level: String, _ message: String) -> String {
        let quoted = String(decoding: JSON(message).serialized(), as: UTF8.self)
        return "time=\"\(secondsNow())\" level=\(level) msg=\(quoted)\n"
    }

    /// Clients expect whole seconds here.
    private func secondsNow() -> String {
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        return timestamp(seconds: Int64(now.tv_sec), nanoseconds: 0)
    }

    private func append(_ line: String) {
        do throws(Errno) {
            try Descriptor.open(file, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644).write(Array(line.utf8))
        } catch {
            writeText("cannot write the log \(file): \(error)\n", to: 2)
        }
    }
}

/// Writes all of a text to an open file; a reader that went away ends it.
func writeText(_ text: String, to number: Int32) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
        let result = bytes.withUnsafeBytes { buffer in
            coffer_write_file(number, buffer.baseAddress?.advanced(by: done), buffer.count - done)
        }
        if result <= 0 { return }
        done += result
    }
}

/// Standard output, with the line's end.
func printLine(_ text: String) { writeText(text + "\n", to: 1) }
