extension OCI {
    /// Limits of a control group. config-linux.md, Control groups.
    package struct Resources: Document, Equatable, Sendable {
        /// Which devices may be used; later rules win.
        package var devices: [DeviceRule] = []
        /// Memory.
        package var memory: MemoryLimits?
        /// Processor time.
        package var cpu: CPULimits?
        /// Number of tasks.
        package var pids: PidsLimit?
        /// Block device input and output.
        package var blockIO: BlockIOLimits?
        /// Huge pages.
        package var hugepageLimits: [HugepageLimit] = []
        /// Network classes (cgroup v1 only).
        package var network: NetworkLimits?
        /// Remote direct memory access, by device.
        package var rdma: [String: RdmaLimit] = [:]
        /// cgroup v2 files and what to write there.
        package var unified: [String: String] = [:]

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.Resources {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        devices = try reader.list("devices")
        memory = try reader.optional("memory")
        cpu = try reader.optional("cpu")
        pids = try reader.optional("pids")
        blockIO = try reader.optional("blockIO")
        hugepageLimits = try reader.list("hugepageLimits")
        network = try reader.optional("network")
        rdma = try reader.map("rdma")
        unified = try reader.stringMap("unified")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("devices", unlessEmpty: devices)
        writer.put("memory", ifPresent: memory)
        writer.put("cpu", ifPresent: cpu)
        writer.put("pids", ifPresent: pids)
        writer.put("blockIO", ifPresent: blockIO)
        writer.put("hugepageLimits", unlessEmpty: hugepageLimits)
        writer.put("network", ifPresent: network)
        writer.put("rdma", unlessEmpty: rdma)
        writer.put("unified", unlessEmpty: unified)
    }
}

extension OCI {
    /// One device access rule.
    package struct DeviceRule: Document, Equatable, Sendable {
        /// Whether the rule allows or denies.
        package var allow = false
        /// `a`, `c`, `b`; empty means `a`.
        package var type = ""
        /// Absent means any.
        package var major: Int64?
        /// Absent means any.
        package var minor: Int64?
        /// Of `r`, `w`, `m`.
        package var access = ""

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.DeviceRule {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        allow = try reader.bool("allow")
        type = try reader.string("type")
        major = try reader.optionalInteger("major")
        minor = try reader.optionalInteger("minor")
        access = try reader.string("access")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("allow", allow)
        writer.put("type", unlessEmpty: type)
        writer.put("major", ifPresent: major)
        writer.put("minor", ifPresent: minor)
        writer.put("access", unlessEmpty: access)
    }
}
