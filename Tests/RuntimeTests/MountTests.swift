import Foundation
import OCI
import Testing

/// What is mounted, and under whose ids.
@Suite(whereContainersWork, .serialized) struct MountTests {
    private func userNamespace(_ spec: inout OCI.Spec) {
        var map = OCI.IDMapping()
        map.hostID = 100_000
        map.size = 65536
        spec.linux?.uidMappings = [map]
        spec.linux?.gidMappings = [map]
        spec.linux?.namespaces.append(OCI.Namespace(type: "user"))
    }

    @Test func copiesUpWhatTheImageHas() throws {
        let bench = try Workbench()
        let data = bench.directory + "/root/data/below"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try bench.write("root/data/below/file", Array("contents\n".utf8))
        #expect(symlink("below/file", bench.directory + "/root/data/link") == 0)
        #expect(chown(data + "/file", 7, 8) == 0)
        #expect(chmod(data + "/file", 0o604) == 0)
        try bench.spec("cat", "/data/link", "stat", "/data/below/file", "write", "/data/new") { spec in
            spec.mounts.append(bench.mount("/data", "tmpfs", ["tmpcopyup"]))
        }
        let outcome = try bench.run()
        #expect(outcome.output == "contents\nstat 100604 0:0 7:8\nwrite ok\n", "\(outcome.error)")
        #expect(!FileManager.default.fileExists(atPath: bench.directory + "/root/data/new"))
    }

