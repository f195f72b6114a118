internal import JSON
internal import OCI
internal import Policy

/// A container's specification as it would be executed, and what the policy is told beside it.
struct ResolvedContainer {
    var spec: OCI.Spec
    var context: ContainerContext
    var sandboxID: String
    var hostname: String
    /// Directories below the pod's sandboxMounts that the container needs, relative to it.
    var sandboxMounts: [String]
    /// What policies may see as a default mount of this pod.
    var guestMounts: [PolicyMount]
    /// The host's name for the network it expects; empty when it names none.
    var networkID: String
    /// The host's name for the user, for further processes.
    var username: String
}

/// Turns what the host asks for into what would really happen. Nothing is done here.
struct SpecResolver {
    static let containerType = "io.kubernetes.cri.container-type"
    static let sandboxIDKey = "io.kubernetes.cri.sandbox-id"
    static let privilegedKey = "io.microsoft.virtualmachine.lcow.privileged"

    let claim: ContainerClaim
    let accounts: AccountFiles
    /// The host name of the pod when it exists already.
    let podHostname: String?

    /// The pod that a container belongs to: its own when it names none.
    static func sandboxID(of claim: ContainerClaim) throws(SandboxError) -> String {
        guard GuestPaths.isIdentifier(claim.containerID) else {
            throw .invalid("container id \"\(claim.containerID)\" is not 64 lower-case hexadecimal digits")
        }
        let type = claim.spec.annotations[containerType] ?? ""
        let named = claim.spec.annotations[sandboxIDKey] ?? ""
        switch type {
        case "", "sandbox":
            guard named.isEmpty || same(named, claim.containerID) else {
                throw .invalid("a container that is its own pod names pod \"\(named)\"")
            }
            return claim.containerID
        case "container":
            guard GuestPaths.isIdentifier(named) else {
                throw .invalid("annotation \(sandboxIDKey) is \"\(named)\", expected 64 hexadecimal digits")
            }
            return named
        default:
            throw .invalid("annotation \(containerType) is \"\(type)\", expected sandbox or container")
        }
    }

    func resolve() throws(SandboxError) -> ResolvedContainer {
        let sandboxID = try Self.sandboxID(of: claim)
        try checkPaths(sandboxID)
        try SpecRules.checkRefused(claim.spec)
        guard let process = claim.spec.process else { throw .invalid("the specification has no process") }
        guard let linux = claim.spec.linux else { throw .invalid("the specification has no linux section") }
        let privileged = try isPrivileged()
        var spec = OCI.Spec(ociVersion: claim.spec.ociVersion)
        spec.root = OCI.Root(path: GuestPaths.root(claim.containerID))
        spec.root?.readonly = claim.spec.root?.readonly ?? false
        let (identity, user) = try accounts.identity(of: process.user)
        spec.process = Self.executed(process, user)
        spec.linux = Self.executed(
            linux, sandboxID: sandboxID, containerID: claim.containerID, privileged: privileged)
        let hostname = podHostname ?? Self.hostname(process.env, sandboxID)
        spec.hostname = hostname
        var directories: [String] = []
        spec.mounts = try resolvedMounts(sandboxID, &directories)
        let guestMounts = Self.guestMounts(
            sandboxID, readOnly: spec.root?.readonly ?? false, besides: spec.mounts)
        spec.mounts += guestMounts.map(Self.mount)
        return ResolvedContainer(
            spec: spec,
            context: ContainerContext(
                identity: identity, sandboxDirectory: GuestPaths.sandboxMounts(sandboxID),
                hugePagesDirectory: GuestPaths.hugePages(sandboxID), privileged: privileged,
                isSandbox: claim.spec.annotations[Self.containerType].map { same($0, "sandbox") } ?? false),
            sandboxID: sandboxID, hostname: hostname, sandboxMounts: directories, guestMounts: guestMounts,
            networkID: networkID, username: process.user.username)
    }

    private func checkPaths(_ sandboxID: String) throws(SandboxError) {
        let bundle = GuestPaths.bundle(claim.containerID)
        guard same(claim.bundlePath, bundle) else {
            throw .invalid("the bundle is \(claim.bundlePath), expected \(bundle)")
        }
        let root = claim.spec.root?.path ?? ""
        guard same(root, GuestPaths.root(claim.containerID)) || same(root, "rootfs") || root.isEmpty else {
            throw .invalid("root.path is \(root), expected \(GuestPaths.root(claim.containerID))")
        }
        let scratch = GuestPaths.scratch(sandboxID, claim.containerID)
        guard claim.scratchPath.isEmpty || same(claim.scratchPath, scratch) else {
            throw .invalid("the scratch directory is \(claim.scratchPath), expected \(scratch)")
        }
    }

    private func isPrivileged() throws(SandboxError) -> Bool {
        let value = claim.spec.annotations[Self.privilegedKey] ?? "false"
        switch value {
        case "true": return true
        case "false", "": return false
        default: throw .invalid("annotation \(Self.privilegedKey) is \"\(value)\", expected true or false")
        }
    }

