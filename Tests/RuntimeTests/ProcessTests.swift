import Foundation
import JSON
import OCI
import Testing

@testable import Runtime

/// What the program finds: environment, identity, processors, labels.
@Suite(whereContainersWork, .serialized) struct ProcessTests {
    @Test(arguments: [
        ("app:x:1000:1000::/srv/app:/bin/sh\n", 1000, "/srv/app"),
        // A home that is not there is not looked for.
        ("root:x:0:0:root:/root:/bin/sh\napp:x:7:7::/nowhere:\n", 7, "/nowhere"),
        // The first line of the user counts; broken lines are none.
        ("bad\nx:y\na:x:5:5::/first:\nb:x:5:5::/second:\n", 5, "/first"),
        ("root:x:0:0:root::/bin/sh\n", 0, "/"), ("", 3, "/"),
    ]) func completesHomeFromTheContainersUsers(passwd: String, user: Int, home: String) throws {
        let bench = try Workbench()
        try bench.write("root/etc/passwd", Array(passwd.utf8))
        try bench.spec("env") { $0.process?.user.uid = UInt32(user) }
        #expect(try bench.run().output == "env PATH=/bin\nenv MARK=1\nenv HOME=\(home)\n")
    }

    @Test func keepsTheHomeThatIsGiven() throws {
        let bench = try Workbench()
        try bench.spec("env") { $0.process?.env = ["HOME=/given"] }
        #expect(try bench.run().output == "env HOME=/given\n")
        // An empty one counts as missing.
        try bench.spec("env") { $0.process?.env = ["HOME="] }
        #expect(try bench.run().output == "env HOME=/\n")
    }

    @Test func aUserDatabaseThatIsNoFileIsNotRead() throws {
        let bench = try Workbench()
        #expect(mkfifo(bench.directory + "/root/etc/passwd", 0o644) == 0)
        try bench.spec("env") { $0.process?.env = [] }
        #expect(try bench.run().output == "env HOME=/\n")
    }

