/// What a policy allows beyond its containers. Everything is off unless asked for.
package struct PolicyOptions: Equatable, Sendable {
    /// The guest's own log may leave it.
    package var allowRuntimeLogging = false
    /// The host may ask for memory, process and other figures.
    package var allowProperties = false
    /// The host may change a running container's limits.
    package var allowUpdates = false
    /// The host may ask for the agent's stacks.
    package var allowDumpStacks = false
    /// A shell may be run in every container: for finding faults, never for production.
    package var allowDebugExec = false
    /// Containers may be privileged where the manifest says so.
    package var allowElevated = false

    package init() {}
}
