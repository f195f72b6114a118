internal import Foundation
package import JSON
package import OCI

/// `images.json`: what was built in a directory, and all that policy generation and launching need to know of it.
package struct ImageIndex: Sendable {
    /// The file's name in the directory of the layers.
    package static let fileName = "images.json"
    private static let version = 1

    /// In the order in which they were added; a name leads to one of them.
    package var images: [Image] = []

    package init() {}

    /// One image.
    package struct Image: Sendable {
        /// All names, in full form.
        package var references: [ImageReference]
        /// Digest of the configuration: what `docker images` calls the image's id.
        package var identity: String
        /// Digest of the manifest, nil for docker-save archives.
        package var manifestDigest: String?
        /// Command, environment, user and so on, as the image's author set them.
        package var configuration: OCI.ImageConfiguration
        /// Of the image's own passwd and group, as its topmost layers leave them.
        package var accounts: Accounts
        /// Bottom first.
        package var layers: [Layer]
    }

    /// One read-only layer: the file `ROOTHASH.layer` next to the index.
    package struct Layer: Equatable, Sendable {
        /// dm-verity root hash, 64 lower-case hexadecimal digits: the layer's name in policies.
        package var rootHash: String
        /// Digest of the layer's archive.
        package var diffID: String
        /// Bytes of the file system, without the hash tree.
        package var dataSize: UInt64
        /// Bytes of the whole file.
        package var fileSize: UInt64

        /// The file's name below the index's directory.
        package var fileName: String { rootHash + ".layer" }
    }

    /// The image of that name; the digest counts if one is given, whatever the tag.
    package func image(named text: String) throws(LayersError) -> Image {
        let wanted = try ImageReference(text)
        for image in images {
            if let digest = wanted.digest {
                let isNamed = image.references.contains { $0.name == wanted.name }
                if isNamed && (image.manifestDigest == digest || image.identity == digest) { return image }
            } else if image.references.contains(wanted) {
                return image
            }
        }
        throw .unknownReference("\(wanted)", known: images.flatMap(\.references).map(\.description).sorted())
    }

    /// Adds an image; its names no longer lead to others.
    package mutating func add(_ image: Image) {
        for index in images.indices { images[index].references.removeAll { image.references.contains($0) } }
        images.removeAll {
            $0.references.isEmpty || $0.identity == image.identity && $0.references == image.references
        }
        images.append(image)
    }
}

extension ImageIndex {
    /// Reads the index of a directory.
    package static func read(directory: String) throws(LayersError) -> ImageIndex {
        let container = try ImageContainer(opening: directory)
        guard container.has(fileName) else {
            throw .missing(path: fileName, in: directory)
        }
        return try ImageIndex(try container.document(fileName), path: directory + "/" + fileName)
    }

    /// Writes the index; the old one is there until the new one is whole.
    package func write(directory: String) throws(LayersError) {
        let path = directory + "/" + Self.fileName
        let bytes = json.serialized() + [0x0A]
        let file = try OpenFile(creating: path + ".new")
        try bytes.withBytes { bytes throws(LayersError) in try file.write(bytes, at: 0) }
        try FileSystem.rename(path + ".new", to: path)
    }

    package var json: JSON {
        ["version": JSON(Self.version), "images": .array(images.map(\.json))]
    }

    package init(_ json: JSON, path: String) throws(LayersError) {
        guard json["version"]?.intValue == Self.version, let entries = json["images"]?.arrayValue else {
            throw .inconsistent(
                "\(path): expected version \(Self.version) and a list of images; build the layers again")
        }
        for (number, entry) in entries.enumerated() {
            images.append(try Image(entry, path: "\(path): images[\(number)]"))
        }
    }
}

extension ImageIndex.Image {
    package var json: JSON {
        var object: JSON = [
            "references": JSON(references.map(\.description)),
            "identity": .string(identity),
            "layers": .array(layers.map(\.json)),
            "configuration": configuration.json,
            "accounts": accounts.json,
        ]
        if let manifestDigest, case .object(var members) = object {
            members["manifestDigest"] = .string(manifestDigest)
            object = .object(members)
        }
        return object
    }

    init(_ json: JSON, path: String) throws(LayersError) {
        guard let names = json["references"]?.arrayValue, let identity = json["identity"]?.stringValue,
            let layers = json["layers"]?.arrayValue, let accounts = Accounts(json["accounts"]),
            let configuration = json["configuration"]
        else { throw .inconsistent("\(path): members are missing; build the layers again") }
        references = []
        for name in names { references.append(try ImageReference(name.stringValue ?? "")) }
        self.identity = identity
        manifestDigest = json["manifestDigest"]?.stringValue
        self.accounts = accounts
        self.layers = []
        for layer in layers {
            guard let layer = ImageIndex.Layer(layer) else { throw .inconsistent("\(path): malformed layer") }
            self.layers.append(layer)
        }
        do throws(OCI.DecodeError) {
            self.configuration = try OCI.ImageConfiguration(reading: OCI.ObjectReader(configuration))
        } catch { throw .document(path: path, error) }
    }
}

extension ImageIndex.Layer {
    package var json: JSON {
        [
            "rootHash": .string(rootHash), "diffID": .string(diffID), "dataSize": JSON(dataSize),
            "fileSize": JSON(fileSize),
        ]
    }

    init?(_ json: JSON) {
        guard let rootHash = json["rootHash"]?.stringValue, let diffID = json["diffID"]?.stringValue,
            let dataSize = json["dataSize"]?.uintValue, let fileSize = json["fileSize"]?.uintValue,
            // The root hash becomes a file name.
            rootHash.utf8.count == 64,
            rootHash.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
        else { return nil }
        self.init(rootHash: rootHash, diffID: diffID, dataSize: dataSize, fileSize: fileSize)
    }
}