    /// The lines of the specification in their order, whatever was mounted where before: over a new file system, and through
    /// a link to it.
    @Test(arguments: ["/over", "/link"]) func whatIsMountedLaterCovers(path: String) throws {
        let bench = try Workbench()
        for name in ["root/over", "source"] {
            try FileManager.default.createDirectory(
                atPath: bench.directory + "/" + name, withIntermediateDirectories: true)
        }
        #expect(symlink("/over", bench.directory + "/root/link") == 0)
        try bench.spec("write", "/over/below/file", "list", "/over") { spec in
            spec.mounts.append(bench.mount("/over", "tmpfs"))
            spec.mounts.append(bench.mount("/over/before", "tmpfs"))
            spec.mounts.append(bench.mount(path, "bind", ["rbind"], source: bench.directory + "/source"))
            spec.mounts.append(bench.mount("/over/below", "tmpfs"))
        }
        let outcome = try bench.run()
        #expect(outcome.output == "write ok\nlist below\n", "\(outcome.output)\(outcome.error)")
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: bench.directory + "/source") == ["below"])
    }

    /// Mounted in one call or in many, for what one cannot say, the attributes and options are the same.
    @Test(arguments: [[], ["private"]]) func newFileSystemsHaveTheirAttributes(more: [String]) throws {
        let bench = try Workbench()
        let words = ["nosuid", "nodev", "noexec", "noatime", "nodiratime", "size=64k", "mode=1711"] + more
        try bench.spec("cat", "/proc/self/mountinfo", "stat", "/data") { spec in
            spec.mounts.append(bench.mount("/data", "tmpfs", words, source: "the, source"))
            spec.mounts.append(bench.mount("/sys", "sysfs", ["ro", "nosuid"] + more))
        }
        let outcome = try bench.run()
        let lines = outcome.output.split(separator: "\n")
        let data = try #require(lines.first { $0.contains(" /data ") }, "\(outcome.error)")
        #expect(data.contains(" rw,nosuid,nodev,noexec,noatime,nodiratime "))
        #expect(data.contains(" - tmpfs the,\\040source rw,") && data.contains("size=64k,"), "\(data)")
        #expect(try #require(lines.first { $0.contains(" /sys ") }).contains(" ro,nosuid,relatime "))
        #expect(outcome.value("stat")?.hasPrefix("41711 ") == true)
    }

    /// On a machine whose mounts are shared, as systemd makes them: a mount on a bind mount, or below it, stays inside.
    @Test(arguments: [[], ["slave"], ["shared"], ["rprivate"]])
    func mountsDoNotComeOut(words: [String]) throws {
        let bench = try Workbench()
        for name in ["root/over", "source/below"] {
            try FileManager.default.createDirectory(
                atPath: bench.directory + "/" + name, withIntermediateDirectories: true)
        }
        let source = bench.directory + "/source"
        try bench.spec("list", "/over/below") { spec in
            spec.mounts += [
                bench.mount("/over", "bind", ["rbind"] + words, source: source),
                bench.mount("/over/below", "tmpfs"), bench.mount("/over/below/inner", "tmpfs"),
            ]
        }
        let run = "\(bench.binary) --root \(bench.directory)/state run -b \(bench.directory) \(bench.newID())"
        let outcome = try Workbench.execute(
            "/usr/bin/unshare",
            ["-m", "/bin/sh", "-ec", "mount --make-rshared /; \(run); cat /proc/self/mountinfo"])
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.hasPrefix("list inner\n"), "\(outcome.output)")
        #expect(!outcome.output.contains(source), "\(outcome.output)")
    }

    /// As a view of the machine's /sys has it, with control groups where those of the container go.
    @Test func aFileSystemGoesOnItself() throws {
        let bench = try Workbench()
        try bench.spec("cat", "/proc/self/mountinfo") { spec in
            spec.mounts += [bench.mount("/sys", "sysfs", ["ro"]), bench.mount("/sys", "sysfs", ["nosuid"])]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.split(separator: "\n").filter { $0.contains(" /sys ") }.count == 2)
    }

    @Test func anOptionThatAFileSystemDoesNotHaveIsAnError() throws {
        let bench = try Workbench()
        try bench.spec("id") { $0.mounts.append(bench.mount("/data", "tmpfs", ["size=64k", "nonsense=1"])) }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("tmpfs on /data"), "\(outcome.error)")
    }

    /// Names right below /proc and /sys are used as such; what is a link there, or no file system of the kernel's, is not.
    @Test func masksNamesOfTheKernels() throws {
        let bench = try Workbench()
        try bench.spec(
            "list", "/sys/kernel", "list", "/sys/firmware", "size", "/proc/meminfo", "mkdir", "/sys/kernel/x",
            "write", "/proc/sys/kernel/domainname", "list", "/proc/self/net"
        ) { spec in
            spec.mounts.append(bench.mount("/sys", "sysfs", ["ro"]))
            spec.linux?.maskedPaths = [
                "/sys/kernel", "/sys/firmware", "/proc/meminfo", "/proc/net", "/proc/nothing", "/sys/nothing",
            ]
            spec.linux?.readonlyPaths = ["/proc/sys", "/proc/nothing"]
        }
        #expect(
            try bench.run().output == "list\nlist\nsize 0\nmkdir Read-only file system\n"
                + "write Read-only file system\nlist\n")
    }

    @Test func showsTheMachinesDevicesInAUserNamespace() throws {
        let bench = try Workbench()
        try bench.spec("id", "stat", "/dev/null", "write", "/dev/null", "size", "/dev/zero") { spec in
            userNamespace(&spec)
            // The multiplexer of terminals is a link to the container's own whatever is asked for.
            var multiplexer = OCI.Device(path: "/dev/ptmx", type: "c")
            (multiplexer.major, multiplexer.minor) = (5, 2)
            spec.linux?.devices = [OCI.Device(path: "/dev/pipe", type: "p"), multiplexer]
        }
        let outcome = try bench.run()
        #expect(outcome.value("uid") == "0", "\(outcome.error)")
        // The owner outside is not among the ids inside.
        #expect(outcome.value("stat") == "20666 1:3 65534:65534")
        #expect(outcome.value("write") == "ok")
        #expect(outcome.value("size") == "65536")
    }

    /// The machine has another node of that name, or none: the container gets one of its own, with its owner.
    @Test func aDeviceInAUserNamespaceIsWhatThePlanSays() throws {
        let bench = try Workbench()
        try bench.spec("stat", "/dev/zero") { spec in
            userNamespace(&spec)
            var device = OCI.Device(path: "/dev/zero", type: "c")
            device.major = 1
            device.minor = 3
            device.uid = 7
            device.fileMode = 0o640
            spec.linux?.devices = [device]
        }
        let outcome = try bench.run()
        #expect(outcome.value("stat") == "20640 1:3 7:0", "\(outcome.error)")
    }

    @Test(arguments: [true, false]) func mapsTheIdsOfAMount(own: Bool) throws {
        let bench = try Workbench()
        try FileManager.default.createDirectory(
            atPath: bench.directory + "/source", withIntermediateDirectories: true)
        try bench.write("source/file", Array("x".utf8))
        #expect(chown(bench.directory + "/source/file", 5, 6) == 0)
        try bench.spec("stat", "/mapped/file", "stat", "/plain/file") { spec in
            var mapped = bench.mount(
                "/mapped", "bind", ["rbind", "idmap"], source: bench.directory + "/source")
            if own {
                var map = OCI.IDMapping()
                map.hostID = 1000
                map.size = 100
                mapped.uidMappings = [map]
                mapped.gidMappings = [map]
            } else {
                userNamespace(&spec)
            }
            spec.mounts += [
                mapped, bench.mount("/plain", "bind", ["rbind"], source: bench.directory + "/source"),
            ]
        }
        for path in ["/root/mapped", "/root/plain"] {
            try FileManager.default.createDirectory(
                atPath: bench.directory + path, withIntermediateDirectories: true)
        }
        let outcome = try bench.run()
        // Own maps: 5 on disk is 1005. A user namespace's own maps cancel it out: 5 on disk is 5 inside.
        #expect(
            outcome.output
                == (own
                    ? "stat 100644 0:0 1005:1006\nstat 100644 0:0 5:6\n"
                    : "stat 100644 0:0 5:6\nstat 100644 0:0 65534:65534\n"),
            "\(outcome.error)")
    }

    /// Maps that an option brings along, as the machine or as the container's user namespace numbers ids.
    @Test(arguments: [
        ("idmap=uids=0-1000-100;gids=0-2000-100", false, "1005:2006"),
        ("ridmap=uids=5-7-1#6-50-10;gids=6-8-1", false, "7:8"),
        ("idmap=uids=0-101000-100;gids=0-101000-100", true, "1005:1006"),
        ("idmap=uids=@0-1000-100;gids=@0-2000-100", true, "1005:2006"),
        // One that is not shown is the overflow id, as everywhere.
        ("idmap=uids=@5-0-1;gids=@0-0-1", true, "0:65534"),
    ])
    func mapsTheIdsOfAMountAsItsOptionSays(option: String, inside: Bool, owner: String) throws {
        let bench = try Workbench()
        for path in ["/source", "/root/mapped"] {
            try FileManager.default.createDirectory(
                atPath: bench.directory + path, withIntermediateDirectories: true)
        }
        try bench.write("source/file", Array("x".utf8))
        #expect(chown(bench.directory + "/source/file", 5, 6) == 0)
        try bench.spec("stat", "/mapped/file") { spec in
            if inside { userNamespace(&spec) }
            let source = bench.directory + "/source"
            spec.mounts.append(bench.mount("/mapped", "bind", ["rbind", option], source: source))
        }
        let outcome = try bench.run()
        #expect(outcome.output == "stat 100644 0:0 \(owner)\n", "\(outcome.error)")
    }

    /// The source is what an earlier mount has put into the root: the maker maps it when the stage asks.
    @Test(arguments: [true, false]) func mapsTheIdsOfAMountOfTheSameContainer(inside: Bool) throws {
        let bench = try Workbench()
        for path in ["/source", "/root/first", "/root/second"] {
            try FileManager.default.createDirectory(
                atPath: bench.directory + path, withIntermediateDirectories: true)
        }
        try bench.write("source/file", Array("x".utf8))
        #expect(chown(bench.directory + "/source/file", 5, 6) == 0)
        try bench.spec("stat", "/second/file") { spec in
            if inside { userNamespace(&spec) }
            var map = OCI.IDMapping()
            map.hostID = inside ? 101_000 : 1000
            map.size = 100
            var second = bench.mount(
                "/second", "bind", ["rbind", "idmap"], source: bench.directory + "/root/first")
            second.uidMappings = [map]
            second.gidMappings = [map]
            spec.mounts += [
                bench.mount("/first", "bind", ["bind"], source: bench.directory + "/source"), second,
            ]
        }
        let outcome = try bench.run()
        #expect(outcome.output == "stat 100644 0:0 1005:1006\n", "\(outcome.error)")
    }

    /// The mount has what its words say, and nothing else of its source's.
    @Test func aBindMountHasWhatItsWordsSay() throws {
        let bench = try Workbench()
        try bench.spec("cat", "/proc/self/mounts") { spec in
            spec.mounts += [
                bench.mount("/source", "tmpfs", ["nosuid", "noexec"]),
                bench.mount("/plain", "bind", ["bind"], source: bench.directory + "/root/source"),
                bench.mount("/changed", "bind", ["bind", "ro"], source: bench.directory + "/root/source"),
            ]
        }
        let lines = try bench.run().output.split(separator: "\n")
        let plain = try #require(lines.first { $0.contains(" /plain ") })
        let changed = try #require(lines.first { $0.contains(" /changed ") })
        #expect(plain.contains("nosuid") && plain.contains("noexec"))
        #expect(changed.contains(" ro") && !changed.contains("nosuid") && !changed.contains("noexec"))
    }

    @Test func inAUserNamespaceAWordCannotTakeAwayWhatTheSourceHas() throws {
        let bench = try Workbench()
        // Root of that namespace could not make it.
        try FileManager.default.createDirectory(
            atPath: bench.directory + "/root/source", withIntermediateDirectories: true)
        try bench.spec("id") { spec in
            userNamespace(&spec)
            spec.mounts += [
                bench.mount("/source", "tmpfs", ["nosuid"]),
                bench.mount("/tmp", "bind", ["bind", "suid"], source: bench.directory + "/root/source"),
            ]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("error mounting"), "\(outcome.error)")
        #expect(outcome.error.contains("operation not permitted"))
    }

    @Test func refusesToMapWithoutMaps() throws {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            spec.mounts.append(bench.mount("/tmp", "bind", ["rbind", "idmap"], source: bench.directory))
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("needs id maps"))
    }
}
