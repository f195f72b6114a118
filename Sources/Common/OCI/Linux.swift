extension OCI {
    /// What only Linux has. runtime-spec config-linux.md.
    package struct Linux: Document, Equatable, Sendable {
        /// User ids of the user namespace.
        package var uidMappings: [IDMapping] = []
        /// Group ids of the user namespace.
        package var gidMappings: [IDMapping] = []
        /// Kernel parameters of the container's namespaces.
        package var sysctl: [String: String] = [:]
        /// Control group limits and device rules.
        package var resources: Resources?
        /// Where the control group is; empty lets the runtime choose.
        package var cgroupsPath = ""
        /// Namespaces to make or to join; one not listed is the runtime's own.
        package var namespaces: [Namespace] = []
        /// Device nodes to make besides the default ones.
        package var devices: [Device] = []
        /// Network interfaces to move into the container, by their name outside.
        package var netDevices: [String: NetDevice] = [:]
        /// The system call filter.
        package var seccomp: Seccomp?
        /// `shared`, `slave`, `private`, `unbindable` or with an `r` before it; empty for the default.
        package var rootfsPropagation = ""
        /// Paths that read as empty inside the container.
        package var maskedPaths: [String] = []
        /// Paths that are read-only inside the container.
        package var readonlyPaths: [String] = []
        /// The SELinux context of mounts; empty for none.
        package var mountLabel = ""
        /// Intel Resource Director settings.
        package var intelRdt: IntelRdt?
        /// NUMA policy. set_mempolicy(2).
        package var memoryPolicy: MemoryPolicy?
        /// Execution domain. personality(2).
        package var personality: Personality?
        /// Clock offsets of the time namespace, by clock: `monotonic`, `boottime`.
        package var timeOffsets: [String: TimeOffset] = [:]

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.Linux {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        uidMappings = try reader.list("uidMappings")
        gidMappings = try reader.list("gidMappings")
        sysctl = try reader.stringMap("sysctl")
        resources = try reader.optional("resources")
        cgroupsPath = try reader.string("cgroupsPath")
        namespaces = try reader.list("namespaces")
        devices = try reader.list("devices")
        netDevices = try reader.map("netDevices")
        seccomp = try reader.optional("seccomp")
        rootfsPropagation = try reader.string("rootfsPropagation")
        maskedPaths = try reader.strings("maskedPaths")
        readonlyPaths = try reader.strings("readonlyPaths")
        mountLabel = try reader.string("mountLabel")
        intelRdt = try reader.optional("intelRdt")
        memoryPolicy = try reader.optional("memoryPolicy")
        personality = try reader.optional("personality")
        timeOffsets = try reader.map("timeOffsets")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("uidMappings", unlessEmpty: uidMappings)
        writer.put("gidMappings", unlessEmpty: gidMappings)
        writer.put("sysctl", unlessEmpty: sysctl)
        writer.put("resources", ifPresent: resources)
        writer.put("cgroupsPath", unlessEmpty: cgroupsPath)
        writer.put("namespaces", unlessEmpty: namespaces)
        writer.put("devices", unlessEmpty: devices)
        writer.put("netDevices", unlessEmpty: netDevices)
        writer.put("seccomp", ifPresent: seccomp)
        writer.put("rootfsPropagation", unlessEmpty: rootfsPropagation)
        writer.put("maskedPaths", unlessEmpty: maskedPaths)
        writer.put("readonlyPaths", unlessEmpty: readonlyPaths)
        writer.put("mountLabel", unlessEmpty: mountLabel)
        writer.put("intelRdt", ifPresent: intelRdt)
        writer.put("memoryPolicy", ifPresent: memoryPolicy)
        writer.put("personality", ifPresent: personality)
        writer.put("timeOffsets", unlessEmpty: timeOffsets)
    }
}

extension OCI {
    /// A namespace to make, or with a path to join. namespaces(7).
    package struct Namespace: Document, Equatable, Sendable {
        /// `pid`, `network`, `mount`, `ipc`, `uts`, `user`, `cgroup` or `time`.
        package var type: String
        /// The namespace to join; empty makes a new one.
        package var path = ""

        /// The required members; all others empty or absent.
        package init(type: String) {
            self.type = type
        }
    }
}

extension OCI.Namespace {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        type = try reader.requiredString("type")
        path = try reader.string("path")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("type", type)
        writer.put("path", unlessEmpty: path)
    }
}

