import Foundation
import OCI
import Testing

@testable import Runtime

/// Compiled filters that are kept: found again for the same profile and for no other, and believed only when whole.
struct FilterCacheTests {
    private let directory = NSTemporaryDirectory() + "coffer-filters-" + UUID().uuidString

    private func profile(_ errno: UInt32 = 5) -> OCI.Seccomp {
        var rule = OCI.SyscallRule(action: "SCMP_ACT_ERRNO")
        rule.names = ["mkdir", "getpriority"]
        rule.errnoRet = errno
        var profile = OCI.Seccomp(defaultAction: "SCMP_ACT_ALLOW")
        profile.architectures = ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"]
        profile.flags = ["SECCOMP_FILTER_FLAG_LOG"]
        profile.syscalls = [rule]
        return profile
    }

    private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] }

    @Test func aSecondCompilationIsARead() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let cache = FilterCache(directory: directory)
        #expect(cache.find(profile()) == nil)
        let first = try #require(try SeccompProgram.compile(profile(), cache: cache))
        #expect(files.count == 1)
        #expect(cache.find(profile()) == first)
        #expect(try SeccompProgram.compile(profile(), cache: cache) == first)
        #expect(try SeccompProgram.compile(profile()) == first)
        #expect(first.flags == 0x2)
    }

    @Test func anotherProfileIsAnotherFilter() throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let cache = FilterCache(directory: directory)
        let first = try SeccompProgram.compile(profile(5), cache: cache)
        #expect(cache.find(profile(6)) == nil)
        #expect(try SeccompProgram.compile(profile(6), cache: cache) != first)
        var reordered = profile(5)
        reordered.architectures.reverse()
        #expect(cache.find(reordered) == nil)
        #expect(files.count == 2)
    }

    /// What is altered, cut short, writable by others or no file is compiled anew.
    @Test(arguments: ["byte", "short", "empty", "mode", "link", "directory"]) func believesNothingElse(
        harm: String
    ) throws {
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let cache = FilterCache(directory: directory)
        let compiled = try SeccompProgram.compile(profile(), cache: cache)
        let path = directory + "/" + (try #require(files.first))
        var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        switch harm {
        case "byte": bytes[60] ^= 1
        case "short": bytes.removeLast(8)
        case "empty": bytes = Data()
        default: break
        }
        try FileManager.default.removeItem(atPath: path)
        switch harm {
        case "link":
            try bytes.write(to: URL(fileURLWithPath: directory + "/other"))
            #expect(symlink(directory + "/other", path) == 0)
        case "directory": #expect(mkdir(path, 0o700) == 0)
        default:
            try bytes.write(to: URL(fileURLWithPath: path))
            #expect(chmod(path, harm == "mode" ? 0o622 : 0o600) == 0)
        }
        #expect(cache.find(profile()) == nil)
        #expect(try SeccompProgram.compile(profile(), cache: cache) == compiled)
    }

    @Test func aCacheThatCannotBeWrittenCostsNothing() throws {
        let cache = FilterCache(directory: "/proc/no/such/place")
        #expect(
            try SeccompProgram.compile(profile(), cache: cache) == (try SeccompProgram.compile(profile())))
    }
}
