internal import CLinux
internal import CSeccomp
internal import JSON
internal import Linux
internal import OCI
internal import Policy

/// Compiled filters on disk, named by the digest of what they were compiled from: a profile for three architectures takes
/// longer to compile than all the rest of a container to make.
///
/// Nothing but this user's own files is believed, and nothing that is not whole. A cache that cannot be read or written
/// costs time and nothing else.
package struct FilterCache: Equatable {
    /// The directory; made when there is something to keep.
    package let directory: String

    package init(directory: String) { self.directory = directory }

    /// The cache in a directory of containers: no container's id has an @.
    package init(below root: String) { directory = root + "/@seccomp" }

    /// What the name is the digest of: the profile, and everything else that decides what is compiled.
    private func path(of profile: OCI.Seccomp) -> String {
        var compiler = "coffer 3"
        if let version = seccomp_version() {
            compiler +=
                ", libseccomp \(version.pointee.major).\(version.pointee.minor).\(version.pointee.micro)"
        }
        // An empty list of flags is no list to the document's writer, and another wish.
        compiler += profile.flags == nil ? "" : ", flags"
        let key = Array((compiler + "\n").utf8) + profile.json.serialized()
        return directory + "/" + Digest.hexadecimal(Digest.sha256(key))
    }

    /// The filter that was compiled from this very profile before; nil when there is none.
    func find(_ profile: OCI.Seccomp) -> SeccompProgram? {
        let bytes: [UInt8]
        do throws(Errno) {
            let file = try Descriptor.open(path(of: profile), O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
            let status = try file.status()
            if !status.isRegular || status.userID != geteuid() || status.mode & 0o022 != 0 { return nil }
            bytes = try file.contents(limit: 1 << 20)
        } catch {
            return nil
        }
        return Self.decode(bytes, profile)
    }

    /// Keeps a compiled filter. It appears whole or not at all.
    func keep(_ program: SeccompProgram, _ profile: OCI.Seccomp) {
        let path = path(of: profile)
        let draft = path + ".\(getpid())"
        let made = coffer_make_directory_at(AT_FDCWD, directory, 0o700)
        if made < 0 && made != -Int(EEXIST) { return }
        do throws(Errno) {
            try Descriptor.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
                .write(Self.encode(program))
            try valueOrErrno(coffer_rename(draft, path))
        } catch {
            coffer_unlink(draft)
        }
    }

    /// Digest of the rest, flags, instructions.
    static func encode(_ program: SeccompProgram) -> [UInt8] {
        var body: [UInt8] = []
        for shift: UInt32 in [0, 8, 16, 24] { body.append(UInt8(truncatingIfNeeded: program.flags >> shift)) }
        body += program.instructions
        return Digest.sha256(body) + body
    }

    /// Nil for anything that `encode` has not written.
    static func decode(_ bytes: [UInt8], _ profile: OCI.Seccomp) -> SeccompProgram? {
        guard bytes.count > 36, (bytes.count - 36) % 8 == 0 else { return nil }
        let body = Array(bytes[32...])
        if Digest.sha256(body) != Array(bytes[..<32]) { return nil }
        let flags = body[..<4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        return SeccompProgram(
            instructions: Array(body[4...]), flags: flags, listenerPath: profile.listenerPath,
            listenerMetadata: profile.listenerMetadata)
    }
}
