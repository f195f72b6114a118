import JSON
import OCI
import Testing

@testable import Linux
@testable import Policy
@testable import Sandbox

/// Limits, counters, and what happens when memory runs out.
struct LimitTransitionTests {
    private static func resources(memory: Int64) -> OCI.Resources {
        var resources = OCI.Resources()
        var limits = OCI.MemoryLimits()
        limits.limit = memory
        resources.memory = limits
        return resources
    }

    @Test func limitsAreChangedAsThePolicyAllows() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        var resources = Self.resources(memory: 1 << 20)
        var rule = OCI.DeviceRule()
        rule.allow = true
        resources.devices = [rule]
        try sandbox.updateConstraints(of: Names.container, resources)
        // Device rules are no limits, and stay as they were.
        #expect(machine.done == ["updateConstraints {\"memory\":{\"limit\":1048576}}"])
    }

    /// The policy is asked about the limits themselves, so that it may bound them.
    @Test func thePolicySeesTheLimits() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        try sandbox.updateConstraints(of: Names.container, Self.resources(memory: 4096))
        let input = try #require(machine.inputs["update_constraints"])
        #expect(input["containerID"]?.stringValue == Names.container)
        #expect(input["resources"] == ["memory": ["limit": 4096]])
    }

    /// Nothing is done by halves: what cannot be set as a whole is refused before the policy is asked.
    @Test func updatesThatAreRefusedWithoutAsking() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let processID = try sandbox.run(machine)
        var unified = OCI.Resources()
        unified.unified = ["memory.oom.group": "0"]
        #expect(throws: SandboxError.self) { try sandbox.updateConstraints(of: Names.container, unified) }
        #expect(throws: SandboxError.noContainer(Names.other)) {
            try sandbox.updateConstraints(of: Names.other, OCI.Resources())
        }
        machine.end(Int32(processID), .exited(0))
        #expect(throws: SandboxError.notRunning) {
            try sandbox.updateConstraints(of: Names.container, OCI.Resources())
        }
        #expect(machine.inputs["update_constraints"] == nil)
        #expect(machine.done.isEmpty)
    }

    /// A policy of whatever version that does not have the point refuses: nobody has allowed it.
    @Test(arguments: ["0.12.0", "0.1.0", "9.0.0"])
    func policiesWithoutThePointRefuse(version: String) throws {
        let machine = try FakeMachine()
        machine.apiVersion = version
        machine.undefined = ["update_constraints"]
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        let error = #expect(throws: SandboxError.self) {
            try sandbox.updateConstraints(of: Names.container, Self.resources(memory: 4096))
        }
        #expect(error?.description.hasPrefix("updating constraints denied due to policy: ") == true)
        #expect(machine.done.isEmpty)
    }

    @Test func countersAreAContainersOrAPods() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        _ = try sandbox.properties(of: Names.container)
        _ = try sandbox.properties(of: Names.pod)
        #expect(machine.done == ["properties " + Names.container, "properties " + Names.pod])
        #expect(throws: SandboxError.noContainer(Names.other)) { try sandbox.properties(of: Names.other) }
    }

    @Test func theGuestsOwnFiguresArePartOfItsState() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        #expect(try sandbox.dumpState().contains("memory RssAnon: 7 kB"))
        machine.failing = ["ownFigures"]
        #expect(throws: SandboxError.self) { try sandbox.dumpState() }
    }

    // MARK: - Memory that ran out

    /// The exit of a container, as the host hears of it.
    private func exit(
        of machine: FakeMachine, _ sandbox: Sandbox, _ status: ChildStatus,
        before: () -> Void
    ) throws -> ContainerExit {
        var exits: [ContainerExit] = []
        sandbox.exitObserver = { exits.append($0) }
        let processID = try sandbox.run(machine)
        var told = false
        sandbox.wait(for: processID, of: Names.container, milliseconds: nil) { _ in
            told = true
            return true
        }
        before()
        machine.childEnds = closeAll(machine.childEnds)
        machine.end(Int32(processID), status)
        for _ in 0..<10 where !told { try machine.loop.turn(atMost: 100) }
        return try #require(exits.first)
    }

    @Test func whatTheKernelHasKilledIsTold() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let exit = try exit(of: machine, sandbox, .signalled(9)) { machine.memoryKills[Names.container] = 3 }
        #expect(exit.outOfMemoryKills == 3)
        #expect(exit.kind == .unexpected)
        #expect(machine.lines.contains { $0.contains("out of memory, 3 process(es) killed") })
    }

    /// The kernel's word comes while the container runs; the end tells the sum, and says nothing twice.
    @Test func killsAreLoggedWhenTheyHappen() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        let exit = try exit(of: machine, sandbox, .exited(0)) {
            machine.memoryWatchers[Names.container]?(1)
            #expect(machine.lines.last?.contains("out of memory, 1 process(es) killed") == true)
            machine.memoryKills[Names.container] = 1
        }
        #expect(exit.outOfMemoryKills == 1)
        #expect(machine.lines.filter { $0.contains("out of memory") }.count == 1)
    }

    /// A container whose counters cannot be read lives and ends all the same.
    @Test(arguments: ["watchMemory", "outOfMemoryKills"])
    func countersThatCannotBeReadAreLogged(effect: String) throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        machine.failing = [effect]
        let exit = try exit(of: machine, sandbox, .exited(0)) {}
        #expect(exit.outOfMemoryKills == 0)
        #expect(machine.lines.contains { $0.contains(effect + " failed") })
    }

    @Test func containersEndAsAWholeWhenMemoryRunsOut() throws {
        let machine = try FakeMachine()
        let sandbox = try machine.sandbox()
        _ = try sandbox.run(machine)
        #expect(machine.lastSpec?.linux?.resources?.unified == ["memory.oom.group": "1"])
    }
}
