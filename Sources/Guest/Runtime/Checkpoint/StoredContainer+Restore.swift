internal import CLinux
internal import Linux
internal import OCI
package import Policy

extension StoredContainer {
    /// Makes a container whose processes go on where a checkpoint of them ended, with this process's streams. Its first
    /// process is this one's child.
    ///
    /// After an error nothing is left behind.
    package static func restore(
        _ permit: consuming Permit<CreateContainer>, _ asked: CheckpointOptions, root: String,
        options: ConstructionOptions
    ) throws(RuntimeError) -> ContainerProcess {
        let action = permit.action
        try CheckpointRules.check(action.spec)
        let plan = try ContainerPlan(
            id: action.containerID, bundle: action.bundlePath, spec: action.spec, options: options)
        try CriuProgram.requireVersion()
        let directory = try StateDirectory(root: root, id: plan.id)
        try directory.create()
        do throws(RuntimeError) {
            let place = try RestoreRoot(of: plan.root, in: directory)
            let process: ContainerProcess
            do throws(RuntimeError) {
                process = try restore(plan, asked, directory, place, options)
            } catch {
                try cleaningUp(after: error) { () throws(RuntimeError) in try place.detach() }
                throw error
            }
            try place.detach()
            return process
        } catch {
            try cleaningUp(after: error) { () throws(RuntimeError) in try directory.remove() }
            throw error
        }
    }

    private static func restore(
        _ plan: ContainerPlan, _ asked: CheckpointOptions, _ directory: StateDirectory,
        _ place: RestoreRoot, _ construction: ConstructionOptions
    ) throws(RuntimeError) -> ContainerProcess {
        let files = try CheckpointFiles(asked, logName: "restore.log", making: false)
        let group = try Container.controlGroup(plan, ContainerPlacement(), construction)
        var serviceClass = ""
        do throws(RuntimeError) {
            var options = files.options(asked, annotations: plan.spec.annotations, hasGroup: group != .none)
            options.put(.root, place.path)
            options.put(.evasiveDevices, true)
            options.put(.restoresSibling, true)
            if !asked.lsmProfile.isEmpty { options.put(.securityProfile, asked.lsmProfile) }
            if !asked.lsmMountContext.isEmpty { options.put(.mountContext, asked.lsmMountContext) }
            try supplyFiles(plan, group, asked, &options)
            let namespaces = try CheckpointNamespaces.supply(plan.spec.linux?.namespaces ?? [], &options)
            let opened = plan.scope == nil ? try group.open() : nil
            let worker = try CriuWorker.start(
                inheriting: namespaces, in: opened, legacyGroups: try group.legacyGroups())
            // What is restored is born where criu is, and under the limits that are there.
            try Container.limit(plan, worker.pid, group, construction)
            try Container.restrictDevices(plan, group, opened, construction)
            if let wanted = plan.serviceClass { serviceClass = try wanted.enter(worker.pid) }
            if group != .none { try nameGroups(of: worker.pid, &options) }
            let moments = RestoreMoments(plan, directory, group, serviceClass)
            try worker.perform(.restore, options) { (reply, descriptor) throws(RuntimeError) in
                try moments.handle(reply, descriptor)
            }
            return try moments.process()
        } catch {
            if case .criu = error { files.quoteErrors { construction.warn?($0) } }
            var reason = error
            if case .criu(let text) = error { reason = .criu("\(text): see \(files.logPath)") }
            try cleaningUp(after: reason) { () throws(RuntimeError) in
                try group.kill()
                try group.remove()
                try ServiceClass.remove(serviceClass)
            }
            throw reason
        }
    }

    /// Mounts and streams from outside.
    private static func supplyFiles(
        _ plan: ContainerPlan, _ group: ControlGroup, _ asked: CheckpointOptions, _ options: inout CriuOptions
    ) throws(RuntimeError) {
        let root = try step(.openRoot, plan.root) { () throws(Errno) in
            try Descriptor.open(plan.root, O_PATH | O_DIRECTORY)
        }
        try CheckpointMounts.makePlaces(plan.mounts, root: root)
        try CheckpointMounts(
            plan.spec, bundle: plan.bundle, rootPath: plan.root, root: root, group: group
        ).supply(&options)
        let streams = try CheckpointStreams(reading: CheckpointFiles.streamsPath(asked))
        for stream in streams.inherited { options.put(.inheritedDescriptor, stream.name, stream.number) }
    }

    /// Tells criu in which control groups it is: those of the images are renamed to them. proc_pid_cgroup(5).
    private static func nameGroups(of pid: Int32, _ options: inout CriuOptions) throws(RuntimeError) {
        let file = "/proc/\(pid)/cgroup"
        let text = try step(.readControlGroup, file) { () throws(Errno) in
            try Descriptor.open(file, O_RDONLY).contents(limit: 1 << 16)
        }
        for line in text.split(separator: UInt8(ascii: "\n")) {
            let parts = line.split(
                separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false
            )
            .map { String(decoding: $0, as: UTF8.self) }
            guard parts.count == 3 else { continue }
            for controller in parts[1].split(separator: ",", omittingEmptySubsequences: false) {
                options.put(.groupRoot, String(controller), parts[2])
            }
        }
    }
}
