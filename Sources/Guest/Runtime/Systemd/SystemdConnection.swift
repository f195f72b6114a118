internal import CLinux
internal import Linux

/// A connection to systemd's manager: its own socket for root, else the system's bus. org.freedesktop.systemd1(5).
struct SystemdConnection: ~Copyable {
    private let socket: Descriptor
    private var serial: UInt32 = 0

    private static let manager = "org.freedesktop.systemd1.Manager"

    /// Connects and subscribes to the manager's signals.
    static func open() throws(RuntimeError) -> SystemdConnection {
        var failure = Errno(ENOENT)
        for (path, isBus) in [("/run/systemd/private", false), ("/run/dbus/system_bus_socket", true)] {
            do throws(Errno) {
                let socket = try descriptorOrErrno(
                    coffer_connect_unix(path, Int32(SOCK_STREAM.rawValue)))
                return try connected(SystemdConnection(socket: socket), isBus: isBus)
            } catch {
                failure = error
            }
        }
        throw .failed(.askSystemd, failure, detail: "for a connection")
    }

    private static func connected(
        _ connection: consuming SystemdConnection, isBus: Bool
    ) throws(Errno) -> SystemdConnection {
        var connection = connection
        try connection.authenticate()
        do throws(RuntimeError) {
            if isBus {
                let bus = "org.freedesktop.DBus"
                try connection.call("/org/freedesktop/DBus", bus, bus, "Hello", "", [])
                var rule = DBusWriter()
                rule.put("type='signal',interface='\(manager)',member='JobRemoved'")
                try connection.call("/org/freedesktop/DBus", bus, bus, "AddMatch", "s", rule.bytes)
            }
            try connection.callManager("Subscribe", "", [])
        } catch {
            if case .failed(_, let errno, _) = error { throw errno }
            throw Errno(EPROTO)
        }
        return connection
    }

    /// D-Bus specification, Authentication Protocol: the kernel says who this is.
    ///
    /// All in one piece, as systemd's own programs do: what systemd has read together with a BEGIN that comes later it looks
    /// at only when something else comes.
    private borrowing func authenticate() throws(Errno) {
        let digits = Array("0123456789abcdef".utf8)
        let user = "\(geteuid())".utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        try socket.write([0] + Array("AUTH EXTERNAL ".utf8) + user + Array("\r\nBEGIN\r\n".utf8))
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n") {
            let next = try socket.read(upTo: 1)
            if next.isEmpty || line.count > 512 { throw Errno(EPROTO) }
            line += next
        }
        if !line.starts(with: Array("OK ".utf8)) { throw Errno(EACCES) }
    }

    /// Calls a method of the manager and returns the texts of its answer.
    @discardableResult
    mutating func callManager(
        _ member: String, _ signature: String, _ body: [UInt8]
    ) throws(RuntimeError) -> [String] {
        try call(
            "/org/freedesktop/systemd1", Self.manager, "org.freedesktop.systemd1", member, signature, body)
    }

    /// The manager's version, its first number.
    mutating func version() throws(RuntimeError) -> UInt32 {
        var body = DBusWriter()
        body.put(Self.manager)
        body.put("Version")
        let texts = try call(
            "/org/freedesktop/systemd1", "org.freedesktop.DBus.Properties", "org.freedesktop.systemd1",
            "Get", "ss", body.bytes)
        guard let version = texts.first.flatMap({ SystemdScope.version($0) }) else {
            throw .handshake("systemd: expected its version, found \"\(texts.first ?? "")\"")
        }
        return version
    }

    @discardableResult
    private mutating func call(
        _ path: String, _ interface: String, _ destination: String, _ member: String, _ signature: String,
        _ body: [UInt8]
    ) throws(RuntimeError) -> [String] {
        serial += 1
        let message = DBusCall(
            serial: serial, path: path, interface: interface, destination: destination, member: member,
            signature: signature, body: body)
        try step(.askSystemd, member) { () throws(Errno) in try socket.write(message.bytes) }
        while true {
            let reply = try receive(member)
            if reply.serial != serial { continue }
            if reply.kind == .error {
                throw .wrongState("systemd: \(member): \(reply.errorName): \(reply.texts.first ?? "")")
            }
            return reply.texts
        }
    }

    /// Waits until a job of the manager has ended and returns how: `done` is well.
    mutating func waitForJob(_ job: String) throws(RuntimeError) -> String {
        while true {
            let signal = try receive("the end of \(job)")
            // JobRemoved: number, job, unit, result.
            if signal.kind == .signal && signal.member == "JobRemoved" && signal.texts.first == job {
                return signal.texts.last ?? ""
            }
        }
    }

    private borrowing func receive(_ what: String) throws(RuntimeError) -> DBusReply {
        let bytes = try step(.askSystemd, what) { () throws(Errno) in
            var bytes: [UInt8] = []
            var wanted = 16
            while bytes.count < wanted {
                // Nobody waits for systemd for ever.
                if try valueOrErrno(coffer_poll_one(socket.raw, Int16(POLLIN), 30_000)) == 0 {
                    throw Errno(ETIMEDOUT)
                }
                let next = try socket.read(upTo: wanted - bytes.count)
                if next.isEmpty { throw Errno(EPIPE) }
                bytes += next
                if bytes.count == 16 {
                    guard let length = DBusReply.length(of: bytes) else { throw Errno(EPROTO) }
                    wanted = length
                }
            }
            return bytes
        }
        guard let reply = DBusReply(bytes) else {
            throw .handshake("systemd: \(what): the answer is malformed")
        }
        return reply
    }
}
