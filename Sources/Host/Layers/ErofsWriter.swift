/// Writes one layer as an EROFS image: block 0 with the superblock, then file data in the order of the archive, then
/// directories, then all inodes.
///
/// The same tree and data give the same bytes on any machine: the UUID is zero, the build time is zero, inodes are
/// numbered breadth first with names in byte order, attributes are in byte order.
struct ErofsWriter {
    /// Files up to this size stand behind their inodes, so that they cost no block of their own.
    static let inlineLimit = 2048

    private let image: ImageFile
    private var inodes: [ErofsInode] = []
    private var metadataBlock: UInt32 = 0

    init(_ image: ImageFile) {
        self.image = image
    }

    /// Puts the content of the archive's current member into the image.
    ///
    /// - Parameter observe: sees every piece.
    func store(
        _ size: UInt64, from tar: TarReader, observe: (UnsafeRawBufferPointer) -> Void = { _ in }
    ) throws(LayersError) -> FileContent {
        do throws(TarContentError<LayersError>) {
            if size <= UInt64(Self.inlineLimit) {
                var bytes: [UInt8] = []
                try tar.readContent { piece throws(LayersError) in
                    observe(piece)
                    bytes.append(contentsOf: piece)
                }
                return .small(bytes)
            }
            let first = try firstBlock()
            try tar.readContent { piece throws(LayersError) in
                observe(piece)
                try image.append(piece)
            }
            try pad()
            return .blocks(first: first, size: size)
        } catch {
            switch error {
            case .archive(let error): throw .archive(path: image.file.path, error)
            case .body(let error): throw error
            }
        }
    }

    private func firstBlock() throws(TarContentError<LayersError>) -> UInt32 {
        do throws(LayersError) { return try image.nextBlock() } catch { throw .body(error) }
    }

    private func pad() throws(TarContentError<LayersError>) {
        do throws(LayersError) { try image.pad() } catch { throw .body(error) }
    }

    /// Writes everything else. Returns the size of the file system in bytes, a multiple of the block size.
    mutating func finish(_ root: LayerNode) throws(LayersError) -> UInt64 {
        try collect(root)
        let metadataSize = layOut()
        try writeDirectoryBlocks()
        metadataBlock = try image.nextBlock()
        try writeInodes(metadataSize)
        try image.pad()
        try image.flush()
        let blocks = try image.nextBlock()
        try image.write(firstBlock: superblock(blocks: blocks))
        return UInt64(blocks) * UInt64(Erofs.blockSize)
    }
}

extension ErofsWriter {
    /// Numbers all nodes breadth first; the root is first because the superblock has only 16 bits for its place.
    private mutating func collect(_ root: LayerNode) throws(LayersError) {
        try number(root, parent: 0)
        var next = 0
        while next < inodes.count {
            if let children = inodes[next].node.children {
                let sorted = children.sorted { $0.key < $1.key }
                for (_, child) in sorted {
                    if let known = child.index {
                        inodes[known].links += 1
                    } else {
                        try number(child, parent: next)
                    }
                    if child.children != nil { inodes[next].links += 1 }
                }
                inodes[next].setNames(sorted.map { ($0.key, $0.value) })
            }
            next += 1
        }
    }

    private mutating func number(_ node: LayerNode, parent: Int) throws(LayersError) {
        node.index = inodes.count
        inodes.append(try ErofsInode(node, parent: parent))
    }

    /// Gives every inode its place. What stands behind an inode must not cross a block's end.
    private mutating func layOut() -> UInt64 {
        var offset: UInt64 = 0
        let block = UInt64(Erofs.blockSize)
        for index in inodes.indices {
            let fixed = UInt64(Erofs.inodeSize + inodes[index].attributes.count)
            if fixed + UInt64(inodes[index].tailSize) > block { inodes[index].moveTailToBlocks() }
            let size = fixed + UInt64(inodes[index].tailSize)
            if offset % block + size > block { offset += block - offset % block }
            inodes[index].offset = offset
            offset += (size + UInt64(Erofs.inodeSlot) - 1) / UInt64(Erofs.inodeSlot) * UInt64(Erofs.inodeSlot)
        }
        return offset
    }

    /// Places, in slots, by the index of the node.
    private func nodeID(_ index: Int) -> UInt64 { inodes[index].offset / UInt64(Erofs.inodeSlot) }

    /// Directories, and the few symbolic links and files that found no room behind their inode.
    private mutating func writeDirectoryBlocks() throws(LayersError) {
        for index in inodes.indices {
            if inodes[index].node.children != nil {
                let data = inodes[index].directoryData(
                    self.nodeID, types: { Erofs.types(of: inodes[$0].node.kind).entry })
                let inBlocks = data.count - inodes[index].tailSize
                if inBlocks > 0 { inodes[index].firstBlock = try image.nextBlock() }
                try image.append(Array(data[..<inBlocks]))
                try image.pad()
                inodes[index].tail = Array(data[inBlocks...])
            } else if let displaced = inodes[index].displacedTail {
                inodes[index].firstBlock = try image.nextBlock()
                try image.append(displaced)
                try image.pad()
            }
        }
    }

    private func writeInodes(_ size: UInt64) throws(LayersError) {
        var written: UInt64 = 0
        for (number, inode) in inodes.enumerated() {
            try image.append([UInt8](repeating: 0, count: Int(inode.offset - written)))
            let bytes = inode.encoded(number: UInt32(truncatingIfNeeded: number + 1))
            try image.append(bytes)
            written = inode.offset + UInt64(bytes.count)
        }
        if size > written { try image.append([UInt8](repeating: 0, count: Int(size - written))) }
    }

    private func superblock(blocks: UInt32) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: Erofs.blockSize)
        let base = Erofs.superblockOffset
        block.put(Erofs.magic, at: base)
        block.put(Erofs.compatible, at: base + 8)
        block.put(UInt8(12), at: base + 12)
        block.put(UInt16(truncatingIfNeeded: nodeID(0)), at: base + 14)
        block.put(UInt64(inodes.count), at: base + 16)
        block.put(blocks, at: base + 36)
        block.put(metadataBlock, at: base + 40)
        block.put(CRC32C.checksum(block[base...]), at: base + 4)
        return block
    }
}
