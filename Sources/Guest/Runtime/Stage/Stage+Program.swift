internal import CLinux
internal import Linux

extension Stage {
    /// The program's path: as given when it has a slash, else the first executable of that name in PATH.
    ///
    /// Looked up before `ready`, so that a missing program is an error of `create`.
    borrowing func findProgram(_ process: ProcessPlan) throws(RuntimeError) -> String {
        let name = process.arguments[0]
        if name.utf8.contains(UInt8(ascii: "/")) {
            if let reason = whyNotExecutable(name) {
                throw .notExecutable("exec: \"\(name)\": \(reason)")
            }
            return name
        }
        let path = process.environment.last { $0.hasPrefix("PATH=") }?.dropFirst(5) ?? ""
        var denied = false
        for directory in path.split(separator: ":", omittingEmptySubsequences: false) where !directory.isEmpty
        {
            let candidate = directory + "/" + name
            guard let reason = whyNotExecutable(String(candidate)) else { return String(candidate) }
            denied = denied || reason == permissionDenied
        }
        throw .notExecutable(
            denied
                ? "exec: \"\(name)\": \(permissionDenied)"
                : "exec: \"\(name)\": executable file not found in $PATH")
    }

    /// Why a path cannot be run by this process as it is now; nil when it can.
    private borrowing func whyNotExecutable(_ path: String) -> String? {
        var status = stat()
        let found = coffer_stat(path, &status)
        if found < 0 {
            let error = Errno(Int32(truncatingIfNeeded: -found))
            return "stat \(path): \(lowercasedText(error))"
        }
        if coffer_is_directory(&status) != 0 { return "is a directory" }
        let access = faccessat(AT_FDCWD, path, X_OK, AT_EACCESS)
        return access == 0 ? nil : permissionDenied
    }
}

private let permissionDenied = "permission denied"

/// The text of an error as Go programs print it, which is what clients of OCI runtimes look for.
func lowercasedText(_ error: Errno) -> String {
    switch error.code {
    case ENOENT: "no such file or directory"
    case ENOTDIR: "not a directory"
    case EACCES: permissionDenied
    case EPERM: "operation not permitted"
    default: error.description
    }
}
