internal import Linux
package import OCI

extension MountPlan {
    /// The words that change per-mount attributes; with an `r` before them they reach everything mounted below.
    static let attributeWords: [(word: String, change: AttributeChange)] = [
        ("ro", AttributeChange(set: .readOnly)), ("rw", AttributeChange(clear: .readOnly)),
        ("nosuid", AttributeChange(set: .noSetuid)), ("suid", AttributeChange(clear: .noSetuid)),
        ("nodev", AttributeChange(set: .noDevices)), ("dev", AttributeChange(clear: .noDevices)),
        ("noexec", AttributeChange(set: .noExecute)), ("exec", AttributeChange(clear: .noExecute)),
        ("noatime", AttributeChange(set: .noAccessTime)), ("atime", AttributeChange(clear: .noAccessTime)),
        ("nodiratime", AttributeChange(set: .noDirectoryAccessTime)),
        ("diratime", AttributeChange(clear: .noDirectoryAccessTime)),
        ("strictatime", AttributeChange(set: .strictAccessTime)),
        ("nostrictatime", AttributeChange(clear: .strictAccessTime)),
        ("relatime", AttributeChange(clear: .accessTimeChoice, isRelative: true)),
        ("norelatime", AttributeChange(clear: .accessTimeChoice)),
        ("nosymfollow", AttributeChange(set: .noSymbolicLinks)),
        ("symfollow", AttributeChange(clear: .noSymbolicLinks)),
    ]
    /// Words that are flags of the file system itself; they go to it as they are.
    static let filesystemWords = ["sync", "async", "dirsync", "lazytime", "nolazytime", "mand", "nomand"]
    /// Words without a meaning of their own.
    static let emptyWords = [
        "defaults", "silent", "loud", "iversion", "noiversion", "user", "nouser", "_netdev",
    ]

    /// Resolves one mount of the specification. Relative bind sources are below the bundle.
    /// A destination that begins with `root`, the root file system's path outside, is meant inside of it, as in runc.
    ///
    /// - Parameter linux: has the maps of the container's user namespace, which a mount's may be relative to.
    package init(
        _ mount: OCI.Mount, index: Int, bundle: String, root: String, linux: OCI.Linux = OCI.Linux()
    ) throws(RuntimeError) {
        let field = "mounts[\(index)]"
        var words = MountWords(containerUIDs: linux.uidMappings, containerGIDs: linux.gidMappings)
        for word in mount.options { try words.read(word, field: field, isBind: mount.isBind) }
        if mount.destination.isEmpty {
            throw .refused("\(field).destination: expected a path, found nothing")
        }
        for text in [mount.destination, mount.source, mount.type] where text.utf8.contains(0) {
            throw .refused("\(field): a NUL character in \"\(text)\" cannot be part of a path")
        }
        let slash = UInt8(ascii: "/")
        let path = mount.destination.utf8.first == slash ? mount.destination : "/" + mount.destination
        destination =
            root != "/" && path.hasPrefix(root + "/") ? String(path.dropFirst(root.count)) : path
        if words.remount {
            kind = .remount
        } else if mount.isBind {
            if mount.source.isEmpty {
                throw .refused("\(field).source: expected a path to bind, found nothing")
            }
            let source = mount.source.utf8.first == slash ? mount.source : bundle + "/" + mount.source
            kind = .bind(source: source, recursive: words.recursiveBind)
        } else if mount.type == "cgroup" || mount.type == "cgroup2" {
            kind = .controlGroup
        } else {
            if mount.type.isEmpty {
                throw .refused("\(field).type: expected a file system type, found nothing")
            }
            kind = .filesystem(type: mount.type, source: mount.source, options: words.options)
        }
        if words.copyUp && mount.type != "tmpfs" {
            throw .refused("\(field).options: \"tmpcopyup\" is only for tmpfs, found type \"\(mount.type)\"")
        }
        if kind == .controlGroup { options = words.options }
        attributes = words.attributes
        recursiveAttributes = words.recursiveAttributes
        propagation = words.propagation
        copyUp = words.copyUp
        linkRules = words.linkRules
        if !linkRules.isEmpty && (!mount.isBind || words.remount) {
            throw .refused(
                "\(field).options: src-nofollow, dest-nofollow, copy-symlink are only for bind mounts")
        }
        if linkRules.contains(.copied) && linkRules != .copied {
            throw .refused(
                "\(field).options: \"copy-symlink\" cannot be used together with src-nofollow or dest-nofollow"
            )
        }
        if words.maps != nil && !(mount.uidMappings.isEmpty && mount.gidMappings.isEmpty) {
            throw .refused(
                "\(field): expected id maps as uidMappings and gidMappings or in options, found both")
        }
        uidMappings = words.maps?.uids ?? mount.uidMappings
        gidMappings = words.maps?.gids ?? mount.gidMappings
        recursiveIDMap = words.recursiveIDMap
        isIDMapped = words.idMap || !mount.uidMappings.isEmpty || !mount.gidMappings.isEmpty
        if isIDMapped && (!mount.isBind || words.remount) {
            throw .refused("\(field): id-mapped mounts are only supported for bind mounts")
        }
        if mount.uidMappings.isEmpty != mount.gidMappings.isEmpty {
            throw .refused("\(field): expected both uidMappings and gidMappings, or neither")
        }
    }
}

