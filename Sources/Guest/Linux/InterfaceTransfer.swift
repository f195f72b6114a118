internal import CLinux

/// Hands a network interface over to another network namespace, with the addresses it has and perhaps another name.
/// runtime-spec config-linux.md, Network Devices.
package struct InterfaceTransfer: Equatable {
    /// Its name in this process's network namespace.
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
        let target = try openNetworkNamespace(namespacePath)
        let own = try openNetworkNamespace(ownNetworkNamespace)
        var route = try RouteSocket()
        let index = try route.linkIndex(named: name)
        let addresses = try route.lastingAddresses(ofLink: index)
        try route.moveLink(index, toNamespace: target, named: newName)
        try enterNetworkNamespace(target, namespacePath)
        do throws(NetlinkError) {
            try switchOn(addresses)
        } catch {
            try enterNetworkNamespace(own, ownNetworkNamespace)
            throw error
        }
        try enterNetworkNamespace(own, ownNetworkNamespace)
    }

    private func switchOn(_ addresses: [LinkAddress]) throws(NetlinkError) {
        var route = try RouteSocket()
        let index = try route.linkIndex(named: newName)
        for address in addresses {
            try route.add(address, toLink: index)
        }
        try route.setLink(index, up: true)
    }
}
