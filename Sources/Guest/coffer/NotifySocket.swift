internal import CLinux
internal import Linux
internal import OCI
internal import Runtime

/// A socket of the container's own for sd_notify(3). That the container is ready is handed on to the socket that this
/// program was given, and nothing else is: the service that systemd knows is not the container's to speak for.
final class NotifySocket {
    private let inner: Descriptor
    private let host: String
    private let log: CommandLineLog

    private init(_ inner: consuming Descriptor, host: String, log: CommandLineLog) {
        self.inner = inner
        self.host = host
        self.log = log
    }

    /// The socket that this program was given; nil for none.
    static var host: String? {
        guard let text = getenv("NOTIFY_SOCKET"), text[0] != 0 else { return nil }
        return String(cString: text)
    }

    /// Adds the socket's directory and the variable that names it to a specification.
    static func describe(_ directory: String, in spec: inout OCI.Spec) {
        var mount = OCI.Mount(destination: "/run/notify")
        mount.type = "bind"
        mount.source = directory
        mount.options = ["bind", "nosuid", "noexec", "nodev", "ro"]
        spec.mounts.append(mount)
        spec.process?.env.append("NOTIFY_SOCKET=/run/notify/notify.sock")
    }

    /// Makes the socket; nil for a container that was made without a place for it, and when there is none to hand on to.
    static func bind(in directory: String, log: CommandLineLog) throws(Errno) -> NotifySocket? {
        guard let host else { return nil }
        let place: Descriptor
        do throws(Errno) {
            place = try Descriptor.open(directory, O_PATH | O_DIRECTORY)
        } catch {
            if error.code == ENOENT { return nil }
            throw error
        }
        // The directory's own path may be longer than an address can be.
        let path = "/proc/self/fd/\(place.raw)/notify.sock"
        let socket = NotifySocket(try descriptorOrErrno(coffer_bind_datagrams(path)), host: host, log: log)
        try valueOrErrno(coffer_change_mode_at(place.raw, "notify.sock", 0o777))
        return socket
    }

    /// For polling.
    var number: Int32 { inner.raw }

    /// Reads a message that has come; true when it says that the container is ready. That is then handed on, with the process
    /// to watch from now on, and this waits until it was heard. What goes wrong is not the container's fault.
    func handOn(pid: Int32) -> Bool {
        do throws(Errno) {
            return try handOnMessage(pid)
        } catch {
            log.warning("cannot hand on to NOTIFY_SOCKET \(host): \(error)")
            return true
        }
    }

    private func handOnMessage(_ pid: Int32) throws(Errno) -> Bool {
        let message = try inner.read(upTo: 4096)
        let lines = message.split(separator: UInt8(ascii: "\n"))
        guard let ready = lines.first(where: { $0.starts(with: "READY=".utf8) }) else { return false }
        let socket = MessageSocket(
            socket: try descriptorOrErrno(coffer_connect_unix(host, Int32(SOCK_DGRAM.rawValue))))
        try socket.send(ready + [UInt8(ascii: "\n")])
        try socket.send(Array("MAINPID=\(pid)\n".utf8))
        let pipe = try Pipe()
        let readEnd = pipe.readEnd
        let writeEnd = pipe.writeEnd
        try socket.send(Array("BARRIER=1".utf8), with: writeEnd)
        _ = consume writeEnd
        // Who does not know this word may keep the other end: not for longer than runc. sd_notify_barrier(3).
        try valueOrErrno(coffer_poll_one(readEnd.raw, Int16(POLLIN), 30_000))
        return true
    }

    /// Waits until the container has said that it is ready, or has ended.
    func wait(for pid: Int32, _ pidfd: SharedDescriptor) {
        while true {
            var entries = [number, pidfd.descriptor.raw].map {
                pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
            }
            let result = entries.withUnsafeMutableBufferPointer { coffer_poll_many($0.baseAddress, 2, -1) }
            if result < 0 { return log.warning("cannot wait for NOTIFY_SOCKET: error \(-result)") }
            if entries[0].revents != 0 {
                if handOn(pid: pid) { return }
            } else if entries[1].revents != 0 {
                return
            }
        }
    }
}

extension OCICommandLine {
    /// Where a container's socket is.
    func notifyDirectory(_ id: String) throws(CommandLineError) -> String {
        let base = root.utf8.first == UInt8(ascii: "/") ? "" : try absolutePath(".") + "/"
        return try command { () throws(RuntimeError) in
            try StateDirectory(root: base + root, id: id).notifyPath
        }
    }

    /// The socket of a container that is about to run; nil when nobody listens, and when it cannot be made, which is no reason
    /// not to run.
    func notifySocket(_ id: String) throws(CommandLineError) -> NotifySocket? {
        if NotifySocket.host == nil { return nil }
        let directory = try notifyDirectory(id)
        do throws(Errno) {
            return try NotifySocket.bind(in: directory, log: log)
        } catch {
            log.warning("cannot make the socket for NOTIFY_SOCKET in \(directory): \(error)")
            return nil
        }
    }
}
