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

extension OCI {
    /// Memory limits in bytes; -1 means unlimited.
    package struct MemoryLimits: Document, Equatable, Sendable {
        /// The hard limit.
        package var limit: Int64?
        /// The soft limit.
        package var reservation: Int64?
        /// Memory and swap together.
        package var swap: Int64?
        /// Kernel memory (no effect on cgroup v2).
        package var kernel: Int64?
        /// TCP buffers (no effect on cgroup v2).
        package var kernelTCP: Int64?
        /// 0 to 100 (cgroup v1 only).
        package var swappiness: UInt64?
        /// Stops instead of killing (cgroup v1 only).
        package var disableOOMKiller: Bool?
        /// Counts children (cgroup v1 only).
        package var useHierarchy: Bool?
        /// Refuses a limit that is below what is used.
        package var checkBeforeUpdate: Bool?

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.MemoryLimits {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        limit = try reader.optionalInteger("limit")
        reservation = try reader.optionalInteger("reservation")
        swap = try reader.optionalInteger("swap")
        kernel = try reader.optionalInteger("kernel")
        kernelTCP = try reader.optionalInteger("kernelTCP")
        swappiness = try reader.optionalInteger("swappiness")
        disableOOMKiller = try reader.optionalBool("disableOOMKiller")
        useHierarchy = try reader.optionalBool("useHierarchy")
        checkBeforeUpdate = try reader.optionalBool("checkBeforeUpdate")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("limit", ifPresent: limit)
        writer.put("reservation", ifPresent: reservation)
        writer.put("swap", ifPresent: swap)
        writer.put("kernel", ifPresent: kernel)
        writer.put("kernelTCP", ifPresent: kernelTCP)
        writer.put("swappiness", ifPresent: swappiness)
        writer.put("disableOOMKiller", ifPresent: disableOOMKiller)
        writer.put("useHierarchy", ifPresent: useHierarchy)
        writer.put("checkBeforeUpdate", ifPresent: checkBeforeUpdate)
    }
}

extension OCI {
    /// Processor time limits.
    package struct CPULimits: Document, Equatable, Sendable {
        /// Relative weight, 2 to 262144.
        package var shares: UInt64?
        /// Microseconds per period; -1 means unlimited.
        package var quota: Int64?
        /// Microseconds that may be saved up.
        package var burst: UInt64?
        /// Microseconds.
        package var period: UInt64?
        /// Microseconds per period for real-time tasks (cgroup v1 only).
        package var realtimeRuntime: Int64?
        /// Microseconds (cgroup v1 only).
        package var realtimePeriod: UInt64?
        /// Processors, in list form; empty leaves them.
        package var cpus = ""
        /// Memory nodes, in list form; empty leaves them.
        package var mems = ""
        /// 1 makes the group SCHED_IDLE.
        package var idle: Int64?

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.CPULimits {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        shares = try reader.optionalInteger("shares")
        quota = try reader.optionalInteger("quota")
        burst = try reader.optionalInteger("burst")
        period = try reader.optionalInteger("period")
        realtimeRuntime = try reader.optionalInteger("realtimeRuntime")
        realtimePeriod = try reader.optionalInteger("realtimePeriod")
        cpus = try reader.string("cpus")
        mems = try reader.string("mems")
        idle = try reader.optionalInteger("idle")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("shares", ifPresent: shares)
        writer.put("quota", ifPresent: quota)
        writer.put("burst", ifPresent: burst)
        writer.put("period", ifPresent: period)
        writer.put("realtimeRuntime", ifPresent: realtimeRuntime)
        writer.put("realtimePeriod", ifPresent: realtimePeriod)
        writer.put("cpus", unlessEmpty: cpus)
        writer.put("mems", unlessEmpty: mems)
        writer.put("idle", ifPresent: idle)
    }
}

extension OCI {
    /// How many tasks there may be.
    package struct PidsLimit: Document, Equatable, Sendable {
        /// -1 means unlimited.
        package var limit: Int64?

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.PidsLimit {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        limit = try reader.optionalInteger("limit")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("limit", ifPresent: limit)
    }
}

extension OCI {
    /// Block device limits.
    package struct BlockIOLimits: Document, Equatable, Sendable {
        /// 10 to 1000.
        package var weight: UInt16?
        /// cgroup v1 only.
        package var leafWeight: UInt16?
        /// Weights by device.
        package var weightDevice: [WeightDevice] = []
        /// Bytes per second.
        package var throttleReadBpsDevice: [ThrottleDevice] = []
        /// Bytes per second.
        package var throttleWriteBpsDevice: [ThrottleDevice] = []
        /// Operations per second.
        package var throttleReadIOPSDevice: [ThrottleDevice] = []
        /// Operations per second.
        package var throttleWriteIOPSDevice: [ThrottleDevice] = []

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.BlockIOLimits {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        weight = try reader.optionalInteger("weight")
        leafWeight = try reader.optionalInteger("leafWeight")
        weightDevice = try reader.list("weightDevice")
        throttleReadBpsDevice = try reader.list("throttleReadBpsDevice")
        throttleWriteBpsDevice = try reader.list("throttleWriteBpsDevice")
        throttleReadIOPSDevice = try reader.list("throttleReadIOPSDevice")
        throttleWriteIOPSDevice = try reader.list("throttleWriteIOPSDevice")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("weight", ifPresent: weight)
        writer.put("leafWeight", ifPresent: leafWeight)
        writer.put("weightDevice", unlessEmpty: weightDevice)
        writer.put("throttleReadBpsDevice", unlessEmpty: throttleReadBpsDevice)
        writer.put("throttleWriteBpsDevice", unlessEmpty: throttleWriteBpsDevice)
        writer.put("throttleReadIOPSDevice", unlessEmpty: throttleReadIOPSDevice)
        writer.put("throttleWriteIOPSDevice", unlessEmpty: throttleWriteIOPSDevice)
    }
}

extension OCI {
    /// A block device's weight.
    package struct WeightDevice: Document, Equatable, Sendable {
        /// The major number.
        package var major: Int64 = 0
        /// The minor number.
        package var minor: Int64 = 0
        /// 10 to 1000.
        package var weight: UInt16?
        /// cgroup v1 only.
        package var leafWeight: UInt16?

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.WeightDevice {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        major = try reader.integer("major")
        minor = try reader.integer("minor")
        weight = try reader.optionalInteger("weight")
        leafWeight = try reader.optionalInteger("leafWeight")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("major", major)
        writer.put("minor", minor)
        writer.put("weight", ifPresent: weight)
        writer.put("leafWeight", ifPresent: leafWeight)
    }
}

extension OCI {
    /// A block device's rate.
    package struct ThrottleDevice: Document, Equatable, Sendable {
        /// The major number.
        package var major: Int64 = 0
        /// The minor number.
        package var minor: Int64 = 0
        /// Per second.
        package var rate: UInt64 = 0

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ThrottleDevice {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        major = try reader.integer("major")
        minor = try reader.integer("minor")
        rate = try reader.integer("rate")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("major", major)
        writer.put("minor", minor)
        writer.put("rate", rate)
    }
}

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
