import CLinux
import Foundation
import Linux
import OCI
import Testing

@testable import Runtime

/// Reading checkpoints back, with a criu that only makes a process which waits.
@Suite(whereContainersWork, .serialized) struct RestoreTests {
    /// A bundle and images that a restore of it would need.
    private func prepare(_ bench: Workbench, change: (inout OCI.Spec) -> Void = { _ in }) throws -> FakeCriu {
        let criu = try FakeCriu(bench)
        try bench.spec("sleep", change: change)
        try FileManager.default.createDirectory(
            atPath: bench.directory + "/images", withIntermediateDirectories: false)
        try bench.write("images/descriptors.json", Array(#"["file[4b:1f]", "pipe:[77]", "/dev/pts/0"]"#.utf8))
        return criu
    }

    private func restore(
        _ bench: Workbench, _ criu: FakeCriu, _ options: String..., id: String
    ) throws -> Workbench.Outcome {
        try bench.coffer(
            path: criu.directory + "/bin:/usr/bin:/bin", with: criu,
            ["restore", "--detach", "--image-path", bench.directory + "/images", "--bundle", bench.directory]
                + options + [id])
    }

    @Test func whatIsRestoredIsAContainer() throws {
        let bench = try Workbench()
        try bench.write("outside", [])
        let mark = bench.directory + "/hooks"
        let criu = try prepare(bench) { spec in
            spec.mounts.append(
                bench.mount("/etc/new/inside", "bind", ["bind"], source: bench.directory + "/outside"))
            let hook = Workbench.hook("cat >> \(mark)")
            spec.hooks = OCI.Hooks()
            spec.hooks?.createRuntime = [hook]
        }
        let id = bench.newID()
        let outcome = try restore(
            bench, criu, "--pid-file", bench.directory + "/pid", "--lsm-profile", "apparmor:x",
            "--tcp-established",
            id: id)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(try bench.status(id) == "running")
        let pid = try String(contentsOfFile: bench.directory + "/pid", encoding: .utf8)
        let hooks = try String(contentsOfFile: mark, encoding: .utf8)
        #expect(hooks.contains("\"status\":\"creating\"") && hooks.contains("\"pid\":\(pid)"), "\(hooks)")
        // It was born in the container's group, of which criu was told.
        let groups = try String(contentsOfFile: "/proc/\(pid)/cgroup", encoding: .utf8)
        #expect(groups.split(separator: "\n").contains { $0.hasSuffix("/" + id) }, "\(groups)")
        let options = try criu.options(.restore)
        #expect(options.pairs(.groupRoot).values.contains("/" + id))
        #expect(options.text(.root)?.hasSuffix("/state/\(id)/criu-root") == true)
        #expect(options.text(.securityProfile) == "apparmor:x")
        #expect(options.flag(.establishedConnections))
        #expect(options.flag(.restoresSibling))
        let mounts = options.pairs(.externalMount)
        #expect(mounts["/etc/new/inside"] == bench.directory + "/outside")
        #expect(mounts["/dev/null"] == "/dev/null")
        #expect(options.pairs(.inheritedDescriptor) == ["file[4b:1f]": "0", "pipe:[77]": "1"])
        // The place of the mount was made, and criu's is gone.
        #expect(FileManager.default.fileExists(atPath: bench.directory + "/root/etc/new/inside"))
        let state = bench.directory + "/state/" + id
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: state).sorted() == [
                "config.json", "state.json",
            ])
        // Further processes find the time namespace in which criu puts the others.
        let spec = try String(contentsOfFile: state + "/config.json", encoding: .utf8)
        #expect(spec.contains("\"time\"") == FileManager.default.fileExists(atPath: "/proc/self/ns/time"))
        #expect(try bench.coffer("delete", "--force", id).status == 0)
        #expect(try bench.status(id) == nil)
    }

    @Test func namespacesOfOthersAreHandedIn() throws {
        let bench = try Workbench()
        let criu = try prepare(bench) { spec in
            spec.linux?.namespaces.removeAll { ["network", "uts"].contains($0.type) }
            for (type, name) in [("network", "net"), ("uts", "uts")] {
                var joined = OCI.Namespace(type: type)
                joined.path = "/proc/self/ns/" + name
                spec.linux?.namespaces.append(joined)
            }
        }
        let outcome = try restore(bench, criu, id: bench.newID())
        #expect(outcome.status == 0, "\(outcome.error)")
        let options = try criu.options(.restore)
        #expect(options.pairs(.inheritedDescriptor)["extRootNetNS"] == "4")
        #expect(options.pairs(.joinedNamespace) == ["uts": "/proc/self/ns/uts"])
    }

