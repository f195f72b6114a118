internal import CLinux
internal import Linux

extension Stage {
    /// This process's own directory of the maker's procfs, opened before any mount of the container could stand in for
    /// it; nil when there is no label to write. CVE-2019-16884, CVE-2025-52881.
    borrowing func openOwnProc() throws(RuntimeError) -> Descriptor? {
        if !plan.process.labels.concernProcess { return nil }
        let own = try step(.setSecurityLabel, "/proc/self") { () throws(Errno) in
            try Descriptor.open("/proc/self", O_PATH | O_DIRECTORY)
        }
        let type = try step(.setSecurityLabel, "/proc/self") { () throws(Errno) in try own.filesystemType() }
        if type != procMagic { throw .refused("/proc is not the kernel's: security labels cannot be set") }
        return own
    }

    /// The keys of the session keyring get the label of the process that they are for.
    borrowing func labelKeys() throws(RuntimeError) {
        if plan.process.labels.process.isEmpty { return }
        try writeAttribute("keycreate", plan.process.labels.process)
    }

    /// From the coming execve on.
    borrowing func labelProgram() throws(RuntimeError) {
        let labels = plan.process.labels
        if !labels.process.isEmpty { try writeAttribute("exec", labels.process) }
        if labels.appArmor.isEmpty { return }
        do throws(RuntimeError) {
            try writeAttribute("apparmor/exec", "exec " + labels.appArmor)
        } catch .failed(_, Errno(ENOENT), _) where !hasAttribute("apparmor/exec") {
            // Kernels before 5.8 have one file for all modules.
            try writeAttribute("exec", "exec " + labels.appArmor)
        }
    }

    private borrowing func hasAttribute(_ name: String) -> Bool {
        switch ownProc {
        case .some(let directory):
            var status = stat()
            return coffer_status_at(directory.raw, "attr/" + name, 0, &status) == 0
        case .none: return false
        }
    }

    private borrowing func writeAttribute(_ name: String, _ value: String) throws(RuntimeError) {
        // The path is what clients recognise a security module's refusal by.
        try step(.setSecurityLabel, "\(value): write /proc/self/attr/\(name)") { () throws(Errno) in
            switch ownProc {
            case .some(let directory):
                try directory.open("attr/" + name, O_WRONLY, resolve: .exact).writeOnce(value)
            case .none: throw Errno(EBADF)
            }
        }
    }
}
