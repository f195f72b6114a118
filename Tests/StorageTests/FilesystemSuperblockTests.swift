import Policy
import Testing

@testable import Storage

struct FilesystemSuperblockTests {
    private func superblock(_ magic: LayerImage.Magic, blocks: Int = 3) -> [UInt8] {
        Array(LayerImage(blocks: blocks, magic: magic).bytes[1024..<2048])
    }

    @Test func sizesOfBothFormats() throws {
        let erofs = try #require(try FilesystemSuperblock(superblock(.erofs)))
        #expect(erofs.filesystem == .erofs)
        #expect(erofs.dataSize == 3 * 4096)
        let ext4 = try #require(try FilesystemSuperblock(superblock(.ext4)))
        #expect(ext4.filesystem == .ext4)
        #expect(ext4.dataSize == 3 * 4096)
    }

    @Test func anythingElseIsNoFilesystem() throws {
        #expect(try FilesystemSuperblock([UInt8](repeating: 0, count: 1024)) == nil)
        #expect(try FilesystemSuperblock([UInt8](repeating: 0xFF, count: 1023)) == nil)
    }

    /// Field, the bytes that are put there, and what is found.
    @Test(arguments: [
        (12, [UInt8](arrayLiteral: 8), "blkszbits"), (12, [13], "blkszbits"), (12, [255], "blkszbits"),
        (36, [0, 0, 0, 0], "size in bytes"),
    ])
    func erofsFieldsThatAreRefused(offset: Int, value: [UInt8], field: String) {
        var bytes = superblock(.erofs)
        bytes.replaceSubrange(offset..<offset + value.count, with: value)
        #expect { try FilesystemSuperblock(bytes) } throws: { ($0 as? SuperblockFault)?.field == field }
    }

    @Test(arguments: [
        (24, [UInt8](arrayLiteral: 3, 0, 0, 0), "s_log_block_size"),
        (24, [255, 255, 255, 255], "s_log_block_size"),
        (4, [0, 0, 0, 0], "size in bytes"),
    ])
    func ext4FieldsThatAreRefused(offset: Int, value: [UInt8], field: String) {
        var bytes = superblock(.ext4)
        bytes.replaceSubrange(offset..<offset + value.count, with: value)
        #expect { try FilesystemSuperblock(bytes) } throws: { ($0 as? SuperblockFault)?.field == field }
    }

    /// A size that is no multiple of the hashed block: three blocks of 1024 bytes.
    @Test func sizesThatVerityCannotCoverAreRefused() {
        var bytes = superblock(.ext4)
        bytes[24] = 0
        #expect { try FilesystemSuperblock(bytes) } throws: {
            ($0 as? SuperblockFault)?.field == "size in bytes"
        }
    }

    @Test func largeBlockCountsOf64BitExt4AreRefused() {
        var bytes = superblock(.ext4)
        bytes[96] = 0x80
        bytes[336] = 1
        #expect { try FilesystemSuperblock(bytes) } throws: {
            ($0 as? SuperblockFault)?.field == "s_blocks_count_hi"
        }
    }
}
