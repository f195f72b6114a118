import OCI
import Testing

@testable import Runtime

/// Everything a specification can ask for is done or refused: one row for each thing that is refused.
struct PlanRefusalTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let text: String
        let change: @Sendable (inout OCI.Spec) -> Void
        init(_ text: String, _ change: @escaping @Sendable (inout OCI.Spec) -> Void) {
            self.text = text
            self.change = change
        }
        var testDescription: String { text }
    }

    static func specification() -> OCI.Spec {
        var spec = OCI.Spec(ociVersion: "1.3.0")
        spec.root = OCI.Root(path: "root")
        var process = OCI.Process()
        process.args = ["/bin/true"]
        process.cwd = "/"
        process.capabilities = OCI.Capabilities()
        spec.process = process
        var linux = OCI.Linux()
        linux.namespaces = ["pid", "network", "ipc", "uts", "mount", "cgroup"].map { OCI.Namespace(type: $0) }
        spec.linux = linux
        return spec
    }

    private static func mount(_ type: String, _ options: String...) -> OCI.Mount {
        var mount = OCI.Mount(destination: "/m")
        mount.type = type
        mount.source = "/source"
        mount.options = options
        return mount
    }

    private static func profile(_ action: String = "SCMP_ACT_ALLOW") -> OCI.Seccomp {
        OCI.Seccomp(defaultAction: action)
    }

    private static func rule(_ name: String, _ action: String) -> OCI.SyscallRule {
        var rule = OCI.SyscallRule(action: action)
        rule.names = [name]
        return rule
    }

    private static let map: OCI.IDMapping = {
        var map = OCI.IDMapping()
        map.size = 1
        return map
    }()

    static let general: [Row] = [
        Row("ociVersion: expected 1.x, found \"2.0.0\"") { $0.ociVersion = "2.0.0" },
        Row("ociVersion: expected 1.x, found \"\"") { $0.ociVersion = "" },
        Row("root.path: expected the root file system's path") { $0.root = nil },
        Row("process: expected the container's process") { $0.process = nil },
        Row("expected a mount namespace") { $0.linux?.namespaces.removeAll { $0.type == "mount" } },
        Row("without a private UTS namespace") {
            $0.hostname = "h"
            $0.linux?.namespaces.removeAll { $0.type == "uts" }
        },
        Row("domainname: unable to set") {
            $0.domainname = "d"
            $0.linux?.namespaces.removeAll { $0.type == "uts" }
        },
        Row("hostname: expected at most 64 bytes") { $0.hostname = String(repeating: "h", count: 65) },
        Row("invalid namespace \"box\"") { $0.linux?.namespaces.append(OCI.Namespace(type: "box")) },
        Row("duplicated ns \"pid\"") { $0.linux?.namespaces.append(OCI.Namespace(type: "pid")) },
        Row("expected an absolute path, found \"proc/1/ns/net\"") {
            $0.linux?.namespaces = [OCI.Namespace(type: "network"), OCI.Namespace(type: "mount")]
            $0.linux?.namespaces[0].path = "proc/1/ns/net"
        },
        Row("expected id maps for the new user namespace") {
            $0.linux?.namespaces.append(OCI.Namespace(type: "user"))
        },
        Row("user namespace isn't enabled") {
            $0.linux?.uidMappings = [map]
            $0.linux?.gidMappings = [map]
        },
        Row("expected ranges of one id at least") {
            $0.linux?.namespaces.append(OCI.Namespace(type: "user"))
            $0.linux?.uidMappings = [OCI.IDMapping()]
            $0.linux?.gidMappings = [map]
        },
        Row("time namespace isn't enabled") { $0.linux?.timeOffsets = ["monotonic": OCI.TimeOffset()] },
        Row("expected monotonic or boottime, found \"realtime\"") {
            $0.linux?.namespaces.append(OCI.Namespace(type: "time"))
            $0.linux?.timeOffsets = ["realtime": OCI.TimeOffset()]
        },
        Row("unknown propagation \"wide\"") { $0.linux?.rootfsPropagation = "wide" },
        Row("linux.cgroupsPath: expected a path without \"..\"") { $0.linux?.cgroupsPath = "/a/../../b" },
        Row("linux.maskedPaths: expected absolute paths") { $0.linux?.maskedPaths = ["proc/kcore"] },
        Row("linux.readonlyPaths: expected absolute paths") { $0.linux?.readonlyPaths = [""] },
        Row("linux.intelRdt: intelRdt is specified in config, but Intel RDT is not enabled") {
            $0.linux?.intelRdt = OCI.IntelRdt()
        },
        Row("sysctl \"kernel.domainname\" conflicts with OCI field \"domainname\"") {
            $0.domainname = "a"
            $0.linux?.sysctl = ["kernel.domainname": "b"]
        },
        Row("process.scheduler: sched_setattr: `SCHED_DEADLINE` requires `runtime`") {
            $0.process?.scheduler = OCI.Scheduler(policy: "SCHED_DEADLINE")
        },
        Row("linux.netDevices: unable to move network devices without a private NET namespace") {
            $0.linux?.netDevices = ["eth0": OCI.NetDevice()]
            $0.linux?.namespaces.removeAll { $0.type == "network" }
        },
        Row("linux.netDevices: invalid network device name \"a/b\"") {
            $0.linux?.netDevices = ["a/b": OCI.NetDevice()]
        },
        Row("linux.netDevices: two network devices with the name") {
            var renamed = OCI.NetDevice()
            renamed.name = "eth0"
            $0.linux?.netDevices = ["eth0": OCI.NetDevice(), "eth1": renamed]
        },
        Row("invalid memory policy mode \"MPOL_BEST\"") {
            $0.linux?.memoryPolicy = OCI.MemoryPolicy(mode: "MPOL_BEST")
        },
        Row("invalid memory policy flag \"MPOL_F_X\"") {
            $0.linux?.memoryPolicy = OCI.MemoryPolicy(mode: "MPOL_BIND")
            $0.linux?.memoryPolicy?.flags = ["MPOL_F_X"]
        },
        Row("invalid memory policy nodes \"a-b\"") {
            $0.linux?.memoryPolicy = OCI.MemoryPolicy(mode: "MPOL_BIND")
            $0.linux?.memoryPolicy?.nodes = "a-b"
        },
        Row("linux.personality.domain: expected LINUX or LINUX32") {
            $0.linux?.personality = OCI.Personality(domain: "BSD")
        },
        Row("linux.personality.flags: additional flags are not supported") {
            $0.linux?.personality = OCI.Personality(domain: "LINUX")
            $0.linux?.personality?.flags = ["ADDR_NO_RANDOMIZE"]
        },
        Row("sysctl \"vm.swappiness\" is not in a separate kernel namespace") {
            $0.linux?.sysctl = ["vm.swappiness": "1"]
        },
        Row("sysctl \"net.ipv4.ip_forward\" is not allowed in the hosts network namespace") {
            $0.linux?.namespaces.removeAll { $0.type == "network" }
            $0.linux?.sysctl = ["net.ipv4.ip_forward": "1"]
        },
        Row("conflicts with OCI field \"hostname\"") { $0.linux?.sysctl = ["kernel.hostname": "x"] },
        Row("is not the name of a kernel parameter") { $0.linux?.sysctl = ["net..x": "1"] },
        Row("hooks.poststop[0].path: expected an absolute path") {
            $0.hooks = OCI.Hooks()
            $0.hooks?.poststop = [OCI.Hook(path: "hook")]
        },
        Row("hooks.createRuntime[0].timeout: expected 1 or more, found 0") {
            $0.hooks = OCI.Hooks()
            $0.hooks?.createRuntime = [OCI.Hook(path: "/hook")]
            $0.hooks?.createRuntime[0].timeout = 0
        },
    ]

    static let process: [Row] = [
        Row("process.args: expected at least the program") { $0.process?.args = [] },
        Row("a NUL character") { $0.process?.args = ["/bin/a\0b"] },
        Row("a NUL character") { $0.process?.env = ["A=\0"] },
        Row("Cwd property must not be empty") { $0.process?.cwd = "" },
        Row("must be an absolute path, found \"tmp\"") { $0.process?.cwd = "tmp" },
        Row("unknown capability \"CAP_FLY\"") { $0.process?.capabilities?.bounding = ["CAP_FLY"] },
        Row("process.capabilities.ambient: unknown capability \"chown\"") {
            $0.process?.capabilities?.ambient = ["chown"]
        },
        Row("invalid rlimit type \"RLIMIT_FUN\"") {
            $0.process?.rlimits = [OCI.ResourceLimit(type: "RLIMIT_FUN", hard: 1, soft: 1)]
        },
        Row("duplicated rlimit RLIMIT_CORE") {
            $0.process?.rlimits = Array(
                repeating: OCI.ResourceLimit(type: "RLIMIT_CORE", hard: 1, soft: 1), count: 2)
        },
        Row("soft limit 2 is above hard limit 1") {
            $0.process?.rlimits = [OCI.ResourceLimit(type: "RLIMIT_CORE", hard: 1, soft: 2)]
        },
        Row("process.oomScoreAdj: expected -1000 to 1000") { $0.process?.oomScoreAdj = 1001 },
        Row("unknown policy \"SCHED_FAST\"") {
            $0.process?.scheduler = OCI.Scheduler(policy: "SCHED_FAST")
        },
        Row("process.scheduler.flags: unknown flag \"SCHED_FLAG_X\"") {
            $0.process?.scheduler = OCI.Scheduler(policy: "SCHED_OTHER")
            $0.process?.scheduler?.flags = ["SCHED_FLAG_X"]
        },
        Row("process.scheduler.nice: expected -20 to 19") {
            $0.process?.scheduler = OCI.Scheduler(policy: "SCHED_OTHER")
            $0.process?.scheduler?.nice = 20
        },
        Row("unknown class \"IOPRIO_CLASS_X\"") {
            $0.process?.ioPriority = OCI.IOPriority(level: "IOPRIO_CLASS_X")
        },
        Row("process.ioPriority.priority: expected 0 to 7") {
            $0.process?.ioPriority = OCI.IOPriority(level: "IOPRIO_CLASS_BE")
            $0.process?.ioPriority?.priority = 8
        },
        Row("process.execCPUAffinity.initial: expected a list of processors") {
            $0.process?.execCPUAffinity = OCI.CPUAffinity()
            $0.process?.execCPUAffinity?.initial = "one"
        },
        Row("process.execCPUAffinity.final: expected a list of processors") {
            $0.process?.execCPUAffinity = OCI.CPUAffinity()
            $0.process?.execCPUAffinity?.final = ","
        },
        Row("process.apparmorProfile: expected one line") { $0.process?.apparmorProfile = "a\nb" },
        Row("process.selinuxLabel: expected one line") { $0.process?.selinuxLabel = "a\u{1}" },
        Row("linux.mountLabel: expected a label without quotes") { $0.linux?.mountLabel = "a\"b" },
    ]

    static let mountsAndDevices: [Row] = [
        Row("mounts[0].destination: expected a path") { $0.mounts = [OCI.Mount(destination: "")] },
        Row("mounts[0].type: expected a file system type") { $0.mounts = [mount("")] },
        Row("mounts[0].source: expected a path to bind") {
            $0.mounts = [mount("bind")]
            $0.mounts[0].source = ""
        },
        Row("unknown option \"size=1\" of a bind mount") { $0.mounts = [mount("bind", "size=1")] },
        Row("\"sync\" is the file system's") { $0.mounts = [mount("bind", "sync")] },
        Row("options: expected a word") { $0.mounts = [mount("tmpfs", "")] },
        Row("\"tmpcopyup\" is only for tmpfs") { $0.mounts = [mount("bind", "tmpcopyup")] },
        Row("id-mapped mounts are only supported for bind mounts") { $0.mounts = [mount("tmpfs", "idmap")] },
        Row("id-mapped mounts are only supported for bind mounts") {
            $0.mounts = [mount("tmpfs")]
            $0.mounts[0].uidMappings = [map]
            $0.mounts[0].gidMappings = [map]
        },
        Row("expected both uidMappings and gidMappings") {
            $0.mounts = [mount("bind")]
            $0.mounts[0].uidMappings = [map]
        },
        Row("id-mapped mounts are only supported for bind mounts") {
            $0.mounts = [mount("tmpfs", "idmap=uids=0-1-2;gids=0-1-2")]
        },
        Row("expected both uids= and gids=") { $0.mounts = [mount("bind", "ridmap=uids=0-1-2")] },
        Row("not within one range of the container's user namespace maps") {
            $0.mounts = [mount("bind", "idmap=uids=@0-1-2;gids=@0-1-2")]
        },
        Row("expected one word with id maps, found another") {
            $0.mounts = [mount("bind", "idmap=uids=0-1-2;gids=0-1-2", "ridmap=uids=0-1-2;gids=0-1-2")]
        },
        Row("as uidMappings and gidMappings or in options, found both") {
            $0.mounts = [mount("bind", "idmap=uids=0-1-2;gids=0-1-2")]
            $0.mounts[0].uidMappings = [map]
            $0.mounts[0].gidMappings = [map]
        },
        Row("only for bind mounts") { $0.mounts = [mount("tmpfs", "dest-nofollow")] },
        Row("only for bind mounts") { $0.mounts = [mount("bind", "remount", "src-nofollow")] },
        Row("\"copy-symlink\" cannot be used together") {
            $0.mounts = [mount("bind", "copy-symlink", "src-nofollow")]
        },
        Row("\"copy-symlink\" cannot be used together") {
            $0.mounts = [mount("bind", "dest-nofollow", "copy-symlink")]
        },
        Row("linux.devices[0].path: expected an absolute path") {
            $0.linux?.devices = [OCI.Device(path: "dev/x", type: "c")]
        },
        Row("linux.devices[0].type: expected c, u, b or p") {
            $0.linux?.devices = [OCI.Device(path: "/dev/x", type: "z")]
        },
        Row("linux.devices[0].major: expected 0 to 4095") {
            $0.linux?.devices = [OCI.Device(path: "/dev/x", type: "c")]
            $0.linux?.devices[0].major = 4096
        },
        Row("linux.devices[0].minor: expected 0 to 1048575") {
            $0.linux?.devices = [OCI.Device(path: "/dev/x", type: "b")]
            $0.linux?.devices[0].minor = -1
        },
    ]

    static let seccomp: [Row] = [
        Row("linux.seccomp.defaultAction: unknown action") { $0.linux?.seccomp = profile("SCMP_ACT_MAYBE") },
        Row("SCMP_ACT_KILL takes no errnoRet") {
            $0.linux?.seccomp = profile("SCMP_ACT_KILL")
            $0.linux?.seccomp?.defaultErrnoRet = 1
        },
        Row("unknown architecture \"SCMP_ARCH_Z80\"") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.architectures = ["SCMP_ARCH_Z80"]
        },
        Row("unknown seccomp flag \"FLAG\"") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.flags = ["FLAG"]
        },
        Row("syscalls[0].names: expected at least one") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.syscalls = [OCI.SyscallRule(action: "SCMP_ACT_KILL")]
        },
        Row("syscalls[0].action: unknown action") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.syscalls = [rule("read", "SCMP_ACT_X")]
        },
        Row("syscalls[0].args[0].op: unknown operator") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.syscalls = [rule("read", "SCMP_ACT_ERRNO")]
            $0.linux?.seccomp?.syscalls[0].args = [OCI.SyscallArgument(op: "SCMP_CMP_ABOUT")]
        },
        Row("syscalls[0].args[0].index: expected 0 to 5") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.syscalls = [rule("read", "SCMP_ACT_ERRNO")]
            $0.linux?.seccomp?.syscalls[0].args = [OCI.SyscallArgument(op: "SCMP_CMP_EQ")]
            $0.linux?.seccomp?.syscalls[0].args[0].index = 6
        },
        Row("SCMP_ACT_NOTIFY cannot be used as default action") {
            $0.linux?.seccomp = profile("SCMP_ACT_NOTIFY")
            $0.linux?.seccomp?.listenerPath = "/run/listener"
        },
        Row("SCMP_ACT_NOTIFY cannot be used for the write syscall") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.listenerPath = "/run/listener"
            $0.linux?.seccomp?.syscalls = [rule("write", "SCMP_ACT_NOTIFY")]
        },
        Row("SCMP_ACT_NOTIFY needs the path of a listener") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.syscalls = [rule("chmod", "SCMP_ACT_NOTIFY")]
        },
        Row("listenerMetadata: expected a listenerPath") {
            $0.linux?.seccomp = profile()
            $0.linux?.seccomp?.listenerMetadata = "m"
        },
    ]

    @Test(arguments: general + process + mountsAndDevices + seccomp) func refuses(row: Row) {
        var spec = Self.specification()
        row.change(&spec)
        do throws(RuntimeError) {
            _ = try ContainerPlan(id: "c", bundle: "/bundle", spec: spec)
            Issue.record("accepted; expected: \(row.text)")
        } catch .refused(let text) {
            #expect(text.contains(row.text))
        } catch {
            Issue.record("failed otherwise: \(error)")
        }
    }

    @Test func acceptsTheSpecificationThatTheRowsChange() throws {
        _ = try ContainerPlan(id: "c", bundle: "/bundle", spec: Self.specification())
    }

    @Test(arguments: ["", ".", "..", "a/b", "a b", "é", String(repeating: "a", count: 1025)])
    func refusesIdentifiers(id: String) {
        #expect(throws: RuntimeError.self) {
            _ = try ContainerPlan(id: id, bundle: "/bundle", spec: Self.specification())
        }
    }
}
