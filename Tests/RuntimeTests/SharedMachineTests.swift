import Foundation
import OCI
import Testing

/// What a specification does not separate is the machine's.
@Suite(whereContainersWork, .serialized) struct SharedMachineTests {
    private func mounts(below directory: String) throws -> Int {
        try String(contentsOfFile: "/proc/self/mounts", encoding: .utf8).split(separator: "\n")
            .count { $0.contains(directory) }
    }

    private func withoutMountNamespace(_ spec: inout OCI.Spec) {
        spec.linux?.namespaces.removeAll { $0.type == "mount" }
        spec.linux?.maskedPaths = []
        spec.linux?.readonlyPaths = []
    }

    @Test func runsAmongTheMachinesMountsAndTakesItsOwnAway() throws {
        let bench = try Workbench()
        try bench.spec("list", "/", change: withoutMountNamespace)
        let outcome = try bench.run()
        #expect(outcome.status == 0, "\(outcome.error)")
        #expect(outcome.output.contains("bin") && !outcome.output.contains("boot"))
        #expect(try mounts(below: bench.directory) == 0)
    }

    /// Joining the first process's namespaces does not lead to its root there.
    @Test func aFurtherProcessHasTheSameRoot() throws {
        let bench = try Workbench()
        try bench.spec("sleep", change: withoutMountNamespace)
        let id = try bench.create()
        #expect(try bench.coffer("start", id).status == 0)
        #expect(try mounts(below: bench.directory) > 0)
        let outcome = try bench.coffer("exec", id, "/bin/probe", "list", "/")
        #expect(outcome.output.contains("bin") && !outcome.output.contains("boot"), "\(outcome.error)")
        #expect(try bench.coffer("delete", "--force", id).status == 0)
        #expect(try mounts(below: bench.directory) == 0)
    }

    @Test func leavesNothingMountedAfterAFailure() throws {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            withoutMountNamespace(&spec)
            spec.process?.args = ["/bin/missing"]
        }
        #expect(try bench.run().status != 0)
        #expect(try mounts(below: bench.directory) == 0)
    }

    @Test func refusesMasksThatWouldBeTheMachines() throws {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            withoutMountNamespace(&spec)
            spec.linux?.maskedPaths = ["/proc/kcore"]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("unable to restrict sys entries without a private MNT namespace"))
    }

    @Test func refusesAPropagationThatWouldBeTheMachines() throws {
        let bench = try Workbench()
        try bench.spec("id") { spec in
            withoutMountNamespace(&spec)
            spec.linux?.rootfsPropagation = "shared"
        }
        let outcome = try bench.run()
        #expect(outcome.status == 1)
        #expect(outcome.error.contains("linux.rootfsPropagation"))
    }
}
