internal import CCrypto
internal import Foundation

/// Changes to a layer's file: data | verity superblock | hash tree, top level first; blocks of 4096 bytes.
struct LayerForgery {
    private static let blockSize = 4096
    private let path: String
    /// Blocks of the file system.
    private let dataBlocks: Int

    /// Reads the file system's length from its superblock (EROFS).
    init(path: String) throws {
        self.path = path
        let superblock = try Self.read(path, at: 1024, count: 128)
        let magic = superblock.prefix(4)
        guard magic.elementsEqual([0xE2, 0xE1, 0xF5, 0xE0]) else {
            throw Failure("\(path) is no EROFS layer")
        }
        dataBlocks = superblock[36..<40].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    /// Puts a layer's bytes at the start of a disk, the rest of which stays as it is.
    static func copy(_ source: String, to target: String) throws {
        guard let input = FileHandle(forReadingAtPath: source),
            let output = FileHandle(forWritingAtPath: target)
        else { throw Failure("cannot copy \(source) to \(target)") }
        defer {
            input.closeFile()
            output.closeFile()
        }
        while let part = try input.read(upToCount: 4 << 20), !part.isEmpty {
            try output.write(contentsOf: part)
        }
    }

    /// Makes a disk all zeros.
    static func empty(_ path: String) throws {
        var status = stat()
        guard stat(path, &status) == 0, truncate(path, 0) == 0, truncate(path, status.st_size) == 0 else {
            throw Failure("cannot empty \(path)")
        }
    }

    /// Changes one bit of a data block and nothing else.
    func flip(block: Int) throws {
        let offset = block * Self.blockSize
        var byte = try Self.read(path, at: offset, count: 1)
        byte[0] ^= 1
        try Self.write(path, byte, at: offset)
    }

    /// Changes one bit of every data block but the first, in the middle of the block.
    func flipAllButFirst() throws {
        guard let file = FileHandle(forUpdatingAtPath: path) else { throw Failure("cannot change \(path)") }
        defer { file.closeFile() }
        for block in 1..<dataBlocks {
            let offset = UInt64(block * Self.blockSize + Self.blockSize / 2)
            try file.seek(toOffset: offset)
            guard let byte = try file.read(upToCount: 1)?.first else { return }
            try file.seek(toOffset: offset)
            try file.write(contentsOf: Data([byte ^ 1]))
        }
        try file.synchronize()
    }

    /// Changes one bit of the tree's uppermost block, on which the root hash rests.
    func flipTreeRoot() throws {
        let offset = (dataBlocks + 1) * Self.blockSize
        var byte = try Self.read(path, at: offset, count: 1)
        byte[0] ^= 1
        try Self.write(path, byte, at: offset)
    }

    /// Changes one bit of a data block and every hash above it, so that the layer is in order with another root.
    func reseal(block: Int) throws {
        try flip(block: block)
        var levels: [Int] = []
        var count = dataBlocks
        repeat {
            count = (count * 32 + Self.blockSize - 1) / Self.blockSize
            levels.append(count)
        } while count > 1
        var index = block
        var digest = Self.hash(try Self.read(path, at: block * Self.blockSize, count: Self.blockSize))
        for level in levels.indices {
            // Levels above this one come first in the file.
            let start = dataBlocks + 1 + levels[(level + 1)...].reduce(0, +)
            let hashBlock = start + index * 32 / Self.blockSize
            try Self.write(path, digest, at: start * Self.blockSize + index * 32)
            digest = Self.hash(try Self.read(path, at: hashBlock * Self.blockSize, count: Self.blockSize))
            index = index * 32 / Self.blockSize
        }
    }

    /// SHA-256 of the salt, 32 zero bytes, and the block.
    private static func hash(_ block: [UInt8]) -> [UInt8] {
        let message = [UInt8](repeating: 0, count: 32) + block
        var digest = [UInt8](repeating: 0, count: 32)
        SHA256(message, message.count, &digest)
        return digest
    }

    private static func read(_ path: String, at offset: Int, count: Int) throws -> [UInt8] {
        guard let file = FileHandle(forReadingAtPath: path) else { throw Failure("cannot read \(path)") }
        defer { file.closeFile() }
        try file.seek(toOffset: UInt64(offset))
        guard let bytes = try file.read(upToCount: count), bytes.count == count else {
            throw Failure("\(path) ends before byte \(offset + count)")
        }
        return Array(bytes)
    }

    private static func write(_ path: String, _ bytes: [UInt8], at offset: Int) throws {
        guard let file = FileHandle(forWritingAtPath: path) else { throw Failure("cannot change \(path)") }
        defer { file.closeFile() }
        try file.seek(toOffset: UInt64(offset))
        try file.write(contentsOf: Data(bytes))
        try file.synchronize()
    }
}
