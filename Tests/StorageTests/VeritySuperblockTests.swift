import Testing

@testable import Storage

struct VeritySuperblockTests {
    private let good = LayerImage.veritySuperblock(blocks: 7, salt: [1, 2, 3])

    @Test func saltAndSize() throws {
        let superblock = try VeritySuperblock(good)
        #expect(superblock.salt == [1, 2, 3])
        #expect(superblock.dataBlocks == 7)
    }

    @Test func aSaltMayBeAbsentOrFull() throws {
        #expect(try VeritySuperblock(LayerImage.veritySuperblock(blocks: 1, salt: [])).salt.isEmpty)
        let full = [UInt8](repeating: 9, count: 256)
        #expect(try VeritySuperblock(LayerImage.veritySuperblock(blocks: 1, salt: full)).salt == full)
    }

    /// Offset, the byte that is put there, the field that is named.
    @Test(arguments: [
        (0, UInt8(ascii: "V"), "signature"), (6, 1, "signature"), (8, 2, "version"), (11, 1, "version"),
        (12, 0, "hash type"), (37, UInt8(ascii: "7"), "algorithm"), (38, UInt8(ascii: "x"), "algorithm"),
        (63, 1, "algorithm"), (65, 8, "data block size"), (69, 2, "hash block size"), (72, 0, "data blocks"),
        (79, 1, "data blocks"), (81, 2, "salt size"), (82, 1, "padding"), (87, 1, "padding"),
        (91, 1, "padding"),
        (4095, 1, "padding"),
    ])
    func fieldsThatAreRefused(offset: Int, value: UInt8, field: String) {
        var bytes = good
        bytes[offset] = value
        #expect { try VeritySuperblock(bytes) } throws: { ($0 as? SuperblockFault)?.field == field }
    }

    @Test(arguments: [0, 512, 4095, 4097])
    func otherLengthsAreRefused(length: Int) {
        #expect(throws: SuperblockFault.self) { try VeritySuperblock([UInt8](repeating: 0, count: length)) }
    }

    /// 128 hashes to a block: levels are counted up to one block, and a single block has no tree.
    @Test(arguments: [(1, 0), (2, 1), (128, 1), (129, 3), (16384, 129), (16385, 132)])
    func treeSizes(dataBlocks: UInt64, expected: UInt64) {
        #expect(VeritySuperblock.treeBlocks(dataBlocks: dataBlocks) == expected)
    }
}
