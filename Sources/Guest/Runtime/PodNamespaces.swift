internal import CLinux
internal import Linux
package import Policy

/// The network, IPC and UTS namespaces that a pod's containers share. There is no process in them to keep them
/// alive: the open descriptors do. Only a shared process namespace has a process of its own.
package final class PodNamespaces {
    /// Names the control group of the pause as well: `/pods/ID/pause`.
    package let sandboxID: String
    /// The network namespace, for configuring interfaces.
    package let network: SharedDescriptor
    /// The IPC namespace, as a file of nsfs.
    package let ipc: SharedDescriptor
    /// The UTS namespace, as a file of nsfs; the pod's host name is set in it.
    package let uts: SharedDescriptor
    /// The first process of a shared process namespace; nil when each container has a namespace of its own.
    package private(set) var pause: PodPause?

    private init(sandboxID: String, network: SharedDescriptor, ipc: SharedDescriptor, uts: SharedDescriptor) {
        self.sandboxID = sandboxID
        self.network = network
        self.ipc = ipc
        self.uts = uts
    }

    /// Makes the namespaces, with the loopback interface up and the host name set.
    package static func create(_ permit: consuming Permit<PrepareSandbox>) throws(RuntimeError)
        -> PodNamespaces
    {
        let action = permit.action
        if action.sharesProcesses { return try createWithPause(action) }
        var other: MessageSocket?
        let channel = try step(.createChannel) { () throws(Errno) in try MessageSocket.pair(other: &other) }
        let child = try step(.cloneProcess) { () throws(Errno) in
            try clone([.network, .ipc, .uts], into: nil)
        }
        guard let child else {
            furnish(hostname: action.hostname, pauses: false, channel: other.take())
        }
        other = nil
        let opened = open(child.pid, sandboxID: action.sandboxID, channel)
        // The holder has done its work either way; it must not outlive this call.
        try end(child.pid, child.pidfd)
        return try opened.get()
    }

    /// The same with a process namespace, whose first process stays.
    private static func createWithPause(_ action: PrepareSandbox) throws(RuntimeError) -> PodNamespaces {
        let group = try PodPause.makeGroup(action.sandboxID)
        do throws(RuntimeError) {
            let directory = try group.open()
            var other: MessageSocket?
            let channel = try step(.createChannel) { () throws(Errno) in
                try MessageSocket.pair(other: &other)
            }
            let cloned: CloneBox
            do throws(Errno) {
                cloned = CloneBox(try clone([.network, .ipc, .uts, .pid, .mount], into: directory))
            } catch {
                throw .failed(.cloneProcess, error, detail: "")
            }
            guard let child = cloned.process.take() else {
                furnish(hostname: action.hostname, pauses: true, channel: other.take())
            }
            other = nil
            return try withPause(action.sandboxID, child, group, channel)
        } catch {
            try group.end()
            throw error
        }
    }

    private static func withPause(
        _ sandboxID: String, _ child: consuming ClonedProcess, _ group: ControlGroup,
        _ channel: borrowing MessageSocket
    ) throws(RuntimeError) -> PodNamespaces {
        let pid = child.pid
        let pidfd = try step(.cloneProcess) { () throws(Errno) in try child.pidfd.duplicate() }
        do throws(RuntimeError) {
            let opened = try open(pid, sandboxID: sandboxID, channel).get()
            opened.pause = try PodPause(child, try namespace(pid, "pid"), in: group, channel)
            return opened
        } catch {
            try end(pid, pidfd)
            throw error
        }
    }

    private static func open(
        _ pid: Int32, sandboxID: String, _ channel: borrowing MessageSocket
    ) -> Result<PodNamespaces, RuntimeError> {
        do throws(RuntimeError) {
            try channel.expect(.ready)
            return .success(
                PodNamespaces(
                    sandboxID: sandboxID, network: try namespace(pid, "net"), ipc: try namespace(pid, "ipc"),
                    uts: try namespace(pid, "uts")))
        } catch {
            return .failure(error)
        }
    }

    private static func namespace(_ pid: Int32, _ name: String) throws(RuntimeError) -> SharedDescriptor {
        try step(.openNamespace, name) { () throws(Errno) in
            SharedDescriptor(try Descriptor.open("/proc/\(pid)/ns/\(name)", O_RDONLY))
        }
    }

    /// Gives the namespaces names: `net`, `ipc` and `uts` in a directory that exists and is the caller's alone.
    /// A specification can then say them as paths. Undone by `unpin`.
    package func pin(in directory: String) throws(RuntimeError) {
        for (name, namespace) in [("net", network), ("ipc", ipc), ("uts", uts)] {
            let path = directory + "/" + name
            try step(.bindMount, path) { () throws(Errno) in
                let file = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o400)
                let attached = try DetachedMount.clone(of: namespace.descriptor, recursive: false).attach(
                    at: file)
                _ = consume attached
            }
        }
    }

    /// Takes the names away again; what is not there is no error.
    package static func unpin(in directory: String) throws(RuntimeError) {
        for name in ["net", "ipc", "uts"] {
            let path = directory + "/" + name
            let unmounted = coffer_unmount_call(path, Int32(MNT_DETACH))
            if unmounted < 0 && unmounted != -Int(EINVAL) && unmounted != -Int(ENOENT) {
                try step(.bindMount, path) { () throws(Errno) in try valueOrErrno(unmounted) }
            }
            let removed = coffer_unlink_at(AT_FDCWD, path, 0)
            if removed < 0 && removed != -Int(ENOENT) {
                try step(.bindMount, path) { () throws(Errno) in try valueOrErrno(removed) }
            }
        }
    }

    /// In the child: what the namespaces need before anyone joins, then wait to be ended.
    private static func furnish(hostname: String, pauses: Bool, channel: consuming MessageSocket?) -> Never {
        guard let channel else { fatalExit() }
        do throws(RuntimeError) {
            var program: Descriptor?
            do throws(RuntimeError) {
                try closeOthers(than: [0, 1, 2, channel.socket.raw])
                try step(.bringLoopbackUp) { () throws(Errno) in try valueOrErrno(coffer_interface_up("lo")) }
                if !hostname.isEmpty {
                    try step(.setHostname, hostname) { () throws(Errno) in
                        try valueOrErrno(coffer_set_hostname(hostname, hostname.utf8.count))
                    }
                }
                if pauses { program = try PodPause.prepare(channel) }
                try channel.say(.ready)
            } catch {
                try channel.say(.failed(error))
            }
            try channel.expect(.start)
            if let program { try channel.say(.failed(PodPause.become(program))) }
        } catch {
            coffer_exit_now(1)
        }
        fatalExit()
    }

    private static func end(_ pid: Int32, _ pidfd: borrowing Descriptor) throws(RuntimeError) {
        try step(.waitForProcess) { () throws(Errno) in
            try valueOrErrno(coffer_pidfd_send_signal(pidfd.raw, SIGKILL))
            var status: Int32 = 0
            try valueOrErrno(coffer_wait_pid(pid, &status, 0))
        }
    }
}
