import Foundation
import OCI
import Testing

/// /sys of a container in a user namespace and in the machine's network.
@Suite(whereContainersWork, .serialized) struct SysViewTests {
    private func run(
        _ options: [String], network: Bool = false, user: Bool = true,
        _ change: (inout OCI.Spec) -> Void = { _ in }
    ) throws -> Workbench.Outcome {
        let bench = try Workbench()
        try bench.spec(
            "cat", "/proc/self/mountinfo", "list", "/sys/firmware", "list", "/sys/class/net", "mkdir",
            "/sys/fs/cgroup/made", "write", "/sys/kernel/mm/made"
        ) { spec in
            spec.mounts.append(bench.mount("/sys", "sysfs", options))
            spec.linux?.maskedPaths = ["/sys/firmware"]
            if !network { spec.linux?.namespaces.removeAll { $0.type == "network" } }
            if user {
                let map = OCI.IDMapping(containerID: 0, hostID: 0, size: 65536)
                spec.linux?.uidMappings = [map]
                spec.linux?.gidMappings = [map]
                spec.linux?.namespaces.append(OCI.Namespace(type: "user"))
            }
            change(&spec)
        }
        return try bench.run()
    }

    /// The ids inside are those outside: what cannot be written is not writable to root.
    @Test func isAViewOfTheMachines() throws {
        let outcome = try run(["nosuid", "noexec", "nodev", "ro"])
        #expect(outcome.status == 0, "\(outcome.error)")
        let lines = outcome.output.split(separator: "\n").filter { $0.contains(" /sys") }
        #expect(!lines.isEmpty)
        for line in lines { #expect(line.split(separator: " ")[5].hasPrefix("ro,"), "\(line)") }
        let interfaces = try FileManager.default.contentsOfDirectory(atPath: "/sys/class/net").sorted()
        let shown = outcome.output.split(separator: "\n").filter { $0.hasPrefix("list") }
        #expect(shown.first?.trimmingCharacters(in: .whitespaces) == "list", "masked: \(shown)")
        #expect(shown.last.map { interfaces.allSatisfy($0.contains) } == true, "\(shown)")
        #expect(outcome.value("mkdir")?.contains("ok") != true, "\(outcome.output)")
        #expect(outcome.value("write")?.contains("ok") != true, "\(outcome.output)")
    }

    /// One that could be written, and one without a user namespace's reason, are not replaced by anything.
    @Test func isNotThereForOthers() throws {
        let writable = try run(["nosuid", "noexec", "nodev"])
        #expect(writable.status == 1)
        #expect(writable.error.contains("mount sysfs on /sys: operation not permitted"), "\(writable.error)")
        // A network that is joined is one of its own, whichever it is.
        let joined = try run(["ro"]) { spec in
            var network = OCI.Namespace(type: "network")
            network.path = "/proc/self/ns/net"
            spec.linux?.namespaces.append(network)
        }
        #expect(joined.status == 1)
        #expect(joined.error.contains("operation not permitted"), "\(joined.error)")
        let own = try run(["ro"], network: true)
        #expect(own.status == 0, "\(own.error)")
        #expect(own.value("list /sys/class/net") == nil)
        #expect(own.output.contains("list lo\n"), "\(own.output)")
    }

    /// /sys of an image must be a directory, here as everywhere.
    @Test func isNotPutWhereALinkLeads() throws {
        let bench = try Workbench()
        try FileManager.default.removeItem(atPath: bench.directory + "/root/sys")
        #expect(symlink("/tmp", bench.directory + "/root/sys") == 0)
        try bench.spec("id") { spec in
            spec.mounts.append(bench.mount("/sys", "sysfs", ["ro"]))
            spec.linux?.namespaces.removeAll { $0.type == "network" }
            let map = OCI.IDMapping(containerID: 0, hostID: 0, size: 65536)
            spec.linux?.uidMappings = [map]
            spec.linux?.gidMappings = [map]
            spec.linux?.namespaces.append(OCI.Namespace(type: "user"))
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("must be mounted on ordinary directory"), "\(outcome.error)")
    }
}
