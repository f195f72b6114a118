internal import CLinux

/// Loading kernel modules from files of the measured image.
package enum KernelModule {
    /// Loads an uncompressed module; one that is loaded already is no error. The corresponding C function is
    /// `finit_module`.
    package static func load(path: String) throws(Errno) {
        let file = try openFile(path, O_RDONLY)
        let result = coffer_finit_module(file.raw, "", 0)
        if result == -Int(EEXIST) { return }
        try valueOrErrno(result)
    }
}
