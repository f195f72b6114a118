/// Why a stream, a listener or a dial failed.
package enum VsockError: Error, Equatable {
    /// The other end reset the connection.
    case reset
    /// The guest's driver sent what the protocol does not allow; the connection was reset.
    case violated(String)
    /// The other end reads nothing more.
    case peerClosed
    /// This end was closed already.
    case closed
    /// Nothing in the guest listens on the port.
    case refused(port: UInt32)
    /// The time limit passed.
    case timedOut
    /// Somebody on the host listens on the port already.
    case portInUse(UInt32)
    /// The device is gone: the machine ended or broke the protocol.
    case deviceStopped(String)
}

extension VsockError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .reset: "the guest reset the connection"
        case .violated(let what): "the guest's vsock driver sent \(what)"
        case .peerClosed: "the guest reads nothing more from this connection"
        case .closed: "the connection is closed"
        case .refused(let port): "the guest refused a connection to port \(port)"
        case .timedOut: "timed out"
        case .portInUse(let port): "port \(port) has a listener already"
        case .deviceStopped(let reason): "the vsock device stopped: \(reason)"
        }
    }
}
