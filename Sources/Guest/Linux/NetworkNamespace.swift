internal import CLinux

/// The file that stands for this process's network namespace.
let ownNetworkNamespace = "/proc/self/ns/net"

/// Opens the file that stands for a network namespace.
func openNetworkNamespace(_ path: String) throws(NetlinkError) -> Descriptor {
    do throws(Errno) {
        return try openFile(path, O_RDONLY)
    } catch {
        throw .namespace(path, error)
    }
}

/// Moves this process, which must be single-threaded, into a network namespace.
///
/// - Parameter path: what to call the namespace in an error.
func enterNetworkNamespace(_ namespace: borrowing Descriptor, _ path: String) throws(NetlinkError) {
    do throws(Errno) {
        try join(namespace, .network)
    } catch {
        throw .namespace(path, error)
    }
}
