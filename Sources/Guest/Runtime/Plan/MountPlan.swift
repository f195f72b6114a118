package import Linux
package import OCI

/// One mount, resolved: which file system or which tree, with what attributes, where.
package struct MountPlan {
    /// What is mounted.
    package enum Kind: Equatable {
        /// A view of a path of the runtime's own file system.
        case bind(source: String, recursive: Bool)
        /// A file system of the kernel's, with its own options.
        case filesystem(type: String, source: String, options: [MountOption])
        /// The container's control group, whatever the layout is.
        case controlGroup
        /// A change of what is mounted already.
        case remount
    }

    /// Inside the container, starting with a slash.
    package let destination: String
    /// What to do at `destination`.
    package let kind: Kind
    /// For this mount alone.
    package var attributes = AttributeChange()
    /// For the mount and everything mounted below it.
    package var recursiveAttributes = AttributeChange()
    /// `MS_` propagation bits without `MS_REC`, in order.
    package var propagation: [Propagation] = []
    /// A control group mount's own options.
    package var options: [MountOption] = []
    /// Whether the directory's contents are copied onto the new file system.
    package var copyUp = false
    /// Id maps of the mount; empty for none.
    package var uidMappings: [OCI.IDMapping] = []
    /// As `uidMappings`, for group ids.
    package var gidMappings: [OCI.IDMapping] = []
    /// Whether the tree below the source is mapped as well (`ridmap`).
    package var recursiveIDMap = false
    /// Whether files are shown under other ids: the mount's maps, or without any the user namespace's.
    package var isIDMapped = false
    /// What a bind mount does with symbolic links.
    package var linkRules: LinkRules = []

    /// Whether the mount cannot be made before the process is in its network namespace: sysfs shows that of who mounts it,
    /// and of a file system that is not known it is not known. With ids to be mapped the maker may be asked something, and
    /// what it says first is about the network.
    var needsNetwork: Bool {
        if case .filesystem(let type, _, _) = kind, !["proc", "tmpfs", "devpts", "mqueue"].contains(type) {
            return true
        }
        return isIDMapped
    }
}

/// What a bind mount does with a symbolic link that it is asked to mount, or to mount on; without a word it follows both. Links
/// on the way to there are always followed. crun(1).
package struct LinkRules: OptionSet {
    /// One bit for each of the words.
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// `src-nofollow`: what is mounted is the link itself.
    package static let source = LinkRules(rawValue: 1)
    /// `dest-nofollow`: it is mounted on the link itself, which has to be there.
    package static let destination = LinkRules(rawValue: 2)
    /// `copy-symlink`: nothing is mounted, and a link like it is made.
    package static let copied = LinkRules(rawValue: 4)

    /// Whether the source is opened as it is.
    var keepsSource: Bool { !isDisjoint(with: [.source, .copied]) }
}

/// A file system's own option: `name` or `name=value`.
package struct MountOption: Equatable {
    /// The part before the first equals sign.
    package let name: String
    /// The part after the first equals sign, maybe empty; nil for a word without one.
    package let value: String?
}

/// Attributes to switch on and off.
package struct AttributeChange: Equatable {
    /// Attributes to switch on; shares none with `clear`.
    package var set: MountAttributes = []
    /// Attributes to switch off.
    package var clear: MountAttributes = []
    /// Whether `relatime` was the last word on access times: it is no bit of its own, and differs from no word at all.
    package var isRelative = false

    /// Whether no word said anything; `relatime` counts, it switches bits off.
    package var isEmpty: Bool { self.set.isEmpty && self.clear.isEmpty }

    /// A later word wins over an earlier one.
    mutating func apply(_ change: AttributeChange) {
        set.subtract(change.clear)
        clear.subtract(change.set)
        set.formUnion(change.set)
        clear.formUnion(change.clear)
        if !change.set.union(change.clear).isDisjoint(with: .accessTimeChoice) {
            isRelative = change.isRelative
        }
    }
}

/// How mounts and unmounts spread between mount namespaces. mount_namespaces(7).
package struct Propagation: Equatable {
    /// One of MS_SHARED, MS_SLAVE, MS_PRIVATE, MS_UNBINDABLE.
    package let kind: UInt64
    /// Whether everything mounted below is meant: `MS_REC`.
    package let recursive: Bool

    /// Left as it is.
    static let none = Propagation(kind: 0, recursive: false)

    static let unbindable: UInt64 = 1 << 17
    static let `private`: UInt64 = 1 << 18
    static let slave: UInt64 = 1 << 19
    static let shared: UInt64 = 1 << 20

    private init(kind: UInt64, recursive: Bool) {
        self.kind = kind
        self.recursive = recursive
    }

    /// `shared`, `rslave` and so on; nil for another word.
    package init?(word: String) {
        switch word {
        case "shared": (kind, recursive) = (Self.shared, false)
        case "rshared": (kind, recursive) = (Self.shared, true)
        case "slave": (kind, recursive) = (Self.slave, false)
        case "rslave": (kind, recursive) = (Self.slave, true)
        case "private": (kind, recursive) = (Self.private, false)
        case "rprivate": (kind, recursive) = (Self.private, true)
        case "unbindable": (kind, recursive) = (Self.unbindable, false)
        case "runbindable": (kind, recursive) = (Self.unbindable, true)
        default: return nil
        }
    }
}
