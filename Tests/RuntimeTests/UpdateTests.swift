import Foundation
import JSON
import OCI
import Testing

@testable import Runtime

/// Limits of a running container, and what it is reported to use.
@Suite(whereContainersWork, .serialized) struct UpdateTests {
    /// Where a controller's file of a container is; nil on a machine without the controller.
    private func file(_ id: String, _ controller: String, _ legacy: String, _ unified: String) throws
        -> String?
    {
        let layout = try ControlGroupLayout.current()
        let group = ControlGroup(layout: layout, path: "/" + id)
        if layout.isUnified {
            let path = (group.unifiedDirectory ?? "") + "/" + unified
            return FileManager.default.fileExists(atPath: path) ? path : nil
        }
        return group.legacyDirectory(controller).map { $0 + "/" + legacy }
    }

    private func value(_ path: String) throws -> String {
        try String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    @Test func changesLimitsByOption() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        let outcome = try bench.coffer("update", id, "--memory", "64M", "--pids-limit", "20")
        #expect(outcome.status == 0, "\(outcome.error)")
        if let path = try file(id, "memory", "memory.limit_in_bytes", "memory.max") {
            #expect(try value(path) == "\(64 << 20)")
        }
        if let path = try file(id, "pids", "pids.max", "pids.max") { #expect(try value(path) == "20") }
        // Up and down again: swap's limit may never be below memory's on the way.
        for size in ["128M", "32M"]
        where FileManager.default.fileExists(
            atPath: try file(id, "memory", "memory.memsw.limit_in_bytes", "memory.swap.max") ?? "")
        {
            let both = try bench.coffer("update", "--memory", size, "--memory-swap", size, id)
            #expect(both.status == 0, "\(both.error)")
        }
        #expect(try bench.coffer("update", "--memory=-1", id).status == 0)
        #expect(try bench.coffer("update", "--pids-limit=-1", id).status == 0)
        if let path = try file(id, "pids", "pids.max", "pids.max") { #expect(try value(path) == "max") }
    }

    @Test func changesLimitsByFileAndKeepsTheRest() throws {
        let bench = try Workbench()
        var rule = OCI.DeviceRule()
        rule.access = "rwm"
        try bench.spec("sleep") { spec in
            var resources = OCI.Resources()
            resources.devices = [rule]
            resources.cpu = OCI.CPULimits()
            resources.cpu?.quota = 50_000
            spec.linux?.resources = resources
        }
        let id = try bench.create()
        // The whole of what a client keeps, devices too.
        var change = OCI.Resources()
        change.devices = [rule]
        change.cpu = OCI.CPULimits()
        change.cpu?.period = 200_000
        try bench.write("change.json", change.json.serialized())
        let outcome = try bench.coffer("update", "-r", bench.directory + "/change.json", id)
        #expect(outcome.status == 0, "\(outcome.error)")
        if let path = try file(id, "cpu", "cpu.cfs_period_us", "cpu.max") {
            #expect(["200000", "50000 200000"].contains(try value(path)))
        }
        if let path = try file(id, "cpu", "cpu.cfs_quota_us", "cpu.max") {
            #expect(["50000", "50000 200000"].contains(try value(path)))
        }
        change.devices[0].access = "r"
        try bench.write("change.json", change.json.serialized())
        let refused = try bench.coffer("update", "-r", bench.directory + "/change.json", id)
        #expect(refused.status == 1)
        #expect(refused.error.contains("device rules cannot be changed by an update"))
    }

    @Test(arguments: [true, false])
    func warnsOfALetterOfADeviceRuleThatIsUnknown(allow: Bool) throws {
        let bench = try Workbench()
        try bench.spec("sleep") { spec in
            var rule = OCI.DeviceRule()
            rule.allow = allow
            rule.access = "rwa"
            spec.linux?.resources = OCI.Resources()
            spec.linux?.resources?.devices = [rule]
        }
        let id = bench.newID()
        let made = try bench.coffer("run", "--detach", "--bundle", bench.directory, id)
        #expect(made.status == 0, "\(made.error)")
        #expect(made.error.contains("level=warning"), "\(made.error)")
        #expect(
            made.error.contains(
                "linux.resources.devices[0].access: expected letters of rwm, found \\\"rwa\\\""),
            "\(made.error)")
        // An update that keeps the rule has nothing to say about it.
        let kept = try bench.coffer("update", "--pids-limit", "20", id)
        #expect(kept.status == 0, "\(kept.error)")
    }

    @Test func changesAllLimitsOrNone() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        #expect(try bench.coffer("update", "--pids-limit", "20", "--memory", "64M", id).status == 0)
        // The last one is about a device that no machine has.
        var change = OCI.Resources()
        change.pids = OCI.PidsLimit()
        change.pids?.limit = 30
        change.memory = OCI.MemoryLimits()
        change.memory?.limit = 32 << 20
        change.rdma = ["coffer_none": OCI.RdmaLimit()]
        try bench.write("change.json", change.json.serialized())
        let refused = try bench.coffer("update", "-r", bench.directory + "/change.json", id)
        #expect(refused.status == 1)
        #expect(refused.error.contains("rdma"), "\(refused.error)")
        if let path = try file(id, "pids", "pids.max", "pids.max") { #expect(try value(path) == "20") }
        if let path = try file(id, "memory", "memory.limit_in_bytes", "memory.max") {
            #expect(try value(path) == "\(64 << 20)")
        }
    }

    @Test(
        arguments: [
            ("cpu.max", "max 100000\n", "50000 100000", "max 100000"),
            ("cpuset.cpus", "\n", "0", "\n"),
            (
                "io.max", "8:0 rbps=1 wbps=max riops=max wiops=max\n8:16 rbps=2\n", "8:16 wbps=3",
                "8:16 rbps=2"
            ),
            ("io.max", "", "8:0 wbps=3", "8:0 rbps=max wbps=max riops=max wiops=max"),
            ("io.weight", "default 100\n8:0 7\n", "50", "default 100"),
            ("io.weight", "default 100\n8:0 7\n", "8:16 50", "8:16 default"),
            (
                "rdma.max", "mlx hca_handle=max hca_object=max\n", "mlx hca_handle=1",
                "mlx hca_handle=max hca_object=max"
            ),
            ("rdma.max", "", "mlx hca_handle=1", nil),
            ("blkio.throttle.read_bps_device", "", "8:0 5", "8:0 0"),
            ("memory.oom_control", "oom_kill_disable 0\nunder_oom 1\noom_kill 3\n", "1", "0"),
        ] as [(String, String, String, String?)])
    func saysWhatWasThereBefore(file: String, text: String, written: String, former: String?) {
        #expect(FormerSetting(path: "/g/" + file, text: Array(text.utf8), written: written)?.value == former)
    }

    /// One that cannot be set back is named with the first reason, and keeps none of the others back.
    @Test func setsBackAllThatCanBe() throws {
        let bench = try Workbench()
        try bench.write("value", Array("new".utf8))
        let settings = ["/value", "/missing/value"].compactMap {
            FormerSetting(path: bench.directory + $0, text: Array("old\n".utf8), written: "new")
        }
        let group = ControlGroup(layout: ControlGroupLayout(unified: nil, legacy: []), path: "/none")
        let reason = RuntimeError.refused("the reason")
        let error = #expect(throws: RuntimeError.self) { try group.restore(settings, after: reason) }
        #expect(error?.description.hasPrefix("the reason; and what was set before") == true)
        #expect(error?.description.contains("/missing/value") == true)
        #expect(try value(bench.directory + "/value").hasPrefix("old"))
        try group.restore([settings[0]], after: reason)
    }

    @Test(arguments: [
        ["--memory", "much"], ["--pids-limit", "x"], ["--blkio-weight", "5"], ["--cpu-period=-1"],
        ["--l3-cache-schema", "L3:0=f"], ["--no-such-option"], ["-r", "/no/such/file"],
    ]) func refuses(words: [String]) throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        #expect(try bench.coffer(["update"] + words + [id]).status == 1)
    }

