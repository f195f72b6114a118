/// One inode on its way into the image.
struct ErofsInode {
    let node: LayerNode
    let parent: Int
    /// Extended attributes as they stand behind the inode.
    let attributes: [UInt8]
    var links: UInt32
    /// Bytes from the start of the metadata.
    var offset: UInt64 = 0
    /// What stands behind the attributes; for directories filled in when all places are known.
    var tail: [UInt8] = []
    private(set) var tailSize = 0
    /// The tail, when there was no room for it behind the inode.
    private(set) var displacedTail: [UInt8]?
    var firstBlock: UInt32 = 0
    private(set) var size: UInt64 = 0
    private var isInline: Bool
    private var names: [(name: ByteName, index: Int)] = []

    init(_ node: LayerNode, parent: Int) throws(LayersError) {
        self.node = node
        self.parent = parent
        links = node.children == nil ? 1 : 2
        attributes = try Self.encode(node)
        isInline = false
        switch node.kind {
        case .file(.small(let bytes)): setTail(bytes)
        case .file(.blocks(let first, let size)):
            firstBlock = first
            self.size = size
        case .symbolicLink(let target): setTail(target.bytes)
        default: break
        }
    }

    private mutating func setTail(_ bytes: [UInt8]) {
        tail = bytes
        tailSize = bytes.count
        size = UInt64(bytes.count)
        isInline = !bytes.isEmpty
    }

    mutating func moveTailToBlocks() {
        if node.children == nil { displacedTail = tail }
        tail = []
        tailSize = 0
        isInline = false
    }

    /// Gives a directory its entries, in byte order; "." and ".." take their places among them.
    mutating func setNames(_ children: [(ByteName, LayerNode)]) {
        names = children.compactMap { child in child.1.index.map { (child.0, $0) } }
        names.append((".", node.index ?? 0))
        names.append(("..", parent))
        names.sort { $0.name < $1.name }
        var blocks = 0
        var used = 0
        for name in names {
            let need = Erofs.directoryEntrySize + name.name.bytes.count
            if used + need > Erofs.blockSize {
                blocks += 1
                used = 0
            }
            used += need
        }
        size = UInt64(blocks * Erofs.blockSize + used)
        tailSize = used
        isInline = true
    }

    /// The directory's blocks: in each, entries from the front and their names behind them.
    func directoryData(_ nodeID: (Int) -> UInt64, types: (Int) -> UInt8) -> [UInt8] {
        var data: [UInt8] = []
        var rest = names[...]
        while !rest.isEmpty {
            var used = 0
            let block = rest.prefix { name in
                used += Erofs.directoryEntrySize + name.name.bytes.count
                return used <= Erofs.blockSize
            }
            rest = rest.dropFirst(block.count)
            data.pad(to: Erofs.blockSize)
            var nameOffset = block.count * Erofs.directoryEntrySize
            for name in block {
                data.append(littleEndian: nodeID(name.index))
                data.append(littleEndian: UInt16(truncatingIfNeeded: nameOffset))
                data.append(types(name.index))
                data.append(0)
                nameOffset += name.name.bytes.count
            }
            for name in block { data.append(contentsOf: name.name.bytes) }
        }
        return data
    }
}

extension ErofsInode {
    /// The inode with all that stands behind it.
    func encoded(number: UInt32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Erofs.inodeSize)
        let metadata = node.metadata
        bytes.put(isInline ? Erofs.Format.inline : Erofs.Format.plain, at: 0)
        bytes.put(attributeCount, at: 2)
        bytes.put(metadata.mode & 0o7777 | Erofs.types(of: node.kind).mode, at: 4)
        bytes.put(size, at: 8)
        bytes.put(location, at: 16)
        bytes.put(number, at: 20)
        bytes.put(metadata.user, at: 24)
        bytes.put(metadata.group, at: 28)
        bytes.put(metadata.seconds, at: 32)
        bytes.put(metadata.nanoseconds, at: 40)
        bytes.put(links, at: 44)
        return bytes + attributes + tail
    }

    /// The first block of the data, or the device number.
    private var location: UInt32 {
        switch node.kind {
        case .characterDevice(let device), .blockDevice(let device): device
        default: firstBlock
        }
    }

    /// i_xattr_icount: 0 without attributes, else one and the number of 4-byte units behind the header.
    private var attributeCount: UInt16 {
        attributes.isEmpty
            ? 0 : UInt16(truncatingIfNeeded: 1 + (attributes.count - Erofs.attributeHeaderSize) / 4)
    }

    /// Header, then entries of name length, name index, value size, name without prefix, value, to 4 bytes each.
    private static func encode(_ node: LayerNode) throws(LayersError) -> [UInt8] {
        var all = node.attributes
        if node.isOpaque { all["trusted.overlay.opaque"] = [UInt8(ascii: "y")] }
        guard !all.isEmpty else { return [] }
        var bytes = [UInt8](repeating: 0, count: Erofs.attributeHeaderSize)
        for (name, value) in all.sorted(by: { $0.key < $1.key }) {
            guard
                let known = Erofs.attributePrefixes.first(where: {
                    $0.exact ? name == ByteName($0.prefix) : name.hasPrefix($0.prefix)
                })
            else { throw .filesystem("extended attribute \(name): namespace not supported by EROFS") }
            let rest = name.dropFirst(known.prefix.utf8.count).bytes
            guard rest.count <= 255, value.count <= 65535, known.exact || !rest.isEmpty else {
                throw .filesystem("extended attribute \(name): name or value too long")
            }
            bytes.append(UInt8(rest.count))
            bytes.append(known.index)
            bytes.append(littleEndian: UInt16(value.count))
            bytes += rest
            bytes += value
            bytes.pad(to: 4)
        }
        // The count of 4-byte units has 16 bits.
        guard bytes.count <= 65535 * 4 else {
            throw .filesystem("over 256 KiB of extended attributes in one file")
        }
        return bytes
    }
}
