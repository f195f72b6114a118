internal import JSON
internal import OCI

/// What `docker save`, `podman save` and skopeo's docker-archive write: manifest.json lists configurations and layers.
struct DockerArchive {
    private let container: ImageContainer

    init(_ container: ImageContainer) { self.container = container }

    func images() throws(LayersError) -> [SourceImage] {
        let place = "\(container.path)/manifest.json"
        guard let entries = try container.document("manifest.json").arrayValue, !entries.isEmpty else {
            throw .inconsistent("\(place): expected a list of images")
        }
        var images: [SourceImage] = []
        for (number, entry) in entries.enumerated() {
            images.append(try image(entry, "\(place)[\(number)]"))
        }
        return images
    }

    private func image(_ entry: JSON, _ place: String) throws(LayersError) -> SourceImage {
        guard let configName = entry["Config"]?.stringValue, let names = strings(entry["Layers"]) else {
            throw .inconsistent("\(place): expected Config (a string) and Layers (a list of strings)")
        }
        var references: [ImageReference] = []
        for tag in strings(entry["RepoTags"]) ?? [] { references.append(try ImageReference(tag)) }
        let bytes = try container.contents(configName)
        try verifyName(configName, bytes)
        return try SourceImage.make(
            bytes, at: "\(container.path)/\(configName)", references: references, manifestDigest: nil
        ) { configuration throws(LayersError) in
            let diffIDs = configuration.rootfs.diffIDs
            guard diffIDs.count == names.count else {
                throw .inconsistent(
                    "\(place): \(diffIDs.count) diff_ids for \(names.count) layers, expected one each")
            }
            return zip(names, diffIDs).map { name, diffID in
                SourceLayer(container: container, name: name, packed: nil, diffID: diffID)
            }
        }
    }

    /// The configuration is named by its own digest, as HEX.json or blobs/sha256/HEX.
    private func verifyName(_ name: String, _ bytes: [UInt8]) throws(LayersError) {
        var hex = name.split(separator: "/").last.map(String.init) ?? name
        if hex.hasSuffix(".json") { hex = String(hex.dropLast(5)) }
        try Digest.check("sha256:" + hex, in: "\(container.path)/\(name)")
        try Digest.verify(bytes, "sha256:" + hex, what: "\(container.path)/\(name)")
    }

    private func strings(_ value: JSON?) -> [String]? {
        guard let values = value?.arrayValue else { return nil }
        let strings = values.compactMap(\.stringValue)
        return strings.count == values.count ? strings : nil
    }
}
