import Foundation
import Testing

@testable import Storage

struct Ext4MakerTests {
    /// e2fsck, where it is installed, finds nothing to say about the file system.
    @Test(arguments: [1, 2, 16, 300, 2048])
    func theCheckerFindsNothing(mebibytes: Int) throws {
        let file = try TemporaryFile([])
        let handle = try FileHandle(forWritingTo: file.url)
        try handle.truncate(atOffset: UInt64(mebibytes) << 20)
        try handle.close()
        try Ext4Maker.format(devicePath: file.path)
        let magic = try Data(contentsOf: file.url, options: .mappedIfSafe)[1080..<1082]
        #expect(Array(magic) == [0x53, 0xEF])
        let checker = "/sbin/e2fsck"
        guard FileManager.default.isExecutableFile(atPath: checker) else { return }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: checker)
        process.arguments = ["-f", "-n", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
    }

    @Test func adiskThatIsTooSmallIsRefused() throws {
        let file = try TemporaryFile([UInt8](repeating: 0, count: 64 * 4096))
        #expect(throws: StorageError.deviceTooSmall(file.path, size: 64 * 4096, needed: 256 * 4096)) {
            try Ext4Maker.format(devicePath: file.path)
        }
    }

    @Test func aMissingDiskIsRefused() {
        #expect(throws: StorageError.self) { try Ext4Maker.format(devicePath: "/nonexistent/vda") }
    }
}
