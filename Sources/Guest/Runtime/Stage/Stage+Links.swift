internal import CLinux
internal import Linux

/// Symbolic links as what they are: `copy-symlink` and `dest-nofollow`.
extension Stage {
    /// Makes a link like the source in the mount's place; false when the source is none, and is to be mounted then.
    ///
    /// The text of the link is taken over as it is. It leads somewhere only when somebody walks it, inside of the root.
    borrowing func copyLink(
        _ source: borrowing Descriptor, _ mount: MountPlan, root: borrowing Descriptor
    ) throws(RuntimeError) -> Bool {
        let path = mount.destination
        return try step(.makeLink, path) { () throws(Errno) in
            guard try source.status().isSymbolicLink else { return false }
            let target = try source.readLink("")
            // A copy whose bytes are no text would lead elsewhere.
            if target.unicodeScalars.contains("\u{FFFD}") { throw Errno(EILSEQ) }
            let (directory, name) = splitPath(path)
            let parent = try root.openOrMakeDirectory(directory)
            let made = coffer_symbolic_link_at(target, parent.raw, name)
            if made == -Int(EEXIST) {
                let isLink = try parent.status(of: name).isSymbolicLink
                let present = isLink ? try parent.readLink(name) : ""
                if present != target { throw Errno(EEXIST) }
            } else {
                try valueOrErrno(made)
            }
            leave(parent)
            return true
        }
    }

    /// What is at a path itself, a link or not; nothing is made for it.
    borrowing func openItself(
        _ path: String, root: borrowing Descriptor
    ) throws(RuntimeError) -> Descriptor {
        try step(.makeMountPoint, path) { () throws(Errno) in
            try root.openInRoot(path, O_PATH | O_NOFOLLOW)
        }
    }
}
