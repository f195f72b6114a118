internal import CLinux
internal import Linux
internal import OCI

/// A container's class of service of Intel RDT, a directory of the resctrl file system: which part of the cache and
/// how much memory bandwidth it may use. filesystems/resctrl.rst of the kernel; runtime-spec config-linux.md, IntelRdt.
package struct ServiceClass: Equatable {
    /// Where resctrl is mounted.
    let root: String
    let path: String
    /// The group that counts what this container alone uses; empty for none.
    let monitor: String
    /// Whether the class has the container's name; one that the specification names belongs to somebody else.
    let isOwn: Bool
    /// Lines for the class's schemata file.
    let schemata: [String]

    /// Judges what a specification asks for; nil when it asks for nothing.
    ///
    /// - Parameter root: where resctrl is mounted, nil where it is not.
    static func resolve(
        _ wanted: OCI.IntelRdt?, id: String, root: String?
    ) throws(RuntimeError) -> ServiceClass? {
        guard let wanted else { return nil }
        guard let root else {
            throw .refused(
                "linux.intelRdt: intelRdt is specified in config, but Intel RDT is not enabled: resctrl is not mounted"
            )
        }
        let name = wanted.closID
        if name == "." || name == ".." || name.utf8.contains(0)
            || (name != "/" && name.utf8.contains(UInt8(ascii: "/")))
        {
            throw .refused("linux.intelRdt.closID: invalid intelRdt.ClosID \"\(name)\"")
        }
        if !wanted.l3CacheSchema.isEmpty && !exists(root + "/info/L3") {
            throw .refused(
                "linux.intelRdt: intelRdt.l3CacheSchema is specified in config, but Intel RDT/CAT is not enabled"
            )
        }
        if !wanted.memBwSchema.isEmpty && !exists(root + "/info/MB") {
            throw .refused(
                "linux.intelRdt: intelRdt.memBwSchema is specified in config, but Intel RDT/MBA is not enabled"
            )
        }
        let path = name == "/" ? root : root + "/" + (name.isEmpty ? id : name)
        return ServiceClass(
            root: root, path: path, monitor: wanted.enableMonitoring ? path + "/mon_groups/" + id : "",
            isOwn: name.isEmpty,
            schemata: ([wanted.l3CacheSchema, wanted.memBwSchema] + wanted.schemata).filter { !$0.isEmpty })
    }

    /// Where resctrl is mounted: at its usual place or elsewhere; nil where it is not.
    static func mountPoint() throws(RuntimeError) -> String? {
        let usual = "/sys/fs/resctrl"
        var type: Int64 = 0
        // RDTGROUP_SUPER_MAGIC, linux/magic.h. Without the directory the kernel has no resctrl.
        if coffer_filesystem_type_at(usual, &type) < 0 { return nil }
        if type == 0x0765_5821 { return usual }
        let mounts = try step(.setServiceClass, "/proc/self/mountinfo") { () throws(Errno) in
            try Descriptor.open("/proc/self/mountinfo", O_RDONLY).contents(limit: 1 << 22)
        }
        return find(mountInformation: mounts)
    }

    /// The first resctrl of a mountinfo file. proc_pid_mountinfo(5).
    static func find(mountInformation bytes: [UInt8]) -> String? {
        MountLine.all(bytes).first { $0.type == "resctrl" }?.place
    }

    private static func exists(_ path: String) -> Bool {
        var type: Int64 = 0
        return coffer_filesystem_type_at(path, &type) >= 0
    }
}

extension ServiceClass {
    /// Puts a process into the class, which is made when it is not there, and sets its shares. The directory that
    /// goes when the container goes comes back; empty for none. After an error nothing is left behind.
    func enter(_ pid: Int32) throws(RuntimeError) -> String {
        if !isOwn && schemata.isEmpty && !Self.exists(path) {
            throw .refused(
                "linux.intelRdt.closID: clos dir not accessible (must be pre-created when schemata, l3CacheSchema and memBwSchema are empty): \(path)"
            )
        }
        let isNew = try make(path)
        let removed = isNew && isOwn ? path : monitor
        do throws(RuntimeError) {
            if !monitor.isEmpty { try make(monitor) }
            try join(pid)
            try setShares()
        } catch {
            try Self.remove(isNew ? path : monitor)
            throw error
        }
        return removed
    }

    /// Puts a process into the class and its monitoring group, which are there.
    func join(_ pid: Int32) throws(RuntimeError) {
        try write("\(pid)", to: path + "/tasks")
        if !monitor.isEmpty { try write("\(pid)", to: monitor + "/tasks") }
    }

    /// Writes all lines at once, as the kernel wants them.
    func setShares() throws(RuntimeError) {
        if schemata.isEmpty { return }
        try write(schemata.reduce(into: "") { $0 += $1 + "\n" }, to: path + "/schemata")
    }

    /// Removes what `enter` has said; what is gone is no error. The kernel removes the monitoring groups of a class with it.
    static func remove(_ path: String) throws(RuntimeError) {
        if path.isEmpty { return }
        let result = coffer_rmdir(path)
        if result == -Int(ENOENT) { return }
        try step(.setServiceClass, path) { () throws(Errno) in try valueOrErrno(result) }
    }

    /// Whether the directory was not there before.
    @discardableResult
    private func make(_ path: String) throws(RuntimeError) -> Bool {
        let result = coffer_make_directory_at(AT_FDCWD, path, 0o755)
        if result == -Int(EEXIST) { return false }
        if result < 0 { throw failure(Errno(Int32(-result)), path) }
        return true
    }

    private func write(_ text: String, to file: String) throws(RuntimeError) {
        do throws(Errno) {
            try Descriptor.open(file, O_WRONLY).writeOnce(text)
        } catch {
            throw failure(error, file)
        }
    }

    /// The kernel says in a file what it did not like.
    private func failure(_ errno: Errno, _ place: String) -> RuntimeError {
        var reason = ""
        do throws(Errno) {
            let status = try Descriptor.open(root + "/info/last_cmd_status", O_RDONLY).contents(limit: 4096)
            reason = String(decoding: status.filter { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        } catch {
            return .failed(.setServiceClass, errno, detail: place)
        }
        return .failed(.setServiceClass, errno, detail: "\(place) (last_cmd_status: \(reason))")
    }
}
