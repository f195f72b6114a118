import Foundation
import JSON
import OCI
import Testing

@testable import Runtime

/// One test for each way out of a container that a runtime once left open; the numbers are those of the reports.
@Suite(whereContainersWork, .serialized) struct SafeConstructionTests {
    /// CVE-2019-5736: the file of the process that goes into the container cannot be written, now or later.
    @Test func theProgramItselfCannotBeWritten() throws {
        let bench = try Workbench()
        // A copy: the file that other tests run at the same time is busy, and busy is not read-only.
        #expect(try Workbench.execute("/bin/cp", [bench.binary, bench.directory + "/coffer"]).status == 0)
        bench.binary = bench.directory + "/coffer"
        let before = try Data(contentsOf: URL(fileURLWithPath: bench.binary))
        try bench.spec("sleep")
        let id = try bench.create()
        let pid = try #require(JSON.parse(Array(bench.coffer("state", id).output.utf8))["pid"]?.intValue)
        #expect(open("/proc/\(pid)/exe", O_WRONLY) == -1)
        // Not only busy as long as it runs: a descriptor taken now could be opened again later.
        let kept = open("/proc/\(pid)/exe", O_RDONLY | O_CLOEXEC)
        try #require(kept >= 0)
        defer { close(kept) }
        #expect(try bench.coffer("delete", "--force", id).status == 0)
        #expect(open("/proc/self/fd/\(kept)", O_WRONLY) == -1)
        #expect(errno == EROFS)
        #expect(try Data(contentsOf: URL(fileURLWithPath: bench.binary)) == before)
    }

