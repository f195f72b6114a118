internal import CLinux
internal import Linux

/// Start time and number together name a process for as long as the machine runs. proc_pid_stat(5).
package enum ProcessIdentity {
    /// Field 22 of /proc/PID/stat, in clock ticks since boot; nil when there is no such process.
    package static func startTime(of pid: Int32) throws(RuntimeError) -> UInt64? {
        do throws(Errno) {
            let text = try Descriptor.open("/proc/\(pid)/stat", O_RDONLY).contents(limit: 8192)
            return parseStartTime(text)
        } catch {
            if error.code == ENOENT || error.code == ESRCH { return nil }
            throw .failed(.readState, error, detail: "/proc/\(pid)/stat")
        }
    }

    /// The name of a program may contain anything; the fields are counted after its closing parenthesis.
    static func parseStartTime(_ text: [UInt8]) -> UInt64? {
        guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = text[(end + 1)...].split(separator: UInt8(ascii: " "))
        if fields.count < 20 { return nil }
        return UInt64(String(decoding: fields[19], as: UTF8.self))
    }

    /// A pidfd for the process that had this number at this start time; nil when it is gone (a zombie is gone).
    package static func open(_ pid: Int32, startTime: UInt64) throws(RuntimeError) -> SharedDescriptor? {
        if pid <= 0 { return nil }
        let result = coffer_pidfd_open(pid, 0)
        if result == -Int(ESRCH) || result == -Int(EINVAL) { return nil }
        let pidfd = try step(.waitForProcess, "\(pid)") { () throws(Errno) in
            SharedDescriptor(try descriptorOrErrno(result))
        }
        // The pidfd came first: if the start time fits now, it is that process that the pidfd stands for.
        guard try Self.startTime(of: pid) == startTime else { return nil }
        return coffer_poll_one(pidfd.descriptor.raw, Int16(POLLIN), 0) == 0 ? pidfd : nil
    }
}

/// The time as RFC 3339 with nanoseconds, UTC, for instance `2026-11-21T05:47:05.000000001Z`.
package func timestamp(seconds: Int64, nanoseconds: Int64) -> String {
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86400)
    // Days to a date by the 400-year cycle, years beginning in March.
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    let month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let clock = "\(pad(rest / 3600, 2)):\(pad(rest / 60 % 60, 2)):\(pad(rest % 60, 2))"
    let fraction = nanoseconds == 0 ? "" : "." + pad(nanoseconds, 9)
    return "\(pad(year, 4))-\(pad(month, 2))-\(pad(day, 2))T\(clock)\(fraction)Z"
}

/// The present time.
package func timestampNow() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return timestamp(seconds: Int64(now.tv_sec), nanoseconds: Int64(now.tv_nsec))
}

private func pad(_ number: Int64, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
