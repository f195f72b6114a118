/// The files of one layer, made from its archive: whiteouts in overlayfs's form, later members over earlier ones.
struct LayerTree {
    let root: LayerNode
    private let lower: LowerLayers
    /// What was taken from the layers below, so that a caller knows when a layer is the same elsewhere.
    private(set) var borrowed: [[ByteName]: LowerLayers.Entry?] = [:]

    private static let whiteoutPrefix = ".wh."
    private static let opaqueMarker: ByteName = ".wh..wh..opq"
    private static let linkLimit = 40

    init(over lower: LowerLayers) {
        self.lower = lower
        if case .directory(let metadata, let attributes)? = lower[[]] {
            root = LayerNode(.directory([:]), metadata, attributes: attributes, isDescribed: false)
        } else {
            root = LayerNode(.directory([:]), .plainDirectory, isDescribed: false)
        }
        borrowed[[]] = lower[[]]
    }

    /// Adds a member of the archive.
    ///
    /// - Parameter content: where a regular file's bytes were put; ignored for other kinds.
    mutating func add(_ entry: TarEntry, content: FileContent?) throws(TarError) {
        guard let name = entry.path.last else { return try describeRoot(entry) }
        try checkReserved(entry)
        let (parent, _) = try directory(at: Array(entry.path.dropLast()), for: entry)
        if name == Self.opaqueMarker {
            parent.isOpaque = true
        } else if name.hasPrefix(Self.whiteoutPrefix) {
            try addWhiteout(name, entry, in: parent)
        } else {
            try place(entry, content, name, in: parent)
        }
    }

    /// Whether the same archive would give the same layer over `other`.
    func isSame(over other: LowerLayers) -> Bool {
        borrowed.allSatisfy { path, entry in other[path] == entry }
    }

    private mutating func describeRoot(_ entry: TarEntry) throws(TarError) {
        guard case .directory = entry.kind else { throw .badName(path: entry.name) }
        try checkReserved(entry)
        root.metadata = entry.metadata
        root.attributes = entry.attributes
        root.isDescribed = true
        borrowed[[]] = nil
    }

    /// overlayfs gives meaning to these; an image that brings them could hide files past any whiteout.
    private func checkReserved(_ entry: TarEntry) throws(TarError) {
        for name in entry.attributes.keys
        where name.hasPrefix("trusted.overlay.") || name.hasPrefix("user.overlay.") {
            throw .reserved(path: entry.name, "the extended attribute \(name)")
        }
        if case .characterDevice(0, 0) = entry.kind {
            throw .reserved(path: entry.name, "the character device 0:0")
        }
    }

    private func addWhiteout(_ marker: ByteName, _ entry: TarEntry, in parent: LayerNode) throws(TarError) {
        let name = marker.dropFirst(Self.whiteoutPrefix.utf8.count)
        // ".wh..wh." starts other metadata of the file system that whiteouts come from.
        guard !name.bytes.isEmpty, name != ".", name != "..", !name.hasPrefix(Self.whiteoutPrefix),
            case .file(0) = entry.kind, case .directory(var children) = parent.kind
        else { throw .whiteout(path: entry.name) }
        switch children[name] {
        case .none:
            children[name] = LayerNode(.whiteout, FileMetadata(mode: 0), isDescribed: true)
            parent.kind = .directory(children)
        case .some(let present):
            // The layer deletes the lower file and brings its own: only a directory would still show the lower one.
            if present.children != nil { present.isOpaque = true }
        }
    }

    private func place(
        _ entry: TarEntry, _ content: FileContent?, _ name: ByteName, in parent: LayerNode
    ) throws(TarError) {
        guard case .directory(var children) = parent.kind else { throw .parent(path: entry.name) }
        let present = children[name]
        if case .directory = entry.kind, let present, present.children != nil {
            present.metadata = entry.metadata
            present.attributes = entry.attributes
            present.isDescribed = true
            return
        }
        let node = try node(for: entry, content)
        if case .directory = node.kind, let present, case .whiteout = present.kind { node.isOpaque = true }
        children[name] = node
        parent.kind = .directory(children)
    }

