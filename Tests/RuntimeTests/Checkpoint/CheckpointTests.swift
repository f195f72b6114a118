import Foundation
import OCI
import Testing

@testable import Runtime

/// Writing checkpoints, with a criu that does nothing.
@Suite(whereContainersWork, .serialized) struct CheckpointTests {
    /// A running container with a mount from outside and a masked file.
    private func running(_ bench: Workbench, change: (inout OCI.Spec) -> Void = { _ in }) throws -> String {
        try bench.write("outside", [])
        try bench.spec("sleep") { spec in
            spec.mounts.append(
                bench.mount("/etc/inside", "bind", ["bind"], source: bench.directory + "/outside"))
            spec.linux?.maskedPaths = ["/proc/timer_list", "/proc/acpi", "/proc/none"]
            change(&spec)
        }
        let id = try bench.create()
        #expect(try bench.coffer("start", id).status == 0)
        return id
    }

    @Test func criuIsToldOfTheContainer() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        let id = try running(bench)
        let state = try #require(
            try JSONSerialization.jsonObject(with: Data(bench.coffer("state", id).output.utf8))
                as? [String: Any])
        let images = bench.directory + "/images/deep"
        let outcome = try bench.coffer(
            with: criu, "checkpoint", "--image-path", images, "--tcp-established", "--file-locks",
            "--shell-job",
            "--ext-unix-sk", "--link-remap", "--tcp-skip-in-flight", "--auto-dedup", "--manage-cgroups-mode",
            "full",
            "--empty-ns", "network", "--page-server", "[::1]:4711", id)
        #expect(outcome.status == 0, "\(outcome.error)")
        let options = try criu.options(.dump)
        #expect(options.number(.process) == (state["pid"] as? Int).map { UInt64($0) })
        #expect(options.text(.root) == bench.directory + "/root")
        #expect(options.text(.logFile) == "dump.log")
        #expect(options.text(.configuration) == "/etc/criu/runc.conf")
        for field: CriuOptions.Field in [
            .establishedConnections, .fileLocks, .shellJob, .externalSockets, .linksBack, .skipsInFlight,
            .removesDuplicates, .notifies, .orphanTerminal, .managesGroups,
        ] {
            #expect(options.flag(field), "\(field)")
        }
        #expect(!options.flag(.leaveRunning))
        #expect(!options.flag(.lazyPages))
        #expect(options.number(.groupsMode) == 4)
        #expect(options.number(.emptyNamespaces) == 0x4000_0000)
        #expect(options.number(.workDirectory) == nil)
        #expect(options.pairs(.pageServer) == ["::1": "4711"])
        let mounts = options.pairs(.externalMount)
        #expect(mounts["/etc/inside"] == "/etc/inside")
        #expect(mounts["/proc/timer_list"] == "/dev/null")
        // A directory's cover is the container's own, and what is not there is not covered.
        #expect(mounts["/proc/acpi"] == nil)
        #expect(mounts["/proc/none"] == nil)
        let group = try #require(options.text(.freezer))
        #expect(group.hasSuffix("/" + id))
        // Its processes are in files now, and it is gone.
        #expect(try bench.status(id) == nil)
    }

    /// The streams are files of the machine's: they are named, so that a restore can give others.
    @Test func streamsFromOutsideAreNamed() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        let id = try running(bench)
        let images = bench.directory + "/images"
        let outcome = try bench.coffer(
            with: criu, "checkpoint", "--image-path", images, "--leave-running", id)
        #expect(outcome.status == 0, "\(outcome.error)")
        let streams = try CheckpointStreams(reading: images + "/descriptors.json")
        #expect(streams.names.count == 3)
        #expect(streams.names.allSatisfy { $0.hasPrefix("file[") })
        let external = try criu.options(.dump).texts(.external)
        #expect(external == Array(Set(streams.names)).sorted())
        #expect(try criu.options(.dump).flag(.leaveRunning))
        #expect(try bench.status(id) == "running")
    }

    @Test func namespacesOfOthersAreNamed() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        let id = try running(bench) { spec in
            spec.linux?.namespaces.removeAll { $0.type == "network" }
            var joined = OCI.Namespace(type: "network")
            joined.path = "/proc/self/ns/net"
            spec.linux?.namespaces.append(joined)
        }
        let outcome = try bench.coffer(
            with: criu, "checkpoint", "--image-path", bench.directory + "/images", id)
        #expect(outcome.status == 0, "\(outcome.error)")
        let link = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/net")
        let number = link.dropFirst(5).dropLast()
        #expect(try criu.options(.dump).texts(.external).contains("net[\(number)]:extRootNetNS"))
    }

    /// Memory alone: the container goes on, and the next images build on it.
    @Test func memoryCanBeWrittenBefore() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        let id = try running(bench)
        let first = bench.directory + "/first"
        let before = try bench.coffer(with: criu, "checkpoint", "--pre-dump", "--image-path", first, id)
        #expect(before.status == 0, "\(before.error)")
        #expect(try criu.request(.dump) == nil)
        #expect(try criu.options(.dumpMemory).pairs(.externalMount).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: first + "/descriptors.json"))
        #expect(try bench.status(id) == "running")
        let outcome = try bench.coffer(
            with: criu, "checkpoint", "--image-path", bench.directory + "/second", "--parent-path",
            "../first",
            "--work-path", bench.directory + "/work", id)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(try criu.options(.dump).text(.parentImages) == "../first")
        #expect(try criu.options(.dump).flag(.tracksMemory))
        #expect(try criu.options(.dump).number(.workDirectory) != nil)
    }

    /// The container goes on after every refusal.
    @Test func whatMakesNoSenseIsRefused() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        let id = try running(bench)
        let images = ["checkpoint", "--image-path", bench.directory + "/images"]
        for (arguments, text) in [
            (["--parent-path", "/first"], "--parent-path must be relative"),
            (["--parent-path", "../first"], "invalid --parent-path"),
            (["--page-server", "somewhere"], "Use --page-server ADDRESS:PORT"),
            (["--page-server", ":1"], "Use --page-server ADDRESS:PORT"),
            (["--page-server", "a:b"], "Use --page-server ADDRESS:PORT"),
            (["--empty-ns", "user"], "is not supported with --empty-ns; expected network"),
            (["--manage-cgroups-mode", "some"], "; expected soft, full, strict or ignore"),
            (["--lazy-pages", "--status-fd", "77"], "invalid --status-fd argument 77: it is not open"),
            (["--lazy-pages", "--status-fd", "0"], "invalid --status-fd argument 0: not writable"),
        ] {
            let outcome = try bench.coffer(
                path: criu.directory + "/bin", with: criu, images + arguments + [id])
            #expect(outcome.status == 1)
            #expect(outcome.error.contains(text), "\(outcome.error)")
        }
        #expect(try criu.request(.dump) == nil)
        #expect(try bench.status(id) == "running")
    }

    @Test func whatCannotBeWrittenIsRefused() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        try bench.spec("sleep")
        let created = try bench.create()
        let outcome = try bench.coffer(
            with: criu, "checkpoint", "--image-path", bench.directory + "/images", created)
        #expect(
            outcome.error.contains("Container cannot be checkpointed in created state"), "\(outcome.error)")
        try bench.spec("sleep") { $0.linux?.namespaces.removeAll { $0.type == "mount" || $0.type == "pid" } }
        let shared = try bench.create()
        #expect(try bench.coffer("start", shared).status == 0)
        let second = try bench.coffer(
            with: criu, "checkpoint", "--image-path", bench.directory + "/images", shared)
        #expect(second.error.contains("expect a mount namespace of the container's own"), "\(second.error)")
        #expect(try criu.request(.version) == nil)
    }

    @Test func withoutCriuNothingIsDone() throws {
        let bench = try Workbench()
        let id = try running(bench)
        let outcome = try bench.coffer(
            path: "/nowhere", ["checkpoint", "--image-path", bench.directory + "/images", id])
        #expect(outcome.status == 1)
        #expect(
            outcome.error.contains("expected the program criu, version 3.16 or later, on $PATH, found none"),
            "\(outcome.error)")
        #expect(try bench.status(id) == "running")
    }

    /// A failure names what criu said and where its log is, and the container goes on.
    @Test func failuresOfCriuAreErrors() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        let id = try running(bench)
        let images = bench.directory + "/images"
        func checkpoint(_ options: String...) throws -> String {
            let outcome = try bench.coffer(
                path: criu.directory + "/bin", with: criu,
                ["checkpoint", "--image-path", images] + options + [id])
            #expect(outcome.status == 1)
            #expect(try bench.status(id) == "running")
            return outcome.error
        }
        var failure = ProtobufWriter()
        failure.put(1, CriuTask.dump.rawValue)
        failure.put(2, false)
        failure.put(7, Int32(52))
        try criu.reply(.dump, failure)
        try FileManager.default.createDirectory(atPath: images, withIntermediateDirectories: false)
        try bench.write(
            "images/dump.log", Array("(0.1) all is well\n(0.2) Error (criu/x.c:1): no way\n".utf8))
        let failed = try checkpoint()
        #expect(failed.contains("criu failed: type DUMP errno 52: see \(images)/dump.log"), "\(failed)")
        #expect(failed.contains("Error (criu/x.c:1): no way"))
        #expect(!failed.contains("all is well"))
        var other = ProtobufWriter()
        other.put(1, CriuTask.restore.rawValue)
        other.put(2, true)
        try criu.reply(.dump, other)
        #expect(try checkpoint().contains("expected the answer to DUMP, found one to RESTORE"))
        var nothing = ProtobufWriter()
        nothing.put(1, UInt64(99))
        nothing.put(2, true)
        try criu.reply(.dump, nothing)
        #expect(try checkpoint().contains("what came as an answer to DUMP is none"))
        try criu.mark("end", .dump)
        #expect(try checkpoint().contains("criu ended without an answer to DUMP"))
    }

    @Test func criuMustBeAbleTo() throws {
        let bench = try Workbench()
        let criu = try FakeCriu(bench)
        let id = try running(bench)
        var features = ProtobufWriter()
        features.put(1, CriuTask.checkFeatures.rawValue)
        features.put(2, true)
        features.put(8, ProtobufWriter())
        try criu.reply(.checkFeatures, features)
        for (option, text) in [("--pre-dump", "memory tracking"), ("--lazy-pages", "userfaultfd")] {
            let outcome = try bench.coffer(
                with: criu, "checkpoint", "--image-path", bench.directory + "/images", option, id)
            #expect(
                outcome.error.contains("criu is missing features: \(option) needs \(text)"),
                "\(outcome.error)")
        }
        var version = ProtobufWriter()
        version.put(1, UInt64(3))
        version.put(2, UInt64(15))
        var old = ProtobufWriter()
        old.put(1, CriuTask.version.rawValue)
        old.put(2, true)
        old.put(10, version)
        try criu.reply(.version, old)
        let outcome = try bench.coffer(
            with: criu, "checkpoint", "--image-path", bench.directory + "/images", id)
        #expect(
            outcome.error.contains("criu: expected version 3.16 or later, found 3.15"), "\(outcome.error)")
        #expect(try criu.request(.dump) == nil)
        #expect(try bench.status(id) == "running")
    }
}
