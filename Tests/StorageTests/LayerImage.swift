import Policy

@testable import Storage

/// A layer disk in memory: a file system superblock, data, the verity superblock, the hash tree.
struct LayerImage {
    static let block = 4096
    var bytes: [UInt8]
    let rootHash: String
    let dataSize: Int

    /// - Parameter blocks: blocks of data, at most 128 * 128.
    init(blocks: Int, salt: [UInt8] = [UInt8](repeating: 0, count: 32), magic: Magic = .erofs) {
        dataSize = blocks * Self.block
        var data = [UInt8](repeating: 0, count: dataSize)
        for index in stride(from: 2048, to: dataSize, by: 97) { data[index] = UInt8(index % 251) }
        magic.write(into: &data, blocks: blocks)
        var levels: [[UInt8]] = []
        var below = data
        while below.count > Self.block {
            below = Self.level(above: below, salt)
            levels.insert(below, at: 0)
        }
        rootHash = Digest.hexadecimal(Digest.sha256(salt + below))
        bytes = data + Self.veritySuperblock(blocks: UInt64(blocks), salt: salt) + levels.flatMap { $0 }
    }

    enum Magic {
        case erofs, ext4

        func write(into data: inout [UInt8], blocks: Int) {
            switch self {
            case .erofs:
                data.replaceSubrange(1024..<1028, with: [0xE2, 0xE1, 0xF5, 0xE0])
                data[1024 + 12] = 12
                put(UInt64(blocks), 4, 1024 + 36, &data)
            case .ext4:
                data.replaceSubrange(1024 + 56..<1024 + 58, with: [0x53, 0xEF])
                put(UInt64(blocks), 4, 1024 + 4, &data)
                data[1024 + 24] = 2
            }
        }
    }

    static func veritySuperblock(blocks: UInt64, salt: [UInt8]) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: block)
        bytes.replaceSubrange(0..<6, with: Array("verity".utf8))
        bytes[8] = 1
        bytes[12] = 1
        bytes.replaceSubrange(32..<38, with: Array("sha256".utf8))
        put(4096, 4, 64, &bytes)
        put(4096, 4, 68, &bytes)
        put(blocks, 8, 72, &bytes)
        put(UInt64(salt.count), 2, 80, &bytes)
        bytes.replaceSubrange(88..<88 + salt.count, with: salt)
        return bytes
    }

    private static func level(above below: [UInt8], _ salt: [UInt8]) -> [UInt8] {
        var hashes: [UInt8] = []
        for start in stride(from: 0, to: below.count, by: block) {
            hashes += Digest.sha256(salt + below[start..<start + block])
        }
        while hashes.count % block != 0 { hashes.append(0) }
        return hashes
    }
}

private func put(_ value: UInt64, _ size: Int, _ offset: Int, _ bytes: inout [UInt8]) {
    for index in 0..<size { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
}