extension OCI {
    /// A device node to make. mknod(2).
    package struct Device: Document, Equatable, Sendable {
        /// Where, inside the container.
        package var path: String
        /// `c`, `u`, `b` or `p`.
        package var type: String
        /// The major number; unused for `p`.
        package var major: Int64 = 0
        /// The minor number; unused for `p`.
        package var minor: Int64 = 0
        /// Permission bits; absent means 0666.
        package var fileMode: UInt32?
        /// The owner; absent means 0.
        package var uid: UInt32?
        /// The group; absent means 0.
        package var gid: UInt32?

        /// The required members; all others empty or absent.
        package init(path: String, type: String) {
            self.path = path
            self.type = type
        }
    }
}

extension OCI.Device {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        path = try reader.requiredString("path")
        type = try reader.requiredString("type")
        major = try reader.integer("major")
        minor = try reader.integer("minor")
        fileMode = try reader.optionalInteger("fileMode")
        uid = try reader.optionalInteger("uid")
        gid = try reader.optionalInteger("gid")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("path", path)
        writer.put("type", type)
        writer.put("major", major)
        writer.put("minor", minor)
        writer.put("fileMode", ifPresent: fileMode)
        writer.put("uid", ifPresent: uid)
        writer.put("gid", ifPresent: gid)
    }
}

extension OCI {
    /// A network interface to move into the container.
    package struct NetDevice: Document, Equatable, Sendable {
        /// Its name inside; empty keeps it.
        package var name = ""

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.NetDevice {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        name = try reader.string("name")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("name", unlessEmpty: name)
    }
}

extension OCI {
    /// Intel Resource Director Technology: cache and memory bandwidth.
    package struct IntelRdt: Document, Equatable, Sendable {
        /// The class of service; empty makes one for the container.
        package var closID = ""
        /// Lines for the schemata file.
        package var schemata: [String] = []
        /// An `L3:` line.
        package var l3CacheSchema = ""
        /// An `MB:` line.
        package var memBwSchema = ""
        /// Whether a monitoring group is made.
        package var enableMonitoring = false

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.IntelRdt {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        closID = try reader.string("closID")
        schemata = try reader.strings("schemata")
        l3CacheSchema = try reader.string("l3CacheSchema")
        memBwSchema = try reader.string("memBwSchema")
        enableMonitoring = try reader.bool("enableMonitoring")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("closID", unlessEmpty: closID)
        writer.put("schemata", unlessEmpty: schemata)
        writer.put("l3CacheSchema", unlessEmpty: l3CacheSchema)
        writer.put("memBwSchema", unlessEmpty: memBwSchema)
        writer.put("enableMonitoring", ifTrue: enableMonitoring)
    }
}

extension OCI {
    /// A NUMA memory policy. set_mempolicy(2).
    package struct MemoryPolicy: Document, Equatable, Sendable {
        /// For instance `MPOL_BIND`.
        package var mode: String
        /// Node list, for instance `0-3,7`.
        package var nodes = ""
        /// For instance `MPOL_F_STATIC_NODES`.
        package var flags: [String] = []

        /// The required members; all others empty or absent.
        package init(mode: String) {
            self.mode = mode
        }
    }
}

extension OCI.MemoryPolicy {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        mode = try reader.string("mode")
        nodes = try reader.string("nodes")
        flags = try reader.strings("flags")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("mode", mode)
        writer.put("nodes", unlessEmpty: nodes)
        writer.put("flags", unlessEmpty: flags)
    }
}

extension OCI {
    /// An execution domain. personality(2).
    package struct Personality: Document, Equatable, Sendable {
        /// `LINUX` or `LINUX32`.
        package var domain: String
        /// None is supported by the specification today.
        package var flags: [String] = []

        /// The required members; all others empty or absent.
        package init(domain: String) {
            self.domain = domain
        }
    }
}

extension OCI.Personality {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        domain = try reader.requiredString("domain")
        flags = try reader.strings("flags")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("domain", domain)
        writer.put("flags", unlessEmpty: flags)
    }
}

extension OCI {
    /// How far a clock of a time namespace is ahead. time_namespaces(7).
    package struct TimeOffset: Document, Equatable, Sendable {
        /// Seconds.
        package var secs: Int64 = 0
        /// Nanoseconds.
        package var nanosecs: UInt32 = 0

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.TimeOffset {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        secs = try reader.integer("secs")
        nanosecs = try reader.integer("nanosecs")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("secs", secs)
        writer.put("nanosecs", nanosecs)
    }
}
