internal import OCI

/// A resource limit, resolved. getrlimit(2).
package struct ResourceLimitPlan: Equatable {
    /// The kernel's number of the resource.
    package let resource: Int32
    /// Never above `hard`. All bits set is RLIM_INFINITY; the unit is the resource's own.
    package let soft: UInt64
    /// The ceiling up to which a process without CAP_SYS_RESOURCE may raise `soft`.
    package let hard: UInt64

    /// The names, number 0 first. asm-generic/resource.h.
    package static let names: [String] = [
        "RLIMIT_CPU", "RLIMIT_FSIZE", "RLIMIT_DATA", "RLIMIT_STACK", "RLIMIT_CORE", "RLIMIT_RSS",
        "RLIMIT_NPROC",
        "RLIMIT_NOFILE", "RLIMIT_MEMLOCK", "RLIMIT_AS", "RLIMIT_LOCKS", "RLIMIT_SIGPENDING",
        "RLIMIT_MSGQUEUE",
        "RLIMIT_NICE", "RLIMIT_RTPRIO", "RLIMIT_RTTIME",
    ]

    init(_ limit: OCI.ResourceLimit) throws(RuntimeError) {
        guard let number = Self.names.firstIndex(of: limit.type) else {
            throw .refused(
                "process.rlimits: invalid rlimit type \"\(limit.type)\"; expected names such as RLIMIT_NOFILE"
            )
        }
        if limit.soft > limit.hard {
            throw .refused(
                "process.rlimits: \(limit.type): soft limit \(limit.soft) is above hard limit \(limit.hard)")
        }
        resource = Int32(number)
        soft = limit.soft
        hard = limit.hard
    }

    /// All limits; a type that comes twice is refused.
    static func resolve(_ limits: [OCI.ResourceLimit]) throws(RuntimeError) -> [ResourceLimitPlan] {
        var plans: [ResourceLimitPlan] = []
        for limit in limits {
            let plan = try ResourceLimitPlan(limit)
            if plans.contains(where: { $0.resource == plan.resource }) {
                throw .refused("process.rlimits: duplicated rlimit \(limit.type)")
            }
            plans.append(plan)
        }
        return plans
    }
}
