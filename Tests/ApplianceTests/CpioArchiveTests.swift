import Foundation
import Testing

@testable import Appliance

struct CpioArchiveTests {
    private func sample() throws -> [UInt8] {
        var archive = CpioArchive()
        try archive.addDirectory("lib")
        try archive.addFile("lib/a", mode: 0o444, contents: Array("hello\n".utf8))
        try archive.addFile("init", mode: 0o555, contents: [1, 2, 3])
        return archive.finished()
    }

    @Test func sameEntriesGiveTheSameBytes() throws {
        #expect(try sample() == sample())
    }

    @Test func headerFieldsAreWhereTheKernelReadsThem() throws {
        let bytes = try sample()
        #expect(String(decoding: bytes[0..<6], as: UTF8.self) == "070701")
        // Mode of the first entry: a directory with 0755.
        #expect(String(decoding: bytes[14..<22], as: UTF8.self) == "000041ED")
        // Times are zero: nothing of the day is in the image.
        #expect(String(decoding: bytes[46..<54], as: UTF8.self) == "00000000")
        #expect(bytes.count % 512 == 0)
    }

    /// The system's own cpio reads what was written, where it is installed.
    @Test func cpioListsTheEntries() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/cpio") else { return }
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(try sample()).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let listing = try Tool.run("sh", ["-c", "cpio -t < '\(file.path)'"], package: "cpio")
        #expect(String(decoding: listing, as: UTF8.self) == "lib\nlib/a\ninit\n")
    }

    @Test(arguments: ["", "/init", "a//b", "a/../b", "./a", "a/.", "a\0b", "TRAILER!!!"])
    func pathsThatAreRefused(path: String) {
        var archive = CpioArchive()
        #expect(throws: ApplianceError.archivePath(path)) { try archive.addFile(path, contents: []) }
    }

    @Test func aSecondEntryOfOneNameIsRefused() throws {
        var archive = CpioArchive()
        try archive.addFile("a", contents: [])
        #expect(throws: ApplianceError.archiveDuplicate("a")) { try archive.addDirectory("a") }
    }

    @Test func aFileWithoutItsDirectoryIsRefused() {
        var archive = CpioArchive()
        #expect(throws: ApplianceError.archiveParentMissing("a/b")) {
            try archive.addFile("a/b", contents: [])
        }
    }
}
