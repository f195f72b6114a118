internal import CLinux
internal import Linux
internal import OCI

/// The processors of a further process, resolved. config.md, execCPUAffinity; sched_setaffinity(2).
package struct AffinityPlan: Equatable {
    /// For the time until the process is in the container's control group; nil leaves them.
    package let initial: [UInt64]?
    /// For the program; nil leaves what the control group gives.
    package let final: [UInt64]?

    /// More than any kernel can have.
    private static let limit = 8192

    init(_ affinity: OCI.CPUAffinity?) throws(RuntimeError) {
        initial = try Self.resolve(affinity?.initial ?? "", "initial")
        final = try Self.resolve(affinity?.final ?? "", "final")
    }

    private static func resolve(_ list: String, _ field: String) throws(RuntimeError) -> [UInt64]? {
        if list.isEmpty { return nil }
        guard let mask = parseNumberList(list, limit: limit), mask.contains(where: { $0 != 0 }) else {
            throw .refused(
                "process.execCPUAffinity.\(field): expected a list of processors such as 0-3,7, found \"\(list)\""
            )
        }
        return mask
    }

    /// All processors: those of the container's control group. What the caller was bound to is no affair of it.
    static func reset() throws(RuntimeError) {
        let all: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) = (
            .max, .max, .max, .max, .max, .max, .max, .max
        )
        let result = withUnsafeBytes(of: all) { coffer_set_affinity(0, $0.baseAddress, $0.count) }
        try step(.setAffinity) { () throws(Errno) in try valueOrErrno(result) }
    }

    /// The first 64 processors as a number, for messages.
    static func text(_ mask: [UInt64]) -> String { "0x" + String(mask.first ?? 0, radix: 16) }

    /// Gives a process these processors.
    static func apply(_ mask: [UInt64]?, to pid: Int32) throws(RuntimeError) {
        guard let mask else { return }
        let result = mask.withUnsafeBytes { coffer_set_affinity(pid, $0.baseAddress, $0.count) }
        try step(.setAffinity) { () throws(Errno) in try valueOrErrno(result) }
    }
}
