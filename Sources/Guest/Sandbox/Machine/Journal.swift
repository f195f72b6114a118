internal import CLinux
internal import JSON
internal import Linux
internal import Policy
internal import Runtime

/// The guest's log. It stays in the guest until the policy lets it out; then it also goes to the host, one JSON
/// object per line.
final class Journal {
    /// Host port of the log stream.
    private static let port: UInt32 = 109
    /// Lines that are kept for a log that may be let out later.
    private static let keptLines = 256

    private let console: (String) -> Void
    private var kept: [[UInt8]] = []
    private var socket: SharedDescriptor?

    init(console: @escaping (String) -> Void) { self.console = console }

    func write(_ line: String) {
        console(line)
        let record = Self.record(line)
        if socket == nil {
            if kept.count == Self.keptLines { kept.removeFirst() }
            kept.append(record)
        } else {
            send(record)
        }
    }

    /// The policy allows it: connects to the host, sends what was kept, and from then on everything.
    func open(_ permit: consuming Permit<RuntimeLogging>) {
        _ = consume permit
        do throws(Errno) {
            let connected = try Vsock.connect(port: Self.port)
            // A host that does not read must not stop PID 1.
            try valueOrErrno(coffer_fcntl(connected.raw, F_SETFL, Int(O_NONBLOCK)))
            socket = SharedDescriptor(connected)
        } catch {
            console("no log stream: the host's port \(Self.port): \(error.description)")
            return
        }
        let lines = kept
        kept = []
        for line in lines { send(line) }
    }

    /// Sends one line whole, or drops it when the host does not read, or gives the stream up when it is broken.
    private func send(_ line: [UInt8]) {
        guard let socket else { return }
        let result = line.withUnsafeBytes { coffer_send(socket.descriptor.raw, $0.baseAddress, $0.count) }
        // After a part of a line the rest cannot be kept apart from the next one.
        let isWhole = result == line.count || result == -Int(EAGAIN)
        if !isWhole { self.socket = nil }
    }

    private static func record(_ line: String) -> [UInt8] {
        var now = timespec()
        clock_gettime(CLOCK_BOOTTIME, &now)
        let record: JSON = [
            "uptimeMilliseconds": JSON(now.tv_sec * 1000 + now.tv_nsec / 1_000_000), "message": JSON(line),
        ]
        return record.serialized() + [UInt8(ascii: "\n")]
    }
}
