/// What the layers below have where a layer's archive is silent.
///
/// An archive may name `a/b/file` without naming `a/b`. Tools that unpack layers one over the other then find the
/// directory of the layer below; in an overlay, the directory made for the file would hide its owner and mode. So
/// such directories copy what is below, and a symbolic link below (`bin` to `usr/bin`) is followed as unpacking
/// would follow it.
final class LowerLayers {
    enum Entry: Equatable {
        case directory(FileMetadata, [ByteName: [UInt8]])
        case symbolicLink(ByteName)
        case other
    }

    private final class Node {
        var entry: Entry
        var children: [ByteName: Node] = [:]

        init(_ entry: Entry) { self.entry = entry }
    }

    /// nil below the first layer.
    private var root: Node?

    init() {}

    /// What is at a path, without following symbolic links; nil where nothing is.
    subscript(path: [ByteName]) -> Entry? {
        var node = root
        for part in path { node = node?.children[part] }
        return node?.entry
    }

    /// Lays `upper`, the root of the next layer up, over what is known.
    func add(_ upper: LayerNode) {
        root = merged(upper, over: root)
    }

    /// nil when the layer hides what was there.
    private func merged(_ upper: LayerNode, over lower: Node?) -> Node? {
        switch upper.kind {
        case .whiteout: return nil
        case .symbolicLink(let target): return Node(.symbolicLink(target))
        case .directory(let children):
            var node = Node(.directory(upper.metadata, upper.attributes))
            if let lower, case .directory = lower.entry, !upper.isOpaque {
                lower.entry = node.entry
                node = lower
            }
            for (name, child) in children { node.children[name] = merged(child, over: node.children[name]) }
            return node
        default: return Node(.other)
        }
    }
}
