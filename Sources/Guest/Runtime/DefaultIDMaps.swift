internal import CLinux
internal import Linux
package import OCI

/// Id maps for a new user namespace of which the specification says nothing more: those that crun chooses. The process's
/// user is the caller, and what others there are comes from the range that the caller may use. subuid(5).
package enum DefaultIDMaps {
    /// Fills in the maps that are missing; false when none is.
    @discardableResult
    package static func complete(_ spec: inout OCI.Spec) throws(RuntimeError) -> Bool {
        guard var linux = spec.linux,
            linux.namespaces.contains(where: { $0.type == "user" && $0.path.isEmpty }),
            linux.uidMappings.isEmpty || linux.gidMappings.isEmpty
        else { return false }
        let user = spec.process?.user ?? OCI.User()
        let names = try names(of: geteuid())
        if linux.uidMappings.isEmpty {
            let range = range(of: names, in: try text("/etc/subuid"))
            linux.uidMappings = maps(inside: user.uid, outside: geteuid(), range)
        }
        if linux.gidMappings.isEmpty {
            let range = range(of: names, in: try text("/etc/subgid"))
            linux.gidMappings = maps(inside: user.gid, outside: getegid(), range)
        }
        spec.linux = linux
        return true
    }

    /// One id inside is one outside, and those around it come from the range; without a range it is root alone.
    static func maps(
        inside: UInt32, outside: UInt32, _ range: (first: UInt32, count: UInt32)?
    ) -> [OCI.IDMapping] {
        guard let range else { return [OCI.IDMapping(containerID: 0, hostID: outside, size: 1)] }
        let below = min(inside, range.count)
        let maps = [
            OCI.IDMapping(containerID: 0, hostID: range.first, size: below),
            OCI.IDMapping(containerID: inside, hostID: outside, size: 1),
            OCI.IDMapping(containerID: inside &+ 1, hostID: range.first + below, size: range.count - below),
        ]
        return maps.filter { $0.size > 0 && $0.containerID < UInt32.max }
    }

    /// The first range of a user's, who goes by name or by number; nil for none, and for what is no range of ids.
    static func range(of names: [String], in text: [UInt8]) -> (first: UInt32, count: UInt32)? {
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
                .map { String(decoding: $0, as: UTF8.self) }
            guard fields.count == 3, names.contains(fields[0]) else { continue }
            guard let first = UInt32(fields[1]), let count = UInt32(fields[2]), count > 0,
                !first.addingReportingOverflow(count).overflow
            else { return nil }
            return (first: first, count: count)
        }
        return nil
    }

    /// What a user is called: the number, and the name that the machine has for it. passwd(5).
    private static func names(of user: UInt32) throws(RuntimeError) -> [String] {
        let fields = userFields(of: user, in: try text("/etc/passwd"))
        return ["\(user)"] + (fields.map { [$0[0]] } ?? [])
    }

    private static func text(_ file: String) throws(RuntimeError) -> [UInt8] {
        do throws(Errno) {
            return try Descriptor.open(file, O_RDONLY).contents(limit: 1 << 22)
        } catch {
            if error.code == ENOENT { return [] }
            throw .failed(.writeIdMap, error, detail: "from \(file)")
        }
    }
}