    /// The terminal that criu has found no owner for goes to who asks for it.
    @Test func terminalsAreHandedOver() throws {
        let bench = try Workbench()
        let criu = try prepare(bench) { $0.process?.terminal = true }
        try criu.mark("terminal", .restore)
        #expect(try restore(bench, criu, id: bench.newID()).error.contains("without setting console socket"))
        let path = bench.directory + "/console"
        let socket = Int32(coffer_unix_listen(path, 1))
        try #require(socket >= 0)
        defer { close(socket) }
        let outcome = try restore(bench, criu, "--console-socket", path, id: bench.newID())
        #expect(outcome.status == 0, "\(outcome.error)")
        let channel = MessageSocket(socket: Descriptor(owning: Int32(coffer_accept(socket, 0))))
        var received = try channel.receive(limit: 4096)
        let terminal = SharedDescriptor.keeping(received.descriptor.take())
        #expect(terminal.map { isatty($0.descriptor.raw) } == 1)
    }

    /// In the foreground the end of the restored process is the command's.
    @Test func theForegroundWaits() throws {
        let bench = try Workbench()
        let criu = try prepare(bench)
        let id = bench.newID()
        let pidFile = bench.directory + "/pid"
        Thread.detachNewThread {
            for _ in 0..<6000 where !FileManager.default.fileExists(atPath: pidFile) { usleep(10_000) }
            if let pid = try? Int32(String(contentsOfFile: pidFile, encoding: .utf8)) { kill(pid, SIGUSR1) }
        }
        let outcome = try bench.coffer(
            with: criu, "restore", "--image-path", bench.directory + "/images", "--bundle", bench.directory,
            "--pid-file", pidFile, id)
        #expect(outcome.status == 128 + SIGUSR1, "\(outcome.error)")
        #expect(try bench.status(id) == nil)
    }

    /// After a failure there is no container, no group, no mount, and nothing in the state directory.
    @Test func failuresLeaveNothing() throws {
        let bench = try Workbench()
        let criu = try prepare(bench)
        func expectFailure(_ text: String, _ id: String, _ options: String...) throws {
            let outcome = try bench.coffer(
                path: criu.directory + "/bin", with: criu,
                [
                    "restore", "--detach", "--image-path", bench.directory + "/images", "--bundle",
                    bench.directory,
                ]
                    + options + [id])
            #expect(outcome.status == 1)
            #expect(outcome.error.contains(text), "\(outcome.error)")
            #expect(!FileManager.default.fileExists(atPath: bench.directory + "/state/" + id))
            let mounts = try String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)
            #expect(!mounts.contains(id))
        }
        try expectFailure("flag provided but not defined: -parent-path", bench.newID(), "--parent-path", "x")
        var failure = ProtobufWriter()
        failure.put(1, CriuTask.restore.rawValue)
        failure.put(2, false)
        failure.put(7, Int32(17))
        try criu.reply(.restore, failure)
        let log = bench.directory + "/images/restore.log"
        try expectFailure("criu failed: type RESTORE errno 17: see \(log)", bench.newID())
        // An end that tells nothing of what it restored.
        var nothing = ProtobufWriter()
        nothing.put(1, CriuTask.restore.rawValue)
        nothing.put(2, true)
        try criu.reply(.restore, nothing)
        try expectFailure("criu restored nothing", bench.newID())
        for text in ["{}", "[1]", "[]", #"["a","b","c","d"]"#] {
            try bench.write("images/descriptors.json", Array(text.utf8))
            try expectFailure("expected the names of at most three standard streams", bench.newID())
        }
        try FileManager.default.removeItem(atPath: bench.directory + "/images/descriptors.json")
        try expectFailure("descriptors.json: no such file or directory", bench.newID())
        try FileManager.default.removeItem(atPath: bench.directory + "/images")
        try expectFailure("/images: no such file or directory", bench.newID())
    }

    @Test func whatExistsIsNotReplaced() throws {
        let bench = try Workbench()
        let criu = try prepare(bench)
        let id = try bench.create()
        let outcome = try restore(bench, criu, id: id)
        #expect(outcome.error.contains("container with given ID already exists"), "\(outcome.error)")
        #expect(try bench.status(id) == "created")
        try bench.spec("sleep") { spec in
            spec.linux?.namespaces.removeAll { $0.type == "cgroup" }
            var joined = OCI.Namespace(type: "cgroup")
            joined.path = "/proc/self/ns/cgroup"
            spec.linux?.namespaces.append(joined)
        }
        let second = try restore(bench, criu, id: bench.newID())
        #expect(
            second.error.contains("cannot join a cgroup namespace, found /proc/self/ns/cgroup"),
            "\(second.error)")
        #expect(try criu.request(.restore) == nil)
    }
}
