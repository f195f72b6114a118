internal import OCI
internal import Policy

extension Sandbox {
    /// Announces a network for a pod, or configures it when the pod exists. Addresses, routes and names are checked
    /// for form; nothing on the network is trusted.
    package func addNetwork(_ claim: NetworkClaim) throws(SandboxError) {
        try requirePolicyForNetwork()
        try NetworkRules.check(claim)
        let key = NetworkRules.key(claim.namespaceID)
        if networks[key] != nil {
            throw .invalid("network namespace \(claim.namespaceID) has an adapter already")
        }
        for pod in pods.values where NetworkRules.belongs(key, to: pod.sandboxID) {
            try configure(claim, pod)
        }
        networks[key] = claim
    }

    /// Forgets a network; the interface of a running pod stays until the pod ends.
    package func removeNetwork(namespaceID: String) throws(SandboxError) {
        try requirePolicyForNetwork()
        let key = NetworkRules.key(namespaceID)
        if networks.removeValue(forKey: key) == nil {
            throw .invalid("network namespace \(namespaceID) is not known")
        }
    }

    private func requirePolicyForNetwork() throws(SandboxError) {
        if !policy.isSet { throw .denied(prefix: "", .closed("host network is denied by policy")) }
    }

    // MARK: - Making and removing

    /// Makes the container's pod if it is the first; true when it was.
    func preparePod(
        _ resolved: ResolvedContainer, sharesProcesses: Bool
    ) throws(SandboxError) -> Bool {
        if pods[resolved.sandboxID] != nil { return false }
        let pod = Pod(sandboxID: resolved.sandboxID, hostname: resolved.hostname)
        let permit = try decided("") { () throws(PolicyError) in
            try policy.prepareSandbox(
                PrepareSandbox(
                    sandboxID: pod.sandboxID, hostname: pod.hostname, sharesProcesses: sharesProcesses))
        }
        try apply("making the pod's namespaces", effects.prepareSandbox, permit)
        pods[pod.sandboxID] = pod
        do throws(SandboxError) {
            let network = network(of: resolved)
            try writePodFiles(pod, network)
            if let network { try configure(network, pod) }
        } catch {
            try removePod(pod.sandboxID)
            throw error
        }
        return true
    }

    private func network(of resolved: ResolvedContainer) -> NetworkClaim? {
        if !resolved.networkID.isEmpty, let named = networks[NetworkRules.key(resolved.networkID)] {
            return named
        }
        return networks.first { NetworkRules.belongs($0.key, to: resolved.sandboxID) }?.value
    }

    private func configure(_ network: NetworkClaim, _ pod: Pod) throws(SandboxError) {
        if pod.networkID != nil {
            throw .invalid("pod \(pod.sandboxID) has its network interface already")
        }
        let action = NetworkRules.action(network, sandboxID: pod.sandboxID)
        let permit = try decided("") { () throws(PolicyError) in try policy.configureNetwork(action) }
        try apply("configuring the network", effects.configureNetwork, permit)
        pod.networkID = NetworkRules.key(network.namespaceID)
    }

    private func writePodFiles(_ pod: Pod, _ network: NetworkClaim?) throws(SandboxError) {
        let directory = GuestPaths.pod(pod.sandboxID)
        let resolver = PodFiles.resolver(
            servers: network?.nameServers ?? [], domains: network?.searchDomains ?? [])
        let files = [
            ("hostname", pod.hostname + "\n"), ("hosts", PodFiles.hosts(hostname: pod.hostname)),
            ("resolv.conf", resolver),
        ]
        try effect("writing the pod's files") { () throws(EffectError) in
            try effects.makeDirectory(directory, 0o700)
            for (name, text) in files { try effects.writeFile(directory + "/" + name, Array(text.utf8)) }
        }
    }

    /// Removes a pod without containers.
    func removePod(_ sandboxID: String) throws(SandboxError) {
        guard let pod = pods.removeValue(forKey: sandboxID) else { return }
        try removeSandboxDirectories(pod)
        try removal("removing the pod's namespaces") { () throws(EffectError) in
            try effects.removeSandbox(sandboxID)
        }
    }

    // MARK: - Attestation

    func openEvidence(_ containerID: String, _ action: CreateContainer) throws(SandboxError) {
        let directory = GuestPaths.securityContext(containerID)
        guard action.spec.mounts.contains(where: { same($0.source, directory) }) else { return }
        try effect("offering attestation") { () throws(EffectError) in
            try effects.makeDirectory(directory, 0o755)
            try effects.serveEvidence(directory)
        }
    }

    func closeEvidence(_ containerID: String) {
        effects.endEvidence(GuestPaths.securityContext(containerID))
    }
}