    @Test func aStoppedContainerHasNoLimits() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        _ = try bench.coffer("kill", id, "KILL")
        try waitUntilStopped(bench, id)
        #expect(try bench.coffer("update", "--pids-limit", "5", id).error.contains("container not running"))
        #expect(try bench.coffer("events", "--stats", id).error.contains("is not running"))
    }

    @Test func reportsWhatIsUsed() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        let report = try JSON.parse(Array(bench.coffer("events", "--stats", id).output.utf8))
        #expect(report["type"] == "stats")
        #expect(report["id"] == JSON(id))
        let data = try #require(report["data"])
        for member in ["cpu", "memory", "pids", "blkio", "hugetlb", "intel_rdt"] {
            #expect(data[member]?.objectValue != nil, "\(member)")
        }
        if try file(id, "pids", "pids.current", "pids.current") != nil {
            #expect(data["pids"]?["current"] == 1)
        }
        if try file(id, "memory", "memory.usage_in_bytes", "memory.current") != nil {
            #expect(data["memory"]?["usage"]?["usage"]?.intValue ?? 0 > 0)
        }
    }

    @Test func eventsEndWithTheContainer() throws {
        let bench = try Workbench()
        try bench.spec("sleep")
        let id = try bench.create()
        let (binary, state) = (bench.binary, bench.directory + "/state")
        let killer = Thread {
            usleep(300_000)
            _ = try? Workbench.execute(binary, ["--root", state, "kill", id, "KILL"])
        }
        killer.start()
        let outcome = try bench.coffer("events", "--interval", "50ms", id)
        #expect(outcome.status == 0, "\(outcome.error)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count >= 2)
        for line in lines { #expect(try JSON.parse(Array(line.utf8))["type"] == "stats") }
        #expect(try bench.coffer("events", "--interval", "0s", id).error.contains("greater than 0"))
        #expect(try bench.coffer("events", "--interval", "soon", id).status == 1)
    }

    @Test func tellsItsFeatures() throws {
        let bench = try Workbench()
        let features = try JSON.parse(Array(bench.coffer("features").output.utf8))
        #expect(features["ociVersionMin"] == "1.0.0")
        #expect(features["ociVersionMax"] == "1.3.0")
        #expect(features["hooks"]?.arrayValue?.count == 6)
        #expect(features["linux"]?["namespaces"]?.arrayValue?.count == 8)
        #expect(features["linux"]?["capabilities"]?.arrayValue?.count == 41)
        #expect(features["linux"]?["cgroup"]?["systemd"] == true)
        // What is listed is understood.
        for option in features["mountOptions"]?.arrayValue ?? [] {
            let word = try #require(option.stringValue)
            if ["idmap", "ridmap", "bind", "rbind", "remount"].contains(word) { continue }
            var mount = OCI.Mount(destination: "/m")
            mount.type = "tmpfs"
            mount.options = [word]
            if ["copy-symlink", "dest-nofollow", "src-nofollow"].contains(word) {
                mount.type = "bind"
                mount.source = "/source"
            }
            let plan = try MountPlan(mount, index: 0, bundle: "/b", root: "/b/root")
            // A word that nobody knows would have become the file system's.
            if case .filesystem(_, _, let options) = plan.kind, !MountPlan.filesystemWords.contains(word) {
                #expect(options == [], "\(word)")
            }
        }
    }
}
