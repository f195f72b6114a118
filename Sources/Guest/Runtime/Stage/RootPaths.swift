internal import CLinux
internal import Linux

/// Paths inside a container's root file system: every walk is one that the kernel keeps inside (openat2,
/// RESOLVE_IN_ROOT), and what it found is used as a descriptor, never by name again.
extension Descriptor {
    /// Opens a path below this root without following it out.
    borrowing func openInRoot(_ path: String, _ flags: Int32) throws(Errno) -> Descriptor {
        try open(path, flags, resolve: .container)
    }

    /// Opens a directory below this root and makes the parts that are missing, mode 0755.
    borrowing func openOrMakeDirectory(_ path: String) throws(Errno) -> Descriptor {
        do throws(Errno) {
            return try openInRoot(path, O_PATH | O_DIRECTORY)
        } catch {
            if error.code != ENOENT { throw error }
        }
        // Most often it is the last part that is missing.
        let (directory, name) = splitPath(path)
        if name != "." && name != ".." {
            do throws(Errno) {
                let parent = try openInRoot(directory, O_PATH | O_DIRECTORY)
                let made = try openOrMake(name, in: parent)
                leave(parent)
                return made
            } catch {
                if error.code != ENOENT && error.code != EEXIST { throw error }
            }
        }
        var walked = ""
        var current = try openInRoot("/", O_PATH | O_DIRECTORY)
        for part in try whereLinksLead(path).split(separator: "/") {
            walked += "/" + part
            current = try openOrMake(String(part), in: current, walked: walked)
        }
        return current
    }

    private borrowing func openOrMake(
        _ name: String, in parent: borrowing Descriptor
    ) throws(Errno) -> Descriptor {
        // A link that leads nowhere exists by name: making the directory then fails, as it should.
        try parent.makeDirectory(name, mode: 0o755)
        return try parent.open(
            name, O_PATH | O_DIRECTORY | O_NOFOLLOW, resolve: [.beneath, .noSymbolicLinks])
    }

    private borrowing func openOrMake(
        _ name: String, in parent: borrowing Descriptor, walked: String
    ) throws(Errno) -> Descriptor {
        do throws(Errno) {
            return try openInRoot(walked, O_PATH | O_DIRECTORY)
        } catch {
            if error.code != ENOENT { throw error }
        }
        return try openOrMake(name, in: parent)
    }

    /// Opens a file below this root to mount on, and makes an empty one if there is none, also where a link leads to
    /// nothing.
    borrowing func openOrMakeFile(_ path: String) throws(Errno) -> Descriptor {
        do throws(Errno) {
            return try openInRoot(path, O_PATH)
        } catch {
            if error.code != ENOENT { throw error }
        }
        let (directory, name) = splitPath(try whereLinksLead(path))
        return try openOrMakeDirectory(directory).makeFile(name)
    }

    /// Makes an empty file of that name in this directory, where none may be yet.
    borrowing func makeFile(_ name: String) throws(Errno) -> Descriptor {
        let made = try open(
            name, O_CREAT | O_EXCL | O_NOFOLLOW | O_WRONLY, mode: 0o644,
            resolve: [.beneath, .noSymbolicLinks])
        let wanted = try made.status()
        let file = try open(name, O_PATH | O_NOFOLLOW, resolve: [.beneath, .noSymbolicLinks])
        if try file.status() != wanted { throw Errno(ESTALE) }
        return file
    }
}

extension Descriptor {
    /// The path with every link in it followed inside this root, whether or not it ends at something. Only a name to
    /// try: what is opened by it is opened without following links.
    borrowing func whereLinksLead(_ path: String) throws(Errno) -> String {
        var rest = Array(path.split(separator: "/").reversed())
        var walked: [String] = []
        var links = 0
        while let part = rest.popLast() {
            if part == "." { continue }
            if part == ".." {
                if !walked.isEmpty { walked.removeLast() }
                continue
            }
            let here = walked.reduce(into: "") { $0 += "/" + $1 } + "/" + part
            guard let target = try linkTarget(here) else {
                walked.append(String(part))
                continue
            }
            links += 1
            if links > 40 { throw Errno(ELOOP) }
            if target.utf8.first == UInt8(ascii: "/") { walked = [] }
            rest += target.split(separator: "/").reversed()
        }
        return walked.reduce(into: "") { $0 += "/" + $1 }
    }

    /// Where the link of that name points; nil for what is no link or not there.
    private borrowing func linkTarget(_ path: String) throws(Errno) -> String? {
        do throws(Errno) {
            let file = try openInRoot(path, O_PATH | O_NOFOLLOW)
            return try file.status().isSymbolicLink ? try file.readLink("") : nil
        } catch {
            if error.code == ENOENT || error.code == ENOTDIR { return nil }
            throw error
        }
    }
}

/// A path's directory and last name; the directory of a bare name is `/`.
func splitPath(_ path: String) -> (directory: String, name: String) {
    let parts = path.split(separator: "/")
    guard let last = parts.last else { return ("/", ".") }
    let directory = parts.dropLast().reduce(into: "") { $0 += "/" + $1 }
    return (directory.isEmpty ? "/" : directory, String(last))
}
