package import Linux
internal import OCI

/// A namespace to join.
package struct JoinedNamespace: Equatable {
    /// A single kind.
    package let kind: NamespaceKinds
    /// A file of nsfs, for instance `/proc/1/ns/net`.
    package let path: String
}

/// The specification's names of namespaces. config-linux.md, Namespaces.
let namespaceNames: [(name: String, kind: NamespaceKinds)] = [
    ("pid", .pid), ("network", .network), ("mount", .mount), ("ipc", .ipc), ("uts", .uts), ("user", .user),
    ("cgroup", .cgroup), ("time", .time),
]

/// Sorts the specification's namespaces into new and joined ones; an unknown or repeated type is refused.
func resolveNamespaces(
    _ namespaces: [OCI.Namespace]
) throws(RuntimeError) -> (new: NamespaceKinds, joined: [JoinedNamespace]) {
    var new: NamespaceKinds = []
    var joined: [JoinedNamespace] = []
    var seen: NamespaceKinds = []
    for (index, namespace) in namespaces.enumerated() {
        guard let kind = namespaceNames.first(where: { $0.name == namespace.type })?.kind else {
            throw .refused(
                "linux.namespaces[\(index)].type: invalid namespace \"\(namespace.type)\"; expected pid, network, mount, ipc, uts, user, cgroup or time"
            )
        }
        if seen.contains(kind) {
            throw .refused(
                "linux.namespaces[\(index)].type: malformed spec file: duplicated ns \"\(namespace.type)\"")
        }
        seen.insert(kind)
        if namespace.path.isEmpty {
            new.insert(kind)
        } else if namespace.path.utf8.first == UInt8(ascii: "/") && !namespace.path.utf8.contains(0) {
            joined.append(JoinedNamespace(kind: kind, path: namespace.path))
        } else {
            throw .refused(
                "linux.namespaces[\(index)].path: expected an absolute path, found \"\(namespace.path)\"")
        }
    }
    return (new, joined)
}

extension NamespaceKinds {
    /// The specification's name of a single kind.
    var name: String { namespaceNames.first { $0.kind == self }?.name ?? "several" }
}
