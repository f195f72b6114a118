/// Layer files as they lie on disk.
package enum LayerFile {
    /// Computes the dm-verity root hash of a layer file from the file system in it.
    ///
    /// - Returns: 64 lower-case hexadecimal digits.
    package static func rootHash(
        of path: String, progress: (UInt64) -> Void = { _ in }
    ) throws(LayersError) -> String {
        let file = try OpenFile(reading: path)
        return try VerityTree.compute(file, dataSize: try dataSize(of: file), progress: progress).root
            .hexadecimal
    }

    /// The size that the file system's superblock gives.
    static func dataSize(of file: OpenFile) throws(LayersError) -> UInt64 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Erofs.blockSize, alignment: 16)
        defer { buffer.deallocate() }
        try file.readFully(at: 0, into: buffer)
        let base = Erofs.superblockOffset
        let magic = UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: base, as: UInt32.self))
        guard magic == Erofs.magic, buffer[base + 12] == 12 else {
            throw .filesystem("\(file.path): not an EROFS image with blocks of 4096 bytes")
        }
        let blocks = UInt32(littleEndian: buffer.loadUnaligned(fromByteOffset: base + 36, as: UInt32.self))
        return UInt64(blocks) * UInt64(Erofs.blockSize)
    }
}
