package import JSON

/// What Create's `ContainerConfig` text holds.
package struct ContainerConfig: Equatable {
    /// 2.1 or later; an older one is an error of decoding.
    package var schemaVersion: SchemaVersion
    /// Directory of the container's bundle, `/run/gcs/c/<id>`.
    package var ociBundlePath: String
    /// The OCI runtime specification as JSON; the Sandbox gives it its type.
    package var ociSpecification: JSON
    /// Directory on the scratch disk that belongs to the container.
    package var scratchDirPath: String

    package init(ociBundlePath: String, ociSpecification: JSON, scratchDirPath: String) {
        schemaVersion = .current
        self.ociBundlePath = ociBundlePath
        self.ociSpecification = ociSpecification
        self.scratchDirPath = scratchDirPath
    }

    init(fields: Fields) throws(WireError) {
        schemaVersion = try SchemaVersion(fields: fields.fields("SchemaVersion"))
        if !schemaVersion.isSupported {
            throw .schemaVersion(major: schemaVersion.major, minor: schemaVersion.minor)
        }
        ociBundlePath = try fields.string("OciBundlePath")
        guard let specification = fields.value("OciSpecification") else {
            throw .missing(field: fields.place("OciSpecification"))
        }
        guard case .object = specification else {
            throw .type(
                field: fields.place("OciSpecification"), expected: "an object", found: specification.kind)
        }
        ociSpecification = specification
        scratchDirPath = try fields.string("ScratchDirPath")
    }

    var json: JSON {
        var writer = FieldWriter()
        writer.put("SchemaVersion", schemaVersion.json)
        writer.put("OciBundlePath", ociBundlePath)
        writer.put("OciSpecification", ociSpecification)
        writer.put("ScratchDirPath", scratchDirPath)
        return writer.json
    }
}

/// Create: make a container; its init process does not run yet.
package struct CreateRequest: Message {
    /// `containerID` is the new container's, 64 lower-case hexadecimal digits.
    package var base: RequestBase
    /// On the wire JSON text in a string.
    package var config: ContainerConfig

    package init(base: RequestBase, config: ContainerConfig) {
        self.base = base
        self.config = config
    }

    package init(fields: Fields) throws(WireError) {
        base = try RequestBase(fields: fields)
        config = try ContainerConfig(
            fields: Fields(fields.embedded("ContainerConfig"), at: "ContainerConfig"))
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("ContainerConfig", config.json.text)
    }
}

/// The answer to Create.
package struct CreateResponse: Message {
    /// All there is of a failed one.
    package var base: ResponseBase
    /// Always 0.
    package var selectedProtocolVersion: UInt32

    package init(base: ResponseBase) {
        self.base = base
        selectedProtocolVersion = 0
    }

    package init(fields: Fields) throws(WireError) {
        base = try ResponseBase(fields: fields)
        selectedProtocolVersion = try fields.integer("SelectedProtocolVersion")
    }

    package func write(to writer: inout FieldWriter) {
        base.write(to: &writer)
        writer.put("SelectedProtocolVersion", selectedProtocolVersion)
    }
}
