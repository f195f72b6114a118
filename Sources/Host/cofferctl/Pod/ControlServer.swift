internal import Foundation
internal import Hypervisor
internal import JSON

/// Serves a pod's control socket: one thread per connection, one operation per connection.
final class ControlServer: Sendable {
    private let socket: Int32
    private let pod: RunningPod

    /// Listens; only the socket's owner can connect.
    init(_ pod: RunningPod) throws {
        self.pod = pod
        socket = try UnixSocket.listen(path: pod.directory.control, backlog: 64)
    }

    /// Accepts connections from now on.
    func start() {
        let thread = Thread { [self] in
            while true {
                let accepted = Int32(UnixSocket.accept(socket))
                if accepted == -EINTR || accepted == -ECONNABORTED { continue }
                if accepted < 0 { return }
                serve(ControlConnection(owning: accepted))
            }
        }
        thread.name = "control"
        thread.start()
    }

    /// Stops listening and takes the socket file away, which tells others that the pod has ended.
    func stop() {
        unlink(pod.directory.control)
        _ = shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private func serve(_ connection: ControlConnection) {
        let thread = Thread { [pod] in
            do {
                guard let request = try connection.receive()?.json else { return }
                try ControlOperations(pod: pod, connection: connection).run(request)
            } catch {
                let refused = (error as? Failure)?.status == .refused || PodRefusal.isRefusal(error)
                try? connection.send([
                    "event": "failed", "message": .string("\(error)"), "refused": .bool(refused),
                ])
            }
        }
        thread.name = "control connection"
        thread.start()
    }
}
