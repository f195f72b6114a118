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
