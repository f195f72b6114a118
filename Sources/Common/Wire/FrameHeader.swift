/// The 16 bytes in front of every message of the bridge: type, size and id, little endian.
package struct FrameHeader: Equatable {
    /// Bytes of the header itself.
    package static let byteCount = 16
    /// Largest frame, header included, that either end accepts.
    package static let maximumFrameSize = 0x10000

    /// The type word: kind, category, message number and version.
    package var type: MessageType
    /// Size of the frame in bytes, header included.
    package var size: UInt32
    /// The request's number, chosen by the host; its response repeats it; 0 in notifications.
    package var id: UInt64

    package init(type: MessageType, size: UInt32, id: UInt64) {
        self.type = type
        self.size = size
        self.id = id
    }
}

extension FrameHeader {
    /// Reads a header from the start of `bytes`; nil while fewer than 16 bytes are there.
    init?(decoding bytes: ArraySlice<UInt8>) {
        guard bytes.count >= Self.byteCount else { return nil }
        type = MessageType(rawValue: UInt32(truncatingIfNeeded: littleEndian(bytes, offset: 0, count: 4)))
        size = UInt32(truncatingIfNeeded: littleEndian(bytes, offset: 4, count: 4))
        id = littleEndian(bytes, offset: 8, count: 8)
    }

    /// The 16 bytes as they go on the wire.
    package var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(UInt64(type.rawValue), count: 4, to: &bytes)
        append(UInt64(size), count: 4, to: &bytes)
        append(id, count: 8, to: &bytes)
        return bytes
    }
}

private func littleEndian(_ bytes: ArraySlice<UInt8>, offset: Int, count: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in 0..<count {
        value |= UInt64(bytes[bytes.startIndex + offset + index]) << UInt64(8 * index)
    }
    return value
}

private func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
}
