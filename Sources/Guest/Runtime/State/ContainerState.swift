package import OCI

extension ContainerPlan {
    /// The container's state for hooks, before it has a record.
    func state(_ status: String, pid: Int32) -> OCI.State {
        OCI.State(id: id, status: status, pid: pid, bundle: bundle, annotations: spec.annotations)
    }
}

extension Container {
    /// The container's state for hooks and for the agent of its filter.
    package func state(_ status: String) -> OCI.State {
        OCI.State(id: id, status: status, pid: pid, bundle: bundle, annotations: spec.annotations)
    }
}
