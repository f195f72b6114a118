internal import CLinux
internal import Linux
internal import OCI

extension Stage {
    /// Working directory, groups, user, capabilities: from here on the process is the container's.
    ///
    /// - Parameter kept: capabilities that it has besides its own until `giveUp` is called.
    borrowing func takeIdentity(_ process: ProcessPlan, keeping kept: CapabilitySet) throws(RuntimeError) {
        // A first try as root: the directory may be one that only root may enter. The second is the user's.
        let entered = coffer_change_directory(process.workingDirectory)
        if entered < 0 && entered != -Int(EACCES) && entered != -Int(EPERM) {
            try step(.changeDirectory, "(\"\(process.workingDirectory)\") set in config.json failed") {
                () throws(Errno) in try valueOrErrno(entered)
            }
        }
        try dropBounding(keeping: process.capabilities.bounding)
        if process.userID != 0 {
            try step(.setCapabilities, "keep over setuid") { () throws(Errno) in
                try valueOrErrno(coffer_prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0))
            }
        }
        try setIDs(process)
        if entered < 0 {
            try step(.changeDirectory, "(\"\(process.workingDirectory)\") set in config.json failed") {
                () throws(Errno) in try valueOrErrno(coffer_change_directory(process.workingDirectory))
            }
        }
        try verifyWorkingDirectory()
        try setCapabilities(process.capabilities, keeping: kept)
        umask(process.umask)
    }

    private borrowing func setIDs(_ process: ProcessPlan) throws(RuntimeError) {
        try setGroups(process.additionalGroups)
        try step(.setUser, "group \(process.groupID)") { () throws(Errno) in
            try valueOrErrno(coffer_set_group_ids(process.groupID))
        }
        try step(.setUser, "user \(process.userID)") { () throws(Errno) in
            try valueOrErrno(coffer_set_user_ids(process.userID))
        }
    }

    /// In a user namespace whose maker had no privileges groups cannot be changed; asking for none is then no error.
    private borrowing func setGroups(_ groups: [UInt32]) throws(RuntimeError) {
        // What podman's --group-add keep-groups asks for: groups that have access and that the configuration cannot name.
        if preparation.options.followsAnnotations && plan.spec.annotations[keepGroups] == "1" { return }
        let result = groups.withUnsafeBufferPointer { coffer_set_groups($0.baseAddress, $0.count) }
        if result == -Int(EPERM) && groups.isEmpty
            && (plan.newNamespaces.contains(.user) || preparation.options.rootless.applies)
        {
            return
        }
        try step(.setGroups) { () throws(Errno) in try valueOrErrno(result) }
    }

    /// A working directory outside of the root would be a way out. CVE-2024-21626.
    private borrowing func verifyWorkingDirectory() throws(RuntimeError) {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let capacity = buffer.count
        let size = try step(.changeDirectory, "verification") { () throws(Errno) in
            try valueOrErrno(
                buffer.withUnsafeMutableBytes { coffer_current_directory($0.baseAddress, capacity) })
        }
        if size == 0 || buffer[0] != UInt8(ascii: "/") {
            throw .refused(
                "process.cwd: current working directory is outside of container mount namespace root")
        }
    }

    private borrowing func dropBounding(keeping kept: CapabilitySet) throws(RuntimeError) {
        for number in 0..<64 where !kept.contains(number) {
            let result = coffer_prctl(PR_CAPBSET_DROP, UInt(number), 0, 0, 0)
            // The first number that the kernel does not know: there are no more.
            if result == -Int(EINVAL) { return }
            try step(.dropBounding, "\(number)") { () throws(Errno) in try valueOrErrno(result) }
        }
    }

    /// Leaves the process its own capabilities alone.
    borrowing func giveUp(_ kept: CapabilitySet, _ sets: ProcessCapabilities) throws(RuntimeError) {
        if kept.bits & ~(sets.effective.bits & sets.permitted.bits) == 0 { return }
        try step(.setCapabilities) { () throws(Errno) in
            try valueOrErrno(
                coffer_set_capabilities(sets.effective.bits, sets.permitted.bits, sets.inheritable.bits))
        }
    }

    private borrowing func setCapabilities(
        _ sets: ProcessCapabilities, keeping kept: CapabilitySet
    ) throws(RuntimeError) {
        try step(.setCapabilities) { () throws(Errno) in
            try valueOrErrno(
                coffer_set_capabilities(
                    sets.effective.bits | kept.bits, sets.permitted.bits | kept.bits, sets.inheritable.bits))
            try valueOrErrno(coffer_prctl(PR_CAP_AMBIENT, UInt(PR_CAP_AMBIENT_CLEAR_ALL), 0, 0, 0))
        }
        // The kernel has no ambient capability that is not inheritable as well, and `spec` of other runtimes writes
        // such sets: what cannot be granted is not there.
        let possible = CapabilitySet(
            bits: sets.ambient.bits & sets.inheritable.bits & sets.permitted.bits)
        for number in 0..<CapabilitySet.names.count where possible.contains(number) {
            try step(.setCapabilities, "ambient \(CapabilitySet.names[number])") { () throws(Errno) in
                try valueOrErrno(coffer_prctl(PR_CAP_AMBIENT, UInt(PR_CAP_AMBIENT_RAISE), UInt(number), 0, 0))
            }
        }
    }
}

/// The annotation of crun that podman sets. crun(1).
private let keepGroups = "run.oci.keep_original_groups"
