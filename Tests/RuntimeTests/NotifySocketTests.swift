import CLinux
import Foundation
import OCI
import Testing

@testable import Runtime

/// sd_notify(3) from inside of a container.
@Suite(whereContainersWork, .serialized) struct NotifySocketTests {
    /// The socket that a service manager would have given.
    private final class Manager {
        let path: String
        private let socket: Int32
        private let heard = Locked()

        init(_ bench: Workbench) throws {
            path = bench.directory + "/manager"
            socket = Int32(coffer_bind_datagrams(path))
            try #require(socket >= 0)
            // Descriptors that come along are closed by the kernel, which is what ends the barrier.
            Thread.detachNewThread { [socket, heard] in
                var buffer = [UInt8](repeating: 0, count: 4096)
                while true {
                    let count = recv(socket, &buffer, buffer.count, 0)
                    if count <= 0 { return }
                    heard.withLock { $0.append(String(decoding: buffer[..<count], as: UTF8.self)) }
                }
            }
        }

        deinit {
            shutdown(socket, Int32(SHUT_RDWR))
            close(socket)
        }

        /// What has come since the last time, as soon as it is as many messages as expected.
        func messages(_ count: Int) -> [String] {
            for _ in 0..<1000 where heard.withLock({ $0.count < count }) { usleep(10_000) }
            return heard.withLock { messages in
                defer { messages = [] }
                return messages
            }
        }
    }

    private final class Locked: @unchecked Sendable {
        private let lock = NSLock()
        private var value: [String] = []
        func withLock<Result>(_ body: (inout [String]) -> Result) -> Result {
            lock.lock()
            defer { lock.unlock() }
            return body(&value)
        }
    }

    private func coffer(
        _ bench: Workbench, _ manager: Manager, _ arguments: String...
    ) throws -> Workbench.Outcome {
        try Workbench.execute(
            "/usr/bin/env",
            ["NOTIFY_SOCKET=" + manager.path, bench.binary, "--root", bench.directory + "/state"] + arguments)
    }

    private func ready(_ pid: String) -> [String] { ["READY=1\n", "MAINPID=\(pid)\n", "BARRIER=1"] }

    private func pid(_ bench: Workbench, _ id: String) throws -> String {
        let state = try JSONSerialization.jsonObject(with: Data(bench.coffer("state", id).output.utf8))
        return String((state as? [String: Any])?["pid"] as? Int ?? 0)
    }

    @Test func startWaitsUntilTheContainerIsReady() throws {
        let bench = try Workbench()
        let manager = try Manager(bench)
        try bench.spec("notify", "STATUS=not yet", "notify", "STOPPING=0\nREADY=1\nMAINPID=1", "sleep")
        let id = bench.newID()
        let created = try coffer(bench, manager, "create", "--bundle", bench.directory, id)
        #expect(created.status == 0, "\(created.error)")
        #expect(manager.messages(0).isEmpty)
        let started = try coffer(bench, manager, "start", id)
        #expect(started.status == 0, "\(started.error)")
        #expect(started.error.isEmpty)
        // What else it said stays inside.
        #expect(manager.messages(3) == ready(try pid(bench, id)))
        #expect(try bench.coffer("delete", "--force", id).status == 0)
        #expect(!FileManager.default.fileExists(atPath: bench.directory + "/state/" + id))
    }

    @Test func runWaitsAsWell() throws {
        let bench = try Workbench()
        let manager = try Manager(bench)
        try bench.spec("notify", "READY=1", "sleep")
        let id = bench.newID()
        let outcome = try coffer(bench, manager, "run", "--detach", "--bundle", bench.directory, id)
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(manager.messages(3) == ready(try pid(bench, id)))
        // In the foreground the command itself is what there is to watch.
        try bench.spec("notify", "READY=1", "exit", "3")
        let foreground = try coffer(bench, manager, "run", "--bundle", bench.directory, bench.newID())
        #expect(foreground.status == 3, "\(foreground.error)")
        let messages = manager.messages(3)
        #expect(messages.first == "READY=1\n")
        #expect(messages.count == 3)
    }

    /// Nobody waits for ever for what cannot come any more.
    @Test func theEndIsWaitedForToo() throws {
        let bench = try Workbench()
        let manager = try Manager(bench)
        try bench.spec("exit", "0")
        let id = bench.newID()
        #expect(try coffer(bench, manager, "create", "--bundle", bench.directory, id).status == 0)
        #expect(try coffer(bench, manager, "start", id).status == 0)
        #expect(manager.messages(0).isEmpty)
        #expect(try bench.coffer("delete", id).status == 0)
    }

    /// The container runs; only nobody hears of it.
    @Test func aManagerThatIsGoneIsAWarning() throws {
        let bench = try Workbench()
        let manager = try Manager(bench)
        try bench.spec("notify", "READY=1", "sleep")
        let id = bench.newID()
        #expect(try coffer(bench, manager, "create", "--bundle", bench.directory, id).status == 0)
        try FileManager.default.removeItem(atPath: manager.path)
        let started = try coffer(bench, manager, "start", id)
        #expect(started.status == 0)
        #expect(started.error.contains("cannot hand on to NOTIFY_SOCKET \(manager.path)"), "\(started.error)")
        #expect(try bench.status(id) == "running")
    }

    @Test func withoutTheVariableThereIsNothing() throws {
        let bench = try Workbench()
        try bench.spec("env", "stat", "/run/notify")
        let outcome = try bench.run()
        #expect(!outcome.output.contains("NOTIFY_SOCKET"), "\(outcome.output)")
        #expect(!FileManager.default.fileExists(atPath: bench.directory + "/root/run/notify"))
    }

    /// A container that is deleted before it was started leaves nothing.
    @Test func thePlaceIsRemoved() throws {
        let bench = try Workbench()
        let manager = try Manager(bench)
        try bench.spec("sleep")
        let id = bench.newID()
        #expect(try coffer(bench, manager, "create", "--bundle", bench.directory, id).status == 0)
        #expect(FileManager.default.fileExists(atPath: bench.directory + "/state/\(id)/notify"))
        #expect(try bench.coffer("delete", id).status == 0)
        #expect(!FileManager.default.fileExists(atPath: bench.directory + "/state/" + id))
    }

    /// What nobody of this program has put there is not removed, and named.
    @Test func whatIsNotKnownIsNotRemoved() throws {
        let bench = try Workbench()
        try bench.spec("exit", "0")
        let id = try bench.create()
        let foreign = bench.directory + "/state/\(id)/foreign"
        #expect(FileManager.default.createFile(atPath: foreign, contents: nil))
        let outcome = try bench.coffer("delete", "--force", id)
        #expect(outcome.status == 1)
        #expect(outcome.error.lowercased().contains("directory not empty"), "\(outcome.error)")
        #expect(FileManager.default.fileExists(atPath: foreign))
    }
}
