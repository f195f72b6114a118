import Foundation
import OCI
import Testing

@testable import Runtime

/// Hooks on the machine's side.
@Suite(whereContainersWork, .serialized) struct HookTests {
    /// The container is gone already: every hook runs, and each that fails is a warning with its own number.
    @Test func failingHooksAfterTheEndAreWarnings() throws {
        let bench = try Workbench()
        let mark = bench.directory + "/ran"
        try bench.spec("id") { spec in
            let last = Workbench.hook("echo last > \(mark); kill -TERM $$")
            spec.hooks = OCI.Hooks()
            spec.hooks?.poststop = [OCI.Hook(path: "/bin/true"), OCI.Hook(path: "/bin/false"), last]
        }
        let outcome = try bench.run()
        #expect(outcome.status == 0)
        #expect(
            outcome.error.contains(
                "poststop hook failed with exit code 1: error running poststop hook #1: exit status 1"),
            "\(outcome.error)")
        let last = "poststop hook failed: error running poststop hook #2: signal: terminated"
        #expect(outcome.error.contains(last), "\(outcome.error)")
        #expect(try String(contentsOfFile: mark, encoding: .utf8) == "last\n")
    }
}
