internal import CLinux
package import Linux

/// The attestation socket of one container: a listening unix socket served by PID 1's loop.
///
/// The loop's watches keep the server and its clients alive until `close`.
package final class EvidenceServer {
    private let loop: EventLoop
    private let source: ReportSource
    private let path: String
    private let listener: Descriptor
    private var acceptWatch: EventLoop.Watch?
    private var clients: [Int32: EvidenceClient] = [:]

    /// Clients at the same time; further ones wait in the kernel's backlog.
    private static let maximumClients = 16

    /// The socket's name in the container's directory.
    package static let socketName = "attestation.sock"

    /// Listens at `attestation.sock` in a directory, where nothing of that name may be; `close` removes it. Every user
    /// may connect: whoever is in the container may ask for its evidence.
    package init(loop: EventLoop, directory: String, source: ReportSource) throws(Errno) {
        let parent = try openFile(directory, O_PATH | O_DIRECTORY)
        // A unix address holds 107 bytes, fewer than the path of a container's directory: hence through the descriptor.
        let address = "/proc/self/fd/\(parent.raw)/" + EvidenceServer.socketName
        let number = try valueOrErrno(coffer_unix_listen(address, 16))
        listener = Descriptor(owning: Int32(truncatingIfNeeded: number))
        self.loop = loop
        path = directory + "/" + EvidenceServer.socketName
        self.source = source
        try valueOrErrno(coffer_chmod(path, 0o666))
        try startAccepting()
    }

    /// Ends all connections and removes the socket.
    package func close() {
        if let acceptWatch { loop.remove(acceptWatch) }
        acceptWatch = nil
        for client in clients.values { client.stop(loop) }
        clients = [:]
        coffer_unlink(path)
    }

    private func startAccepting() throws(Errno) {
        acceptWatch = try loop.watch(listener, for: .readable) { _ in self.accept() }
    }

    private func accept() {
        let flags = Int32(bitPattern: SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let number = coffer_accept(listener.raw, flags)
        guard number >= 0 else { return }
        let client = EvidenceClient(
            socket: Descriptor(owning: Int32(truncatingIfNeeded: number)), source: source)
        clients[client.number] = client
        do throws(Errno) {
            try client.start(loop) { number in self.forget(number) }
        } catch {
            // The kernel has no room for another watch: this client is dropped, the others go on.
            forget(client.number)
        }
        if clients.count >= EvidenceServer.maximumClients, let watch = acceptWatch {
            loop.remove(watch)
            acceptWatch = nil
        }
    }

    private func forget(_ number: Int32) {
        clients.removeValue(forKey: number)?.stop(loop)
        guard acceptWatch == nil else { return }
        do throws(Errno) {
            try startAccepting()
        } catch {
            // Tried again when the next client goes; until then new clients wait.
        }
    }
}

/// One connected client of an attestation socket.
private final class EvidenceClient {
    private let socket: Descriptor
    private var connection: EvidenceConnection
    private var output: ArraySlice<UInt8> = []
    private var watch: EventLoop.Watch?

    init(socket: consuming Descriptor, source: ReportSource) {
        self.socket = socket
        connection = EvidenceConnection { reportData throws(AttestationError) in
            try source.evidence(reportData: reportData)
        }
    }

    var number: Int32 { socket.raw }

    func start(_ loop: EventLoop, ended: @escaping (Int32) -> Void) throws(Errno) {
        watch = try loop.watch(socket, for: .readable) { interest in
            if !self.serve(interest, loop) { ended(self.number) }
        }
    }

    func stop(_ loop: EventLoop) {
        if let watch { loop.remove(watch) }
        watch = nil
    }

    /// Moves bytes; false when the connection is over.
    private func serve(_ interest: EventLoop.Interest, _ loop: EventLoop) -> Bool {
        // While an answer is waiting to be written nothing more is read: a client cannot pile up answers.
        if output.isEmpty, interest.contains(.readable) {
            var buffer = [UInt8](repeating: 0, count: 4096)
            let count = buffer.withUnsafeMutableBytes { coffer_loop_read(socket.raw, $0.baseAddress, 4096) }
            if count == 0 || (count < 0 && count != -Int(EAGAIN)) { return false }
            if count > 0 { output = connection.receive(buffer[..<count])[...] }
        }
        guard flush() else { return false }
        if output.isEmpty, connection.isFinished { return false }
        guard let watch else { return false }
        do throws(Errno) {
            try loop.change(watch, to: output.isEmpty ? .readable : .writable)
            return true
        } catch {
            return false
        }
    }

    private func flush() -> Bool {
        while !output.isEmpty {
            let count = output.withUnsafeBytes { coffer_loop_write(socket.raw, $0.baseAddress, $0.count) }
            if count == -Int(EAGAIN) { return true }
            if count < 0 { return false }
            output = output.dropFirst(count)
        }
        return true
    }
}
