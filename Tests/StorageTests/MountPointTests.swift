import Foundation
import Testing

@testable import Storage

struct MountPointTests {
    @Test(arguments: ["", "run/x", "/", "/run//x", "/run/../etc", "/run/./x", "/run/x/", "/run/a\0b"])
    func pathsThatAreRefused(path: String) {
        #expect(throws: StorageError.pathNotAbsolute(path)) { try MountPoint.prepare(path, mode: 0o700) }
        #expect(throws: StorageError.pathNotAbsolute(path)) { try MountPoint.clear(path) }
    }

    @Test func whatWasMadeIsReportedForUndoing() throws {
        let top = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: top) }
        let made = try MountPoint.prepare(top + "/a/b", mode: 0o700)
        #expect(made == [top, top + "/a", top + "/a/b"])
        #expect(try MountPoint.prepare(top + "/a/c", mode: 0o700) == [top + "/a/c"])
    }

    @Test func whatIsNotMountedCannotBeUnmounted() {
        #expect(throws: StorageError.self) { try MountPoint.clear("/nonexistent/place") }
    }
}