    /// The view that the program runs from is no mount of the container's, and no number of it is handed over, wherever the
    /// caller says that descriptors begin.
    @Test func theViewOfTheProgramStaysOutside() throws {
        let bench = try Workbench()
        bench.binary = bench.directory + "/coffer"
        #expect(try Workbench.execute("/bin/cp", [try Workbench().binary, bench.binary]).status == 0)
        try bench.spec("cat", "/proc/self/mountinfo", "size", "/proc/version")
        let outcome = try bench.run()
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(!outcome.output.contains("/proc/version") && !outcome.output.contains("coffer "))
        #expect(try #require(outcome.value("size")) != "0")
        let script = "for number in {3..59}; do eval \"exec $number</dev/null\"; done; exec \"$@\""
        let refused = try Workbench.execute(
            "/bin/bash",
            [
                "-c", script, "bash", bench.binary, "--root", bench.directory + "/state", "run", "--bundle",
                bench.directory, "--preserve-fds", "58", bench.newID(),
            ])
        #expect(refused.status == 1)
        #expect(
            refused.error.contains("unable to preserve descriptor 60: it is not open"), "\(refused.error)")
    }

    private func all() -> OCI.Capabilities {
        var sets = OCI.Capabilities()
        sets.bounding = CapabilitySet.names.filter { $0 != "CAP_SYS_RESOURCE" }
        sets.effective = sets.bounding
        sets.permitted = sets.bounding
        return sets
    }

    /// CVE-2016-9962, CVE-2024-21626: the program has its three streams and nothing of the runtime's.
    @Test func theProgramHasItsStreamsAndNothingElse() throws {
        let bench = try Workbench()
        try bench.spec("descriptors")
        let first = try bench.run()
        #expect(first.output.split(separator: "\n").count == 3, "\(first.output)")
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        let further = try bench.coffer("exec", id, "/bin/probe", "descriptors")
        #expect(further.output.split(separator: "\n").count == 3, "\(further.output)")
    }

    /// While it waits for `start`, for days perhaps, the process holds its streams and what it waits on.
    @Test func theWaitingProcessHoldsNothingItDoesNotNeed() throws {
        let bench = try Workbench()
        try FileManager.default.createDirectory(
            atPath: bench.directory + "/root/data", withIntermediateDirectories: true)
        try bench.spec("sleep") { spec in
            spec.mounts.append(bench.mount("/data", "bind", ["rbind"], source: bench.directory))
            spec.linux?.maskedPaths = ["/proc/keys", "/proc/acpi"]
            spec.linux?.readonlyPaths = ["/proc/sys"]
        }
        let id = try bench.create()
        let pid = try #require(JSON.parse(Array(bench.coffer("state", id).output.utf8))["pid"]?.intValue)
        var held: [String] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")
        where (Int(name) ?? 0) > 2 {
            held.append(try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/\(name)"))
        }
        #expect(held.count == 2, "\(held)")
        #expect(held.contains { $0.hasSuffix("exec.fifo") })
        #expect(held.contains { $0.hasPrefix("socket:") })
    }

    /// CVE-2024-21626: neither the working directory nor the program may be a descriptor of the runtime's.
    @Test func theWorkingDirectoryIsInside() throws {
        for number in 3..<24 {
            let bench = try Workbench()
            try bench.spec("id") { $0.process?.cwd = "/proc/self/fd/\(number)" }
            let outcome = try bench.run()
            #expect(outcome.status == 1, "descriptor \(number)")
            #expect(outcome.output == "")
            try bench.spec("id") { $0.process?.args = ["/proc/self/fd/\(number)/bin/true"] }
            #expect(try bench.run().status != 0)
        }
    }

    /// CVE-2019-16884, CVE-2019-19921, CVE-2025-52881: /proc is the kernel's, and nothing in it is covered.
    @Test(arguments: [
        "/proc/self", "/proc/1/attr", "/proc/sys", "/proc/sys/kernel", "/proc/self/attr/exec", "/proc/kcore",
        "/proc/../proc/sys",
    ]) func nothingInProcIsCovered(path: String) throws {
        let bench = try Workbench()
        try bench.spec("id") { $0.mounts.append(bench.mount(path, "tmpfs")) }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.output == "")
    }

    /// CVE-2023-27561, CVE-2023-28642: an image's link does not move /proc or /sys.
    @Test(arguments: ["proc", "sys"]) func procAndSysAreOrdinaryDirectories(name: String) throws {
        let bench = try Workbench()
        let path = bench.directory + "/root/" + name
        try FileManager.default.removeItem(atPath: path)
        #expect(symlink("/tmp", path) == 0)
        try bench.spec("id") { spec in
            if name == "sys" { spec.mounts.append(bench.mount("/sys", "sysfs", ["ro"])) }
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("must be mounted on ordinary directory"))
    }

    /// CVE-2025-31133: what is masked is empty and stays so, whatever the image calls /dev/null.
    @Test func maskedPathsAreEmpty() throws {
        let bench = try Workbench()
        for name in ["one", "two"] {
            try FileManager.default.createDirectory(
                atPath: bench.directory + "/root/" + name, withIntermediateDirectories: true)
            try bench.write("root/\(name)/secret", Array("x".utf8))
        }
        try bench.write("root/file", Array("secret".utf8))
        try bench.write("root/dev/null", Array("not the device".utf8))
        let arguments = [
            "size", "/file", "list", "/one", "list", "/two", "mkdir", "/one/new", "write", "/two/new",
        ]
        try bench.spec { spec in
            spec.process?.args = ["/bin/probe"] + arguments
            spec.mounts.removeAll { $0.destination.hasPrefix("/dev") }
            spec.mounts.append(bench.mount("/dev", "tmpfs"))
            spec.linux?.maskedPaths = ["/file", "/one", "/two", "/one", "/not/there", "/link"]
        }
        // A link to a masked directory leads to the mask.
        #expect(symlink("/one", bench.directory + "/root/link") == 0)
        let outcome = try bench.run()
        #expect(
            outcome.output
                == "size 0\nlist\nlist\nmkdir Read-only file system\nwrite Read-only file system\n",
            "\(outcome.error)")
    }

    @Test func readOnlyPathsCannotBeWritten() throws {
        let bench = try Workbench()
        try bench.spec("write", "/tmp/new", "write", "/etc/new", "write", "/proc/sys/kernel/domainname") {
            spec in
            spec.linux?.readonlyPaths = ["/tmp", "/proc/sys", "/not/there"]
            spec.process?.capabilities = all()
        }
        #expect(
            try bench.run().output
                == "write Read-only file system\nwrite ok\nwrite Read-only file system\n")
    }

    /// CVE-2026-41579, CVE-2026-47766: an image's /dev that is a link does not take the nodes elsewhere.
    @Test func devicesAreNotMadeThroughALink() throws {
        let bench = try Workbench()
        try FileManager.default.removeItem(atPath: bench.directory + "/root/dev")
        #expect(symlink("/etc", bench.directory + "/root/dev") == 0)
        try bench.spec("id") { $0.mounts.removeAll { $0.destination.hasPrefix("/dev") } }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: bench.directory + "/root/etc") == [])
    }

    /// A node that is already there must be the device, not a file that looks like one.
    @Test func aFileInADevicesPlaceIsRefused() throws {
        let bench = try Workbench()
        try bench.write("root/dev/zero", [])
        try bench.spec("id") { $0.mounts.removeAll { $0.destination.hasPrefix("/dev") } }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("make the device node /dev/zero"))
    }

    /// CVE-2021-30465, CVE-2024-45310, CVE-2019-18837: destinations are walked inside, whatever links the image has.
    @Test func mountDestinationsStayInside() throws {
        let bench = try Workbench()
        let outside = bench.directory + "/outside"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        #expect(symlink("../../../../../../.." + outside, bench.directory + "/root/relative") == 0)
        #expect(symlink(outside, bench.directory + "/root/absolute") == 0)
        for link in ["/relative", "/absolute"] {
            try bench.spec("list", link + "/new") { spec in
                spec.mounts.append(bench.mount(link + "/new", "tmpfs"))
            }
            _ = try bench.run()
            #expect(try FileManager.default.contentsOfDirectory(atPath: outside) == [])
        }
    }

    /// A source inside the root is looked up inside the root: a link of the image must not show what is outside.
    @Test func bindSourcesInsideTheRootStayInside() throws {
        let bench = try Workbench()
        let outside = bench.directory + "/outside"
        try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
        try bench.write("outside/secret", Array("the host's\n".utf8))
        #expect(symlink(outside, bench.directory + "/root/link") == 0)
        try bench.spec("cat", "/view/secret") { spec in
            spec.mounts.append(
                bench.mount("/view", "bind", ["bind"], source: bench.directory + "/root/link"))
        }
        let refused = try bench.run()
        #expect(refused.status != 0)
        #expect(!refused.output.contains("the host's"))
        // The same link with its target inside is good.
        let inside = bench.directory + "/root" + outside
        try FileManager.default.createDirectory(atPath: inside, withIntermediateDirectories: true)
        try Data("the image's\n".utf8).write(to: URL(fileURLWithPath: inside + "/secret"))
        let outcome = try bench.run()
        #expect(outcome.output == "the image's\n", "\(outcome.error)")
    }

    @Test(arguments: ["/", "//", "/.", "/..", "/tmp/..", "/top"]) func theRootIsNoMountPoint(path: String)
        throws
    {
        let bench = try Workbench()
        #expect(symlink("/", bench.directory + "/root/top") == 0)
        try bench.spec("id") { $0.mounts.append(bench.mount(path, "tmpfs")) }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("is the container's root itself"), "\(outcome.error)")
    }

    /// CVE-2022-24769, CVE-2022-29162, CVE-2022-27650: nothing is inheritable that was not asked for.
    @Test func nothingIsInheritable() throws {
        let bench = try Workbench()
        try bench.spec("sleep") { spec in
            spec.process?.capabilities?.bounding = ["CAP_CHOWN"]
            spec.process?.capabilities?.effective = ["CAP_CHOWN"]
            spec.process?.capabilities?.permitted = ["CAP_CHOWN"]
        }
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        for (options, bits) in [([], "0000000000000001"), (["--cap", "CAP_KILL"], "0000000000000021")] {
            let outcome = try bench.coffer(["exec"] + options + [id, "/bin/probe", "status"])
            for (name, wanted) in [
                ("CapInh:", "0000000000000000"), ("CapPrm:", bits), ("CapEff:", bits), ("CapBnd:", bits),
                ("CapAmb:", "0000000000000000"),
            ] { #expect(outcome.output.contains("\(name)\t\(wanted)"), "\(name) \(options)") }
        }
    }

    /// CVE-2026-30892: an id is decimal digits and nothing else.
    @Test(arguments: [
        "-1", "0x0", "1:", ":1", "1:2:3", "4294967296", "2147483648", " 1", "1 ", "+1", "root", "1.0",
    ])
    func idsAreDecimal(user: String) throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        let outcome = try bench.coffer("exec", "--user=" + user, id, "/bin/probe", "id")
        #expect(outcome.status != 0)
        #expect(outcome.output == "")
    }

    /// Another's control group: its processes would be killed with the container's.
    @Test func aControlGroupThatIsInUseIsRefused() throws {
        let bench = try Workbench()
        let path = "/coffer-test-" + UUID().uuidString
        try bench.spec("sleep") { $0.linux?.cgroupsPath = path }
        let first = try bench.create()
        let outcome = try bench.coffer("create", "--bundle", bench.directory, bench.newID())
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("cgroup is not empty"))
        #expect(try state(bench, first) == "created")
    }

    /// Nobody with the program's user may look into the process that is going to become it.
    @Test func theWaitingProcessCannotBeInspected() throws {
        let bench = try Workbench()
        try bench.spec("sleep") { $0.process?.user.uid = 1000 }
        let id = try bench.create()
        let pid = try #require(JSON.parse(Array(bench.coffer("state", id).output.utf8))["pid"]?.intValue)
        // It runs as 1000 already, and not being dumpable its files of /proc are root's all the same. proc(5).
        let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        #expect(text.contains("Uid:\t1000\t1000\t1000\t1000"))
        var status = stat()
        #expect(lstat("/proc/\(pid)/environ", &status) == 0)
        #expect(status.st_uid == 0)
    }

    /// With and without no_new_privs the filter is in force when the program runs.
    @Test(arguments: [true, false]) func theFilterIsInForce(noNewPrivileges: Bool) throws {
        let bench = try Workbench()
        try bench.spec("getcwd-call", "status") { spec in
            spec.process?.noNewPrivileges = noNewPrivileges
            var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
            var rule = OCI.SyscallRule(action: "SCMP_ACT_ERRNO")
            rule.names = ["getpriority"]
            rule.errnoRet = 99
            profile.syscalls = [rule]
            spec.linux?.seccomp = profile
        }
        let outcome = try bench.run()
        #expect(outcome.value("call") == "-1", "\(outcome.error)")
        #expect(outcome.output.contains("Seccomp:\t2"))
        #expect(outcome.output.contains("NoNewPrivs:\t\(noNewPrivileges ? 1 : 0)"))
    }

    /// The runtime's own way to the program needs no place in the profile, and no capability is left from it.
    @Test(arguments: [true, false]) func theFilterMayForbidTheWayToTheProgram(noNewPrivileges: Bool) throws {
        let bench = try Workbench()
        func forbid(_ names: [String]) throws {
            try bench.spec("status") { spec in
                spec.process?.noNewPrivileges = noNewPrivileges
                spec.process?.user.uid = 1000
                spec.process?.user.gid = 1000
                var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
                var rule = OCI.SyscallRule(action: "SCMP_ACT_ERRNO")
                rule.names = names
                profile.syscalls = [rule]
                spec.linux?.seccomp = profile
            }
        }
        try forbid(["getcwd", "chdir", "faccessat2", "setgroups", "setresuid", "setresgid", "prctl", "umask"])
        let outcome = try bench.run()
        #expect(outcome.output.contains("Seccomp:\t2"), "\(outcome.error)")
        #expect(outcome.output.contains("Uid:\t1000\t1000\t1000\t1000"))
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            #expect(outcome.output.contains("\(set):\t0000000000000000"), "\(set)")
        }
        // Without no_new_privs what the filter took is given up under it; if it cannot be, there is no program.
        try forbid(["capset"])
        let second = try bench.run()
        #expect((second.status == 0) == noNewPrivileges)
        if !noNewPrivileges { #expect(second.error.contains("set the capabilities"), "\(second.error)") }
    }
}
