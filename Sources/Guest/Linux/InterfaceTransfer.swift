internal import CLinux

/// Hands a network interface over to another network namespace, with the addresses it has and perhaps another name.
/// runtime-spec config-linux.md, Network Devices.
package struct InterfaceTransfer: Equatable {
    package let name: String
    /// Its name there.
    package let newName: String

    package init(name: String, newName: String) {
        self.name = name
        self.newName = newName
    }

    /// Moves the interface from this process's network namespace, and switches it on there.
    ///
    /// The caller is single-threaded: for the time of the call this process is in the other namespace.
    package func apply(namespacePath: String) throws(NetlinkError) {
        let target = try Self.open(namespacePath)
        let own = try Self.open("/proc/self/ns/net")
        var route = try RouteSocket()
        let index = try route.linkIndex(named: name)
        let addresses = try route.lastingAddresses(ofLink: index)
        try route.moveLink(index, toNamespace: target, named: newName)
        try Self.enter(target, namespacePath)
        do throws(NetlinkError) {
            try switchOn(addresses)
        } catch {
            try Self.enter(own, "/proc/self/ns/net")
            throw error
        }
        try Self.enter(own, "/proc/self/ns/net")
    }

    private func switchOn(_ addresses: [NetworkPrefix]) throws(NetlinkError) {
        var route = try RouteSocket()
        let index = try route.linkIndex(named: newName)
        for address in addresses {
            try route.addAddress(address.address, prefixLength: address.length, toLink: index)
        }
        try route.setLink(index, up: true)
    }

    private static func open(_ path: String) throws(NetlinkError) -> Descriptor {
        do throws(Errno) {
            return try openFile(path, O_RDONLY)
        } catch {
            throw .namespace(path, error)
        }
    }

    private static func enter(_ namespace: borrowing Descriptor, _ path: String) throws(NetlinkError) {
        do throws(Errno) {
            try join(namespace, .network)
        } catch {
            throw .namespace(path, error)
        }
    }
}
