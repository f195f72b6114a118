internal import JSON

/// NegotiateProtocol: the first message of a connection.
package struct NegotiateRequest: Message {
    /// Of the virtual machine.
    package var base: RequestBase
    /// Lowest protocol version the host speaks.
    package var minimumVersion: UInt32
    /// Highest protocol version the host speaks.
    package var maximumVersion: UInt32

    package init(base: RequestBase, minimumVersion: UInt32 = 4, maximumVersion: UInt32 = 4) {
        self.base = base
        self.minimumVersion = minimumVersion
        self.maximumVersion = maximumVersion
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        minimumVersion = try fields.integer("MinimumVersion")
        maximumVersion = try fields.integer("MaximumVersion")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("MinimumVersion", minimumVersion)
        writer.put("MaximumVersion", maximumVersion)
    }
}

/// What the guest can do beyond the protocol's base.
package struct GuestCapabilities: Equatable {
    /// Whether ModifySettings takes Network resources.
    package var namespaceAddRequestSupported: Bool
    /// Whether SignalProcess is answered.
    package var signalProcessSupported: Bool
    /// Whether DumpStacks is answered.
    package var dumpStacksSupported: Bool
    /// Whether DeleteContainerState is answered.
    package var deleteContainerStateSupported: Bool

    /// All of them, as the Linux guest answers.
    package init() {
        namespaceAddRequestSupported = true
        signalProcessSupported = true
        dumpStacksSupported = true
        deleteContainerStateSupported = true
    }

    init(fields: Fields) throws(WireError) {
        namespaceAddRequestSupported = try fields.bool("NamespaceAddRequestSupported")
        signalProcessSupported = try fields.bool("SignalProcessSupported")
        dumpStacksSupported = try fields.bool("DumpStacksSupported")
        deleteContainerStateSupported = try fields.bool("DeleteContainerStateSupported")
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("NamespaceAddRequestSupported", namespaceAddRequestSupported)
        writer.put("SignalProcessSupported", signalProcessSupported)
        writer.put("DumpStacksSupported", dumpStacksSupported)
        writer.put("DeleteContainerStateSupported", deleteContainerStateSupported)
        return writer.json
    }
}

/// The answer to NegotiateProtocol.
package struct NegotiateResponse: Message {
    /// All there is of a failed one.
    package var base: ResponseBase
    /// The version both ends use from here on.
    package var version: UInt32
    /// "Linux".
    package var runtimeOsType: String
    /// On the wire `GuestDefinedCapabilities` inside of `Capabilities`.
    package var capabilities: GuestCapabilities

    package init(base: ResponseBase, version: UInt32) {
        self.base = base
        self.version = version
        runtimeOsType = "Linux"
        capabilities = GuestCapabilities()
    }

    package init(fields: Fields) throws(WireError) {
        base = try ResponseBase(fields: fields)
        version = try fields.integer("Version")
        let inner = try fields.fields("Capabilities")
        runtimeOsType = try inner.string("RuntimeOsType")
        capabilities = try GuestCapabilities(fields: inner.fields("GuestDefinedCapabilities"))
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("Version", version)
        writer.put(
            "Capabilities",
            [
                "SupportedSchemaVersions": [SchemaVersion.current.json],
                "RuntimeOsType": .string(runtimeOsType),
                "GuestDefinedCapabilities": capabilities.json,
            ])
    }
}

/// A version of the configuration schema.
package struct SchemaVersion: Equatable {
    /// Compared first.
    package var major: UInt32
    /// Compared between equal majors.
    package var minor: UInt32

    /// The only version in use.
    package static let current = SchemaVersion(major: 2, minor: 1)

    package init(major: UInt32, minor: UInt32) {
        self.major = major
        self.minor = minor
    }

    init(fields: Fields) throws(WireError) {
        major = try fields.integer("Major")
        minor = try fields.integer("Minor")
    }

    var json: JSON { ["Major": JSON(UInt64(major)), "Minor": JSON(UInt64(minor))] }

    /// Whether it is 2.1 or later.
    var isSupported: Bool { major > 2 || (major == 2 && minor >= 1) }
}
