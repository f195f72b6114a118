package import Linux

/// A descriptor in a collection or with several readers: closed when the last of them goes.
package final class SharedDescriptor {
    /// For borrowing; it is closed by letting go of this object, and in no other way.
    package let descriptor: Descriptor

    package init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// The descriptor if there is one.
    static func keeping(_ descriptor: consuming Descriptor?) -> SharedDescriptor? {
        guard let descriptor = descriptor.take() else { return nil }
        return SharedDescriptor(descriptor)
    }
}

/// A detached mount in a collection, taken out once.
final class PreparedMount {
    private var mount: DetachedMount?
    /// Whether the mount's root is a directory.
    let isDirectory: Bool
    /// The mount's descriptor, as long as nobody took it.
    let number: Int32

    init(_ mount: consuming DetachedMount) throws(Errno) {
        isDirectory = try mount.root.status().isDirectory
        number = mount.root.raw
        self.mount = consume mount
    }

    /// The mount; nil when it was taken before.
    func take() -> DetachedMount? { mount.take() }
}
