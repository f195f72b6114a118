internal import CLinux
package import Linux

/// A container's control group, in whatever layout the machine has. cgroups(7).
package struct ControlGroup: Equatable {
    /// Neither hierarchy for `none`.
    package let layout: ControlGroupLayout
    /// Absolute within the hierarchies.
    package let path: String

    package init(layout: ControlGroupLayout, path: String) {
        self.layout = layout
        self.path = path
    }

    /// No group at all: the container stays in its maker's.
    static let none = ControlGroup(layout: ControlGroupLayout(unified: nil, legacy: []), path: "")

    /// The group's directory in cgroup v2, if that is mounted.
    package var unifiedDirectory: String? { layout.unified.map { $0 + path } }

    /// The group's directory for a v1 controller, if it is mounted.
    func legacyDirectory(_ controller: String) -> String? {
        layout.legacy.first { $0.controllers.contains(controller) }.map { $0.mountPoint + path }
    }

    /// Makes the group in every hierarchy; one that has processes or is frozen is refused: it is another's. After an error there
    /// is in no hierarchy a group that was not there before.
    package func create() throws(RuntimeError) {
        var made: [String] = []
        do throws(RuntimeError) {
            try create(noting: &made)
        } catch {
            try cleaningUp(after: error) { () throws(RuntimeError) in
                for directory in made.reversed() { try remove(directory) }
            }
            throw error
        }
    }

    private func create(noting made: inout [String]) throws(RuntimeError) {
        if let root = layout.unified { try makeUnified(root, noting: &made) }
        for hierarchy in layout.legacy { try makeLegacy(hierarchy, noting: &made) }
        if layout.unified == nil {
            for controller in ["devices", "memory", "freezer"] {
                if let directory = legacyDirectory(controller) { try requireEmpty(directory) }
            }
        }
        if !layout.isUnified, try isFrozen() {
            throw .wrongState("container's cgroup unexpectedly frozen: \(path)")
        }
    }

    private func requireEmpty(_ directory: String) throws(RuntimeError) {
        let count = try processes(in: directory).count
        if count == 0 { return }
        throw .wrongState("container's cgroup is not empty: \(count) process(es) found in \(directory)")
    }

    private func makeUnified(_ root: String, noting made: inout [String]) throws(RuntimeError) {
        var directory = root
        var isNew = false
        let parts = path.split(separator: "/")
        for part in parts {
            if layout.isUnified { try enableControllers(directory) }
            directory += "/" + part
            isNew = try makeDirectory(directory, noting: &made)
        }
        // What did not exist a moment ago has no processes and is not frozen.
        if isNew { return }
        try requireUnused()
    }

    /// That what has this group's name in cgroup v2 already, if anything, is nobody's.
    func requireUnused() throws(RuntimeError) {
        guard let directory = unifiedDirectory else { return }
        try requireEmpty(directory)
        if try readSetting(directory + "/cgroup.freeze")?.first == UInt8(ascii: "1") {
            throw .wrongState("container's cgroup unexpectedly frozen: \(directory)")
        }
    }

    /// Hands every controller that a directory has to its children.
    private func enableControllers(_ directory: String) throws(RuntimeError) {
        let available = words(try readSetting(directory + "/cgroup.controllers") ?? [])
        let enabled = words(try readSetting(directory + "/cgroup.subtree_control") ?? [])
        for controller in available where !enabled.contains(controller) {
            do throws(RuntimeError) {
                try writeSetting(directory + "/cgroup.subtree_control", "+" + controller)
            } catch {
                // Processes in the directory itself, or a controller that cannot be shared: only a limit that needs
                // it is an error, when it is written.
                continue
            }
        }
    }

    private func makeLegacy(
        _ hierarchy: ControlGroupLayout.Legacy, noting made: inout [String]
    ) throws(RuntimeError) {
        var directory = hierarchy.mountPoint
        for part in path.split(separator: "/") {
            let parent = directory
            directory += "/" + part
            let isNew = try makeDirectory(directory, noting: &made)
            if isNew && hierarchy.controllers.contains("cpuset") {
                try inheritProcessors(from: parent, to: directory)
            }
        }
    }

    /// A new cpuset group of v1 has no processors; nothing could run there.
    private func inheritProcessors(from parent: String, to directory: String) throws(RuntimeError) {
        for file in ["/cpuset.cpus", "/cpuset.mems"] {
            let own = try readSetting(directory + file) ?? []
            if !words(own).isEmpty { continue }
            let inherited = try readSetting(parent + file) ?? []
            try writeSetting(directory + file, words(inherited).first ?? "")
        }
    }

    /// Whether the directory is new.
    private func makeDirectory(_ path: String, noting made: inout [String]) throws(RuntimeError) -> Bool {
        let result = coffer_make_directory_at(AT_FDCWD, path, 0o755)
        if result == -Int(EEXIST) { return false }
        try step(.createControlGroup, path) { () throws(Errno) in try valueOrErrno(result) }
        made.append(path)
        return true
    }

    /// An open directory to clone a process into; nil without cgroup v2.
    package func open(below placement: [String: String] = [:]) throws(RuntimeError) -> Descriptor? {
        guard var directory = unifiedDirectory else { return nil }
        directory += placement[""] ?? ""
        return try step(.readControlGroup, "of cgroup \(directory)") { () throws(Errno) in
            try Descriptor.open(directory, O_RDONLY | O_DIRECTORY)
        }
    }

    /// The group of cgroup v2 that a process is in, open.
    func openGroup(of pid: Int32) throws(RuntimeError) -> Descriptor {
        let file = "/proc/\(pid)/cgroup"
        return try step(.readControlGroup, file) { () throws(Errno) in
            let bytes = try Descriptor.open(file, O_RDONLY).contents(limit: 1 << 16)
            let prefix = Array("0::/".utf8)
            guard
                let line = bytes.split(separator: UInt8(ascii: "\n")).first(where: { $0.starts(with: prefix) }
                )
            else { throw Errno(ENOENT) }
            let path = String(decoding: line.dropFirst(3), as: UTF8.self)
            return try Descriptor.open((layout.unified ?? "") + path, O_RDONLY | O_DIRECTORY)
        }
    }

    /// Where a process moves itself into the group in the hierarchies of v1; in v2 it is born there.
    func legacyGroups(below placement: [String: String] = [:]) throws(RuntimeError) -> [LegacyGroup] {
        var groups: [LegacyGroup] = []
        for hierarchy in layout.legacy {
            let below = hierarchy.controllers.compactMap { placement[$0] }.first ?? placement[""] ?? ""
            let path = hierarchy.mountPoint + path + below + "/tasks"
            let file = try step(.enterControlGroup, "0 to cgroups: \(path)") { () throws(Errno) in
                SharedDescriptor(try Descriptor.open(path, O_WRONLY))
            }
            groups.append(LegacyGroup(path: path, file: file))
        }
        return groups
    }
}

