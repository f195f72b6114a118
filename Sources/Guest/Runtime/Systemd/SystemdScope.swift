internal import Linux
internal import OCI

/// A container's control group as a scope unit of systemd's: systemd makes it and knows about it, and leaves what is in
/// it to the container. systemd.scope(5), systemd.resource-control(5), CONTROL_GROUP_INTERFACE.
package struct SystemdScope: Equatable {
    /// The unit's name.
    package let unit: String
    /// The slice that it is in.
    let slice: String
    /// The control group that systemd makes for it.
    package let path: String
    /// What annotations set besides.
    let properties: [SystemdProperty]

    /// Reads `slice:prefix:name`; nothing stands for a scope of the container's id in system.slice.
    init(
        _ controlGroupsPath: String, id: String, annotations: [String: String] = [:]
    ) throws(RuntimeError) {
        let parts =
            controlGroupsPath.isEmpty
            ? ["", "coffer", id]
            : controlGroupsPath.split(separator: ":", omittingEmptySubsequences: false).map { String($0) }
        if parts.count != 3 || parts[2].isEmpty {
            throw .refused(
                "linux.cgroupsPath: expected cgroupsPath to be of format \"slice:prefix:name\" for systemd cgroups, got \"\(controlGroupsPath)\" instead"
            )
        }
        slice = parts[0].isEmpty ? "system.slice" : parts[0]
        unit = (parts[1].isEmpty ? "" : parts[1] + "-") + parts[2] + ".scope"
        if unit.utf8.contains(where: { $0 == UInt8(ascii: "/") || $0 <= 0x20 }) || unit.utf8.count > 255 {
            throw .refused("linux.cgroupsPath: \"\(unit)\" is no name of a unit")
        }
        path = try Self.expand(slice) + "/" + unit
        properties = try SystemdProperty.read(annotations)
    }

    /// `a-b.slice` is in `a.slice`; `-.slice` is the root.
    static func expand(_ slice: String) throws(RuntimeError) -> String {
        if slice == "-.slice" { return "" }
        let parts = slice.dropLast(6).split(separator: "-", omittingEmptySubsequences: false)
        if !slice.hasSuffix(".slice") || slice.utf8.contains(UInt8(ascii: "/"))
            || parts.contains(where: { $0.isEmpty })
        {
            throw .refused("linux.cgroupsPath: invalid slice name \"\(slice)\"")
        }
        var (path, name) = ("", "")
        for part in parts {
            name += (name.isEmpty ? "" : "-") + part
            path += "/" + name + ".slice"
        }
        return path
    }

    /// Makes the scope with this process in it; returns when systemd has done so.
    func start(_ pid: Int32, _ resources: OCI.Resources, id: String) throws(RuntimeError) {
        var connection = try SystemdConnection.open()
        var properties: [(String, DBusValue)] = [
            ("Description", .string("container \(id)")), ("Slice", .string(slice)),
            ("PIDs", .numbers([UInt32(pid)])), ("Delegate", .bool(true)),
            ("DefaultDependencies", .bool(false)), ("MemoryAccounting", .bool(true)),
            ("CPUAccounting", .bool(true)), ("IOAccounting", .bool(true)), ("TasksAccounting", .bool(true)),
        ]
        properties += try Self.known(Self.limits(resources), to: &connection)
        properties += self.properties.map { ($0.name, $0.value) }
        var body = DBusWriter()
        body.put(unit)
        body.put("replace")
        body.put(properties)
        body.array(alignment: 8) { _ in }
        let answer = try connection.callManager("StartTransientUnit", "ssa(sv)a(sa(sv))", body.bytes)
        let result = try connection.waitForJob(answer.first ?? "")
        if result != "done" { throw .wrongState("systemd: the scope \(unit) was not started: \(result)") }
    }

    /// Tells systemd of new limits, so that it does not set the old ones again. The change is not for the next boot.
    static func update(_ unit: String, _ resources: OCI.Resources) throws(RuntimeError) {
        let limits = limits(resources)
        if limits.isEmpty { return }
        var connection = try SystemdConnection.open()
        let properties = try known(limits, to: &connection)
        if properties.isEmpty { return }
        var body = DBusWriter()
        body.put(unit)
        body.put(UInt32(1))
        body.put(properties)
        try connection.callManager("SetUnitProperties", "sba(sv)", body.bytes)
    }

    /// Lets systemd forget a scope; one that it has forgotten is no error.
    package static func forget(_ unit: String) throws(RuntimeError) {
        var connection = try SystemdConnection.open()
        for (member, words) in [("StopUnit", [unit, "replace"]), ("ResetFailedUnit", [unit])] {
            var body = DBusWriter()
            for word in words { body.put(word) }
            do throws(RuntimeError) {
                try connection.callManager(member, words.count == 2 ? "ss" : "s", body.bytes)
            } catch {
                if case .wrongState(let text) = error,
                    text.split(separator: ":").contains(" org.freedesktop.systemd1.NoSuchUnit")
                {
                    continue
                }
                throw error
            }
        }
    }
}
