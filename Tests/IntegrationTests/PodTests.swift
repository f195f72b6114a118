import Foundation
import JSON
import Testing

/// The main flow in one machine: two containers of real images, from the outside.
@Suite(.serialized, .enabled(if: VMTests.isOn, VMTests.comment))
struct PodTests {
    /// One machine for the suite; it is stopped by `stopEndsEverything`, which runs last.
    private static let shared = Result { try PodUnderTest(name: "suite") }

    @Test func containersRun() throws {
        let pod = try Self.shared.get()
        let status = try pod.status()
        #expect(status["running"]?.boolValue == true)
        let containers = (status["containers"]?.arrayValue ?? []).compactMap(\.objectValue)
        #expect(containers.map { $0["name"]?.stringValue } == ["nginx", "redis"])
        #expect(containers.allSatisfy { $0["state"]?.stringValue == "running" })
    }

    @Test func webServerAnswersOnTheForwardedPort() throws {
        #expect(try Self.shared.get().get("/").contains("<"))
    }

    @Test func listedCommandRunsAndItsOutputAndCodeComeBack() throws {
        let pod = try Self.shared.get()
        try pod.waitForRedis()
        let ping = try pod.exec("redis", "redis-cli", "ping")
        #expect(ping.status == 0)
        #expect(ping.output == "PONG\n")
        let test = try pod.exec("nginx", "nginx", "-t")
        #expect(test.status == 0)
        #expect(test.errors.contains("syntax is ok"))
    }

    @Test func benchmarkRunsInside() throws {
        let pod = try Self.shared.get()
        try pod.waitForRedis()
        let result = try pod.exec(
            "redis", "redis-benchmark", "-q", "-n", "2000", "-c", "10", "-t", "set,get")
        #expect(result.status == 0)
        #expect(result.output.contains("requests per second"))
    }

    @Test func unlistedCommandIsRefusedWithItsReason() throws {
        let result = try Self.shared.get().exec("nginx", "cat", "/etc/shadow")
        #expect(result.status == 3)
        #expect(result.errors.contains("invalid command"))
        #expect(result.output.isEmpty)
    }

    /// Row 8 of the threat model, and limits that the host would like to change: the demo's policy allows neither.
    @Test func countersAndLimitsAreThePolicysToGive() throws {
        let pod = try Self.shared.get()
        let stats = try Cofferctl.run(["stats", pod.name, "--no-stream"])
        #expect(stats.status == 3)
        #expect(stats.output.isEmpty)
        #expect(stats.errors.contains("refused by the policy: get properties denied due to policy"))
        #expect(stats.errors.contains("--allow-properties"))
        let update = try Cofferctl.run(["update", pod.name, "redis", "--memory", "4Mi"])
        #expect(update.status == 3)
        #expect(update.errors.contains("refused by the policy: constraint updates not allowed"))
        try pod.waitForRedis()
    }

    @Test func logsAreKept() throws {
        let pod = try Self.shared.get()
        _ = try pod.get("/")
        let logs = try Cofferctl.run(["logs", pod.name])
        #expect(logs.status == 0)
        #expect((logs.output + logs.errors).contains("redis | "))
    }

    @Test func everyAttackIsRefused() throws {
        let pod = try Self.shared.get()
        let result = try Cofferctl.run(["attack", "--all", pod.name, "--json"])
        let rows = try #require(try JSON.parse(result.output).arrayValue).compactMap(\.objectValue)
        #expect(rows.count > 40)
        for row in rows {
            let verdict = row["verdict"]?.stringValue
            #expect(
                verdict == "REFUSED",
                "\(row["attack"]?.stringValue ?? ""): \(verdict ?? ""), \(row["answer"]?.stringValue ?? "")")
        }
        #expect(result.status == 0)
        // The pod is none the worse for it.
        #expect(try pod.exec("redis", "redis-cli", "ping").output == "PONG\n")
        #expect(try pod.get("/").contains("<"))
    }

    @Test func stopEndsEverything() throws {
        let pod = try Self.shared.get()
        let emulator = try #require(try pod.status()["emulator"]?.intValue)
        #expect(try Cofferctl.run(["stop", pod.name]).status == 0)
        #expect(try pod.status()["running"]?.boolValue == false)
        #expect(kill(pid_t(emulator), 0) != 0)
        #expect(try Cofferctl.run(["exec", pod.name, "redis", "--", "redis-cli", "ping"]).status == 1)
    }
}

/// A launcher that lies about the policy.
@Suite(.serialized, .enabled(if: VMTests.isOn, VMTests.comment))
struct LyingLauncherTests {
    @Test func podDoesNotStartUnderAnotherHostData() {
        #expect(throws: Cofferctl.Failure.self) {
            _ = try PodUnderTest(arguments: ["--host-data", String(repeating: "ab", count: 32)])
        }
    }
}
