internal import CLinux
internal import Linux

extension Container {
    /// Clones from within a user namespace that is joined: a helper steps in, for good, and makes the stage as its
    /// sibling. What is made in there belongs to that namespace, as mounting in it needs. clone(2), CLONE_PARENT.
    static func clonedByHelper(
        _ kinds: NamespaceKinds, _ namespaces: [PreparedNamespace], _ directory: borrowing Descriptor?,
        returningTo own: ParentNamespaces
    ) throws(RuntimeError) -> CloneBox {
        let pipe = try step(.createChannel) { () throws(Errno) in try Pipe() }
        let readEnd = pipe.readEnd
        let writeEnd = pipe.writeEnd
        guard let helper = try cloned([], directory, returningTo: own).process.take() else {
            makeSibling(kinds, namespaces, writeEnd)
            return CloneBox(nil)
        }
        _ = consume writeEnd
        let answer = try step(.cloneProcess, "in the user namespace") { () throws(Errno) in
            let bytes = try readEnd.contents(limit: 64)
            var status: Int32 = 0
            try valueOrErrno(coffer_wait_pid(helper.pid, &status, 0))
            return String(decoding: bytes, as: UTF8.self)
        }
        guard let pid = Int32(answer), pid != 0 else {
            throw .handshake("the helper in the user namespace ended without a word")
        }
        if pid < 0 { throw .failed(.joinNamespace, Errno(-pid), detail: "of the configuration") }
        return try step(.cloneProcess, "in the user namespace") { () throws(Errno) in
            // Nobody but this process reaps it: the number is still its own.
            let pidfd = try descriptorOrErrno(coffer_pidfd_open(pid, 0))
            return CloneBox(ClonedProcess(pid: pid, pidfd: pidfd))
        }
    }

    /// In the helper; returns in the stage alone. The maker gets the stage's number, or an error's negative.
    private static func makeSibling(
        _ kinds: NamespaceKinds, _ namespaces: [PreparedNamespace], _ answer: borrowing Descriptor
    ) {
        do throws(Errno) {
            let result: Int
            do throws(Errno) {
                try joinAll(namespaces)
                result = coffer_clone_sibling(kinds.rawValue)
            } catch {
                try answer.write(Array("-\(error.code)".utf8))
                fatalExit()
            }
            if result == 0 { return }
            try answer.write(Array("\(result)".utf8))
        } catch {
            coffer_exit_now(1)
        }
        coffer_exit_now(0)
    }

    /// With the privileges held outside first; what they do not reach, with those of the user namespace.
    private static func joinAll(_ namespaces: [PreparedNamespace]) throws(Errno) {
        var later: [PreparedNamespace] = []
        for namespace in namespaces where namespace.kind != .user {
            do throws(Errno) {
                try join(namespace.file.descriptor, namespace.kind)
            } catch {
                if error.code != EPERM { throw error }
                later.append(namespace)
            }
        }
        for namespace in namespaces where namespace.kind == .user {
            try join(namespace.file.descriptor, .user)
        }
        for namespace in later { try join(namespace.file.descriptor, namespace.kind) }
    }
}
