extension OCI {
    /// One mount of the container. config.md, Mounts.
    package struct Mount: Document, Equatable, Sendable {
        /// Where, inside the container; relative means from its root.
        package var destination: String
        /// The file system type; "bind" or empty with a bind option.
        package var type = ""
        /// A device, a name, or for bind mounts a path (relative to the bundle).
        package var source = ""
        /// fstab(5) words, the specification's own, or the file system's data.
        package var options: [String] = []
        /// User ids of an id-mapped mount.
        package var uidMappings: [IDMapping] = []
        /// Group ids of an id-mapped mount.
        package var gidMappings: [IDMapping] = []

        /// The required members; all others empty or absent.
        package init(destination: String) {
            self.destination = destination
        }
    }
}

extension OCI.Mount {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        destination = try reader.requiredString("destination")
        type = try reader.string("type")
        source = try reader.string("source")
        options = try reader.strings("options")
        uidMappings = try reader.list("uidMappings")
        gidMappings = try reader.list("gidMappings")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("destination", destination)
        writer.put("type", unlessEmpty: type)
        writer.put("source", unlessEmpty: source)
        writer.put("options", unlessEmpty: options)
        writer.put("uidMappings", unlessEmpty: uidMappings)
        writer.put("gidMappings", unlessEmpty: gidMappings)
    }
}

extension OCI {
    /// A range of ids inside a user namespace and the ids outside that stand behind it. user_namespaces(7).
    package struct IDMapping: Document, Equatable, Sendable {
        /// The first id inside.
        package var containerID: UInt32 = 0
        /// The first id outside.
        package var hostID: UInt32 = 0
        /// How many.
        package var size: UInt32 = 0

        /// Every member empty or absent.
        package init() {}

        package init(containerID: UInt32, hostID: UInt32, size: UInt32) {
            self.containerID = containerID
            self.hostID = hostID
            self.size = size
        }
    }
}

extension OCI.IDMapping {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        containerID = try reader.integer("containerID")
        hostID = try reader.integer("hostID")
        size = try reader.integer("size")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("containerID", containerID)
        writer.put("hostID", hostID)
        writer.put("size", size)
    }
}