    @Test func execCompletesHomeToo() throws {
        let bench = try Workbench()
        try bench.write("root/etc/passwd", Array("app:x:1000:1000::/srv/app:/bin/sh\n".utf8))
        try bench.spec("sleep") { $0.process?.env = [] }
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        #expect(
            try bench.coffer("exec", "-u", "1000", id, "/bin/probe", "env").output == "env HOME=/srv/app\n")
    }

    /// A document that says nothing about capabilities grants none; a further process then has the container's.
    @Test func unnamedCapabilitiesAreNotGranted() throws {
        let bench = try Workbench()
        try bench.spec("status") { $0.process?.capabilities = nil }
        let alone = try bench.run().output
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            #expect(alone.contains("\(set):\t0000000000000000\n"), "\(set) \(alone)")
        }
        try bench.spec("sleep") { spec in
            spec.process?.capabilities?.bounding = ["CAP_KILL"]
            spec.process?.capabilities?.effective = ["CAP_KILL"]
            spec.process?.capabilities?.permitted = ["CAP_KILL"]
        }
        let id = try bench.create()
        #expect(try bench.coffer("start", id).status == 0)
        var process = OCI.Process()
        process.args = ["/bin/probe", "status"]
        process.cwd = "/"
        try bench.write("process.json", process.json.serialized())
        let further = try bench.coffer("exec", "-p", bench.directory + "/process.json", id)
        #expect(further.output.contains("CapEff:\t0000000000000020\n"), "\(further)")
        #expect(further.output.contains("CapBnd:\t0000000000000020\n"), "\(further)")
    }

    /// More than either side's buffers hold, both ways at once: who waits for one side must not block on the other.
    @Test func aTerminalTakesMuchInputWhileItIsWrittenTo() throws {
        let bench = try Workbench()
        let lines = (0..<20_000).map { "line \($0)" }
        try bench.spec("echo") { spec in
            spec.process?.terminal = true
        }
        let run = [bench.binary, "--root", bench.directory + "/state", "run", "-b", bench.directory]
        let outcome = try Workbench.execute(
            "/usr/bin/timeout", ["--signal=KILL", "120"] + run + [bench.newID()],
            input: lines.joined(separator: "\n") + "\n\u{4}")
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.contains("line 19999"), "\(outcome.output.suffix(200))")
    }

    /// A file that is the program's stream becomes its user's, as with runc; the null device and a root program's do
    /// not.
    @Test func streamsBelongToTheProgramsUser() throws {
        for (user, owner) in [(1000, 1000), (0, 7)] {
            let bench = try Workbench()
            let file = bench.directory + "/stream"
            try bench.write("stream", [])
            #expect(chown(file, 7, 8) == 0)
            try bench.spec("id") { $0.process?.user.uid = UInt32(user) }
            let run = "run -b \(bench.directory) \(bench.newID())"
            let outcome = try Workbench.execute(
                "/bin/sh",
                ["-c", "\(bench.binary) --root \(bench.directory)/state \(run) >\(file) 2>/dev/null"])
            #expect(outcome.status == 0)
            var status = stat()
            #expect(stat(file, &status) == 0)
            #expect(status.st_uid == owner)
            #expect(status.st_gid == 8)
            #expect(stat("/dev/null", &status) == 0)
            #expect(status.st_uid == 0)
        }
    }

    /// podman's `--group-add keep-groups`: only with the annotation, and only with its exact value.
    @Test(arguments: [("1", " 3 4"), ("0", ""), (nil, "")])
    func keepsTheCallersGroups(value: String?, groups: String) throws {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            if let value { spec.annotations["run.oci.keep_original_groups"] = value }
        }
        let outcome = try Workbench.execute(
            "/usr/bin/setpriv",
            [
                "--groups=3,4", bench.binary, "--root", bench.directory + "/state", "run", "-b",
                bench.directory, bench.newID(),
            ])
        #expect(outcome.output.contains("\ngroups\(groups)\n"), "\(outcome)")
    }

    @Test func execGetsItsProcessors() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        var process = OCI.Process()
        process.args = ["/bin/probe", "affinity"]
        process.cwd = "/"
        process.execCPUAffinity = OCI.CPUAffinity()
        process.execCPUAffinity?.initial = "0"
        process.execCPUAffinity?.final = "1"
        try bench.write("process.json", process.json.serialized())
        let outcome = try bench.coffer("exec", "--process", bench.directory + "/process.json", id)
        #expect(outcome.output == "affinity 1\n", "\(outcome.error)")
        process.execCPUAffinity?.final = "9999"
        try bench.write("process.json", process.json.serialized())
        let refused = try bench.coffer("exec", "--process", bench.directory + "/process.json", id)
        #expect(refused.status == 255)
        #expect(refused.error.contains("process.execCPUAffinity.final"))
    }

    @Test(
        .enabled(
            if: !FileManager.default.fileExists(atPath: "/sys/module/apparmor"), "this kernel has AppArmor"))
    func refusesAProfileThatNobodyEnforces() throws {
        let bench = try Workbench()
        try bench.spec("id") { $0.process?.apparmorProfile = "confined" }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("AppArmor is not enabled in this kernel"))
        #expect(outcome.output == "")
        #expect(try bench.coffer("list", "-q").output == "")
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        let further = try bench.coffer("exec", "--apparmor", "confined", id, "/bin/probe", "id")
        #expect(further.status == 255)
        #expect(further.output == "")
    }

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: "/sys/module/apparmor"), "this kernel has no AppArmor")
    )
    func appliesTheProfile() throws {
        let bench = try Workbench()
        try bench.spec("cat", "/proc/self/attr/current") { $0.process?.apparmorProfile = "unconfined" }
        #expect(try bench.run().output == "unconfined\n")
        try bench.spec("id") { $0.process?.apparmorProfile = "coffer-no-such-profile" }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("/proc/self/attr/apparmor/exec"))
    }

    @Test(
        .enabled(
            if: !FileManager.default.fileExists(atPath: "/sys/fs/selinux/enforce"), "this kernel has SELinux")
    )
    func refusesALabelThatNobodyEnforces() throws {
        for change: (inout OCI.Spec) -> Void in [
            { $0.process?.selinuxLabel = "system_u:system_r:container_t:s0" },
            { $0.linux?.mountLabel = "system_u:object_r:container_file_t:s0" },
        ] {
            let bench = try Workbench()
            try bench.spec("id", change: change)
            let outcome = try bench.run()
            #expect(outcome.status == 1)
            #expect(outcome.error.contains("selinux is disabled or not supported"))
        }
    }
}