    private var networkID: String {
        guard let windows = claim.spec.windows, let network = windows["network"],
            let namespace = network["networkNamespace"]?.stringValue
        else { return "" }
        return namespace
    }

    /// The pod's name: a HOSTNAME of the environment, which the policy decides on, or the pod's id.
    private static func hostname(_ environment: [String], _ sandboxID: String) -> String {
        let prefix = "HOSTNAME="
        for variable in environment where variable.utf8.starts(with: prefix.utf8) {
            let name = String(decoding: Array(variable.utf8.dropFirst(prefix.utf8.count)), as: UTF8.self)
            if PodFiles.isHostname(name) { return name }
        }
        return String(decoding: Array(sandboxID.utf8.prefix(12)), as: UTF8.self)
    }
}

// MARK: - The parts of a specification

extension SpecResolver {
    /// The process with Coffer's own values where the host has no say.
    static func executed(_ process: OCI.Process, _ user: OCI.User) -> OCI.Process {
        var executed = OCI.Process()
        executed.terminal = process.terminal
        executed.consoleSize = process.consoleSize
        executed.user = user
        executed.args = process.args
        executed.env = process.env
        executed.cwd = process.cwd.isEmpty ? "/" : process.cwd
        executed.capabilities = process.capabilities
        executed.rlimits = SpecRules.resourceLimits
        executed.noNewPrivileges = process.noNewPrivileges
        executed.oomScoreAdj = 0
        return executed
    }

    private static func executed(
        _ linux: OCI.Linux, sandboxID: String, containerID: String, privileged: Bool
    ) -> OCI.Linux {
        var executed = OCI.Linux()
        executed.resources = SpecRules.boundedResources(linux.resources)
        executed.resources?.unified = SpecRules.groupSettings
        executed.cgroupsPath = "/pods/" + sandboxID + "/" + containerID
        executed.namespaces = SpecRules.namespaces
        executed.devices = linux.devices
        executed.seccomp = linux.seccomp
        executed.rootfsPropagation = "private"
        if !privileged {
            executed.maskedPaths = OCI.Linux.usualMaskedPaths
            executed.readonlyPaths = OCI.Linux.usualReadonlyPaths
        }
        return executed
    }

    private func resolvedMounts(
        _ sandboxID: String, _ directories: inout [String]
    ) throws(SandboxError) -> [OCI.Mount] {
        var mounts: [OCI.Mount] = []
        for mount in claim.spec.mounts {
            var resolved = mount
            if let path = Self.after("sandbox://", mount.source) {
                let relative = try Self.relativePath(path)
                // One that can be none is refused here, before anything is done.
                if try MemoryVolume(path: relative) != nil, !same(mount.type, "bind") {
                    throw .invalid(
                        "mount source \(mount.source): expected the type bind, found \(mount.type)")
                }
                directories.append(relative)
                resolved.source = GuestPaths.sandboxMounts(sandboxID) + "/" + relative
            }
            for scheme in ["sandbox-tmp://", "hugepages://", "plan9://", "uvm://", "blockdev://"] {
                if Self.after(scheme, mount.source) != nil || Self.after(scheme, mount.destination) != nil {
                    throw .unsupported("mounts of the kind \(scheme) are not supported by this guest")
                }
            }
            mounts.append(resolved)
        }
        return mounts
    }

    private static func after(_ prefix: String, _ text: String) -> String? {
        guard text.utf8.starts(with: prefix.utf8) else { return nil }
        return String(decoding: Array(text.utf8.dropFirst(prefix.utf8.count)), as: UTF8.self)
    }

    /// A path below sandboxMounts without a leading slash, without empty parts, "." and "..".
    private static func relativePath(_ path: String) throws(SandboxError) -> String {
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        if let first = parts.first, first.isEmpty { parts.removeFirst() }
        for part in parts {
            let isDots = part.elementsEqual(".".utf8) || part.elementsEqual("..".utf8)
            if part.isEmpty || isDots || part.contains(0) {
                throw .invalid("mount source sandbox://\(path) is not a plain path")
            }
        }
        if parts.isEmpty { throw .invalid("mount source sandbox://\(path) names no directory") }
        return parts.map { String(decoding: Array($0), as: UTF8.self) }.joined(separator: "/")
    }

    /// The pod's files that the container does not mount itself.
    private static func guestMounts(
        _ sandboxID: String, readOnly: Bool, besides mounts: [OCI.Mount]
    ) -> [PolicyMount] {
        PodFiles.names.compactMap { name in
            let destination = "/etc/" + name
            if mounts.contains(where: { same($0.destination, destination) }) { return nil }
            return PolicyMount(
                destination, "bind", GuestPaths.pod(sandboxID) + "/" + name,
                readOnly ? ["bind", "ro"] : ["bind"])
        }
    }

    private static func mount(_ mount: PolicyMount) -> OCI.Mount {
        var result = OCI.Mount(destination: mount.destination)
        result.type = mount.type
        result.source = mount.source
        result.options = mount.options
        return result
    }
}
