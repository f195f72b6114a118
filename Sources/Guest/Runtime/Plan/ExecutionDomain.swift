internal import OCI

/// The kernel's number of an execution domain. personality(2).
func resolvePersonality(_ personality: OCI.Personality?) throws(RuntimeError) -> UInt64? {
    guard let personality else { return nil }
    if let flag = personality.flags.first {
        throw .refused("linux.personality.flags: additional flags are not supported, found \"\(flag)\"")
    }
    switch personality.domain {
    case "LINUX": return 0
    case "LINUX32": return 8
    default:
        throw .refused("linux.personality.domain: expected LINUX or LINUX32, found \"\(personality.domain)\"")
    }
}

/// A NUMA memory policy, resolved. set_mempolicy(2).
package struct MemoryPolicyPlan: Equatable {
    /// `MPOL_` number with the `MPOL_F_` bits, as set_mempolicy(2) takes them together.
    package let mode: Int32
    /// Bit N is node N.
    package let nodes: [UInt64]

    static let modes = [
        "MPOL_DEFAULT", "MPOL_PREFERRED", "MPOL_BIND", "MPOL_INTERLEAVE", "MPOL_LOCAL", "MPOL_PREFERRED_MANY",
        "MPOL_WEIGHTED_INTERLEAVE",
    ]
    static let flagBits: [(name: String, bit: Int32)] = [
        ("MPOL_F_STATIC_NODES", 1 << 15), ("MPOL_F_RELATIVE_NODES", 1 << 14),
        ("MPOL_F_NUMA_BALANCING", 1 << 13),
    ]

    static func resolve(_ policy: OCI.MemoryPolicy?) throws(RuntimeError) -> MemoryPolicyPlan? {
        guard let policy else { return nil }
        guard let index = modes.firstIndex(of: policy.mode) else {
            throw .refused("invalid memory policy mode \"\(policy.mode)\"; expected names such as MPOL_BIND")
        }
        var mode = Int32(index)
        for name in policy.flags {
            guard let flag = flagBits.first(where: { $0.name == name }) else {
                throw .refused("invalid memory policy flag \"\(name)\"")
            }
            mode |= flag.bit
        }
        guard let nodes = parseNumberList(policy.nodes, limit: 1024) else {
            throw .refused("invalid memory policy nodes \"\(policy.nodes)\"; expected a list such as 0-3,7")
        }
        let count = nodes.reduce(0) { $0 + $1.nonzeroBitCount }
        if (index == 0 || index == 4) && count > 0 {
            throw .refused("invalid memory policy: mode requires 0 nodes but got \(count)")
        }
        return MemoryPolicyPlan(mode: mode, nodes: nodes)
    }
}

/// A list such as `0-3,7` as a bit mask of 64-bit words; nil when it is none or names a number of `limit` or more.
func parseNumberList(_ text: String, limit: Int) -> [UInt64]? {
    var words = [UInt64](repeating: 0, count: (limit + 63) / 64)
    for part in text.split(separator: ",", omittingEmptySubsequences: true) {
        let ends = part.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count <= 2, let first = Int(ends[0]), let last = ends.count == 2 ? Int(ends[1]) : first,
            first >= 0, last >= first, last < limit
        else { return nil }
        for number in first...last { words[number / 64] |= 1 << UInt64(number % 64) }
    }
    return words
}
