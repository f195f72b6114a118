internal import CLinux

extension Descriptor {
    /// Reads to the end; `EFBIG` when there is more than `limit`. The corresponding C function is `read`.
    package borrowing func contents(limit: Int) throws(Errno) -> [UInt8] {
        // Most files are small: one page is asked for first, and more as there is more.
        var bytes = [UInt8](repeating: 0, count: min(limit + 1, 4096))
        var filled = 0
        while true {
            let capacity = bytes.count - filled
            let count = try valueOrErrno(
                bytes.withUnsafeMutableBytes { buffer in
                    coffer_read_file(raw, buffer.baseAddress?.advanced(by: filled), capacity)
                })
            filled += count
            if filled > limit { throw Errno(EFBIG) }
            if count == 0 {
                bytes.removeLast(bytes.count - filled)
                return bytes
            }
            if filled == bytes.count {
                let more = min(limit + 1 - filled, filled)
                bytes.append(contentsOf: [UInt8](repeating: 0, count: more))
            }
        }
    }

    /// One read of at most `count` bytes; empty at the end. The corresponding C function is `read`.
    package borrowing func read(upTo count: Int) throws(Errno) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = try valueOrErrno(
            bytes.withUnsafeMutableBytes { coffer_read_file(raw, $0.baseAddress, count) })
        bytes.removeLast(count - received)
        return bytes
    }

    /// Writes everything, however many calls that takes. The corresponding C function is `write`.
    package borrowing func write(_ bytes: [UInt8]) throws(Errno) {
        var done = 0
        while done < bytes.count {
            done += try valueOrErrno(
                bytes.withUnsafeBytes { buffer in
                    coffer_write_file(raw, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                })
        }
    }

    /// Writes in one call, as the files of /proc, /sys and control groups want it; a partial write is `EIO`.
    package borrowing func writeOnce(_ text: String) throws(Errno) {
        var text = text
        let (result, size) = text.withUTF8 { (coffer_write_file(raw, $0.baseAddress, $0.count), $0.count) }
        if try valueOrErrno(result) != size { throw Errno(EIO) }
    }
}
