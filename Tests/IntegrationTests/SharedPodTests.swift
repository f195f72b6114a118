import Foundation
import JSON
import Testing
import Wire

/// What containers of a pod share and what each has alone, in one machine: docs/examples/shared-pod.yaml under a policy
/// that lets the host read counters and change limits.
@Suite(.serialized, .enabled(if: VMTests.isOn, VMTests.comment))
struct SharedPodTests {
    private static let manifest = VMTests.root + "/docs/examples/shared-pod.yaml"
    private static let shared = Result {
        try PodUnderTest(
            name: "shared", manifest: manifest,
            policy: VMTests.policy(of: manifest, named: "shared", "--allow-properties", "--allow-updates"))
    }

    /// A container of `ps`, once it is in a state.
    private func container(_ name: String, in state: String? = nil) throws -> JSONObject {
        let limit = Date(timeIntervalSinceNow: 60)
        while true {
            let all = try Self.shared.get().status()["containers"]?.arrayValue ?? []
            let found = try #require(
                all.compactMap(\.objectValue).first { $0["name"]?.stringValue == name })
            if state == nil || found["state"]?.stringValue == state { return found }
            if Date() > limit { throw Cofferctl.Failure(description: "\(name) is \(found)") }
            Thread.sleep(forTimeInterval: 0.5)
        }
    }

    private func processes() throws -> [String] {
        let list = try Self.shared.get().exec(
            "first", "sh", "-c", "for file in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $file; echo; done")
        #expect(list.status == 0, "\(list.errors)")
        return list.output.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
    }

    // MARK: - Memory that ran out

    @Test func theContainerThatAteItsMemoryIsKilledAlone() throws {
        let pod = try Self.shared.get()
        let eater = try container("eater", in: "exited")
        #expect(eater["exitCode"]?.intValue == 137)
        #expect(eater["reason"]?.stringValue == "OOMKilled")
        #expect(try container("first")["state"]?.stringValue == "running")
        let table = try Cofferctl.run(["ps", pod.name]).output
        #expect(table.contains("OOMKilled (137)"))
        let log = try String(
            contentsOfFile: "\(VMTests.state)/pods/\(pod.name)/launcher.log", encoding: .utf8)
        #expect(
            log.contains("eater: killed because memory ran out (OOMKilled), the container's limit is 32MiB"))
        // The shell that waited for the eater is gone, too: a container ends as a whole.
        #expect(try !processes().contains { $0.contains("4444") })
    }

    // MARK: - Processes

    @Test func containersSeeEachOthersProcesses() throws {
        let pod = try Self.shared.get()
        let all = try processes()
        #expect(all.contains("sleep 1111") && all.contains("sleep 2222"), "\(all)")
        #expect(try pod.exec("first", "cat", "/proc/1/comm").output == "pause\n")
        // The first process is the guest's own, and nothing of it can be seen.
        let root = try pod.exec("first", "ls", "/proc/1/root/")
        #expect(root.status != 0 && root.output.isEmpty)
        #expect(root.errors.contains("Permission denied"), "\(root.errors)")
    }

    @Test func orphansAreAdoptedAndReaped() throws {
        let pod = try Self.shared.get()
        #expect(try pod.exec("first", "sh", "-c", "(sleep 0.1 &)").status == 0)
        Thread.sleep(forTimeInterval: 1)
        let states = try pod.exec("first", "sh", "-c", "grep -h State: /proc/[0-9]*/status").output
        #expect(states.contains("S (sleeping)"))
        #expect(!states.contains("Z (zombie)"), "\(states)")
    }

    @Test func whatAContainerLeavesBehindEndsWithIt() throws {
        #expect(try container("leaver", in: "exited")["exitCode"]?.intValue == 0)
        #expect(try container("leaver")["reason"] == nil)
        #expect(try !processes().contains { $0.contains("3333") })
    }

    // MARK: - Volumes

    @Test func volumesAreShared() throws {
        let pod = try Self.shared.get()
        let kinds = try pod.exec("first", "stat", "-f", "-c", "%T", "/shared", "/memory")
        #expect(kinds.output == "ext2/ext3\ntmpfs\n")
        let write = "echo disk > /shared/greeting; echo memory > /memory/greeting"
        #expect(try pod.exec("first", "sh", "-c", write).status == 0)
        let read = try pod.exec("second", "cat", "/shared/greeting", "/memory/greeting")
        #expect(read.output == "disk\nmemory\n", "\(read.errors)")
        let large = try pod.exec("first", "dd", "if=/dev/zero", "of=/memory/large", "bs=1M", "count=8")
        #expect(large.status != 0)
        #expect(large.errors.contains("No space left on device"))
    }

    // MARK: - Counters and limits

    @Test func countersOfContainersAndOfThePod() throws {
        let pod = try Self.shared.get()
        let result = try Cofferctl.run(["stats", pod.name, "--no-stream", "--json"])
        #expect(result.status == 0, "\(result.errors)")
        let json = try JSON.parse(result.output.trimmingCharacters(in: .whitespacesAndNewlines))
        let rows = (json["containers"]?.arrayValue ?? []).compactMap(\.objectValue)
        let first = try #require(rows.first { $0["name"]?.stringValue == "first" })
        let memory = try #require(first["memoryBytes"]?.uintValue)
        #expect(memory > 0)
        #expect(try #require(first["cpuNanoseconds"]?.uintValue) > 0)
        #expect(first["processes"]?.uintValue == 1)
        #expect(first["cpuPercent"] != nil)
        // What is over is not counted, and what has ended is not asked for.
        #expect(!rows.contains { $0["name"]?.stringValue == "leaver" })
        let whole = try #require(json["pod"]?.objectValue)
        #expect(try #require(whole["memoryBytes"]?.uintValue) > memory)
        #expect(try #require(whole["readBytes"]?.uintValue) > 0)
        let table = try Cofferctl.run(["stats", pod.name, "first", "second", "--no-stream"]).output
        let names = table.split(separator: "\n").map { $0.split(separator: " ").first ?? "" }
        #expect(names == ["CONTAINER", "first", "second", "shared"], "\(table)")
    }

    private func limits() throws -> [String] {
        let files = ["memory.max", "cpu.max", "pids.max"].map { "/sys/fs/cgroup/" + $0 }
        let result = try Cofferctl.run(
            ["exec", try Self.shared.get().name, "first", "--", "cat"] + files)
        return result.output.split(separator: "\n").map(String.init)
    }

    @Test func limitsAreRaisedAndLowered() throws {
        let pod = try Self.shared.get()
        #expect(try limits() == ["max", "max 100000", "max"])
        let changes: [(options: [String], limits: [String])] = [
            (["--memory", "96Mi", "--cpus", "0.5", "--pids", "50"], ["100663296", "50000 100000", "50"]),
            (["--memory", "128Mi"], ["134217728", "50000 100000", "50"]),
            (["--memory", "64Mi", "--cpus", "2", "--pids", "20"], ["67108864", "200000 100000", "20"]),
            (["--memory", "max", "--cpus", "max", "--pids", "max"], ["max", "max 100000", "max"]),
        ]
        for change in changes {
            let update = try Cofferctl.run(["update", pod.name, "first"] + change.options)
            #expect(update.status == 0, "\(update.errors)")
            #expect(try limits() == change.limits)
        }
    }

    // MARK: - Terminals

    /// The size of a container's own terminal, as `cofferctl exec -it` does it for further processes.
    @Test func theFirstProcessSeesItsTerminalsSize() throws {
        let pod = try Self.shared.get()
        let screen = try container("screen")
        let process = try #require(screen["pid"]?.intValue.flatMap(UInt32.init(exactly:)))
        let message = ResizeConsoleRequest(
            base: RequestBase(containerID: try #require(screen["id"]?.stringValue)), processID: process,
            height: 33, width: 77)
        let answer = try pod.request(.resizeConsole, message)
        #expect(answer.result.isSuccess, "\(answer.errorMessage)")
        let limit = Date(timeIntervalSinceNow: 30)
        var output = ""
        while !output.contains("33 77"), Date() < limit {
            output = try Cofferctl.run(["logs", pod.name, "screen"]).output
            Thread.sleep(forTimeInterval: 0.3)
        }
        #expect(output.contains("33 77"), "\(output)")
    }

    @Test func zzzTheEnd() throws {
        let pod = try Self.shared.get()
        #expect(try Cofferctl.run(["stop", pod.name, "--time", "2"]).status == 0)
        #expect(try pod.status()["running"]?.boolValue == false)
        // What was known of the containers is kept.
        #expect(try container("eater")["reason"]?.stringValue == "OOMKilled")
    }
}
