internal import JSON
internal import Layers
internal import OCI
internal import PolicyGenerator

extension LaunchPlan {
    /// The plan of a manifest and the images built for it, with fresh random identifiers; the policy knows none.
    ///
    /// - Parameters:
    ///   - pod: path of the manifest.
    ///   - images: the directory that `cofferctl layers build` wrote.
    static func load(pod: String, images: String) throws -> LaunchPlan {
        let manifest = try PodManifest(yaml: TextFile.read(pod))
        let plan = try PodPlan(pod: manifest, images: ImageIndex.read(directory: images))
        if let policy = plan.restartPolicy, policy != .never {
            throw Failure(
                "\(pod): spec.restartPolicy: \(policy.rawValue) is not supported by cofferctl run: "
                    + "a container that ends is not started again",
                hint: "write Never; the policy is the same")
        }
        let sandbox = PodIdentifiers.random()
        return LaunchPlan(
            name: plan.name, sandboxID: sandbox,
            containers: plan.containers.map { container in
                let id = PodIdentifiers.random()
                return Container(
                    name: container.name, id: id, layers: container.layers,
                    specification: container.specification(containerID: id, sandboxID: sandbox).json,
                    isInit: container.isInit, stopSignal: Int32(container.stopSignal))
            })
    }
}
