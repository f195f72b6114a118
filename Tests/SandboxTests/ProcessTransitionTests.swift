import JSON
import OCI
import Testing

@testable import Linux
@testable import Policy
@testable import Sandbox

/// Further processes, signals and streams of a running container.
struct ProcessTransitionTests {
    @Test func furtherProcessesTakeTheContainersUserAndLimits() throws {
        let machine = try FakeMachine()
        machine.files["/etc/passwd"] = Array("root:x:0:0::/:\nnginx:x:101:102::/:\n".utf8)
        let sandbox = try machine.sandbox()
        try sandbox.mountAll(machine)
        try sandbox.createContainer(Names.containerClaim { $0.process?.user.username = "nginx" })
        #expect(machine.lastSpec?.process?.user.uid == 101)
        #expect(machine.lastSpec?.process?.user.gid == 102)
        #expect(throws: SandboxError.notRunning) {
            try sandbox.execute(in: Names.container, #require(Names.spec().process), ports: StreamPorts())
        }
        _ = try sandbox.startContainer(Names.container, ports: StreamPorts())
        var process = try #require(Names.spec().process)
        process.args = ["sh"]
        process.rlimits = [OCI.ResourceLimit(type: "RLIMIT_CORE", hard: 1, soft: 1)]
        let first = try sandbox.execute(in: Names.container, process, ports: StreamPorts())
        #expect(machine.lastProcess?.user.uid == 101)
        #expect(
            machine.lastProcess?.env == [
                "PATH=/bin", "UVM_SECURITY_CONTEXT_DIR=/security-context-abababababababab",
            ])
        #expect(machine.lastProcess?.rlimits == SpecRules.resourceLimits)
        process.user.username = "root"
        _ = try sandbox.execute(in: Names.container, process, ports: StreamPorts())
        #expect(machine.lastProcess?.user.uid == 0)
        machine.done = []
        try sandbox.signal(UInt32(first), of: Names.container, 9)
        #expect(machine.done == ["signalProcess \(first) 9"])
        machine.end(first, .exited(3))
        #expect(throws: SandboxError.noProcess(UInt32(first))) {
            try sandbox.signal(UInt32(first), of: Names.container, 9)
        }
    }

    @Test func refusedExecsAndSignalsDoNothing() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        machine.refusals = [
            "exec_in_container": "", "signal_container_process": "", "shutdown_container": "",
            "get_properties": "", "dump_stacks": "", "exec_external": "", "update_constraints": "",
        ]
        let process = try #require(Names.spec().process)
        let refused: [(String, () throws -> Void)] = [
            (
                "exec in container denied due to policy: ",
                { _ = try sandbox.execute(in: Names.container, process, ports: StreamPorts()) }
            ),
            (
                "exec is denied due to policy: ",
                { try sandbox.executeExternal(arguments: ["sh"], environment: [], workingDirectory: "/") }
            ), ("policyDecision< ", { try sandbox.signal(processID, of: Names.container, 9) }),
            ("policyDecision< ", { try sandbox.shutdown(Names.container, forced: true) }),
            ("get properties denied due to policy: ", { _ = try sandbox.properties(of: Names.container) }),
            (
                "get properties denied due to policy: ", { _ = try sandbox.properties(of: Names.pod) }
            ),
            ("dump stacks denied due to policy: ", { _ = try sandbox.dumpState() }),
            (
                "updating constraints denied due to policy: ",
                { try sandbox.updateConstraints(of: Names.container, OCI.Resources()) }
            ),
        ]
        for (prefix, claim) in refused {
            let error = #expect(throws: SandboxError.self) { try claim() }
            #expect(error?.description.hasPrefix(prefix) == true, "\(error?.description ?? "")")
        }
        #expect(machine.done.isEmpty)
        machine.refusals = [:]
        let external = #expect(throws: SandboxError.self) {
            try sandbox.executeExternal(arguments: ["sh"], environment: [], workingDirectory: "/")
        }
        #expect(external?.description == "this guest has no programs outside of containers")
    }

    @Test func stdioIsThePolicysToGive() throws {
        let machine = try FakeMachine()
        machine.results["create_container"] = ",\"allow_stdio_access\":false"
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine, ports: StreamPorts(output: 5))
        #expect(machine.lastStreams == [false, false, false])
        #expect(machine.hostEnds.isEmpty)
        var process = try #require(Names.spec().process)
        process.terminal = true
        let error = #expect(throws: SandboxError.self) {
            try sandbox.execute(in: Names.container, process, ports: StreamPorts(output: 6))
        }
        #expect(error?.description.hasPrefix("a terminal was asked for") == true)
        #expect(machine.hostEnds.isEmpty)
    }

    @Test func unknownThingsAreNotFound() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.signal(1, of: "x", 9) }
        #expect(throws: SandboxError.noProcess(1)) { try sandbox.signal(1, of: Names.container, 9) }
        #expect(throws: SandboxError.noProcess(.max)) { try sandbox.signal(.max, of: Names.container, 9) }
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.shutdown("x", forced: true) }
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.deleteContainer("x") }
        #expect(throws: SandboxError.noContainer("x")) { try sandbox.properties(of: "x") }
        #expect(throws: SandboxError.self) {
            try sandbox.startContainer(Names.container, ports: StreamPorts())
        }
        #expect(throws: SandboxError.self) { try sandbox.deleteContainer(Names.container) }
        var failure: SandboxError?
        sandbox.wait(for: 1, of: Names.container, milliseconds: nil) { result in
            if case .failure(let error) = result { failure = error }
            return true
        }
        #expect(failure == .noProcess(1))
    }

    @Test(arguments: [Int32(0), -1, 65, .max])
    func impossibleSignalsAreRefused(signal: Int32) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        #expect(throws: SandboxError.self) { try sandbox.signal(processID, of: Names.container, signal) }
        #expect(machine.done.isEmpty)
    }

    @Test func aTerminalIsNeededForResizing() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        let error = #expect(throws: SandboxError.self) {
            try sandbox.resize(processID, of: Names.container, rows: 24, columns: 80)
        }
        #expect(error?.description == "pid: \(processID), is not a tty and cannot be resized")
    }

    @Test func waitingHasALimit() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        var results: [Result<UInt32, SandboxError>] = []
        sandbox.wait(for: processID, of: Names.container, milliseconds: 1) {
            results.append($0)
            return true
        }
        for _ in 0..<50 where results.isEmpty { try machine.loop.turn(atMost: 20) }
        #expect(results == [.failure(.timeout)])
    }
}
