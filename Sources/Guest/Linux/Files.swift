package import CLinux

/// Opens `path`; close-on-exec always. The corresponding C function is `open`.
package func openFile(
    _ path: String, _ flags: Int32, mode: mode_t = 0
) throws(Errno) -> Descriptor {
    Descriptor(owning: Int32(truncatingIfNeeded: try valueOrErrno(coffer_open(path, flags, mode))))
}

/// Writes all of `bytes` to an open file, however many calls that takes. The corresponding C function is `write`.
package func writeAll(_ bytes: [UInt8], to file: borrowing Descriptor) throws(Errno) {
    var done = 0
    while done < bytes.count {
        let result = bytes.withUnsafeBytes { buffer in
            coffer_write(file.raw, buffer.baseAddress! + done, bytes.count - done)
        }
        if result == -Int(EINTR) { continue }
        done += try valueOrErrno(result)
    }
}

/// Writes `text` to an existing file in one call, as the files of /proc and /sys want it.
package func writeText(_ text: String, toFile path: String) throws(Errno) {
    let file = try openFile(path, O_WRONLY)
    let bytes = Array(text.utf8)
    let written = try valueOrErrno(
        bytes.withUnsafeBytes { coffer_write(file.raw, $0.baseAddress, bytes.count) })
    if written != bytes.count { throw Errno(EIO) }
}

/// Reads a small file, at most `limit` bytes of it; `EFBIG` when there is more.
package func readFile(_ path: String, limit: Int = 65536) throws(Errno) -> [UInt8] {
    let file = try openFile(path, O_RDONLY)
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    var filled = 0
    while filled <= limit {
        let room = limit + 1 - filled
        let result = bytes.withUnsafeMutableBytes { coffer_read(file.raw, $0.baseAddress! + filled, room) }
        if result == -Int(EINTR) { continue }
        let count = try valueOrErrno(result)
        if count == 0 {
            bytes.removeLast(bytes.count - filled)
            return bytes
        }
        filled += count
    }
    throw Errno(EFBIG)
}

/// Reads exactly `count` bytes at `offset`; `ENODATA` when the file ends before. The corresponding C function is
/// `pread`.
package func readExactly(
    _ file: borrowing Descriptor, at offset: UInt64, count: Int
) throws(Errno) -> [UInt8] {
    guard let start = Int(exactly: offset), start <= Int.max - count else { throw Errno(EOVERFLOW) }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
        let result = bytes.withUnsafeMutableBytes { buffer in
            coffer_pread(file.raw, buffer.baseAddress! + filled, count - filled, start + filled)
        }
        if result == -Int(EINTR) { continue }
        let received = try valueOrErrno(result)
        if received == 0 { throw Errno(ENODATA) }
        filled += received
    }
    return bytes
}

/// Makes a directory; one that is there already is no error. The corresponding C function is `mkdir`.
package func makeDirectory(_ path: String, mode: mode_t) throws(Errno) {
    let result = coffer_mkdir(path, mode)
    if result != -Int(EEXIST) { try valueOrErrno(result) }
}

/// Makes a directory and its missing parents. Returns the paths that were made, outermost first, for undoing.
@discardableResult
package func makeDirectories(_ path: String, mode: mode_t) throws(Errno) -> [String] {
    var made: [String] = []
    var prefix = ""
    for part in path.utf8.split(separator: UInt8(ascii: "/")) {
        prefix += "/"
        prefix += String(decoding: part, as: UTF8.self)
        let result = coffer_mkdir(prefix, mode)
        if result == -Int(EEXIST) { continue }
        if result < 0 {
            removeDirectories(made)
            try valueOrErrno(result)
        }
        made.append(prefix)
    }
    return made
}

/// Takes directories away again, last first; one that is gone or in use stays as it is, because this undoes work.
package func removeDirectories(_ paths: [String]) {
    for path in paths.reversed() { _ = coffer_rmdir(path) }
}
