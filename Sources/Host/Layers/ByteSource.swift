/// Where bytes come from, in order.
package protocol ByteSource: AnyObject {
    /// Puts at least one byte into `buffer` and returns how many; 0 only at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LayersError) -> Int
    /// Passes over `count` bytes; returns false if the source cannot do that without reading.
    func skip(_ count: UInt64) throws(LayersError) -> Bool
}

/// Bytes in memory.
package final class MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(buffer.count, bytes.count - position)
        bytes.withUnsafeBytes { source in
            buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: source[position..<position + count]))
        }
        position += count
        return count
    }

    package func skip(_ count: UInt64) -> Bool { false }
}

/// A stretch of a file.
final class FileSource: ByteSource {
    private let file: OpenFile
    private var position: UInt64
    private let end: UInt64

    /// - Parameter range: bytes of the file.
    init(_ file: OpenFile, range: Range<UInt64>) {
        self.file = file
        position = range.lowerBound
        end = range.upperBound
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LayersError) -> Int {
        let count = Int(clamping: min(UInt64(buffer.count), end - position))
        guard count > 0 else { return 0 }
        let read = try file.read(
            at: position, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
        position += UInt64(read)
        return read
    }

    func skip(_ count: UInt64) -> Bool {
        guard count <= end - position else { return false }
        position += count
        return true
    }
}

/// Passes bytes on and hashes them on the way, so that what is parsed is what is checked.
final class HashingSource: ByteSource {
    private let source: any ByteSource
    private var hash = SHA256()
    private(set) var count: UInt64 = 0

    init(_ source: any ByteSource) { self.source = source }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(LayersError) -> Int {
        let read = try source.read(into: buffer)
        hash.update(UnsafeRawBufferPointer(rebasing: buffer[..<read]))
        count += UInt64(read)
        return read
    }

    func skip(_ count: UInt64) -> Bool { false }

    /// Reads what is left and returns `sha256:` and the digest of everything.
    func finish() throws(LayersError) -> String {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer { buffer.deallocate() }
        while try read(into: buffer) > 0 {}
        return "sha256:" + hash.finish().hexadecimal
    }
}
