internal import CLinux
internal import Linux

/// Random bytes in a page of their own that is locked in memory, left out of dumps, and wiped when its owner goes.
struct SecretKey: ~Copyable {
    let bytes: UnsafeMutableRawPointer
    let count: Int

    /// One page is locked for any size up to this.
    private static let page = 4096

    /// Makes a key of `count` bytes, at most one page. The corresponding C functions are `mmap`, `mlock` and
    /// `getrandom`, which waits for the kernel's pool to be seeded.
    static func make(count: Int) throws(StorageError) -> SecretKey {
        let memory = mmap(nil, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard count > 0, count <= page, let memory, memory != UnsafeMutableRawPointer(bitPattern: -1) else {
            throw .keyMemory(Errno(coffer_errno()))
        }
        let key = SecretKey(bytes: memory, count: count)
        try key.protect()
        try key.fill()
        return key
    }

    private init(bytes: UnsafeMutableRawPointer, count: Int) {
        self.bytes = bytes
        self.count = count
    }

    private func protect() throws(StorageError) {
        do throws(Errno) {
            try valueOrErrno(coffer_mlock(bytes, Self.page))
            // Not into a dump, and not into a child that is started meanwhile.
            for advice in [MADV_DONTDUMP, MADV_DONTFORK] where madvise(bytes, Self.page, advice) != 0 {
                throw Errno(coffer_errno())
            }
        } catch {
            throw .keyMemory(error)
        }
    }

    private func fill() throws(StorageError) {
        do throws(Errno) {
            if try valueOrErrno(coffer_getrandom(bytes, count)) != count { throw Errno(EIO) }
        } catch {
            throw .keyRandom(error)
        }
    }

    /// Wipes the key now. A call at the place where it is no longer needed, so that its end is not a matter of scopes.
    consuming func forget() {}

    deinit {
        explicit_bzero(bytes, Self.page)
        munmap(bytes, Self.page)
    }
}
