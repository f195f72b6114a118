package import JSON

extension OCI {
    /// A bundle's config.json: everything a runtime is told about one container. runtime-spec config.md.
    package struct Spec: Document, Equatable, Sendable {
        /// The version of the specification that the writer followed.
        package var ociVersion: String
        /// Where the root file system is.
        package var root: Root?
        /// What is mounted, in this order.
        package var mounts: [Mount] = []
        /// The container's first process; absent means that only `create` is possible.
        package var process: Process?
        /// The host name in the container's UTS namespace; empty leaves it.
        package var hostname = ""
        /// The NIS domain name in the container's UTS namespace; empty leaves it.
        package var domainname = ""
        /// Programs to run at points of the life cycle.
        package var hooks: Hooks?
        /// Free text for whoever reads it.
        package var annotations: [String: String] = [:]
        /// Everything that only Linux has.
        package var linux: Linux?
        /// The Windows section, unread: some hosts put the network namespace's name there for Linux guests too.
        package var windows: JSON?

        /// The required members; all others empty or absent.
        package init(ociVersion: String) {
            self.ociVersion = ociVersion
        }
    }
}

extension OCI.Spec {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        ociVersion = try reader.requiredString("ociVersion")
        root = try reader.optional("root")
        mounts = try reader.list("mounts")
        process = try reader.optional("process")
        hostname = try reader.string("hostname")
        domainname = try reader.string("domainname")
        hooks = try reader.optional("hooks")
        annotations = try reader.stringMap("annotations")
        linux = try reader.optional("linux")
        windows = reader.value("windows")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("ociVersion", ociVersion)
        writer.put("root", ifPresent: root)
        writer.put("mounts", unlessEmpty: mounts)
        writer.put("process", ifPresent: process)
        writer.put("hostname", unlessEmpty: hostname)
        writer.put("domainname", unlessEmpty: domainname)
        writer.put("hooks", ifPresent: hooks)
        writer.put("annotations", unlessEmpty: annotations)
        writer.put("linux", ifPresent: linux)
        if let windows { writer.put("windows", windows) }
    }
}

extension OCI {
    /// The container's root file system. config.md, Root.
    package struct Root: Document, Equatable, Sendable {
        /// Absolute, or relative to the bundle.
        package var path: String
        /// Whether the root is mounted read-only.
        package var readonly = false

        /// The required members; all others empty or absent.
        package init(path: String) {
            self.path = path
        }
    }
}

extension OCI.Root {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        path = try reader.requiredString("path")
        readonly = try reader.bool("readonly")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("path", path)
        writer.put("readonly", ifTrue: readonly)
    }
}
