internal import JSON
internal import OCI

/// An image as it was found, with its layers still packed.
struct SourceImage {
    /// The names that it goes by, normalized.
    var references: [ImageReference]
    /// Digest of the manifest where there is one (`sha256:...`), for references by digest.
    var manifestDigest: String?
    let configuration: OCI.ImageConfiguration
    /// Digest of the configuration: the image's identity.
    let identity: String
    /// Bottom first.
    let layers: [SourceLayer]
}

/// One packed layer.
struct SourceLayer {
    let container: ImageContainer
    let name: String
    /// Digest and size that the manifest gives for the packed bytes; docker-save archives have none.
    let packed: (digest: String, size: UInt64)?
    /// Digest of the unpacked archive, from the image's configuration.
    let diffID: String
}

extension SourceImage {
    /// All images in a directory or archive.
    static func read(_ path: String) throws(LayersError) -> [SourceImage] {
        let container = try ImageContainer(opening: path)
        if container.has("oci-layout") && container.has("index.json") {
            return try OCILayout(container).images()
        }
        if container.has("manifest.json") { return try DockerArchive(container).images() }
        throw .unknownImage(path: path, found: "neither oci-layout nor manifest.json is in it")
    }

    /// Checks what the guest will rely on, and pairs layers with their digests.
    static func make(
        _ configurationBytes: [UInt8], at place: String, references: [ImageReference],
        manifestDigest: String?,
        layers: (OCI.ImageConfiguration) throws(LayersError) -> [SourceLayer]
    ) throws(LayersError) -> SourceImage {
        let json = try ImageContainer.parse(configurationBytes, place)
        let configuration: OCI.ImageConfiguration
        do throws(OCI.DecodeError) {
            configuration = try OCI.ImageConfiguration(reading: OCI.ObjectReader(json))
        } catch { throw .document(path: place, error) }
        guard configuration.os == "linux", configuration.architecture == "amd64" else {
            throw .platform(found: "\(configuration.os)/\(configuration.architecture)", image: place)
        }
        for diffID in configuration.rootfs.diffIDs { try Digest.check(diffID, in: place) }
        return SourceImage(
            references: references, manifestDigest: manifestDigest, configuration: configuration,
            identity: Digest.of(configurationBytes), layers: try layers(configuration))
    }
}

/// `sha256:` digests.
enum Digest {
    static func of(_ bytes: [UInt8]) -> String { "sha256:" + SHA256.hash(bytes).hexadecimal }

    /// Only this form is accepted, so that a digest can be a file name.
    static func check(_ digest: String, in place: String) throws(LayersError) {
        guard digest.hasPrefix("sha256:"), digest.utf8.count == 71,
            digest.utf8.dropFirst(7).allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { throw .badDigest(digest, in: place) }
    }

    static func verify(_ bytes: [UInt8], _ expected: String, what: String) throws(LayersError) {
        let found = of(bytes)
        guard found == expected else { throw .digestMismatch(what: what, expected: expected, found: found) }
    }
}
