internal import CLinux
internal import Linux

extension ControlGroup {
    /// The directory that lists the group's processes.
    private var mainDirectory: String? {
        if layout.isUnified { return unifiedDirectory }
        return legacyDirectory("pids") ?? legacyDirectory("devices") ?? layout.legacy.first.map {
            $0.mountPoint + path
        }
            ?? unifiedDirectory
    }

    /// The processes in the group and in the groups below it.
    package func processes() throws(RuntimeError) -> [Int32] {
        guard let directory = mainDirectory else { return [] }
        return try allProcesses(below: directory)
    }

    private func allProcesses(below directory: String) throws(RuntimeError) -> [Int32] {
        var pids = try processes(in: directory)
        for name in try subdirectories(directory) { pids += try allProcesses(below: directory + "/" + name) }
        return pids
    }

    private func subdirectories(_ directory: String) throws(RuntimeError) -> [String] {
        do throws(Errno) {
            let handle = try Descriptor.open(directory, O_RDONLY | O_DIRECTORY)
            var names: [String] = []
            for name in try directoryNames(directory) where try handle.status(of: name).isDirectory {
                names.append(name)
            }
            return names
        } catch {
            if error.code == ENOENT { return [] }
            throw .failed(.readControlGroup, error, detail: directory)
        }
    }

    /// Kills everything in the group at once, where the kernel can do that; else one by one.
    package func kill() throws(RuntimeError) {
        if let directory = unifiedDirectory {
            let file = directory + "/cgroup.kill"
            do throws(Errno) {
                return try Descriptor.open(file, O_WRONLY).writeOnce("1")
            } catch {
                if error.code == ENOENT && layout.isUnified {
                    // Kernels before 5.14 have no such file.
                } else if error.code != ENOENT {
                    throw .failed(.sendSignal, error, detail: file)
                }
            }
        }
        for pid in try processes() {
            let result = coffer_kill(pid, SIGKILL)
            if result < 0 && result != -Int(ESRCH) {
                try step(.sendSignal, "\(pid)") { () throws(Errno) in try valueOrErrno(result) }
            }
        }
    }

    /// Stops or continues everything in the group.
    package func setFrozen(_ frozen: Bool) throws(RuntimeError) {
        if layout.isUnified, let directory = unifiedDirectory {
            return try writeSetting(directory + "/cgroup.freeze", frozen ? "1" : "0")
        }
        guard let directory = legacyDirectory("freezer") else {
            throw .refused("this machine has no freezer controller")
        }
        try writeSetting(directory + "/freezer.state", frozen ? "FROZEN" : "THAWED")
    }

    /// Whether the group is stopped.
    package func isFrozen() throws(RuntimeError) -> Bool {
        if layout.isUnified, let directory = unifiedDirectory {
            return try readSetting(directory + "/cgroup.freeze")?.first == UInt8(ascii: "1")
        }
        guard let directory = legacyDirectory("freezer") else { return false }
        let state = try readSetting(directory + "/freezer.state") ?? []
        return state.first == UInt8(ascii: "F")
    }

    /// Removes the group, and ends what is left in it.
    package func end() throws(RuntimeError) {
        // Without a process and a group below, which is how most end, there is nothing to look for.
        if layout.isUnified, let directory = unifiedDirectory {
            let result = coffer_unlink_at(AT_FDCWD, directory, AT_REMOVEDIR)
            if result >= 0 || result == -Int(ENOENT) { return }
        }
        try kill()
        try remove()
    }

    /// Removes the group and the groups below it. A process that is just ending keeps it busy for a moment.
    package func remove() throws(RuntimeError) {
        if let directory = unifiedDirectory { try remove(directory) }
        for hierarchy in layout.legacy { try remove(hierarchy.mountPoint + path) }
    }

    /// One directory, and the groups below it.
    func remove(_ directory: String) throws(RuntimeError) {
        var waited: UInt32 = 0
        while true {
            let result = coffer_unlink_at(AT_FDCWD, directory, AT_REMOVEDIR)
            if result >= 0 || result == -Int(ENOENT) { return }
            if result == -Int(EBUSY) {
                for name in try subdirectories(directory) { try remove(directory + "/" + name) }
            }
            if result != -Int(EBUSY) || waited > 2_000_000 {
                try step(.removeControlGroup, directory) { () throws(Errno) in try valueOrErrno(result) }
            }
            let pause: UInt32 = waited < 1000 ? 50 : 1000
            usleep(pause)
            waited += pause
        }
    }
}
