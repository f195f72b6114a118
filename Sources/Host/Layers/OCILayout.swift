internal import Foundation
internal import JSON
internal import OCI

/// An OCI image layout. image-spec image-layout.md.
struct OCILayout {
    private let container: ImageContainer
    private static let referenceName = "org.opencontainers.image.ref.name"
    private static let containerdName = "io.containerd.image.name"
    private static let indexTypes = [
        "application/vnd.oci.image.index.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json",
    ]
    private static let manifestTypes = [
        "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ]
    private static let layerTypes = [
        "application/vnd.oci.image.layer.v1.tar", "application/vnd.oci.image.layer.v1.tar+gzip",
        "application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.docker.image.rootfs.diff.tar",
        "application/vnd.docker.image.rootfs.diff.tar.gzip",
        "application/vnd.docker.image.rootfs.diff.tar.zstd",
        "application/vnd.oci.image.layer.nondistributable.v1.tar",
        "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
    ]

    init(_ container: ImageContainer) { self.container = container }

    func images() throws(LayersError) -> [SourceImage] {
        let index: OCI.ImageIndex = try decode(try container.document("index.json"), "index.json")
        var images: [SourceImage] = []
        for descriptor in index.manifests {
            let references = try references(of: descriptor)
            guard let manifest = try manifest(descriptor, depth: 0) else { continue }
            images.append(try image(manifest, references))
        }
        guard !images.isEmpty else {
            throw .platform(found: "\(index.manifests.count) manifests for others", image: container.path)
        }
        return images
    }

    /// Names come from annotations; a bare tag belongs to an image called like the directory or archive.
    private func references(of descriptor: OCI.ContentDescriptor) throws(LayersError) -> [ImageReference] {
        if let name = descriptor.annotations[Self.containerdName] { return [try ImageReference(name)] }
        var base = (container.path as NSString).standardizingPath
        base = (base as NSString).lastPathComponent
        if base.hasSuffix(".tar") { base = String(base.dropLast(4)) }
        let fallback = base.lowercased()
        guard let name = descriptor.annotations[Self.referenceName], !name.isEmpty else {
            return [try ImageReference(fallback)]
        }
        let isTag = !name.contains("/") && !name.contains(":")
        return [try ImageReference(isTag ? "\(fallback):\(name)" : name)]
    }

    /// The manifest for linux/amd64 behind a descriptor; nil when there is none.
    private func manifest(
        _ descriptor: OCI.ContentDescriptor, depth: Int
    ) throws(LayersError) -> OCI.ContentDescriptor? {
        if let platform = descriptor.platform, platform.os != "linux" || platform.architecture != "amd64" {
            return nil
        }
        if Self.manifestTypes.contains(descriptor.mediaType) { return descriptor }
        guard Self.indexTypes.contains(descriptor.mediaType), depth < 4 else {
            throw .mediaType(descriptor.mediaType, of: "\(container.path) \(descriptor.digest)")
        }
        let bytes = try blob(descriptor)
        let index: OCI.ImageIndex = try decode(
            try ImageContainer.parse(bytes, descriptor.digest), descriptor.digest)
        for inner in index.manifests {
            if let found = try manifest(inner, depth: depth + 1) { return found }
        }
        return nil
    }

    private func image(
        _ descriptor: OCI.ContentDescriptor, _ references: [ImageReference]
    ) throws(LayersError) -> SourceImage {
        let json = try ImageContainer.parse(try blob(descriptor), descriptor.digest)
        let manifest: OCI.Manifest = try decode(json, descriptor.digest)
        let place = "\(container.path) \(manifest.config.digest)"
        return try SourceImage.make(
            try blob(manifest.config), at: place, references: references, manifestDigest: descriptor.digest
        ) { configuration throws(LayersError) in
            let diffIDs = configuration.rootfs.diffIDs
            guard diffIDs.count == manifest.layers.count else {
                throw .inconsistent(
                    "\(place): \(diffIDs.count) diff_ids for \(manifest.layers.count) layers, expected one each"
                )
            }
            var layers: [SourceLayer] = []
            for (layer, diffID) in zip(manifest.layers, diffIDs) {
                guard Self.layerTypes.contains(layer.mediaType) else {
                    throw .mediaType(layer.mediaType, of: layer.digest)
                }
                layers.append(
                    SourceLayer(
                        container: container, name: try blobName(layer),
                        packed: (layer.digest, UInt64(clamping: layer.size)), diffID: diffID))
            }
            return layers
        }
    }

    private func blobName(_ descriptor: OCI.ContentDescriptor) throws(LayersError) -> String {
        try Digest.check(descriptor.digest, in: container.path)
        return "blobs/sha256/" + descriptor.digest.dropFirst(7)
    }

    private func blob(_ descriptor: OCI.ContentDescriptor) throws(LayersError) -> [UInt8] {
        let bytes = try container.contents(try blobName(descriptor))
        try Digest.verify(bytes, descriptor.digest, what: "\(container.path) \(descriptor.digest)")
        return bytes
    }

    private func decode<Value: OCI.Document>(_ json: JSON, _ name: String) throws(LayersError) -> Value {
        do throws(OCI.DecodeError) {
            return try Value(reading: OCI.ObjectReader(json))
        } catch { throw .document(path: "\(container.path)/\(name)", error) }
    }
}
