internal import CLinux
internal import Linux

/// A directory that something is mounted on, and what was made for it.
enum MountPoint {
    /// Makes the directory and its missing parents; returns those that were made, for undoing.
    static func prepare(_ path: String, mode: mode_t) throws(StorageError) -> [String] {
        guard isPlain(path) else { throw .pathNotAbsolute(path) }
        do throws(Errno) {
            return try makeDirectories(path, mode: mode)
        } catch {
            throw .makeDirectory(path, error)
        }
    }

    /// Takes what is mounted on `path` away, then the directory.
    static func clear(_ path: String) throws(StorageError) {
        guard isPlain(path) else { throw .pathNotAbsolute(path) }
        do throws(Errno) {
            try unmountFilesystem(path)
        } catch {
            throw .unmount(path, error)
        }
        let result = coffer_rmdir(path)
        // A directory that existed before and is not empty stays.
        if result < 0 && result != -Int(ENOTEMPTY) && result != -Int(EBUSY) {
            throw .removeDirectory(path, Errno(Int32(truncatingIfNeeded: -result)))
        }
    }

    private static func isPlain(_ path: String) -> Bool {
        guard path.utf8.first == UInt8(ascii: "/"), !path.utf8.contains(0) else { return false }
        return path.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .allSatisfy { part in
                !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
            }
    }
}