    private func node(for entry: TarEntry, _ content: FileContent?) throws(TarError) -> LayerNode {
        let kind: LayerNode.Kind
        switch entry.kind {
        case .file: kind = .file(content ?? .small([]))
        case .hardLink(let target): return try hardLink(to: target, entry)
        case .symbolicLink(let target): kind = .symbolicLink(target)
        case .characterDevice(let major, let minor): kind = .characterDevice(try device(major, minor, entry))
        case .blockDevice(let major, let minor): kind = .blockDevice(try device(major, minor, entry))
        case .directory: kind = .directory([:])
        case .fifo: kind = .fifo
        }
        return LayerNode(kind, entry.metadata, attributes: entry.attributes)
    }

    private func hardLink(to target: [ByteName], _ entry: TarEntry) throws(TarError) -> LayerNode {
        var node: LayerNode? = root
        for part in target { node = node?.children?[part] }
        let targetName = ByteName(target.map(\.bytes).joined(separator: [0x2F]))
        guard let node, node.children == nil, !isWhiteout(node) else {
            throw .hardLink(path: entry.name, target: targetName)
        }
        return node
    }

    private func isWhiteout(_ node: LayerNode) -> Bool {
        if case .whiteout = node.kind { return true }
        return false
    }

    /// The kernel's encoding: 12 bits of major number, 20 of minor (include/linux/kdev_t.h, new_encode_dev).
    private func device(_ major: UInt32, _ minor: UInt32, _ entry: TarEntry) throws(TarError) -> UInt32 {
        guard major < 1 << 12, minor < 1 << 20 else {
            throw .limit("device number too large", path: entry.name)
        }
        return (minor & 0xFF) | major << 8 | (minor & ~0xFF) << 12
    }
}

extension LayerTree {
    /// The directory at `path`, made with its parents if the archive has not named it.
    ///
    /// - Returns: the node and the path that symbolic links of lower layers led to.
    private mutating func directory(
        at path: [ByteName], for entry: TarEntry
    ) throws(TarError) -> (LayerNode, [ByteName]) {
        var rest = path[...]
        var node = root
        var place: [ByteName] = []
        var links = 0
        while let part = rest.popFirst() {
            guard case .directory(var children) = node.kind else { throw .parent(path: entry.name) }
            if let child = children[part], !isWhiteout(child) {
                guard child.children != nil else { throw .parent(path: entry.name) }
                node = child
                place.append(part)
                continue
            }
            // A directory that this layer emptied shows nothing of the layers below.
            let below = children[part] == nil && !node.isOpaque ? lower[place + [part]] : nil
            borrowed[place + [part]] = .some(below)
            if case .symbolicLink(let target)? = below {
                links += 1
                guard links <= Self.linkLimit else { throw .parent(path: entry.name) }
                (place, rest) = try follow(target, from: place, rest, entry)
                node = try directory(at: place, for: entry).0
                continue
            }
            let child = Self.implied(by: below)
            child.isOpaque = children[part] != nil
            children[part] = child
            node.kind = .directory(children)
            node = child
            place.append(part)
        }
        return (node, place)
    }

    private static func implied(by below: LowerLayers.Entry?) -> LayerNode {
        guard case .directory(let metadata, let attributes)? = below else {
            return LayerNode(.directory([:]), .plainDirectory, isDescribed: false)
        }
        return LayerNode(.directory([:]), metadata, attributes: attributes, isDescribed: false)
    }

    /// Replaces a symbolic link by what it points to, inside the layer's root.
    private func follow(
        _ target: ByteName, from place: [ByteName], _ rest: ArraySlice<ByteName>, _ entry: TarEntry
    ) throws(TarError) -> ([ByteName], ArraySlice<ByteName>) {
        var start = target.bytes.first == 0x2F ? [] : place
        for part in target.bytes.split(separator: 0x2F) where part != [0x2E] {
            if part == [0x2E, 0x2E] {
                _ = start.popLast()
            } else {
                start.append(ByteName(part))
            }
        }
        guard start.count + rest.count <= 2048 else { throw .parent(path: entry.name) }
        // Start again from the root: parts of the target may be links themselves.
        return ([], (start + rest)[...])
    }
}
