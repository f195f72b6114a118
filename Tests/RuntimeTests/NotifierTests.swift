import CLinux
import Foundation
import Linux
import OCI
import Testing

/// Calls that an agent answers.
@Suite(whereContainersWork, .serialized) struct NotifierTests {
    private func specify(_ bench: Workbench, agent: String) throws {
        try bench.spec("mkdir", "/new") { spec in
            var seccomp = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
            seccomp.listenerPath = agent
            var rule = OCI.SyscallRule(action: "SCMP_ACT_NOTIFY")
            rule.names = ["mkdir"]
            seccomp.syscalls = [rule]
            spec.linux?.seccomp = seccomp
        }
    }

    /// Nobody but the agent holds the notifier: when it has gone the calls fail, and do not wait for ever.
    @Test func whatNobodyAnswersAnyMoreFails() throws {
        let bench = try Workbench()
        let agent = bench.directory + "/agent"
        let socket = Int32(coffer_unix_listen(agent, 1))
        try #require(socket >= 0)
        defer { close(socket) }
        Thread.detachNewThread {
            // The socket does not wait by itself.
            var entry = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
            let arrived = poll(&entry, 1, 60_000)
            #expect(arrived == 1)
            let connection = Int32(coffer_accept(socket, 0))
            let channel = MessageSocket(socket: Descriptor(owning: connection))
            do {
                let received = try channel.receive(limit: 65536)
                #expect(String(decoding: received.bytes, as: UTF8.self).contains("seccompFd"))
            } catch {
                Issue.record("no notifier came: \(error)")
            }
        }
        try specify(bench, agent: agent)
        let outcome = try bench.run()
        #expect(outcome.output == "mkdir Function not implemented\n", "\(outcome.error)")
    }

    @Test func anAgentThatIsNotThereIsAnError() throws {
        let bench = try Workbench()
        try specify(bench, agent: bench.directory + "/agent")
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("failed to connect with seccomp agent"))
    }
}
