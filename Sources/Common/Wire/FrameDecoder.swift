/// Cuts a stream of bytes, in pieces of any length, into frames.
///
/// A header whose size cannot be believed leaves no way to find the next frame, so that the connection has to end;
/// `failedHeader` then tells whom to answer first.
package struct FrameDecoder {
    private var buffer: [UInt8] = []
    private var start = 0
    private var failure: FrameError?

    /// The header that ended the stream, nil while all is well.
    package private(set) var failedHeader: FrameHeader?

    package init() {}

    /// Bytes received and not yet returned in a frame.
    package var pendingByteCount: Int { buffer.count - start }

    /// Adds received bytes.
    package mutating func append(_ bytes: some Collection<UInt8>) {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        buffer.append(contentsOf: bytes)
    }

    /// The next whole frame, nil when more bytes are needed. An error stays: every later call throws it again.
    package mutating func next() throws(FrameError) -> Frame? {
        if let failure { throw failure }
        guard let header = FrameHeader(decoding: buffer[start...]) else { return nil }
        if let refusal = Self.refusal(of: header) {
            failure = refusal
            failedHeader = header
            throw refusal
        }
        let size = Int(header.size)
        if pendingByteCount < size { return nil }
        let payload = Array(buffer[start + FrameHeader.byteCount..<start + size])
        start += size
        return Frame(type: header.type, id: header.id, payload: payload)
    }

    private static func refusal(of header: FrameHeader) -> FrameError? {
        if header.size < FrameHeader.byteCount { return .tooSmall(header.size) }
        if header.size > FrameHeader.maximumFrameSize { return .tooLarge(header.size) }
        return nil
    }
}
