internal import JSON
internal import OCI
package import Policy

extension StoredContainer {
    /// Changes limits; what is not asked for stays as it is. The stored specification keeps the new values.
    ///
    /// - Parameter warn: gets what the caller should know and no error says.
    package func update(
        _ permit: consuming Permit<UpdateConstraints>, warn: (String) -> Void
    ) throws(RuntimeError) {
        try require(permit.action.containerID)
        if status == .stopped { throw .wrongState("container not running") }
        var spec = try directory.loadSpec()
        var linux = spec.linux ?? OCI.Linux()
        let stored = linux.resources ?? OCI.Resources()
        let asked = permit.action.resources
        // Clients send the whole of what they keep, devices and all.
        if !asked.devices.isEmpty && asked.devices != stored.devices {
            throw .refused("linux.resources.devices: device rules cannot be changed by an update")
        }
        let shares = try serviceClass(permit.action.intelRdt, &linux)
        let isScope = !record.systemdUnit.isEmpty
        var change = asked.completed(from: stored)
        if isScope { change = change.weighed(asked, stored: stored) }
        let limits = isScope ? change.asScope : change
        let group = try controlGroup()
        try group.checkUse(limits)
        if isScope, let text = asked.contradiction { warn(text) }
        if isScope { try SystemdScope.update(record.systemdUnit, limits) }
        do throws(RuntimeError) {
            let former = try group.change(limits)
            do throws(RuntimeError) {
                try shares?.setShares()
            } catch {
                try group.restore(former, after: error)
                throw error
            }
        } catch {
            if isScope { try SystemdScope.update(record.systemdUnit, stored.asScope) }
            throw error
        }
        linux.resources = change.overlaid(on: stored)
        spec.linux = linux
        try directory.save(record, specText: spec.json.serialized())
    }

    /// The class of service that the container has with new shares; one cannot come later. Nil when none are asked for.
    private func serviceClass(
        _ asked: OCI.IntelRdt?, _ linux: inout OCI.Linux
    ) throws(RuntimeError) -> ServiceClass? {
        guard let asked, asked != OCI.IntelRdt() else { return nil }
        guard var wanted = linux.intelRdt else {
            throw .refused("updating a non-existent Intel RDT configuration is not supported")
        }
        if !asked.l3CacheSchema.isEmpty { wanted.l3CacheSchema = asked.l3CacheSchema }
        if !asked.memBwSchema.isEmpty { wanted.memBwSchema = asked.memBwSchema }
        let root = try ServiceClass.mountPoint()
        linux.intelRdt = wanted
        return try ServiceClass.resolve(wanted, id: record.id, root: root)
    }
}

extension OCI.Resources {
    /// The change with what belongs together: a period without a quota, or swap without memory, means the stored ones.
    func completed(from stored: OCI.Resources) -> OCI.Resources {
        var change = self
        change.devices = []
        if let asked = cpu { change.cpu = asked.overlaid(on: stored.cpu ?? OCI.CPULimits()) }
        if let asked = memory {
            var memory = asked.overlaid(on: stored.memory ?? OCI.MemoryLimits())
            // No limit for memory with one for memory and swap together makes no sense.
            if asked.limit == -1 && asked.swap == nil { memory.swap = -1 }
            change.memory = memory
        }
        return change
    }

    func overlaid(on stored: OCI.Resources) -> OCI.Resources {
        var result = stored
        if let cpu { result.cpu = cpu }
        if let memory { result.memory = memory }
        if let pids { result.pids = pids }
        if let blockIO { result.blockIO = blockIO }
        if !hugepageLimits.isEmpty { result.hugepageLimits = hugepageLimits }
        if let network { result.network = network }
        // Not `merge`: it casts errors, which Embedded Swift cannot.
        for (name, limit) in rdma { result.rdma[name] = limit }
        for (name, value) in unified { result.unified[name] = value }
        return result
    }
}

extension OCI.CPULimits {
    fileprivate func overlaid(on stored: OCI.CPULimits) -> OCI.CPULimits {
        var result = self
        result.shares = shares ?? stored.shares
        result.quota = quota ?? stored.quota
        result.burst = burst ?? stored.burst
        result.period = period ?? stored.period
        result.realtimeRuntime = realtimeRuntime ?? stored.realtimeRuntime
        result.realtimePeriod = realtimePeriod ?? stored.realtimePeriod
        result.cpus = cpus.isEmpty ? stored.cpus : cpus
        result.mems = mems.isEmpty ? stored.mems : mems
        result.idle = idle ?? stored.idle
        return result
    }
}

extension OCI.MemoryLimits {
    fileprivate func overlaid(on stored: OCI.MemoryLimits) -> OCI.MemoryLimits {
        var result = self
        result.limit = limit ?? stored.limit
        result.reservation = reservation ?? stored.reservation
        result.swap = swap ?? stored.swap
        result.kernel = kernel ?? stored.kernel
        result.kernelTCP = kernelTCP ?? stored.kernelTCP
        result.swappiness = swappiness ?? stored.swappiness
        result.disableOOMKiller = disableOOMKiller ?? stored.disableOOMKiller
        result.useHierarchy = useHierarchy ?? stored.useHierarchy
        result.checkBeforeUpdate = checkBeforeUpdate ?? stored.checkBeforeUpdate
        return result
    }
}