extension ControlGroup {
    /// Restricts which devices the group may use.
    ///
    /// - Parameters:
    ///   - isAsked: whether the specification has rules; else a machine that cannot restrict devices is no error.
    ///   - group: the group's directory in cgroup v2, as `open` gives it.
    ///   - mode: where it applies, a group whose devices this user may not restrict is left as it is: its processes have no
    ///     more devices than this user.
    package func restrictDevices(
        _ rules: [DeviceRulePlan], isAsked: Bool, _ group: borrowing Descriptor?, _ mode: RootlessMode
    ) throws(RuntimeError) {
        do throws(RuntimeError) {
            try restrictDevices(rules, isAsked: isAsked, group)
        } catch {
            switch error {
            case .failed(.loadDeviceFilter, let reason, _), .failed(.writeLimit, let reason, _):
                if [EPERM, EACCES].contains(reason.code) && mode.applies { return }
            default: break
            }
            throw error
        }
    }

    private func restrictDevices(
        _ rules: [DeviceRulePlan], isAsked: Bool, _ group: borrowing Descriptor?
    ) throws(RuntimeError) {
        if layout.isUnified { return try attach(deviceProgram(rules), group) }
        guard let directory = legacyDirectory("devices") else {
            // A hybrid machine may leave devices to cgroup v2, whose programs need no controller.
            if layout.unified != nil { return try attach(deviceProgram(rules), group) }
            if !isAsked { return }
            throw .refused("linux.resources.devices: this machine has no devices controller")
        }
        try writeSetting(directory + "/devices.deny", "a")
        for rule in rules {
            try writeSetting(directory + (rule.allow ? "/devices.allow" : "/devices.deny"), rule.legacyLine)
        }
    }

    private func attach(
        _ program: [UInt8], _ directory: borrowing Descriptor?
    ) throws(RuntimeError) {
        let number: Int32
        switch directory {
        case .some(let opened): number = opened.raw
        case .none: return
        }
        try step(.loadDeviceFilter, path) { () throws(Errno) in
            let loaded = try descriptorOrErrno(
                program.withUnsafeBytes { coffer_load_device_program($0.baseAddress, UInt32($0.count / 8)) })
            // BPF_F_ALLOW_MULTI (2): programs of the groups above stay in force.
            try valueOrErrno(coffer_attach_device_program(number, loaded.raw, -1, 2))
        }
    }

    /// The file's contents; nil when there is no such file.
    func readSetting(_ file: String) throws(RuntimeError) -> [UInt8]? {
        do throws(Errno) {
            let opened = try Descriptor.open(file, O_RDONLY)
            // These files are a line or two, and one read gives all that fits.
            let bytes = try opened.read(upTo: 4096)
            return bytes.count < 4096 ? bytes : bytes + (try opened.contents(limit: 1 << 20))
        } catch {
            if error.code == ENOENT || error.code == EOPNOTSUPP || error.code == ENODEV { return nil }
            throw .failed(.readControlGroup, error, detail: file)
        }
    }

    func writeSetting(_ file: String, _ value: String) throws(RuntimeError) {
        try step(.writeLimit, "\(value) to \(file)") { () throws(Errno) in
            try Descriptor.open(file, O_WRONLY).writeOnce(value)
        }
    }

    func words(_ bytes: [UInt8]) -> [String] {
        bytes.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    func processes(in directory: String) throws(RuntimeError) -> [Int32] {
        words(try readSetting(directory + "/cgroup.procs") ?? []).compactMap { Int32($0) }
    }
}
