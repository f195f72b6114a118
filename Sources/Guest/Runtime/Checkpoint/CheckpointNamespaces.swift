internal import CLinux
internal import Linux
internal import OCI

/// Namespaces that are not the container's own: they are not in the images, and are there already when it is restored.
enum CheckpointNamespaces {
    /// Those that criu takes by descriptor, with its names for them.
    private static let byDescriptor = [("network", "net", "extRootNetNS"), ("pid", "pid", "extRootPidNS")]
    /// Those that it joins by path, with its names for them.
    private static let byPath = [("ipc", "ipc"), ("uts", "uts"), ("user", "user"), ("time", "time")]

    /// For a dump: by its number in nsfs and a key.
    static func describe(
        _ namespaces: [OCI.Namespace], _ options: inout CriuOptions
    ) throws(RuntimeError) {
        for (type, name, key) in byDescriptor {
            for namespace in namespaces where namespace.type == type && !namespace.path.isEmpty {
                var status = stat()
                try step(.openNamespace, namespace.path) { () throws(Errno) in
                    try valueOrErrno(coffer_stat(namespace.path, &status))
                }
                options.put(.external, "\(name)[\(status.st_ino)]:\(key)")
            }
        }
    }

    /// For a restore: by descriptor with the same key, or by path. The descriptors are for criu to inherit.
    static func supply(
        _ namespaces: [OCI.Namespace], _ options: inout CriuOptions
    ) throws(RuntimeError) -> [SharedDescriptor] {
        var files: [SharedDescriptor] = []
        for namespace in namespaces where !namespace.path.isEmpty {
            if let (_, _, key) = byDescriptor.first(where: { $0.0 == namespace.type }) {
                options.put(
                    .inheritedDescriptor, key, CriuWorker.firstInherited + Int32(files.count))
                files.append(
                    try step(.openNamespace, namespace.path) { () throws(Errno) in
                        SharedDescriptor(try Descriptor.open(namespace.path, O_RDONLY))
                    })
            }
            if let (_, name) = byPath.first(where: { $0.0 == namespace.type }) {
                options.put(.joinedNamespace, name, namespace.path)
            }
        }
        return files
    }
}
