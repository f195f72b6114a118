internal import Linux
internal import OCI

extension ContainerPlan {
    /// What nobody else judges: everything that is asked for is done or refused, nothing is passed over.
    func checkFields(_ linux: OCI.Linux) throws(RuntimeError) {
        if spec.ociVersion.split(separator: ".").first != "1" {
            throw .refused("ociVersion: expected 1.x, found \"\(spec.ociVersion)\"")
        }
        for (field, paths) in [
            ("linux.maskedPaths", linux.maskedPaths), ("linux.readonlyPaths", linux.readonlyPaths),
        ] {
            for path in paths where path.utf8.first != UInt8(ascii: "/") || path.utf8.contains(0) {
                throw .refused("\(field): expected absolute paths, found \"\(path)\"")
            }
        }
        for (field, text) in [("hostname", hostname), ("domainname", domainname)]
        where text.utf8.count > 64 || text.utf8.contains(0) {
            throw .refused("\(field): expected at most 64 bytes, found \(text.utf8.count)")
        }
        for clock in linux.timeOffsets.keys.sorted() where clock != "monotonic" && clock != "boottime" {
            throw .refused("linux.timeOffsets: expected monotonic or boottime, found \"\(clock)\"")
        }
        for (field, mappings) in [
            ("linux.uidMappings", linux.uidMappings), ("linux.gidMappings", linux.gidMappings),
        ] {
            for mapping in mappings where mapping.size == 0 {
                throw .refused("\(field): expected ranges of one id at least, found an empty one")
            }
        }
        try checkHooks()
    }

    private func checkHooks() throws(RuntimeError) {
        for (name, list) in [
            ("prestart", hooks.prestart), ("createRuntime", hooks.createRuntime),
            ("createContainer", hooks.createContainer), ("startContainer", hooks.startContainer),
            ("poststart", hooks.poststart), ("poststop", hooks.poststop),
        ] {
            for (index, hook) in list.enumerated() {
                if hook.path.utf8.first != UInt8(ascii: "/") || hook.path.utf8.contains(0) {
                    throw .refused(
                        "hooks.\(name)[\(index)].path: expected an absolute path, found \"\(hook.path)\"")
                }
                if let timeout = hook.timeout, timeout < 1 {
                    throw .refused("hooks.\(name)[\(index)].timeout: expected 1 or more, found \(timeout)")
                }
            }
        }
    }

    /// What each field alone cannot show.
    func checkCombinations(_ linux: OCI.Linux, _ options: ConstructionOptions) throws(RuntimeError) {
        let kinds = newNamespaces.union(joinedNamespaces.reduce(into: []) { $0.formUnion($1.kind) })
        if !hasMountNamespace { try checkSharedMounts(linux, options) }
        if !hostname.isEmpty && !kinds.contains(.uts) {
            throw .refused("hostname: unable to set hostname without a private UTS namespace")
        }
        if !domainname.isEmpty && !kinds.contains(.uts) {
            throw .refused("domainname: unable to set domainname without a private UTS namespace")
        }
        if newNamespaces.contains(.user) && (uidMappings.isEmpty || gidMappings.isEmpty) {
            throw .refused(
                "linux.uidMappings, linux.gidMappings: expected id maps for the new user namespace, found none"
            )
        }
        if !kinds.contains(.user) && !(uidMappings.isEmpty && gidMappings.isEmpty) {
            throw .refused(
                "linux.uidMappings, linux.gidMappings: user namespace mappings specified, but user namespace isn't enabled in the config"
            )
        }
        if !timeOffsets.isEmpty && !newNamespaces.contains(.time) {
            throw .refused(
                "linux.timeOffsets: time namespace offsets specified, but time namespace isn't enabled in the config"
            )
        }
        try process.labels.check()
    }

    /// Without a mount namespace of its own.
    private func checkSharedMounts(
        _ linux: OCI.Linux, _ options: ConstructionOptions
    ) throws(RuntimeError) {
        if !options.sharesMachine {
            throw .refused(
                "linux.namespaces: expected a mount namespace: without one the host's mounts would be changed"
            )
        }
        // These are mounts, on files that are the machine's too.
        if !linux.maskedPaths.isEmpty || !linux.readonlyPaths.isEmpty {
            throw .refused(
                "linux.maskedPaths, linux.readonlyPaths: unable to restrict sys entries without a private MNT namespace"
            )
        }
        if !linux.rootfsPropagation.isEmpty {
            throw .refused("linux.rootfsPropagation: expected a mount namespace, found none")
        }
    }
}
