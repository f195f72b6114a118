internal import CLinux
internal import Linux
internal import Policy

extension Machine {
    /// Mounts a memory file system on a directory of the guest's own, following no link.
    func mountMemoryVolume(_ permit: consuming Permit<MountMemoryVolume>) throws(EffectError) {
        let action = permit.action
        try kernel("mounting a memory file system on \(action.target)") { () throws(Errno) in
            let place = try directory(action.target)
            let volume = try DetachedMount.make(
                type: "tmpfs", source: "tmpfs", options: [("size", action.size), ("mode", "0777")],
                attributes: [.noSetuid, .noDevices])
            let attached = try volume.attach(at: place)
            _ = consume attached
        }
    }

    /// Takes it away with everything in it.
    func unmountMemoryVolume(target: String) throws(EffectError) {
        try kernel("unmounting \(target)") { () throws(Errno) in
            try unmountFilesystem(target, flags: Int32(UMOUNT_NOFOLLOW))
        }
    }

    private func directory(_ path: String) throws(Errno) -> Descriptor {
        let top = try Descriptor.open("/", O_PATH | O_DIRECTORY)
        let relative = String(decoding: Array(path.utf8.drop { $0 == UInt8(ascii: "/") }), as: UTF8.self)
        return try top.open(
            relative, O_PATH | O_DIRECTORY, resolve: [.beneath, .noSymbolicLinks, .noMagicLinks])
    }
}
