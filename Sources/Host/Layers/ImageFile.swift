/// The image while it grows: appended through a buffer, in whole blocks, from block 1 on (block 0 comes last).
final class ImageFile {
    let file: OpenFile
    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private var flushed = UInt64(Erofs.blockSize)

    init(creating path: String) throws(LayersError) {
        file = try OpenFile(creating: path)
        buffer = .allocate(byteCount: 1 << 20, alignment: 4096)
    }

    deinit { buffer.deallocate() }

    /// Bytes so far, the first block included.
    var size: UInt64 { flushed + UInt64(used) }

    /// The number of the block that the next byte goes to.
    func nextBlock() throws(LayersError) -> UInt32 {
        guard let block = UInt32(exactly: size / UInt64(Erofs.blockSize)) else {
            throw .filesystem("\(file.path): more than 2^32 blocks")
        }
        return block
    }

    func append(_ bytes: UnsafeRawBufferPointer) throws(LayersError) {
        var rest = bytes
        while !rest.isEmpty {
            if used == buffer.count { try flush() }
            let count = min(rest.count, buffer.count - used)
            UnsafeMutableRawBufferPointer(rebasing: buffer[used..<used + count])
                .copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
            used += count
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    func append(_ bytes: [UInt8]) throws(LayersError) {
        try bytes.withBytes { bytes throws(LayersError) in try append(bytes) }
    }

    /// Zeros up to the next block.
    func pad() throws(LayersError) {
        let tail = Int(size % UInt64(Erofs.blockSize))
        if tail > 0 { try append([UInt8](repeating: 0, count: Erofs.blockSize - tail)) }
    }

    func flush() throws(LayersError) {
        try file.write(UnsafeRawBufferPointer(rebasing: buffer[..<used]), at: flushed)
        flushed += UInt64(used)
        used = 0
    }

    func write(firstBlock: [UInt8]) throws(LayersError) {
        try firstBlock.withBytes { bytes throws(LayersError) in try file.write(bytes, at: 0) }
    }
}

extension [UInt8] {
    /// `withUnsafeBytes` for a body with a typed error.
    func withBytes<Value>(
        _ body: (UnsafeRawBufferPointer) throws(LayersError) -> Value
    ) throws(LayersError) -> Value {
        let result: Result<Value, LayersError> = withUnsafeBytes { bytes in
            do throws(LayersError) { return .success(try body(bytes)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
