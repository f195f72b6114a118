internal import CLinux
internal import JSON
internal import Linux
internal import OCI

extension OCICommandLine.Command {
    static let spec = OCICommandLine.Command(
        name: "spec", usage: "", summary: "write a config.json to begin with",
        options: [
            OptionForm("bundle", short: "b", value: true, "directory to write it to"),
            OptionForm("rootless", "for an ordinary user"),
        ], stopsAfter: nil, operands: (0, 0),
        run: { line, options throws(CommandLineError) in
            let directory = options.value("bundle") ?? "."
            let path = directory + "/config.json"
            let spec = exampleSpec(rootless: options.has("rootless"))
            let text = indented(spec.json) + "\n"
            do throws(Errno) {
                try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o666).write(Array(text.utf8))
            } catch {
                if error.code == EEXIST {
                    throw .failed("File config.json exists. Remove it first")
                }
                throw .failed("open \(path): \(error.goText)")
            }
        })
}

/// A specification that runs `sh` in ./rootfs: what a person edits.
func exampleSpec(rootless: Bool) -> OCI.Spec {
    var spec = OCI.Spec(ociVersion: OCI.version)
    spec.root = OCI.Root(path: "rootfs")
    spec.root?.readonly = true
    spec.hostname = "coffer"
    var process = OCI.Process()
    process.terminal = true
    process.args = ["sh"]
    process.env = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "TERM=xterm"]
    process.cwd = "/"
    let names = ["CAP_AUDIT_WRITE", "CAP_KILL", "CAP_NET_BIND_SERVICE"]
    var sets = OCI.Capabilities()
    sets.bounding = names
    sets.effective = names
    sets.permitted = names
    process.capabilities = sets
    process.rlimits = [OCI.ResourceLimit(type: "RLIMIT_NOFILE", hard: 1024, soft: 1024)]
    process.noNewPrivileges = true
    spec.process = process
    spec.mounts = exampleMounts(rootless: rootless)
    spec.linux = exampleLinux(rootless: rootless)
    return spec
}

private func exampleMounts(rootless: Bool) -> [OCI.Mount] {
    let rows: [(String, String, String, [String])] = [
        ("/proc", "proc", "proc", []),
        ("/dev", "tmpfs", "tmpfs", ["nosuid", "strictatime", "mode=755", "size=65536k"]),
        (
            "/dev/pts", "devpts", "devpts",
            ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"] + (rootless ? [] : ["gid=5"])
        ),
        ("/dev/shm", "tmpfs", "shm", ["nosuid", "noexec", "nodev", "mode=1777", "size=65536k"]),
        ("/dev/mqueue", "mqueue", "mqueue", ["nosuid", "noexec", "nodev"]),
        (
            "/sys", rootless ? "none" : "sysfs", rootless ? "/sys" : "sysfs",
            (rootless ? ["rbind"] : []) + ["nosuid", "noexec", "nodev", "ro"]
        ),
        ("/sys/fs/cgroup", "cgroup", "cgroup", ["nosuid", "noexec", "nodev", "relatime", "ro"]),
    ]
    return rows.map { destination, type, source, options in
        var mount = OCI.Mount(destination: destination)
        mount.type = type
        mount.source = source
        mount.options = options
        return mount
    }
}

private func exampleLinux(rootless: Bool) -> OCI.Linux {
    var linux = OCI.Linux()
    let kinds = ["pid", "network", "ipc", "uts", "mount", "cgroup"] + (rootless ? ["user"] : [])
    linux.namespaces = kinds.filter { !rootless || $0 != "network" }.map { OCI.Namespace(type: $0) }
    linux.maskedPaths = OCI.Linux.usualMaskedPaths
    linux.readonlyPaths = OCI.Linux.usualReadonlyPaths
    if rootless {
        var user = OCI.IDMapping()
        user.hostID = geteuid()
        user.size = 1
        var group = user
        group.hostID = getegid()
        linux.uidMappings = [user]
        linux.gidMappings = [group]
    } else {
        var rule = OCI.DeviceRule()
        rule.access = "rwm"
        var resources = OCI.Resources()
        resources.devices = [rule]
        linux.resources = resources
    }
    return linux
}
