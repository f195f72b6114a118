internal import Foundation
internal import OCI

/// Turns images into layer files and an index in one directory.
///
/// Layers that several images share are converted and written once. A layer's file appears under its final name only
/// when it is whole and everything in it was checked against the image's digests.
package final class LayerBuilder {
    /// What is being done, for a progress bar.
    package enum Event {
        /// The packed bytes that the images of a source have in all.
        case expect(UInt64)
        /// Packed bytes done.
        case advance(UInt64)
        case layer(ImageIndex.Layer, image: String)
        /// A layer that another image had already brought.
        case shared(ImageIndex.Layer, image: String)
    }

    /// A layer that was converted, and what its form depended on.
    private struct Converted {
        let layer: ImageIndex.Layer
        let tree: LayerTree
        let accounts: [[ByteName]: [UInt8]]
    }

    private let directory: String
    private let report: (Event) -> Void
    private var converted: [String: [Converted]] = [:]
    /// What `finish` writes: the directory's images from before, and those added.
    package private(set) var index: ImageIndex

    /// - Parameter directory: made if needed; an index that it already has is continued.
    package init(directory: String, report: @escaping (Event) -> Void = { _ in }) throws(LayersError) {
        self.directory = directory
        self.report = report
        try FileSystem.makeDirectory(directory)
        index =
            FileSystem.exists(directory + "/" + ImageIndex.fileName)
            ? try ImageIndex.read(directory: directory) : ImageIndex()
    }

    /// Converts all images found at `path` and adds them to the index, in memory; `finish` writes it.
    ///
    /// - Parameter name: a name in place of those that the image brings; for sources with one image only.
    package func add(_ path: String, named name: String? = nil) throws(LayersError) {
        var images = try SourceImage.read(path)
        if let name {
            guard images.count == 1 else {
                throw .inconsistent("\(path) holds \(images.count) images, so \(name) cannot name it")
            }
            images[0].references = [try ImageReference(name)]
        }
        var total: UInt64 = 0
        for image in images {
            guard !image.references.isEmpty else {
                throw .inconsistent(
                    "\(path): image \(image.identity) has no name; give it one with NAME=\(path)")
            }
            for layer in image.layers { total += UInt64(try layer.container.find(layer.name).range.count) }
        }
        report(.expect(total))
        for image in images { index.add(try build(image)) }
    }

    /// Writes the index.
    package func finish() throws(LayersError) {
        try index.write(directory: directory)
    }

    private func build(_ image: SourceImage) throws(LayersError) -> ImageIndex.Image {
        let name = image.references[0].description
        let lower = LowerLayers()
        var accounts: [[ByteName]: [UInt8]] = [:]
        var layers: [ImageIndex.Layer] = []
        for source in image.layers {
            let result: Converted
            if let known = converted[source.diffID]?.first(where: { $0.tree.isSame(over: lower) }) {
                report(.shared(known.layer, image: name))
                report(.advance(UInt64(try source.container.find(source.name).range.count)))
                result = known
            } else {
                result = try convert(source, over: lower)
                report(.layer(result.layer, image: name))
                converted[source.diffID, default: []].append(result)
            }
            layers.append(result.layer)
            lower.add(result.tree.root)
            accounts.merge(result.accounts) { _, new in new }
            // Deleted or replaced by something that is no file: gone.
            for path in accounts.keys where lower[path] != .other { accounts[path] = nil }
        }
        return ImageIndex.Image(
            references: image.references, identity: image.identity, manifestDigest: image.manifestDigest,
            configuration: image.configuration,
            accounts: Accounts(
                passwd: accounts[Self.passwd] ?? [], group: accounts[Self.group] ?? []),
            layers: layers)
    }

    private static let passwd: [ByteName] = ["etc", "passwd"]
    private static let group: [ByteName] = ["etc", "group"]
    private static let accountsLimit: UInt64 = 4 << 20
}

extension LayerBuilder {
    private func convert(_ source: SourceLayer, over lower: LowerLayers) throws(LayersError) -> Converted {
        let temporary = "\(directory)/.\(source.diffID.dropFirst(7)).\(getpid()).new"
        defer { FileSystem.remove(temporary) }
        let (file, range) = try source.container.find(source.name)
        let packed = HashingSource(
            ReportingSource(FileSource(file, range: range)) { [report] in report(.advance($0)) })
        let compression = try source.container.compression(source.name)
        let unpacked = HashingSource(
            compression == .none ? packed as any ByteSource : try Decompressor(compression, packed))

        let image = try ImageFile(creating: temporary)
        var writer = ErofsWriter(image)
        let (tree, accounts) = try read(unpacked, source, into: writer, over: lower)
        try verify(source, packed: packed, unpacked: unpacked)

        let dataSize = try writer.finish(tree.root)
        let root = try VerityTree.write(to: image.file, dataSize: dataSize) { _ in }
        let layer = ImageIndex.Layer(
            rootHash: root.hexadecimal, diffID: source.diffID, dataSize: dataSize,
            fileSize: try image.file.size())
        try FileSystem.rename(temporary, to: directory + "/" + layer.fileName)
        return Converted(layer: layer, tree: tree, accounts: accounts)
    }

    private func read(
        _ unpacked: HashingSource, _ source: SourceLayer, into writer: ErofsWriter, over lower: LowerLayers
    ) throws(LayersError) -> (LayerTree, [[ByteName]: [UInt8]]) {
        let tar = TarReader(unpacked)
        var tree = LayerTree(over: lower)
        var accounts: [[ByteName]: [UInt8]] = [:]
        while let entry = try next(tar, source) {
            var content: FileContent?
            if case .file(let size) = entry.kind {
                accounts[entry.path] = nil
                content = try writer.store(size, from: tar) { bytes in
                    guard entry.path == Self.passwd || entry.path == Self.group, size <= Self.accountsLimit
                    else { return }
                    accounts[entry.path, default: []] += bytes
                }
            }
            do throws(TarError) { try tree.add(entry, content: content) } catch {
                throw .archive(path: source.place, error)
            }
        }
        return (tree, accounts)
    }

    private func next(_ tar: TarReader, _ source: SourceLayer) throws(LayersError) -> TarEntry? {
        do throws(TarError) { return try tar.next() } catch { throw .archive(path: source.place, error) }
    }

    /// Everything that was read must be what the manifest and the configuration say, to the last byte.
    private func verify(
        _ source: SourceLayer, packed: HashingSource, unpacked: HashingSource
    ) throws(LayersError) {
        let diffID = try unpacked.finish()
        guard diffID == source.diffID else {
            throw .digestMismatch(what: "\(source.place) (unpacked)", expected: source.diffID, found: diffID)
        }
        let digest = try packed.finish()
        guard let expected = source.packed else { return }
        guard packed.count == expected.size else {
            throw .sizeMismatch(what: source.place, expected: expected.size, found: packed.count)
        }
        guard digest == expected.digest else {
            throw .digestMismatch(what: source.place, expected: expected.digest, found: digest)
        }
    }
}

extension SourceLayer {
    /// For messages.
    var place: String { "\(container.path)/\(name)" }
}

/// Passes bytes on and says how many.
private final class ReportingSource: ByteSource {
    private let source: any ByteSource
    private let report: (UInt64) -> Void

    init(_ source: any ByteSource, _ report: @escaping (UInt64) -> Void) {
        self.source = source
        self.report = report
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LayersError) -> Int {
        let count = try source.read(into: buffer)
        report(UInt64(count))
        return count
    }

    func skip(_ count: UInt64) -> Bool { false }
}
