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
