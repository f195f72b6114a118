internal import Foundation

/// The text for an errno.
func systemMessage(_ code: Int32) -> String {
    String(cString: strerror(code))
}

/// An open file, closed with its owner. Host tools only; the guest has its own descriptors.
final class OpenFile: Sendable {
    let descriptor: Int32
    let path: String

    /// Opens for reading.
    convenience init(reading path: String) throws(LayersError) {
        try self.init(path, O_RDONLY)
    }

    /// Makes a new file (or empties an old one) for reading and writing.
    convenience init(creating path: String) throws(LayersError) {
        try self.init(path, O_RDWR | O_CREAT | O_TRUNC)
    }

    private init(_ path: String, _ flags: Int32) throws(LayersError) {
        descriptor = open(path, flags | O_CLOEXEC, 0o644)
        self.path = path
        guard descriptor >= 0 else { throw .system(operation: "open", path: path, errno: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Reads at `offset`; 0 at the end of the file.
    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(LayersError) -> Int {
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(clamping: offset))
            if count >= 0 { return count }
            if errno != EINTR { throw .system(operation: "read", path: path, errno: errno) }
        }
    }

    /// Fills `buffer` from `offset` or fails.
    func readFully(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(LayersError) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let count = try read(at: offset + UInt64(done), into: rest)
            if count == 0 {
                throw .sizeMismatch(
                    what: path, expected: offset + UInt64(buffer.count), found: offset + UInt64(done))
            }
            done += count
        }
    }

    /// Writes all of `buffer` at `offset`.
    func write(_ buffer: UnsafeRawBufferPointer, at offset: UInt64) throws(LayersError) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeRawBufferPointer(rebasing: buffer[done...])
            let count = pwrite(
                descriptor, rest.baseAddress, rest.count, off_t(clamping: offset + UInt64(done)))
            if count < 0 && errno == EINTR { continue }
            if count <= 0 { throw .system(operation: "write", path: path, errno: errno) }
            done += count
        }
    }

    /// The file's length in bytes.
    func size() throws(LayersError) -> UInt64 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .system(operation: "stat", path: path, errno: errno)
        }
        return UInt64(clamping: status.st_size)
    }
}

/// File-system steps with a path in their errors.
enum FileSystem {
    static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0
    }

    /// Makes a directory and its parents; one that exists is fine.
    static func makeDirectory(_ path: String) throws(LayersError) {
        if isDirectory(path) { return }
        let parent = (path as NSString).deletingLastPathComponent
        if !parent.isEmpty && parent != path { try makeDirectory(parent) }
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw .system(operation: "mkdir", path: path, errno: errno)
        }
    }

    static func rename(_ old: String, to new: String) throws(LayersError) {
        guard Foundation.rename(old, new) == 0 else {
            throw .system(operation: "rename", path: old, errno: errno)
        }
    }

    /// Removes a file; its absence is fine, and nothing else can be done about other failures while cleaning up.
    static func remove(_ path: String) {
        unlink(path)
    }
}
