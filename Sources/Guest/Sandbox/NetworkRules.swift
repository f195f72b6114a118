internal import Linux
internal import Policy

/// What a network of the host may look like. It is checked for form only; a host can route and drop as it likes.
enum NetworkRules {
    /// The one interface of a guest.
    static let interface = "eth0"

    /// A namespace id without regard to case and hyphens.
    static func key(_ namespaceID: String) -> String {
        let bytes = namespaceID.utf8.filter { $0 != UInt8(ascii: "-") }.map { byte in
            byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a network whose id is the beginning of a pod's id is meant for that pod.
    static func belongs(_ key: String, to sandboxID: String) -> Bool {
        key.utf8.count >= 32 && sandboxID.utf8.starts(with: key.utf8)
    }

    static func check(_ claim: NetworkClaim) throws(SandboxError) {
        guard key(claim.namespaceID).utf8.count >= 1 else {
            throw .invalid("the network has no namespace id")
        }
        if claim.addresses.isEmpty {
            throw .unsupported("a network without addresses (DHCP) is not supported")
        }
        for address in claim.addresses { try checkPrefix(address.address, address.prefixLength) }
        for route in claim.routes {
            if !route.destination.isEmpty { try split(route.destination) }
            if !route.nextHop.isEmpty { try checkAddress(route.nextHop) }
        }
        for server in claim.nameServers { try checkAddress(server) }
        if claim.searchDomains.count > 6 {
            throw .invalid("\(claim.searchDomains.count) search domains, expected at most 6")
        }
        for domain in claim.searchDomains where !PodFiles.isHostname(domain) {
            throw .invalid("\"\(domain)\" is not a domain name")
        }
    }

    /// The approved form of a checked claim.
    static func action(_ claim: NetworkClaim, sandboxID: String) -> ConfigureNetwork {
        ConfigureNetwork(
            sandboxID: sandboxID, interface: interface,
            addresses: claim.addresses.map {
                InterfaceAddress(address: $0.address, prefixLength: $0.prefixLength)
            },
            routes: claim.routes.map { route in
                let any = isAnyAddress(route.nextHop)
                return InterfaceRoute(
                    destination: route.destination.isEmpty ? "0.0.0.0/0" : route.destination,
                    gateway: route.nextHop.isEmpty || any ? nil : route.nextHop, metric: route.metric)
            }, encapsulationOverhead: claim.encapsulationOverhead)
    }

    private static func isAnyAddress(_ text: String) -> Bool { same(text, "0.0.0.0") || same(text, "::") }

    private static func checkAddress(_ text: String) throws(SandboxError) {
        try address(text)
    }

    @discardableResult
    private static func address(_ text: String) throws(SandboxError) -> NetworkAddress {
        do throws(NetlinkError) { return try NetworkAddress(text) } catch {
            throw .invalid("\"\(text)\" is not an IP address")
        }
    }

    private static func checkPrefix(_ text: String, _ length: UInt8) throws(SandboxError) {
        let address = try address(text)
        let bits: UInt8 = address.isVersion6 ? 128 : 32
        if length > bits { throw .invalid("prefix length \(length) of \(text) is over \(bits)") }
    }

    /// Address and prefix length of "ADDRESS/BITS".
    @discardableResult
    static func split(_ text: String) throws(SandboxError) -> (address: NetworkAddress, prefixLength: UInt8) {
        let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 2, let length = UInt8(String(decoding: Array(parts[1]), as: UTF8.self)) else {
            throw .invalid("\"\(text)\" is not ADDRESS/BITS")
        }
        let text = String(decoding: Array(parts[0]), as: UTF8.self)
        try checkPrefix(text, length)
        return (try address(text), length)
    }
}
