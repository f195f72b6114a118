package import Linux

extension AttributeChange {
    /// What only a mount of this process's own user namespace may lose. mount_namespaces(7), "Restrictions on mount
    /// namespaces".
    private static let lockable: MountAttributes = [.readOnly, .noSetuid, .noDevices, .noExecute]
    private static let accessTime = MountAttributes.accessTimeChoice.union(.noDirectoryAccessTime)

    /// The attributes of a bind mount, as clients know them from runc: without a word it keeps those of its source; with one
    /// it has what the words say and no other. Access times stay as they are unless a word chooses them.
    ///
    /// - Parameters:
    ///   - source: what the source has.
    ///   - isLocked: whether the container has a user namespace: there a mount of the outside keeps what it has, and a
    ///     word that would take it away is an error.
    /// - Returns: nil for that error.
    package func binding(_ source: MountAttributes, isLocked: Bool) -> AttributeChange? {
        if isEmpty { return self }
        var result = self
        result.clear = Self.lockable.union(.noSymbolicLinks).subtracting(self.set)
        if choosesAccessTime { result.clear.formUnion(Self.accessTime.subtracting(self.set)) }
        if !isLocked { return result }
        let isTaken = !clear.intersection(source).isDisjoint(with: Self.lockable)
        if isTaken || choosesAccessTime && accessTimes != source.intersection(Self.accessTime) { return nil }
        result.clear.subtract(source.intersection(Self.lockable))
        return result
    }

    private var accessTimes: MountAttributes { self.set.intersection(Self.accessTime) }

    private var choosesAccessTime: Bool { isRelative || !accessTimes.isEmpty }
}
