/// A file of a layer before it gets its place in the image. Several names may lead to one node (hard links).
final class LayerNode {
    enum Kind {
        case directory([ByteName: LayerNode])
        case file(FileContent)
        case symbolicLink(ByteName)
        case characterDevice(UInt32)
        case blockDevice(UInt32)
        case fifo
        /// Hides what lower layers have under that name.
        case whiteout
    }

    var kind: Kind
    var metadata: FileMetadata
    var attributes: [ByteName: [UInt8]]
    /// A directory that hides all that lower layers have in it.
    var isOpaque = false
    /// Whether the archive itself described it (and it is not just an ancestor of something).
    var isDescribed: Bool

    /// Where the writer put it: index in its list of inodes.
    var index: Int?

    init(
        _ kind: Kind, _ metadata: FileMetadata, attributes: [ByteName: [UInt8]] = [:],
        isDescribed: Bool = true
    ) {
        self.kind = kind
        self.metadata = metadata
        self.attributes = attributes
        self.isDescribed = isDescribed
    }

    var children: [ByteName: LayerNode]? {
        if case .directory(let children) = kind { return children }
        return nil
    }
}

/// Where a regular file's bytes are.
enum FileContent {
    /// Few enough to stand behind the inode.
    case small([UInt8])
    /// In consecutive blocks of the image.
    case blocks(first: UInt32, size: UInt64)

    var size: UInt64 {
        switch self {
        case .small(let bytes): UInt64(bytes.count)
        case .blocks(_, let size): size
        }
    }
}
