import Foundation
import JSON
import OCI
import Testing

@testable import Runtime

@Suite(whereContainersWork, .serialized) struct LifeTests {
    @Test func runsAProgramAndPassesItsStatusOn() throws {
        let bench = try Workbench()
        try bench.spec("id", "exit", "7")
        let outcome = try bench.run()
        #expect(outcome.status == 7)
        #expect(outcome.value("pid") == "1")
        #expect(outcome.error == "")
    }

    /// The state's directory is made where the caller stands, when its name says so.
    @Test func takesARelativeStateDirectory() throws {
        let bench = try Workbench()
        try bench.spec("id")
        let text =
            "cd \(bench.directory) && \(bench.binary) --root here/below run --keep -b . \(bench.newID())"
        let outcome = try Workbench.execute("/bin/sh", ["-c", text])
        #expect(outcome.status == 0, "\(outcome.error)")
        let below = try FileManager.default.contentsOfDirectory(atPath: bench.directory + "/here/below")
        #expect(below.count == 1)
        for id in below {
            _ = try Workbench.execute(
                bench.binary, ["--root", bench.directory + "/here/below", "delete", id])
        }
    }

    @Test func reportsAFatalSignalAs128AndItsNumber() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        #expect(try bench.coffer("exec", id, "/bin/probe", "abort").status == 128 + 6)
        // The kernel shields the first process of a PID namespace from its own SIGABRT; abort(3) then executes an
        // instruction that faults, and that signal is forced: SIGSEGV.
        try bench.spec("abort")
        #expect(try bench.run().status == 128 + 11)
    }

    /// The first process of a PID namespace ignores what it does not catch: what waits for `start` catches it.
    @Test(arguments: [SIGTERM, SIGINT, SIGHUP, SIGQUIT]) func endsBeforeItIsStarted(signal: Int32) throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        let pid = try #require(
            JSON.parse(Array(bench.coffer("state", id).output.utf8))["pid"]?.intValue)
        #expect(kill(pid_t(pid), signal) == 0)
        for _ in 0..<100 {
            if try bench.coffer("state", id).output.contains("stopped") { return }
            usleep(50_000)
        }
        Issue.record("still there after signal \(signal)")
    }

    @Test func createContainerHooksStandInTheRoot() throws {
        let bench = try Workbench()
        try bench.spec("cat", "/made") { spec in
            let hook = Workbench.hook("echo by the hook > made")
            spec.hooks = OCI.Hooks()
            spec.hooks?.createContainer = [hook]
        }
        let outcome = try bench.run()
        #expect(outcome.output == "by the hook\n", "\(outcome.error)")
    }

    @Test func keepsNothingOpenThatItsCallerHadOpen() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        // Neither end closes on exec: whoever starts the runtime need not have been careful.
        let id = try bench.create()
        let pid = try #require(
            JSON.parse(Array(bench.coffer("state", id).output.utf8))["pid"]?.intValue)
        close(ends[1])
        // End of file here means that nobody has the writing end: neither the runtime nor what waits for `start`.
        var entry = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
        #expect(poll(&entry, 1, 5000) == 1)
        #expect(entry.revents & Int16(POLLHUP) != 0)
        let open = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(pid)/fd")
        let pipes = try open.filter {
            try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/fd/\($0)").hasPrefix(
                "pipe:")
        }
        #expect(pipes == [])
    }

    @Test func keepsStandardStreamsApart() throws {
        let bench = try Workbench()
        try bench.spec("error", "to stderr", "env")
        let outcome = try bench.run()
        #expect(outcome.error == "to stderr\n")
        #expect(outcome.output == "env PATH=/bin\nenv MARK=1\nenv HOME=/\n")
    }

    @Test func createWaitsForStart() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create("--pid-file", bench.directory + "/pid")
        let created = try JSON.parse(Array(bench.coffer("state", id).output.utf8))
        #expect(created["status"] == "created")
        #expect(created["ociVersion"] == "1.3.0")
        let pid = try #require(created["pid"]?.intValue)
        #expect(try String(contentsOfFile: bench.directory + "/pid", encoding: .utf8) == "\(pid)")
        #expect(try bench.coffer("start", id).status == 0)
        #expect(try state(bench, id) == "running")
        let again = try bench.coffer("start", id)
        #expect(again.status == 1)
        #expect(again.error.contains("cannot start an already running container"))
    }

    @Test func deletesOnlyWhatIsStopped() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        let refused = try bench.coffer("delete", id)
        #expect(refused.status == 1)
        #expect(refused.error.contains("cannot delete container \(id) that is not stopped: running"))
        #expect(try bench.coffer("delete", "--force", id).status == 0)
        let gone = try bench.coffer("state", id)
        #expect(gone.status == 1)
        #expect(gone.error.contains("container does not exist"))
        #expect(try bench.coffer("delete", "--force", id).status == 0)
    }

    @Test func deletesWhatWasOnlyCreated() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        #expect(try bench.coffer("delete", id).status == 0)
        #expect(try bench.coffer("list", "-q").output == "")
    }

    @Test func killsByNumberAndByName() throws {
        for signal in ["9", "KILL", "SIGKILL"] {
            let bench = try Workbench()
            try bench.spec("sleep")
            let id = try bench.create()
            _ = try bench.coffer("start", id)
            #expect(try bench.coffer("kill", id, signal).status == 0)
            try waitUntilStopped(bench, id)
            let late = try bench.coffer("kill", id, signal)
            #expect(late.status == 1)
            #expect(late.error.contains("container not running"))
            #expect(try bench.coffer("start", id).error.contains("cannot start a container that has stopped"))
            #expect(
                try bench.coffer("exec", id, "/bin/probe").error.contains(
                    "cannot exec in a stopped container"))
            #expect(try bench.coffer("delete", id).status == 0)
        }
    }

    @Test func refusesASecondContainerOfTheSameName() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        let second = try bench.coffer("create", "--bundle", bench.directory, id)
        #expect(second.status == 1)
        #expect(second.error.contains("container with given ID already exists"))
        #expect(try state(bench, id) == "created")
    }

    @Test(arguments: ["..", ".", "a/b", "", "a b", "ä"])
    func refusesIdsThatAreNoPlainNames(id: String) throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let outcome = try bench.coffer("create", "--bundle", bench.directory, id)
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("invalid container ID format"))
        #expect(outcome.error.contains("has an invalid character or is no name"))
    }

    @Test func aMissingProgramIsAnErrorOfCreateAndLeavesNothing() throws {
        for (program, text) in [
            ("/nope", #"exec: \"/nope\": stat /nope: no such file or directory"#),
            ("nope", #"exec: \"nope\": executable file not found in $PATH"#),
            ("/etc", #"exec: \"/etc\": is a directory"#),
        ] {
            let bench = try Workbench()
            try bench.spec { $0.process?.args = [program] }
            let outcome = try bench.coffer("create", "--bundle", bench.directory, bench.newID())
            #expect(outcome.status == 1)
            #expect(outcome.error.contains("create failed: unable to start container process: " + text))
            #expect(try bench.coffer("list", "-q").output == "")
        }
    }

    /// What fails after the container was written down, which `run` does while the root is left and the user becomes another.
    @Test func aMissingProgramIsAnErrorOfRunAndLeavesNothing() throws {
        let bench = try Workbench()
        try bench.spec { $0.process?.args = ["/nope"] }
        let text =
            "run failed: unable to start container process: "
            + #"exec: \"/nope\": stat /nope: no such file or directory"#
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains(text), "\(outcome.error)")
        #expect(try bench.coffer("list", "-q").output == "")
        // Nobody gets the number of a container that has nothing to run.
        let file = bench.directory + "/pid"
        let other = try bench.coffer("run", "--pid-file", file, "--bundle", bench.directory, bench.newID())
        #expect(other.error.contains(text), "\(other.error)")
        #expect(try bench.coffer("list", "-q").output == "")
        #expect(!FileManager.default.fileExists(atPath: file))
    }

    @Test func pausesAndResumes() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        #expect(try bench.coffer("resume", id).error.contains("container not paused"))
        #expect(try bench.coffer("pause", id).status == 0)
        #expect(try state(bench, id) == "paused")
        #expect(
            try bench.coffer("exec", id, "/bin/probe").error.contains("cannot exec in a paused container"))
        #expect(try bench.coffer("resume", id).status == 0)
        #expect(try state(bench, id) == "running")
    }

    @Test func listsProcesses() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        let pid = try #require(JSON.parse(Array(bench.coffer("state", id).output.utf8))["pid"]?.intValue)
        #expect(try bench.coffer("ps", "-f", "json", id).output == "[\(pid)]\n")
        let lines = try bench.coffer("ps", id).output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.contains("PID") == true)
        #expect(lines.last?.contains(" \(pid) ") == true || lines.last?.hasPrefix("\(pid) ") == true)
        #expect(lines.last?.contains("/bin/probe sleep") == true)
    }

    @Test func execGoesIntoAGroupBelow() throws {
        let bench = try Workbench()
        let path = "/coffer-test-" + UUID().uuidString
        try bench.spec("sleep") { $0.linux?.cgroupsPath = path }
        let id = try bench.create()
        _ = try bench.coffer("start", id)
        for directory in ["..", "a/../..", "../\(path)"] {
            let refused = try bench.coffer("exec", "--cgroup", directory, id, "/bin/probe", "id")
            #expect(refused.status == 255)
            #expect(refused.error.contains("bad sub cgroup path: `..` components are not allowed"))
        }
        #expect(try bench.coffer("exec", "--cgroup", "missing", id, "/bin/probe", "id").status == 255)
        // With version 1 each hierarchy has groups of its own.
        let layout = try ControlGroupLayout.current()
        let pids = layout.legacy.first { $0.controllers.contains("pids") }
        let root = try #require(layout.isUnified ? layout.unified : pids?.mountPoint)
        try FileManager.default.createDirectory(
            atPath: root + path + "/below", withIntermediateDirectories: false)
        // A cgroup namespace shows the part below.
        let outcome = try bench.coffer(
            "exec", "--cgroup", layout.isUnified ? "below" : "pids:below", id, "/bin/probe", "cat",
            "/proc/self/cgroup")
        #expect(outcome.output.contains("/below\n"), "\(outcome.error)")
        #expect(try bench.coffer("exec", "--cgroup", "none:below", id, "/bin/probe", "id").status == 255)
    }

    /// It is made and waits, and has nothing to become.
    @Test func withoutAProcessNothingCanBeStarted() throws {
        let bench = try Workbench()
        try bench.spec("id") { $0.process = nil }
        let id = try bench.create()
        #expect(try bench.status(id) == "created")
        let started = try bench.coffer("start", id)
        #expect(started.status == 1)
        #expect(started.error.contains("cannot start a container without a process"), "\(started.error)")
        #expect(try bench.status(id) == "created")
        #expect(try bench.coffer("exec", id, "/bin/probe", "id").status == 255)
        #expect(try bench.coffer("delete", id).status == 0)
        let run = try bench.run()
        #expect(run.status == 1)
        #expect(
            run.error.contains("process: expected the container's process, found nothing"), "\(run.error)")
    }

    /// What is not supported is refused in words, before anything is made.
    @Test func refusesWhatItDoesNotHave() throws {
        let bench = try Workbench()
        try bench.spec("id")
        try bench.spec("id") { $0.linux?.cgroupsPath = "/no/scope" }
        let scope = try bench.coffer("--systemd-cgroup", "run", "--bundle", bench.directory, bench.newID())
        #expect(scope.status == 1)
        #expect(scope.error.contains("expected cgroupsPath to be of format"))
        #expect(try bench.coffer("--cgroup-manager", "other", "list").status == 1)
    }

    /// Without control groups a container is where its maker is.
    @Test func runsWithoutControlGroups() throws {
        let bench = try Workbench()
        try bench.spec("id")
        let outcome = try bench.coffer(
            "--cgroup-manager", "disabled", "run", "--bundle", bench.directory, bench.newID())
        #expect(outcome.value("uid") == "0", "\(outcome.error)")
    }

    @Test func listsContainers() throws {
        let bench = try Workbench()
        // A directory that was named and is not there is an error, an empty one is none.
        #expect(try bench.coffer("list", "--format", "json").status == 1)
        try FileManager.default.createDirectory(
            atPath: bench.directory + "/state", withIntermediateDirectories: false)
        #expect(try bench.coffer("list", "--format", "json").output == "null\n")
        try bench.spec("sleep")
        let id = try bench.create()
        let list = try JSON.parse(Array(bench.coffer("list", "-f", "json").output.utf8))
        #expect(list.arrayValue?.first?["id"] == JSON(id))
        #expect(list.arrayValue?.first?["owner"] == "root")
        #expect(try bench.coffer("list").output.hasPrefix("ID  "))
    }
}

func state(_ bench: Workbench, _ id: String) throws -> String? {
    try JSON.parse(Array(bench.coffer("state", id).output.utf8))["status"]?.stringValue
}

/// Signals take effect in their own time.
func waitUntilStopped(_ bench: Workbench, _ id: String) throws {
    for _ in 0..<500 {
        if try state(bench, id) == "stopped" { return }
        usleep(20_000)
    }
    Issue.record("container \(id) did not stop")
}
