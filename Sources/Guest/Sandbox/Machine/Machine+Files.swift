internal import CLinux
internal import Linux

extension Machine {
    /// The largest file that is read out of a container's root file system, in bytes.
    private static let fileLimit = 1 << 20

    /// A regular file inside a container's root file system; nil when there is none. Links stay inside.
    func readFile(root: String, path: String) throws(EffectError) -> [UInt8]? {
        let top = try kernel("opening \(root)") { () throws(Errno) in
            try Descriptor.open(root, O_PATH | O_DIRECTORY)
        }
        do throws(Errno) {
            // Non-blocking, so that a FIFO of that name is no trap.
            let file = try top.open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, resolve: .container)
            if try !file.status().isRegular { throw Errno(EINVAL) }
            return try file.contents(limit: Self.fileLimit)
        } catch {
            if error.code == ENOENT { return nil }
            throw EffectError("reading \(path) in \(root): \(error.description)")
        }
    }

    /// Makes a directory and its missing parents, following no link. A new directory gets exactly `mode`.
    func makeDirectory(path: String, mode: UInt32) throws(EffectError) {
        let old = umask(0)
        defer { umask(old) }
        try kernel("making directory \(path)") { () throws(Errno) in
            var directory = try Descriptor.open("/", O_PATH | O_DIRECTORY)
            let parts = path.utf8.split(separator: UInt8(ascii: "/"))
            for (index, part) in parts.enumerated() {
                let name = String(decoding: Array(part), as: UTF8.self)
                do throws(Errno) {
                    try directory.makeDirectory(name, mode: index == parts.count - 1 ? mode : 0o755)
                } catch {
                    if error.code != EEXIST { throw error }
                }
                directory = try directory.open(
                    name, O_PATH | O_DIRECTORY, resolve: [.beneath, .noSymbolicLinks, .noMagicLinks])
            }
        }
    }

    /// Writes a file of the guest's own, replacing what is there, following no link.
    func writeFile(path: String, contents: [UInt8]) throws(EffectError) {
        try kernel("writing \(path)") { () throws(Errno) in
            let top = try Descriptor.open("/", O_PATH | O_DIRECTORY)
            let relative = String(decoding: Array(path.utf8.drop { $0 == UInt8(ascii: "/") }), as: UTF8.self)
            let file = try top.open(
                relative, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode: 0o644,
                resolve: [.beneath, .noSymbolicLinks, .noMagicLinks])
            try file.write(contents)
        }
    }

    /// Removes a directory with everything in it, following no link and never leaving its file system.
    ///
    /// A container may have nested directories as deeply as it liked, so nothing here recurses or holds a descriptor
    /// per level: a directory that is not empty has its own directories moved up beside it.
    func removeTree(path: String) throws(EffectError) {
        try kernel("removing \(path)") { () throws(Errno) in
            let top: Descriptor
            do throws(Errno) {
                let root = try Descriptor.open("/", O_PATH | O_DIRECTORY)
                let relative = String(
                    decoding: Array(path.utf8.drop { $0 == UInt8(ascii: "/") }), as: UTF8.self)
                top = try root.open(
                    relative, O_RDONLY | O_DIRECTORY, resolve: [.beneath, .noSymbolicLinks, .noMagicLinks])
            } catch {
                if error.code == ENOENT { return }
                throw error
            }
            var moved = 0
            while true {
                let names = try directoryNames("/proc/self/fd/\(top.raw)")
                if names.isEmpty { break }
                for name in names { try Self.flatten(name, top, &moved) }
            }
        }
        try kernel("removing \(path)") { () throws(Errno) -> Void in try valueOrErrno(coffer_rmdir(path)) }
    }

    /// Removes one name of `top`; of a directory everything but its directories, which become names of `top`.
    private static func flatten(
        _ name: String, _ top: borrowing Descriptor, _ moved: inout Int
    ) throws(Errno) {
        if try !top.status(of: name).isDirectory { return try top.remove(name) }
        let inner = try top.open(
            name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, resolve: [.beneath, .noSymbolicLinks, .noCrossing])
        for child in try directoryNames("/proc/self/fd/\(inner.raw)") {
            if try inner.status(of: child).isDirectory {
                moved += 1
                let renamed = renameat(inner.raw, child, top.raw, ".removing-\(moved)")
                if renamed != 0 { throw Errno(coffer_errno()) }
            } else {
                try inner.remove(child)
            }
        }
        try top.remove(name, directory: true)
    }
}
