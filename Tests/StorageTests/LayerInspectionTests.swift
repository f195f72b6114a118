import Foundation
import Linux
import Policy
import Testing

@testable import Storage

struct LayerInspectionTests {
    @Test(arguments: [1, 2, 128, 129, 300])
    func theRootHashIsComputedFromTheDisk(blocks: Int) throws {
        let image = LayerImage(blocks: blocks)
        let file = try TemporaryFile(image.bytes)
        let found = try LayerInspection(devicePath: file.path)
        #expect(found.rootHash == image.rootHash)
        #expect(found.filesystem == .erofs)
        #expect(found.verity.dataBlocks == UInt64(blocks))
        #expect(found.verity.hashTreeOffset == UInt64(image.dataSize + 4096))
    }

    @Test func ext4AndAnotherSalt() throws {
        let image = LayerImage(blocks: 5, salt: [9, 8, 7], magic: .ext4)
        let file = try TemporaryFile(image.bytes)
        let found = try LayerInspection(devicePath: file.path)
        #expect(found.rootHash == image.rootHash)
        #expect(found.verity.salt == [9, 8, 7])
        #expect(found.filesystem == .ext4)
    }

    /// The peer: cryptsetup's own tool finds the image good under the root hash that we compute, and bad under
    /// another one. Skipped where it is not installed.
    @Test func veritysetupAgrees() throws {
        let tool = "/usr/sbin/veritysetup"
        guard FileManager.default.isExecutableFile(atPath: tool) else { return }
        let image = LayerImage(blocks: 200)
        let file = try TemporaryFile(image.bytes)
        let found = try LayerInspection(devicePath: file.path)
        #expect(try verify(tool, file, image, found.rootHash) == 0)
        #expect(try verify(tool, file, image, String(repeating: "0", count: 64)) != 0)
    }

    private func verify(_ tool: String, _ file: TemporaryFile, _ image: LayerImage, _ hash: String) throws
        -> Int32
    {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tool)
        process.arguments = ["verify", file.path, file.path, hash, "--hash-offset=\(image.dataSize)"]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Every prefix of a good image, cut inside one of its parts, is refused and none of them traps.
    @Test(arguments: [0, 1, 1023, 1500, 2047, 3 * 4096, 3 * 4096 + 100, 4 * 4096, 5 * 4096 - 1])
    func truncatedDisksAreRefused(size: Int) throws {
        let file = try TemporaryFile(Array(LayerImage(blocks: 3).bytes.prefix(size)))
        #expect(throws: StorageError.self) { try LayerInspection(devicePath: file.path) }
    }

    @Test func aVeritySuperblockOfAnotherSizeIsRefused() throws {
        var image = LayerImage(blocks: 3)
        image.bytes[3 * 4096 + 72] = 2
        let file = try TemporaryFile(image.bytes)
        #expect(
            throws: StorageError.veritySuperblock(
                file.path, SuperblockFault("data blocks", found: 2, expected: "3"))
        ) { try LayerInspection(devicePath: file.path) }
    }

    @Test func aDiskWithoutAFilesystemIsRefused() throws {
        let file = try TemporaryFile([UInt8](repeating: 0, count: 1 << 16))
        #expect(throws: StorageError.unknownFilesystem(file.path)) {
            try LayerInspection(devicePath: file.path)
        }
    }

    @Test func aMissingDiskIsRefused() {
        #expect(throws: StorageError.openDevice("/nonexistent/vda", Errno(2))) {
            try LayerInspection(devicePath: "/nonexistent/vda")
        }
    }

    /// A claim of 2^32-1 blocks of 4096 bytes on a small disk.
    @Test func sizesBeyondTheDiskAreRefused() throws {
        var image = LayerImage(blocks: 3)
        image.bytes.replaceSubrange(1024 + 36..<1024 + 40, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let file = try TemporaryFile(image.bytes)
        #expect {
            try LayerInspection(devicePath: file.path)
        } throws: {
            if case .deviceTooSmall? = $0 as? StorageError { true } else { false }
        }
    }
}
