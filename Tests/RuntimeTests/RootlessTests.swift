import Foundation
import JSON
import OCI
import Testing

@testable import Runtime

/// Containers of ordinary users, and of root in a user namespace, which is what podman is when an ordinary user calls it.
@Suite(whereContainersWork, .serialized) struct RootlessTests {
    private static let user: UInt32 = 54_321

    /// A bundle that belongs to the user, and the words that run a command as that user.
    private func bench(_ arguments: String...) throws -> (Workbench, [String]) {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            spec.process?.args = ["/bin/probe"] + arguments
            spec.linux?.namespaces.removeAll { $0.type == "network" }
            spec.linux?.namespaces.append(OCI.Namespace(type: "user"))
            var map = OCI.IDMapping()
            map.hostID = Self.user
            map.size = 1
            spec.linux?.uidMappings = [map]
            spec.linux?.gidMappings = [map]
        }
        // The test's own program may lie where only root can read. Copied by another process: what a test that runs at the
        // same time forks would hold this one's copy open for writing for a moment, and then it cannot be executed.
        let program = bench.directory + "/coffer"
        #expect(try Workbench.execute("/bin/cp", [bench.binary, program]).status == 0)
        #expect(chown(bench.directory, Self.user, Self.user) == 0)
        let id = "\(Self.user)"
        return (
            bench,
            [
                "--reuid=" + id, "--regid=" + id, "--clear-groups", program, "--root",
                bench.directory + "/state-of-user",
            ]
        )
    }

    private func command(_ words: [String]) throws -> Workbench.Outcome {
        try Workbench.execute("/usr/bin/setpriv", words)
    }

    @Test func anOrdinaryUserRunsAContainer() throws {
        let (bench, words) = try bench("id", "stat", "/dev/null", "write", "/dev/null", "write", "/tmp/mine")
        #expect(chown(bench.directory + "/root/tmp", Self.user, Self.user) == 0)
        let outcome = try command(words + ["run", "-b", bench.directory, bench.newID()])
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.value("uid") == "0")
        #expect(outcome.value("pid") == "1")
        #expect(outcome.value("stat")?.hasPrefix("20666 1:3") == true, "\(outcome.output)")
        #expect(outcome.output.hasSuffix("write ok\nwrite ok\n"), "\(outcome.output)")
        var status = stat()
        #expect(stat(bench.directory + "/root/tmp/mine", &status) == 0 && status.st_uid == Self.user)
    }

    @Test func anOrdinaryUsersContainerIsEnteredAndEnded() throws {
        let (bench, words) = try bench("sleep")
        let id = bench.newID()
        let created = try command(words + ["create", "-b", bench.directory, id])
        #expect(created.status == 0, "\(created.error)")
        #expect(try command(words + ["start", id]).status == 0)
        let further = try command(words + ["exec", id, "/bin/probe", "id"])
        #expect(further.value("uid") == "0", "\(further.error)")
        #expect(try command(words + ["kill", id, "KILL"]).status == 0)
        let deleted = try command(words + ["delete", "--force", id])
        #expect(deleted.status == 0, "\(deleted.error)")
        #expect(try command(words + ["state", id]).error.contains("container does not exist"))
    }

    @Test func anOrdinaryUsersContainerJoinsThatOfAnother() throws {
        let (bench, words) = try bench("sleep")
        let (first, second) = (bench.newID(), bench.newID())
        #expect(try command(words + ["run", "-d", "-b", bench.directory, first]).status == 0)
        let state = try command(words + ["state", first]).output
        let pid = try #require(JSON.parse(Array(state.utf8))["pid"]?.intValue)
        try bench.spec("id") { spec in
            spec.linux?.namespaces.removeAll { $0.type == "network" || $0.type == "pid" }
            for type in ["user", "pid"] {
                var namespace = OCI.Namespace(type: type)
                namespace.path = "/proc/\(pid)/ns/\(type)"
                spec.linux?.namespaces.append(namespace)
            }
        }
        let outcome = try command(words + ["run", "-b", bench.directory, second])
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.value("uid") == "0", "\(outcome.output)")
        #expect(outcome.value("pid") != "1", "\(outcome.output)")
        // The caller's own is none that a container could be joined in.
        try bench.spec("id") { spec in
            var namespace = OCI.Namespace(type: "user")
            namespace.path = "/proc/self/ns/user"
            spec.linux?.namespaces.append(namespace)
        }
        let refused = try command(words + ["run", "-b", bench.directory, bench.newID()])
        #expect(refused.status == 1)
        #expect(refused.error.contains("around /proc/self/ns/user"), "\(refused.error)")
        let deleted = try command(words + ["delete", "--force", first])
        #expect(deleted.status == 0, "\(deleted.error)")
    }

    /// Without a user namespace there would be nobody but root who could do it.
    @Test func anOrdinaryUserNeedsAUserNamespace() throws {
        let (bench, words) = try bench("id")
        try bench.spec("id")
        let outcome = try command(words + ["run", "-b", bench.directory, bench.newID()])
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("rootless container requires user namespaces"), "\(outcome.error)")
    }

    /// A range that nobody gave to the user is refused by those who know.
    @Test func anOrdinaryUserHasNoIdsOfOthers() throws {
        let (bench, words) = try bench("id")
        try bench.spec("id") { spec in
            spec.linux?.namespaces.append(OCI.Namespace(type: "user"))
            var map = OCI.IDMapping()
            map.size = 10
            spec.linux?.uidMappings = [map]
            spec.linux?.gidMappings = [map]
        }
        let outcome = try command(words + ["run", "-b", bench.directory, bench.newID()])
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("the id maps need newuidmap"), "\(outcome.error)")
    }

    /// Limits cannot be kept without a control group: then going without one is no answer.
    @Test(arguments: [true, false]) func limitsAreNotPassedOver(named: Bool) throws {
        let (bench, words) = try bench("id")
        let text = try Data(contentsOf: URL(fileURLWithPath: bench.directory + "/config.json"))
        var spec = try OCI.Spec(json: JSON.parse(Array(text)))
        if named {
            spec.linux?.cgroupsPath = "/somewhere"
        } else {
            spec.linux?.resources = OCI.Resources()
            spec.linux?.resources?.pids = OCI.PidsLimit()
            spec.linux?.resources?.pids?.limit = 10
        }
        try bench.write("config.json", spec.json.serialized())
        let outcome = try command(words + ["run", "-b", bench.directory, bench.newID()])
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("create the control group"), "\(outcome.error)")
        #expect(outcome.error.contains("rootless needs no limits + no cgrouppath") == !named)
    }

    /// Root of an ordinary user's namespace makes no devices and no control groups; the container names no user namespace
    /// of its own.
    @Test func rootOfAUserNamespaceRunsAContainer() throws {
        let (bench, words) = try bench("id")
        try bench.spec("id", "stat", "/dev/zero", "write", "/dev/null") { spec in
            spec.mounts.append(bench.mount("/sys/fs/cgroup", "cgroup", ["ro"]))
        }
        // The root file system is not this user's to make directories in.
        try FileManager.default.createDirectory(
            atPath: bench.directory + "/root/sys/fs/cgroup", withIntermediateDirectories: true)
        let inside = Array(words.prefix(3)) + ["unshare", "--user", "--map-root-user", "--mount"]
        let run = ["run", "-b", bench.directory, bench.newID()]
        let outcome = try command(inside + Array(words.dropFirst(3)) + run)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.value("stat")?.hasPrefix("20666 1:5") == true, "\(outcome.output)")
        #expect(outcome.output.hasSuffix("write ok\n"), "\(outcome.output)")
        let strict = try command(inside + Array(words.dropFirst(3)) + ["--rootless", "false"] + run)
        #expect(strict.status == 1)
        #expect(strict.error.contains("create the control group"), "\(strict.error)")
    }

    @Test func aWrongWordForRootlessIsRefused() throws {
        let bench = try Workbench()
        let outcome = try bench.coffer("--rootless", "perhaps", "list")
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("expected true, false or auto"), "\(outcome.error)")
    }

    @Test func readsWhichGroupsAProcessIsIn() {
        let text = "12:cpu,cpuacct:/a\n1:name=systemd:/b:c\n0::/d\nbroken\n"
        #expect(
            ControlGroup.membership(Array(text.utf8)) == [
                "cpu,cpuacct": "/a", "name=systemd": "/b:c", "": "/d",
            ])
    }
}
