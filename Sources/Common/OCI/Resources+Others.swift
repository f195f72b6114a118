extension OCI {
    /// A limit for one huge page size.
    package struct HugepageLimit: Document, Equatable, Sendable {
        /// For instance `2MB`.
        package var pageSize: String
        /// Bytes.
        package var limit: UInt64 = 0

        /// The required members; all others empty or absent.
        package init(pageSize: String) {
            self.pageSize = pageSize
        }
    }
}

extension OCI.HugepageLimit {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        pageSize = try reader.requiredString("pageSize")
        limit = try reader.integer("limit")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("pageSize", pageSize)
        writer.put("limit", limit)
    }
}

extension OCI {
    /// Network class and priorities (cgroup v1 only).
    package struct NetworkLimits: Document, Equatable, Sendable {
        /// The class identifier.
        package var classID: UInt32?
        /// By interface.
        package var priorities: [InterfacePriority] = []

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.NetworkLimits {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        classID = try reader.optionalInteger("classID")
        priorities = try reader.list("priorities")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("classID", ifPresent: classID)
        writer.put("priorities", unlessEmpty: priorities)
    }
}

extension OCI {
    /// A network interface's priority.
    package struct InterfacePriority: Document, Equatable, Sendable {
        /// The interface.
        package var name: String
        /// The priority.
        package var priority: UInt32 = 0

        /// The required members; all others empty or absent.
        package init(name: String) {
            self.name = name
        }
    }
}

extension OCI.InterfacePriority {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        name = try reader.requiredString("name")
        priority = try reader.integer("priority")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("name", name)
        writer.put("priority", priority)
    }
}

extension OCI {
    /// Limits for one RDMA device.
    package struct RdmaLimit: Document, Equatable, Sendable {
        /// Handles.
        package var hcaHandles: UInt32?
        /// Objects.
        package var hcaObjects: UInt32?

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.RdmaLimit {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        hcaHandles = try reader.optionalInteger("hcaHandles")
        hcaObjects = try reader.optionalInteger("hcaObjects")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("hcaHandles", ifPresent: hcaHandles)
        writer.put("hcaObjects", ifPresent: hcaObjects)
    }
}
