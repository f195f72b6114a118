extension OCI {
    /// A reference to content by its digest. image-spec descriptor.md.
    package struct ContentDescriptor: Document, Equatable, Sendable {
        /// What the content is.
        package var mediaType = ""
        /// For instance `sha256:` and 64 hexadecimal digits.
        package var digest: String
        /// Bytes.
        package var size: Int64 = 0
        /// What it runs on, in an index.
        package var platform: Platform?
        /// For instance `org.opencontainers.image.ref.name`.
        package var annotations: [String: String] = [:]
        /// The type of an artifact that is no image.
        package var artifactType = ""

        /// The required members; all others empty or absent.
        package init(digest: String) {
            self.digest = digest
        }
    }
}

extension OCI.ContentDescriptor {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        mediaType = try reader.string("mediaType")
        digest = try reader.requiredString("digest")
        size = try reader.integer("size")
        platform = try reader.optional("platform")
        annotations = try reader.stringMap("annotations")
        artifactType = try reader.string("artifactType")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("mediaType", unlessEmpty: mediaType)
        writer.put("digest", digest)
        writer.put("size", size)
        writer.put("platform", ifPresent: platform)
        writer.put("annotations", unlessEmpty: annotations)
        writer.put("artifactType", unlessEmpty: artifactType)
    }
}

extension OCI {
    /// What an image runs on.
    package struct Platform: Document, Equatable, Sendable {
        /// GOARCH, for instance `amd64`.
        package var architecture: String
        /// GOOS, for instance `linux`.
        package var os: String
        /// For instance `v8`.
        package var variant = ""

        /// The required members; all others empty or absent.
        package init(architecture: String, os: String) {
            self.architecture = architecture
            self.os = os
        }
    }
}

extension OCI.Platform {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        architecture = try reader.requiredString("architecture")
        os = try reader.requiredString("os")
        variant = try reader.string("variant")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("architecture", architecture)
        writer.put("os", os)
        writer.put("variant", unlessEmpty: variant)
    }
}

extension OCI {
    /// A list of manifests: one image for several platforms, or an image layout's index.json. image-spec image-index.md.
    package struct ImageIndex: Document, Equatable, Sendable {
        /// 2.
        package var schemaVersion: Int = 0
        /// The index's own type.
        package var mediaType = ""
        /// The manifests.
        package var manifests: [ContentDescriptor] = []
        /// Free text.
        package var annotations: [String: String] = [:]

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ImageIndex {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        schemaVersion = try reader.integer("schemaVersion")
        mediaType = try reader.string("mediaType")
        manifests = try reader.list("manifests")
        annotations = try reader.stringMap("annotations")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("schemaVersion", schemaVersion)
        writer.put("mediaType", unlessEmpty: mediaType)
        writer.put("manifests", manifests)
        writer.put("annotations", unlessEmpty: annotations)
    }
}

extension OCI {
    /// An image's configuration and layers. image-spec manifest.md.
    package struct Manifest: Document, Equatable, Sendable {
        /// 2.
        package var schemaVersion: Int = 0
        /// The manifest's own type.
        package var mediaType = ""
        /// The configuration.
        package var config: ContentDescriptor
        /// The layers, bottom first.
        package var layers: [ContentDescriptor]
        /// Free text.
        package var annotations: [String: String] = [:]

        /// The required members; all others empty or absent.
        package init(config: ContentDescriptor, layers: [ContentDescriptor]) {
            self.config = config
            self.layers = layers
        }
    }
}

extension OCI.Manifest {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        schemaVersion = try reader.integer("schemaVersion")
        mediaType = try reader.string("mediaType")
        config = try reader.required("config")
        layers = try reader.list("layers")
        annotations = try reader.stringMap("annotations")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("schemaVersion", schemaVersion)
        writer.put("mediaType", unlessEmpty: mediaType)
        writer.put("config", config)
        writer.put("layers", layers)
        writer.put("annotations", unlessEmpty: annotations)
    }
}