extension OCI.Mount {
    /// Whether this is a view of a path and no new file system.
    var isBind: Bool { type == "bind" || options.contains("bind") || options.contains("rbind") }
}

/// What the words of one mount add up to.
private struct MountWords {
    var attributes = AttributeChange()
    var recursiveAttributes = AttributeChange()
    var propagation: [Propagation] = []
    var options: [MountOption] = []
    var recursiveBind = false
    var remount = false
    var copyUp = false
    var idMap = false
    var recursiveIDMap = false
    /// Maps that a word has brought along.
    var maps: MountIDMaps?
    var linkRules: LinkRules = []
    let containerUIDs: [OCI.IDMapping]
    let containerGIDs: [OCI.IDMapping]

    init(containerUIDs: [OCI.IDMapping], containerGIDs: [OCI.IDMapping]) {
        self.containerUIDs = containerUIDs
        self.containerGIDs = containerGIDs
    }

    mutating func read(_ word: String, field: String, isBind: Bool) throws(RuntimeError) {
        if word.utf8.contains(0) || word.isEmpty {
            throw .refused("\(field).options: expected a word, found \"\(word)\"")
        }
        if let change = change(word) { return attributes.apply(change) }
        if word.utf8.first == UInt8(ascii: "r"), let change = change(String(word.dropFirst())) {
            return recursiveAttributes.apply(change)
        }
        if let spread = Propagation(word: word) { return propagation.append(spread) }
        switch word {
        case "bind": break
        case "rbind": recursiveBind = true
        case "remount": remount = true
        case "tmpcopyup": copyUp = true
        case "idmap", "idmap=": idMap = true
        case "ridmap", "ridmap=": (idMap, recursiveIDMap) = (true, true)
        case "src-nofollow": linkRules.insert(.source)
        case "dest-nofollow": linkRules.insert(.destination)
        case "copy-symlink": linkRules.insert(.copied)
        default:
            if try readMaps(word, field) { return }
            if MountPlan.emptyWords.contains(word) { return }
            // A file system judges its own options; a bind mount has none that could be judged.
            if isBind && MountPlan.filesystemWords.contains(word) {
                throw .refused(
                    "\(field).options: \"\(word)\" is the file system's and cannot be changed by a bind mount"
                )
            }
            if isBind { throw .refused("\(field).options: unknown option \"\(word)\" of a bind mount") }
            options.append(MountOption(word: word))
        }
    }

    /// Whether the word is one that brings id maps along.
    private mutating func readMaps(_ word: String, _ field: String) throws(RuntimeError) -> Bool {
        let container = (uids: containerUIDs, gids: containerGIDs)
        guard let found = try MountIDMaps(word: word, field: field, container: container) else {
            return false
        }
        if maps != nil {
            throw .refused("\(field).options: expected one word with id maps, found another, \"\(word)\"")
        }
        (maps, idMap, recursiveIDMap) = (found, true, recursiveIDMap || found.isRecursive)
        return true
    }

    private func change(_ word: String) -> AttributeChange? {
        MountPlan.attributeWords.first { $0.word == word }?.change
    }
}

extension MountOption {
    /// Splits at the first equals sign.
    init(word: String) {
        guard let equals = word.utf8.firstIndex(of: UInt8(ascii: "=")) else {
            name = word
            value = nil
            return
        }
        name = String(word[..<equals])
        value = String(word[word.utf8.index(after: equals)...])
    }
}
