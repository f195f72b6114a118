internal import Linux

extension Container {
    /// Moves the plan's network devices into the network namespace of the stage, or into the one that it is going to
    /// join.
    static func moveInterfaces(
        _ plan: ContainerPlan, _ preparation: Preparation, _ pid: Int32
    ) throws(RuntimeError) {
        if plan.interfaces.isEmpty { return }
        var path = "/proc/\(pid)/ns/net"
        for namespace in preparation.namespaces where namespace.kind == .network {
            path = "/proc/self/fd/\(namespace.file.descriptor.raw)"
        }
        for transfer in plan.interfaces {
            do throws(NetlinkError) {
                try transfer.apply(namespacePath: path)
            } catch {
                throw .handshake("linux.netDevices: \(transfer.name): \(error)")
            }
        }
    }
}
