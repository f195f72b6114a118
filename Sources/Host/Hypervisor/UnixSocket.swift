internal import CHypervisor
internal import Foundation

/// Unix stream sockets by path. unix(7).
package enum UnixSocket {
    /// Binds and listens; an existing socket file at `path` is replaced, and only its owner may connect.
    package static func listen(path: String, backlog: Int32) throws(VhostUserError) -> Int32 {
        let (socket, address) = try open(path)
        unlink(path)
        let old = umask(0o177)
        let bound = withAddress(address) { bind(socket, .init(__sockaddr__: $0), $1) }
        umask(old)
        guard bound == 0, Foundation.listen(socket, backlog) == 0 else {
            throw failure("listen on \(path)", socket)
        }
        return socket
    }

    /// Connects to a listening socket.
    package static func connect(path: String) throws(VhostUserError) -> Int32 {
        let (socket, address) = try open(path)
        guard withAddress(address, { Foundation.connect(socket, .init(__sockaddr__: $0), $1) }) == 0 else {
            throw failure("connect to \(path)", socket)
        }
        return socket
    }

    /// Accepts a connection, close-on-exec; -errno when there is none.
    package static func accept(_ socket: Int32) -> Int { coffer_accept(socket) }

    private static func open(_ path: String) throws(VhostUserError) -> (Int32, sockaddr_un) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path), !bytes.contains(0) else {
            throw .socket(step: "path \(path)", reason: "a socket's path has at most 107 bytes")
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let socket = Foundation.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else {
            throw .socket(step: "socket", reason: String(cString: strerror(errno)))
        }
        return (socket, address)
    }

    private static func withAddress(
        _ address: sockaddr_un, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func failure(_ step: String, _ socket: Int32) -> VhostUserError {
        let reason = String(cString: strerror(errno))
        close(socket)
        return .socket(step: step, reason: reason)
    }
}
