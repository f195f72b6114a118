package import Layers
package import OCI

/// What will run: a pod's containers with their images' layers and the OCI specification of each, exactly as the
/// launcher asks for it. Policy and launcher both work from the plan, so that they agree to the byte.
package struct PodPlan: Sendable {
    /// The manifest's `metadata.name`.
    package var name: String
    /// Init containers first, in the order in which they start.
    package var containers: [ContainerPlan]
    /// All containers have one process namespace; the policy says so, and the guest makes it.
    package var sharesProcesses: Bool
    /// What the manifest wants done when a container ends.
    package var restartPolicy: PodManifest.RestartPolicy?

    /// Resolves a manifest against the images that were built.
    package init(pod: PodManifest, images: ImageIndex) throws(PolicyGeneratorError) {
        name = pod.name
        containers = []
        sharesProcesses = pod.sharesProcesses
        restartPolicy = pod.restartPolicy
        for container in pod.initContainers {
            containers.append(try ContainerPlan(container, pod, images, isInit: true))
        }
        for container in pod.containers {
            containers.append(try ContainerPlan(container, pod, images, isInit: false))
        }
    }

    /// Root hashes of all layers, each once, in the order of first use.
    package var layers: [String] {
        var seen: Set<String> = []
        return containers.flatMap(\.layers).filter { seen.insert($0).inserted }
    }
}

/// One container of a plan.
package struct ContainerPlan: Sendable {
    /// The pod's name, for an annotation.
    package var podName: String
    /// The container's name in the manifest, unique in the pod.
    package var name: String
    /// The image's name as the manifest gives it.
    package var image: String
    /// Digest of the image's configuration.
    package var imageIdentity: String
    /// Runs to its end before the next container starts.
    package var isInit: Bool
    /// dm-verity root hashes, bottom first.
    package var layers: [String]
    /// As the manifest lists them; the launcher does not heed them.
    package var ports: [PodManifest.Port]
    /// Commands that may be run in it later, with the signals that may be sent to them.
    package var execCommands: [PodManifest.ExecCommand]
    /// Signals that may be sent to its first process, by number, ascending.
    package var signals: [Int]
    /// The signal that asks it to end.
    package var stopSignal: Int
    /// Whether its streams may leave the guest, as the policy will say.
    package var allowsStdio: Bool
    /// `stdin` of the manifest; the launcher does not heed it.
    package var hasInput: Bool
    /// Whether the host asks for an elevated container; the policy says whether it gets one.
    package var isPrivileged: Bool
    /// Everything but what depends on identifiers; see `specification`.
    var template: OCI.Spec

    /// The specification as it is sent to the guest.
    ///
    /// - Parameters: both are 64 lower-case hexadecimal digits; the policy does not depend on them.
    package func specification(containerID: String, sandboxID: String) -> OCI.Spec {
        var spec = template
        var root = spec.root ?? OCI.Root(path: "")
        root.path = "/run/gcs/c/\(containerID)/rootfs"
        spec.root = root
        spec.annotations["io.kubernetes.cri.container-type"] = "container"
        spec.annotations["io.kubernetes.cri.sandbox-id"] = sandboxID
        spec.annotations["io.kubernetes.cri.container-name"] = name
        spec.annotations["io.kubernetes.cri.sandbox-name"] = podName
        if isPrivileged { spec.annotations["io.microsoft.virtualmachine.lcow.privileged"] = "true" }
        return spec
    }

    /// The process of an exec request: the container's own with another command.
    package func execProcess(_ command: [String], terminal: Bool) -> OCI.Process {
        var process = template.process ?? OCI.Process()
        process.args = command
        process.terminal = terminal
        if terminal, !process.env.contains(where: { $0.hasPrefix("TERM=") }) {
            process.env.append("TERM=xterm")
        }
        return process
    }

    /// The container's own process.
    package var process: OCI.Process { template.process ?? OCI.Process() }
    /// What every container has, then the pod's volumes.
    package var mounts: [OCI.Mount] { template.mounts }
    /// nil: no filter.
    package var seccomp: OCI.Seccomp? { template.linux?.seccomp }
}
