import Foundation
import Testing

@testable import Linux

struct FilesTests {
    private func temporary(_ bytes: [UInt8]) throws -> String {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("files-\(UUID().uuidString)")
        try Data(bytes).write(to: url)
        return url.path
    }

    @Test func aFileUpToTheLimitIsRead() throws {
        let path = try temporary([1, 2, 3])
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(try readFile(path, limit: 3) == [1, 2, 3])
        #expect(throws: Errno(27)) { try readFile(path, limit: 2) }
    }

    @Test func exactReadsEndWithTheFile() throws {
        let path = try temporary([1, 2, 3, 4])
        defer { try? FileManager.default.removeItem(atPath: path) }
        let file = try openFile(path, 0)
        #expect(try readExactly(file, at: 1, count: 2) == [2, 3])
        #expect(throws: Errno(61)) { try readExactly(file, at: 3, count: 2) }
        #expect(throws: Errno(75)) { try readExactly(file, at: UInt64.max, count: 1) }
    }

    @Test func madeDirectoriesCanBeTakenBack() throws {
        let top = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        let made = try makeDirectories(top + "/a/b", mode: 0o755)
        #expect(made.count == 3)
        removeDirectories(made)
        #expect(!FileManager.default.fileExists(atPath: top))
    }

    @Test func aFailureOnTheWayTakesBackWhatWasMade() throws {
        let file = try temporary([])
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(throws: Errno(20)) { try makeDirectories(file + "/a/b", mode: 0o755) }
    }
}
