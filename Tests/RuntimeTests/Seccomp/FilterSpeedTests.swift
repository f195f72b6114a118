import OCI
import Testing

@testable import Runtime

/// Compiling is what a container with a filter waits for. Builds of tests are not optimised, and still it is less.
struct FilterSpeedTests {
    private func least(_ rounds: Int, _ work: () throws -> Void) rethrows -> Duration {
        var least = Duration.seconds(3600)
        for _ in 0..<rounds { least = min(least, try ContinuousClock().measure(work)) }
        return least
    }

    @Test func isLessThanTheLibrarys() throws {
        let path = "/usr/share/containers/seccomp.json"
        guard let profile = try FilterBench.engineProfile(path, capabilities: []) else {
            print("skipped: \(path) is not installed")
            return
        }
        var bytes = (ours: 0, library: 0)
        let ours = try least(20) { bytes.ours = try SeccompProgram.compile(profile)?.instructions.count ?? 0 }
        let library = try least(5) { bytes.library = try LibraryFilter.program(profile).count }
        print(
            "podman's profile: \(ours) for \(bytes.ours / 8) instructions, libseccomp \(library) for \(bytes.library / 8)"
        )
        #expect(ours < library && bytes.ours < bytes.library)
    }
}
