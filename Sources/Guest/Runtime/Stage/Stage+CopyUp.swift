internal import CLinux
internal import Linux

extension Stage {
    /// Copies what the image has at a mount point onto the new file system that is going to cover it.
    borrowing func copyUp(
        from path: String, to target: borrowing Descriptor, root: borrowing Descriptor
    ) throws(RuntimeError) {
        try step(.copyUp, path) { () throws(Errno) in
            let source: Descriptor
            do throws(Errno) {
                source = try root.openInRoot(path, O_RDONLY | O_DIRECTORY)
            } catch {
                if error.code == ENOENT || error.code == ENOTDIR { return }
                throw error
            }
            let status = try source.status()
            try copyDirectory(from: source, to: target, depth: 0)
            try valueOrErrno(
                coffer_change_owner_at(target.raw, "", status.userID, status.groupID, AT_EMPTY_PATH))
        }
    }
}

/// Every walk stays on one name of an open directory and follows no link.
private let inside: PathResolution = [.beneath, .noSymbolicLinks, .noMagicLinks, .noCrossing]

private func copyDirectory(
    from source: borrowing Descriptor, to target: borrowing Descriptor, depth: Int
) throws(Errno) {
    if depth > 64 { throw Errno(ELOOP) }
    for name in try names(of: source) {
        let status = try source.status(of: name)
        if status.isDirectory {
            try target.makeDirectory(name, mode: status.mode & 0o7777)
            let from = try source.open(name, O_RDONLY | O_DIRECTORY, resolve: inside)
            let to = try target.open(name, O_RDONLY | O_DIRECTORY, resolve: inside)
            try copyDirectory(from: from, to: to, depth: depth + 1)
        } else if status.isSymbolicLink {
            try valueOrErrno(coffer_symbolic_link_at(try source.readLink(name), target.raw, name))
        } else if status.isRegular {
            try copyFile(name, status, from: source, to: target)
        } else {
            try valueOrErrno(
                coffer_make_node_at(target.raw, name, status.mode, status.deviceMajor, status.deviceMinor))
        }
        try valueOrErrno(
            coffer_change_owner_at(target.raw, name, status.userID, status.groupID, AT_SYMLINK_NOFOLLOW))
        if !status.isSymbolicLink {
            try valueOrErrno(coffer_change_mode_at(target.raw, name, status.mode & 0o7777))
        }
    }
}

private func copyFile(
    _ name: String, _ status: FileStatus, from source: borrowing Descriptor, to target: borrowing Descriptor
) throws(Errno) {
    let from = try source.open(name, O_RDONLY | O_NONBLOCK, resolve: inside)
    let to = try target.open(name, O_WRONLY | O_CREAT | O_EXCL, mode: status.mode & 0o7777, resolve: inside)
    while true {
        let bytes = try from.read(upTo: 65536)
        if bytes.isEmpty { return }
        try to.write(bytes)
    }
}

private func names(of directory: borrowing Descriptor) throws(Errno) -> [String] {
    let copy = try directory.duplicate()
    guard let stream = fdopendir(copy.raw) else { throw Errno(coffer_errno()) }
    // The stream closes the number from now on.
    _ = copy.release()
    defer { closedir(stream) }
    rewinddir(stream)
    var names: [String] = []
    while let entry = readdir(stream) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}
