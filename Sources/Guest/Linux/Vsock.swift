internal import CLinux

/// Addresses of AF_VSOCK. vsock(7).
package enum Vsock {
    /// The context id of the host, whatever machine it is.
    package static let host: UInt32 = 2

    /// Connects a blocking stream socket. The corresponding C functions are `socket` and `connect`.
    package static func connect(cid: UInt32 = host, port: UInt32) throws(Errno) -> Descriptor {
        Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(coffer_vsock_connect(cid, port))))
    }

    /// Listens on `port` for streams from anywhere. The corresponding C functions are `bind` and `listen`.
    package static func listen(port: UInt32, backlog: Int32 = 16) throws(Errno) -> Descriptor {
        Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(coffer_vsock_listen(port, backlog))))
    }

    /// Takes the next connection. The corresponding C function is `accept4`.
    package static func accept(_ listener: borrowing Descriptor) throws(Errno) -> Descriptor {
        let result = coffer_accept(listener.raw, Int32(bitPattern: SOCK_CLOEXEC.rawValue))
        return Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(result)))
    }
}
