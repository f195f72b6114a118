import Testing

@testable import Wire

struct FrameTests {
    /// The bytes that peers of this protocol were observed to send.
    @Test func negotiateFrameHasTheGoldenBytes() throws {
        let request = NegotiateRequest(base: RequestBase())
        let bytes = try Frame(type: .negotiateProtocol, id: 7, payload: request.payload).encoded()
        #expect(Array(bytes[0..<4]) == [0x01, 0x0b, 0x10, 0x10])
        #expect(UInt32(bytes[4]) | UInt32(bytes[5]) << 8 == UInt32(bytes.count))
        #expect(Array(bytes[8..<16]) == [7, 0, 0, 0, 0, 0, 0, 0])
        let id = "00000000-0000-0000-0000-000000000000"
        #expect(
            String(decoding: bytes[16...], as: UTF8.self)
                == "{\"ContainerId\":\"\(id)\",\"ActivityId\":\"\(id)\",\"MinimumVersion\":4,\"MaximumVersion\":4}"
        )
    }

    @Test func responseTypeReplacesTheKind() {
        #expect(MessageType.negotiateProtocol.response.rawValue == 0x2010_0b01)
        #expect(MessageType.updateContainer.response.rawValue == 0x2010_0e01)
        #expect(MessageType.notification.kind == .notification)
        #expect(MessageType(rawValue: 0x4010_0b01).kind == nil)
    }

    @Test(arguments: [1, 2, 3, 15, 16, 17, 1000])
    func decoderFindsFramesInPiecesOfAnyLength(pieceLength: Int) throws {
        let frames = [
            Frame(type: .create, id: 1, payload: Array("{}".utf8)),
            Frame(type: .start, id: 2, payload: []),
            Frame(type: .dumpStacks, id: .max, payload: [UInt8](repeating: 0x20, count: 300)),
        ]
        var stream: [UInt8] = []
        for frame in frames { stream += try frame.encoded() }
        var decoder = FrameDecoder()
        var found: [Frame] = []
        var position = 0
        while position < stream.count {
            let end = min(position + pieceLength, stream.count)
            decoder.append(stream[position..<end])
            while let frame = try decoder.next() { found.append(frame) }
            position = end
        }
        #expect(found == frames)
        #expect(decoder.pendingByteCount == 0)
    }

    @Test(arguments: [
        (UInt32(0), FrameError.tooSmall(0)), (15, .tooSmall(15)), (0x10001, .tooLarge(0x10001)),
        (.max, .tooLarge(.max)),
    ])
    func impossibleSizesEndTheStream(size: UInt32, expected: FrameError) throws {
        var decoder = FrameDecoder()
        let header = FrameHeader(type: .create, size: size, id: 9)
        decoder.append(header.encoded + [1, 2, 3])
        #expect(throws: expected) { try decoder.next() }
        decoder.append(try Frame(type: .start, id: 1, payload: []).encoded())
        #expect(throws: expected) { try decoder.next() }
        #expect(decoder.failedHeader == header)
    }

    @Test func theLargestFrameIsAcceptedAndOneByteMoreIsNotSent() throws {
        let room = FrameHeader.maximumFrameSize - FrameHeader.byteCount
        let frame = Frame(type: .create, id: 3, payload: [UInt8](repeating: 0x20, count: room))
        var decoder = FrameDecoder()
        decoder.append(try frame.encoded())
        #expect(try decoder.next() == frame)
        let larger = Frame(type: .create, id: 3, payload: [UInt8](repeating: 0x20, count: room + 1))
        #expect(throws: FrameError.tooLarge(0x10001)) { try larger.encoded() }
    }

    /// Any bytes in any pieces: frames or an error, never a trap.
    @Test func randomBytesNeverTrap() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<2000 {
            var decoder = FrameDecoder()
            var frames = 0
            for _ in 0..<4 {
                let piece = (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator) & (Bool.random() ? 0x1f : 0xff)
                }
                decoder.append(piece)
                while let frame = try? decoder.next() {
                    frames += 1
                    #expect(frame.payload.count <= FrameHeader.maximumFrameSize)
                }
            }
            #expect(frames <= 10)
        }
    }
}
