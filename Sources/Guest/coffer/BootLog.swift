internal import CLinux
internal import Linux

/// What PID 1 says while there is nobody else to say it to.
///
/// A development build writes to the console. A production build has no console and keeps the lines in the kernel's
/// ring buffer, which nothing outside the guest can read.
enum BootLog {
    #if SimulatedPSP
        private static let sink = "/dev/console"
    #else
        private static let sink = "/dev/kmsg"
    #endif

    /// Writes one line; a log that cannot be written changes nothing about what PID 1 does.
    static func line(_ text: String) {
        do throws(Errno) {
            let console = try openFile(sink, O_WRONLY | O_NOCTTY)
            try writeAll(Array("coffer: \(text)\n".utf8), to: console)
        } catch {
            return
        }
    }

    /// In a development build: one line with the machine's uptime in seconds, for measuring the boot.
    static func milestone(_ name: String) {
        #if SimulatedPSP
            var now = timespec()
            clock_gettime(CLOCK_BOOTTIME, &now)
            let microseconds = String(1_000_000 + now.tv_nsec / 1000).utf8.dropFirst()
            line(
                "development milestone at \(now.tv_sec).\(String(decoding: Array(microseconds), as: UTF8.self)) s: "
                    + name)
        #endif
    }
    /// In a development build: how much memory PID 1 has resident, from /proc/self/status, proc_pid_status(5).
    static func memory(_ name: String) {
        #if SimulatedPSP
            do throws(Errno) {
                let lines = try readFile("/proc/self/status").split(separator: UInt8(ascii: "\n"))
                var text = ""
                for wanted in ["RssAnon:", "RssFile:", "RssShmem:"] {
                    for found in lines where found.starts(with: wanted.utf8) {
                        let words = found.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
                        text += " " + wanted + String(decoding: words[1], as: UTF8.self)
                    }
                }
                line("development memory in kB, \(name):\(text)")
            } catch {
                line("development memory, \(name): \(error)")
            }
        #endif
    }
}
