internal import CLinux
internal import Linux

/// What the mounts that were made leave to those that come.
struct MountProgress {
    /// Read-only file systems on which something must still be made.
    var deferredReadOnly: [SharedDescriptor] = []
    /// The last new tmpfs, if nothing can have been mounted over it since: most often /dev, on which others are mounted.
    var fresh: FreshDirectory?
}

/// The root of a tmpfs that this process has just mounted: what it makes there is there, and nothing else is.
struct FreshDirectory {
    let path: String
    let directory: SharedDescriptor

    /// Opens what was mounted right below the root; nil for other places, to which a link could lead.
    init?(_ path: String, root: borrowing Descriptor) throws(RuntimeError) {
        if path.utf8.last == UInt8(ascii: "/") || splitPath(path).directory != "/" { return nil }
        self.path = path
        directory = try step(.makeMountPoint, path) { () throws(Errno) in
            SharedDescriptor(
                try root.open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: .container))
        }
    }

    /// Makes the directory of that path, which nothing leads to but its name; nil when it is none of this one's or there already.
    func make(_ path: String) throws(Errno) -> Descriptor? {
        if !path.hasPrefix(self.path + "/") { return nil }
        let name = String(path.dropFirst(self.path.count + 1))
        if name.isEmpty || name == "." || name == ".." || name.utf8.contains(UInt8(ascii: "/")) { return nil }
        do throws(Errno) {
            try directory.descriptor.makeDirectory(name, mode: 0o755)
        } catch {
            if error.code == EEXIST { return nil }
            throw error
        }
        return try directory.descriptor.open(
            name, O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: [.beneath, .noSymbolicLinks])
    }
}

/// /proc and /sys of the container, opened once: the names in them are the kernel's alone, and few are links.
struct KernelDirectories {
    private var opened: [(path: String, directory: SharedDescriptor?)] = []

    /// SYSFS_MAGIC, linux/magic.h.
    static let sysMagic: Int64 = 0x6265_6572
    /// proc(5).
    private static let links = ["self", "thread-self", "net", "mounts"]

    /// The directory and the name in it, if the path is a name right below one of the two and no link.
    mutating func find(
        _ path: String, root: borrowing Descriptor
    ) throws(Errno) -> (directory: SharedDescriptor, name: String)? {
        let (parent, name) = splitPath(path)
        guard parent == "/proc" || parent == "/sys", path == parent + "/" + name, name != ".", name != "..",
            !Self.links.contains(name)
        else { return nil }
        if !opened.contains(where: { $0.path == parent }) {
            opened.append((path: parent, directory: try Self.open(parent, root: root)))
        }
        guard let directory = opened.first(where: { $0.path == parent })?.directory else { return nil }
        return (directory, name)
    }

    private static func open(
        _ path: String, root: borrowing Descriptor
    ) throws(Errno) -> SharedDescriptor? {
        do throws(Errno) {
            let directory = try root.open(path, O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: .container)
            let type = try directory.filesystemType()
            return type == (path == "/proc" ? procMagic : sysMagic) ? SharedDescriptor(directory) : nil
        } catch {
            // A link, or nothing: then what the whole path leads to counts.
            if [ENOENT, ENOTDIR, ELOOP].contains(error.code) { return nil }
            throw error
        }
    }
}
