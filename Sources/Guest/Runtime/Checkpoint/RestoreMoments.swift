internal import CLinux
internal import JSON
internal import Linux
internal import OCI

/// What there is to do while criu restores a container: hooks, the record, and the terminal.
final class RestoreMoments {
    private let plan: ContainerPlan
    private let directory: StateDirectory
    private let group: ControlGroup
    private let serviceClass: String
    private var pid: Int32 = 0
    private var pidfd: SharedDescriptor?
    private var terminal: SharedDescriptor?

    init(_ plan: ContainerPlan, _ directory: StateDirectory, _ group: ControlGroup, _ serviceClass: String) {
        self.plan = plan
        self.directory = directory
        self.group = group
        self.serviceClass = serviceClass
    }

    /// One moment; criu goes on when this returns.
    func handle(_ reply: CriuReply, _ descriptor: SharedDescriptor?) throws(RuntimeError) {
        switch reply.moment {
        case "setup-namespaces":
            let streams = try HookStreams(plan, isHeard: true)
            try Container.runHostHooks(plan, streams, try number(reply))
        case "orphan-pts-master": terminal = descriptor
        case "post-restore": try record(try number(reply))
        default: break
        }
    }

    /// What has been restored, after the end.
    func process() throws(RuntimeError) -> ContainerProcess {
        guard let pidfd else { throw .criu("criu restored nothing") }
        return ContainerProcess(pid: pid, pidfd: pidfd, terminal: terminal)
    }

    private func number(_ reply: CriuReply) throws(RuntimeError) -> Int32 {
        if let pid = reply.pid, pid > 0 { return pid }
        throw .criu("criu: expected the first process's number with \(reply.moment ?? ""), found none")
    }

    /// The processes are there, and none of them runs yet.
    private func record(_ pid: Int32) throws(RuntimeError) {
        self.pid = pid
        pidfd = try step(.waitForProcess, "\(pid)") { () throws(Errno) in
            SharedDescriptor(try descriptorOrErrno(coffer_pidfd_open(pid, 0)))
        }
        let record = try StoredContainer.record(plan, pid, group, serviceClass)
        try directory.draft(record, specText: specWithTime().json.serialized())
        try directory.publish()
    }

    /// criu gives the processes a time namespace, in which further ones belong as well. time_namespaces(7).
    private func specWithTime() -> OCI.Spec {
        var spec = plan.spec
        var status = stat()
        let namespaces = spec.linux?.namespaces ?? []
        if coffer_stat("/proc/self/ns/time", &status) == 0
            && !namespaces.contains(where: { $0.type == "time" })
        {
            spec.linux?.namespaces.append(OCI.Namespace(type: "time"))
        }
        return spec
    }
}
