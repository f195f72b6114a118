internal import JSON

/// One address of a network adapter.
package struct IPConfig: Equatable {
    /// IPv4 or IPv6 in text form.
    package var address: String
    /// Bits of the network part.
    package var prefixLength: UInt8

    package init(address: String, prefixLength: UInt8) {
        self.address = address
        self.prefixLength = prefixLength
    }

    init(fields: Fields) throws(WireError) {
        address = try fields.string("IPAddress")
        prefixLength = try fields.integer("PrefixLength")
    }

    var json: JSON { ["IPAddress": .string(address), "PrefixLength": JSON(Int(prefixLength))] }
}

/// One route of a network adapter.
package struct NetworkRoute: Equatable {
    /// The gateway; empty, `0.0.0.0` or `::` for a destination on the link itself.
    package var nextHop: String
    /// `ADDRESS/BITS`; empty for IPv4's default route.
    package var destinationPrefix: String
    /// Smaller is preferred; 0 leaves the choice to the kernel.
    package var metric: UInt16

    package init(nextHop: String, destinationPrefix: String, metric: UInt16 = 0) {
        self.nextHop = nextHop
        self.destinationPrefix = destinationPrefix
        self.metric = metric
    }

    init(fields: Fields) throws(WireError) {
        nextHop = try fields.string("NextHop")
        destinationPrefix = try fields.string("DestinationPrefix")
        metric = try fields.integer("Metric")
    }

    var json: JSON {
        [
            "NextHop": .string(nextHop), "DestinationPrefix": .string(destinationPrefix),
            "Metric": JSON(Int(metric)),
        ]
    }
}

/// Settings of Network: an adapter for a pod's network namespace.
package struct NetworkAdapter: Equatable {
    /// The pod's network namespace.
    package var namespaceID = ""
    /// The adapter's GUID.
    package var adapterID = ""
    /// Not looked at: the adapter has its own.
    package var macAddress = ""
    /// Search domains, separated by commas.
    package var dnsSuffix = ""
    /// Name servers, separated by commas.
    package var dnsServers = ""
    /// Bytes taken off the MTU.
    package var encapsulationOverhead: UInt16 = 0
    /// At least one: this guest has no DHCP.
    package var addresses: [IPConfig] = []
    /// Added after all addresses, in this order.
    package var routes: [NetworkRoute] = []

    package init() {}

    init(fields: Fields) throws(WireError) {
        namespaceID = try fields.string("NamespaceID")
        adapterID = try fields.string("ID")
        macAddress = try fields.string("MacAddress")
        dnsSuffix = try fields.string("DNSSuffix")
        dnsServers = try fields.string("DNSServerList")
        encapsulationOverhead = try fields.integer("EncapOverhead")
        addresses = try fields.list("IPConfigs") { (element) throws(WireError) in
            try IPConfig(fields: element)
        }
        routes = try fields.list("Routes") { (element) throws(WireError) in
            try NetworkRoute(fields: element)
        }
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("NamespaceID", unlessEmpty: namespaceID)
        writer.put("ID", unlessEmpty: adapterID)
        writer.put("MacAddress", unlessEmpty: macAddress)
        writer.put("DNSSuffix", unlessEmpty: dnsSuffix)
        writer.put("DNSServerList", unlessEmpty: dnsServers)
        if encapsulationOverhead != 0 { writer.put("EncapOverhead", encapsulationOverhead) }
        if !addresses.isEmpty { writer.put("IPConfigs", .array(addresses.map { $0.json })) }
        if !routes.isEmpty { writer.put("Routes", .array(routes.map { $0.json })) }
        return writer.json
    }
}
