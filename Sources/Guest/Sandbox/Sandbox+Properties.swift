package import JSON
package import OCI
internal import Policy

extension Sandbox {
    /// A container's processes and statistics, or a whole pod's, when the policy lets the host read them.
    package func properties(of id: String) throws(SandboxError) -> JSON {
        if pods[id] == nil { try container(id) }
        let permit = try transition { () throws(SandboxError) in
            return try decided("get properties denied due to policy: ") { () throws(PolicyError) in
                try policy.getProperties(GetProperties(containerID: id))
            }
        }
        do throws(EffectError) { return try effects.properties(permit) } catch {
            throw .effect(step: "reading the container's statistics", error)
        }
    }

    /// The guest's own state, for a person, when the policy lets the host read it.
    package func dumpState() throws(SandboxError) -> String {
        let permit = try transition { () throws(SandboxError) in
            return try decided("dump stacks denied due to policy: ") { () throws(PolicyError) in
                try policy.dumpStacks()
            }
        }
        do throws(EffectError) { return state(permit, try effects.ownFigures()) } catch {
            throw .effect(step: "reading the guest's own figures", error)
        }
    }

    private func state(_ permit: consuming Permit<DumpStacks>, _ figures: [String]) -> String {
        var lines = ["coffer: one thread, in its event loop"] + figures
        for path in mounts.disks.keys.sorted() {
            guard let disk = mounts.disks[path] else { continue }
            lines.append(
                "disk \(path) \(disk.rootHash ?? (disk.encrypted ? "encrypted" : "plain")) users \(disk.users)"
            )
        }
        for path in mounts.overlays.keys.sorted() { lines.append("overlay \(path)") }
        for id in pods.keys.sorted() {
            lines.append("pod \(id) containers \(pods[id]?.containers.count ?? 0)")
        }
        for id in containers.keys.sorted() {
            guard let container = containers[id] else { continue }
            lines.append(
                "container \(id) \(container.state) init \(container.initProcess.processID) "
                    + "processes \(container.processes.count)")
        }
        if let disabledBy { lines.append("disabled by: \(disabledBy)") }
        return lines.joined(separator: "\n")
    }

    /// Changes a container's limits, when the policy lets the host do that.
    package func updateConstraints(of containerID: String, _ resources: OCI.Resources) throws(SandboxError) {
        let container = try container(containerID)
        if !container.state.isAlive { throw .notRunning }
        try SpecRules.checkRefused(resources)
        let action = UpdateConstraints(
            containerID: containerID, resources: SpecRules.boundedResources(resources))
        try transition { () throws(SandboxError) in
            let permit = try decided("updating constraints denied due to policy: ") {
                () throws(PolicyError) in try policy.updateConstraints(action)
            }
            try apply("updating the limits", effects.updateConstraints, permit)
        }
        effects.log("container \(containerID): limits updated")
    }
}
