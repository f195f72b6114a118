extension OCI {
    /// What a runtime says about a container. runtime-spec runtime.md, State.
    package struct State: Document, Equatable, Sendable {
        /// The version of the specification.
        package var ociVersion: String
        /// The container's name on this host.
        package var id: String
        /// `creating`, `created`, `running`, `stopped`; runc adds `paused`.
        package var status: String
        /// The first process's number outside the container.
        package var pid: Int32?
        /// The bundle's absolute path.
        package var bundle: String
        /// Those of the specification.
        package var annotations: [String: String] = [:]

        /// The required members; all others empty or absent.
        package init(ociVersion: String, id: String, status: String, bundle: String) {
            self.ociVersion = ociVersion
            self.id = id
            self.status = status
            self.bundle = bundle
        }

        /// A state in this specification's version. A container that has stopped has no process.
        package init(
            id: String, status: String, pid: Int32, bundle: String, annotations: [String: String]
        ) {
            self.init(ociVersion: OCI.version, id: id, status: status, bundle: bundle)
            self.pid = status == "stopped" ? 0 : pid
            self.annotations = annotations
        }
    }
}

extension OCI.State {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        ociVersion = try reader.requiredString("ociVersion")
        id = try reader.requiredString("id")
        status = try reader.requiredString("status")
        pid = try reader.optionalInteger("pid")
        bundle = try reader.requiredString("bundle")
        annotations = try reader.stringMap("annotations")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("ociVersion", ociVersion)
        writer.put("id", id)
        writer.put("status", status)
        writer.put("pid", ifPresent: pid)
        writer.put("bundle", bundle)
        writer.put("annotations", unlessEmpty: annotations)
    }
}
