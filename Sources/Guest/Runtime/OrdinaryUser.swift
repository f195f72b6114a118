internal import CLinux
internal import Linux
package import OCI

/// What an ordinary user needs to make containers: a user namespace in which this process may mount, and in which every
/// id is what it is outside, so that nothing else need know of it. user_namespaces(7).
package enum OrdinaryUser {
    /// Whether this process belongs to one.
    package static var isCaller: Bool { geteuid() != 0 }

    /// Steps into such a namespace, for good, before a container is made. One that joins another container's user namespace
    /// is made in the namespace that this one was made in.
    ///
    /// A range of this user's own id alone needs nobody; further ones are mapped by newuidmap and newgidmap, which know what
    /// the machine's administrator lets this user have. newuidmap(1), subuid(5).
    package static func enterOwnNamespace(for linux: OCI.Linux?) throws(RuntimeError) {
        guard let linux, let user = linux.namespaces.first(where: { $0.type == "user" }) else {
            throw .refused("linux.namespaces: rootless container requires user namespaces")
        }
        if !user.path.isEmpty {
            try enterNamespace(around: user.path)
            return try step(.unshareNamespace, "mount") { () throws(Errno) in try unshare(.mount) }
        }
        let (own, ownGroup) = (geteuid(), getegid())
        if linux.uidMappings.allSatisfy({ $0.hostID == own && $0.size == 1 })
            && linux.gidMappings.allSatisfy({ $0.hostID == ownGroup && $0.size == 1 })
        {
            try leave()
            try write("setgroups", "deny")
            try write("uid_map", "\(own) \(own) 1")
            return try write("gid_map", "\(ownGroup) \(ownGroup) 1")
        }
        // They must be outside, and this process inside, when they write.
        let uids = try MapHelper("newuidmap", linux.uidMappings)
        let gids = try MapHelper("newgidmap", linux.gidMappings)
        try leave()
        try uids.run()
        try gids.run()
    }

    private static func leave() throws(RuntimeError) {
        try step(.unshareNamespace, "user, mount") { () throws(Errno) in try unshare([.user, .mount]) }
    }

    private static func write(_ file: String, _ text: String) throws(RuntimeError) {
        try step(.writeIdMap, file) { () throws(Errno) in
            try Descriptor.open("/proc/self/" + file, O_WRONLY).writeOnce(text)
        }
    }

    /// Steps into the namespace that a container's user namespace was made in: there this process may do what its maker
    /// could.
    package static func enterNamespace(aroundProcess pid: Int32) throws(RuntimeError) {
        try enterNamespace(around: "/proc/\(pid)/ns/user")
    }

    private static func enterNamespace(around file: String) throws(RuntimeError) {
        let outer = try step(.joinNamespace, "around \(file)") { () throws(Errno) in
            let inner = try Descriptor.open(file, O_RDONLY)
            // NS_GET_PARENT, linux/nsfs.h.
            return try descriptorOrErrno(coffer_ioctl_int(inner.raw, 0xb702, 0))
        }
        do throws(Errno) {
            try join(outer, .user)
        } catch {
            if error.code != EINVAL { throw .failed(.joinNamespace, error, detail: "around \(file)") }
            // One is never in a namespace twice. setns(2).
            throw .refused(
                "linux.namespaces: expected the user namespace of a container of this user's, found \(file), which was made in this process's own"
            )
        }
    }
}

/// One of the programs that map ids for others: started outside of the namespace, it waits until this process is inside.
private struct MapHelper: ~Copyable {
    private let name: String
    private let process: ClonedProcess
    private let go: Descriptor

    init(_ name: String, _ ranges: [OCI.IDMapping]) throws(RuntimeError) {
        var words = [name, "\(getpid())"]
        for range in ranges { words += ["\(range.hostID)", "\(range.hostID)", "\(range.size)"] }
        let arguments = CStringArray(words)
        let pipe = try step(.createChannel) { () throws(Errno) in try Pipe() }
        let readEnd = pipe.readEnd
        let writeEnd = pipe.writeEnd
        let child = try step(.cloneProcess, "for " + name) { () throws(Errno) in try clone([], into: nil) }
        guard let child else { Self.become(name, arguments, readEnd, writeEnd) }
        self.name = name
        process = child
        go = writeEnd
    }

    private static func become(
        _ name: String, _ arguments: CStringArray, _ start: consuming Descriptor,
        _ other: consuming Descriptor
    ) -> Never {
        // So that the end of the maker is the end of the wait.
        _ = consume other
        do throws(Errno) {
            if try start.read(upTo: 1).isEmpty { coffer_exit_now(1) }
        } catch {
            coffer_exit_now(1)
        }
        let environment = CStringArray(["PATH=/usr/sbin:/usr/bin:/sbin:/bin"])
        for directory in ["/usr/bin/", "/bin/", "/usr/local/bin/"] {
            // Only returns when there is no such program.
            let result = coffer_execve(directory + name, arguments.pointers, environment.pointers)
            if result != -Int(ENOENT) { break }
        }
        coffer_exit_now(127)
        fatalExit()
    }

    /// Lets it write, and waits for it.
    consuming func run() throws(RuntimeError) {
        let status = try step(.writeIdMap, "through " + name) { () throws(Errno) in
            try go.write([1])
            var status: Int32 = 0
            try valueOrErrno(coffer_wait_pid(process.pid, &status, 0))
            return status
        }
        if status == 0 { return }
        let reason =
            coffer_wifexited(status) == 0
            ? "was killed"
            : coffer_wexitstatus(status) == 127
                ? "is not installed (package uidmap)" : "ended with \(coffer_wexitstatus(status))"
        throw .refused("the id maps need \(name), which \(reason)")
    }
}
