import OCI
import Testing

@testable import Runtime

/// The kernel walks a filter at every system call of the container's.
struct FilterSizeTests {
    /// What each took is printed; only sizes are compared.
    @Test func isSmallerThanTheLibrarys() throws {
        let path = "/usr/share/containers/seccomp.json"
        guard let profile = try FilterBench.engineProfile(path, capabilities: []) else {
            print("skipped: \(path) is not installed")
            return
        }
        var (ours, library) = (0, 0)
        let clock = ContinuousClock()
        let time = try clock.measure { ours = try SeccompProgram.compile(profile)?.instructions.count ?? 0 }
        let libraryTime = try clock.measure { library = try LibraryFilter.program(profile).count }
        print(
            "podman's profile: \(ours / 8) instructions in \(time), libseccomp \(library / 8) in \(libraryTime)"
        )
        #expect(ours > 0 && ours < library)
    }
}