extension OCI {
    /// How an image wants to be run, and its layers' digests. image-spec config.md.
    package struct ImageConfiguration: Document, Equatable, Sendable {
        /// RFC 3339.
        package var created = ""
        /// Whoever made it.
        package var author = ""
        /// GOARCH.
        package var architecture = ""
        /// GOOS.
        package var os = ""
        /// The processor's variant.
        package var variant = ""
        /// Defaults for a container.
        package var config: ImageExecution = ImageExecution()
        /// The layers.
        package var rootfs: ImageLayers = ImageLayers()
        /// How each layer came about, bottom first.
        package var history: [ImageHistory] = []

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ImageConfiguration {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        created = try reader.string("created")
        author = try reader.string("author")
        architecture = try reader.string("architecture")
        os = try reader.string("os")
        variant = try reader.string("variant")
        config = try reader.optional("config") ?? .init()
        rootfs = try reader.optional("rootfs") ?? .init()
        history = try reader.list("history")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("created", unlessEmpty: created)
        writer.put("author", unlessEmpty: author)
        writer.put("architecture", architecture)
        writer.put("os", os)
        writer.put("variant", unlessEmpty: variant)
        writer.put("config", config)
        writer.put("rootfs", rootfs)
        writer.put("history", unlessEmpty: history)
    }
}

extension OCI {
    /// An image's defaults for a container.
    package struct ImageExecution: Document, Equatable, Sendable {
        /// `user`, `uid`, `user:group` or `uid:gid`.
        package var user = ""
        /// `port/protocol`.
        package var exposedPorts: [String: ImageEmpty] = [:]
        /// `NAME=value` each.
        package var env: [String] = []
        /// The first part of argv.
        package var entrypoint: [String] = []
        /// The rest of argv.
        package var cmd: [String] = []
        /// Directories with data of their own.
        package var volumes: [String: ImageEmpty] = [:]
        /// The working directory; empty means `/`.
        package var workingDir = ""
        /// Free text.
        package var labels: [String: String] = [:]
        /// The signal that asks it to end.
        package var stopSignal = ""

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ImageExecution {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        user = try reader.string("User")
        exposedPorts = try reader.map("ExposedPorts")
        env = try reader.strings("Env")
        entrypoint = try reader.strings("Entrypoint")
        cmd = try reader.strings("Cmd")
        volumes = try reader.map("Volumes")
        workingDir = try reader.string("WorkingDir")
        labels = try reader.stringMap("Labels")
        stopSignal = try reader.string("StopSignal")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("User", unlessEmpty: user)
        writer.put("ExposedPorts", unlessEmpty: exposedPorts)
        writer.put("Env", unlessEmpty: env)
        writer.put("Entrypoint", unlessEmpty: entrypoint)
        writer.put("Cmd", unlessEmpty: cmd)
        writer.put("Volumes", unlessEmpty: volumes)
        writer.put("WorkingDir", unlessEmpty: workingDir)
        writer.put("Labels", unlessEmpty: labels)
        writer.put("StopSignal", unlessEmpty: stopSignal)
    }
}

extension OCI {
    /// The empty object that the image specification uses for the members of a set.
    package struct ImageEmpty: Document, Equatable, Sendable {
        /// The empty object.
        package init() {}
    }
}

extension OCI.ImageEmpty {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {}

    package func write(to writer: inout OCI.ObjectWriter) {}
}

extension OCI {
    /// The digests of an image's layers.
    package struct ImageLayers: Document, Equatable, Sendable {
        /// `layers`.
        package var type = ""
        /// SHA-256 of each uncompressed layer archive, bottom first.
        package var diffIDs: [String] = []

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ImageLayers {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        type = try reader.string("type")
        diffIDs = try reader.strings("diff_ids")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("type", type)
        writer.put("diff_ids", diffIDs)
    }
}

extension OCI {
    /// How a layer came about.
    package struct ImageHistory: Document, Equatable, Sendable {
        /// RFC 3339.
        package var created = ""
        /// The command.
        package var createdBy = ""
        /// Whoever made it.
        package var author = ""
        /// Free text.
        package var comment = ""
        /// Whether it made no layer.
        package var emptyLayer = false

        /// Every member empty or absent.
        package init() {}
    }
}

extension OCI.ImageHistory {
    package init(reading reader: OCI.ObjectReader) throws(OCI.DecodeError) {
        created = try reader.string("created")
        createdBy = try reader.string("created_by")
        author = try reader.string("author")
        comment = try reader.string("comment")
        emptyLayer = try reader.bool("empty_layer")
    }

    package func write(to writer: inout OCI.ObjectWriter) {
        writer.put("created", unlessEmpty: created)
        writer.put("created_by", unlessEmpty: createdBy)
        writer.put("author", unlessEmpty: author)
        writer.put("comment", unlessEmpty: comment)
        writer.put("empty_layer", ifTrue: emptyLayer)
    }
}
