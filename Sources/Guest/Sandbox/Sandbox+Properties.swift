package import JSON
package import OCI
internal import Policy

extension Sandbox {
    /// A container's processes and statistics, when the policy lets the host read them.
    package func properties(of containerID: String) throws(SandboxError) -> JSON {
        try container(containerID)
        let permit = try transition { () throws(SandboxError) in
            return try decided("get properties denied due to policy: ") { () throws(PolicyError) in
                try policy.getProperties(GetProperties(containerID: containerID))
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
        return state(permit)
    }

    private func state(_ permit: consuming Permit<DumpStacks>) -> String {
        var lines = ["coffer: one thread, in its event loop"]
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

    /// Changes a running container's limits. The host provides memory and processors and may take some back.
    package func updateConstraints(of containerID: String, _ resources: OCI.Resources) throws(SandboxError) {
        let container = try container(containerID)
        if !container.state.isAlive { throw .notRunning }
        try SpecRules.checkRefused(resources)
        let permit = try decided("") { () throws(PolicyError) in
            try policy.updateConstraints(
                UpdateConstraints(
                    containerID: containerID, resources: SpecRules.boundedResources(resources)))
        }
        try apply("updating the limits", effects.updateConstraints, permit)
    }
}
