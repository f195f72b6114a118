/// Assembles the object of rules whose heads have several keys (`p[x].a[y] := v`, `p[x] contains v`).
public struct PartialBuilder {
    private final class Node {
        var children: [(key: Value, node: Node)] = []
        var value = Value.undefined
        var members: SetBuilder?
    }

    private let root = Node()

    /// An empty object to be.
    public init() {}

    /// Adds a value, or a member of a set, below the keys.
    ///
    /// - Throws: `.conflict` when another value is there.
    public mutating func insert(
        _ path: [Value], _ value: Value, isMember: Bool, _ context: Context
    ) throws(RegoError) {
        var node = root
        for key in path {
            if node.value.isDefined || node.members != nil { throw Self.conflict }
            if let found = node.children.first(where: { $0.key == key }) {
                node = found.node
            } else {
                let made = Node()
                node.children.append((key: key, node: made))
                node = made
            }
        }
        guard node.children.isEmpty else {
            // The same object may be given whole and in parts only when they agree; that is not supported.
            throw Self.conflict
        }
        if isMember {
            if node.value.isDefined { throw Self.conflict }
            var members = node.members ?? SetBuilder()
            members.insert(value, context)
            node.members = members
        } else if node.members != nil || (node.value.isDefined && node.value != value) {
            throw Self.conflict
        } else {
            node.value = value
        }
    }

    private static var conflict: RegoError { RegoError(.conflict, "object keys must be unique") }

    /// The object so far.
    public func finish(_ context: Context) -> Value { Self.build(root, context) }

    private static func build(_ node: Node, _ context: Context) -> Value {
        if let members = node.members { return members.finish(context) }
        if node.value.isDefined { return node.value }
        var object = ObjectBuilder()
        for child in node.children { object.insert(child.key, build(child.node, context), context) }
        return object.finish(context)
    }
}
