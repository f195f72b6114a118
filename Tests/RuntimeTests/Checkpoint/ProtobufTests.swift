import Testing

@testable import Runtime

struct ProtobufTests {
    /// The examples of the specification's text, and numbers at the edges.
    @Test func fieldsAreInTheWireFormat() {
        var writer = ProtobufWriter()
        writer.put(1, UInt64(150))
        writer.put(2, "testing")
        #expect(writer.bytes == [0x08, 0x96, 0x01, 0x12, 7] + Array("testing".utf8))
        var outer = ProtobufWriter()
        outer.put(16, Int32(-1))
        outer.put(63, true)
        var inner = ProtobufWriter()
        inner.put(1, "")
        outer.put(3, inner)
        #expect(
            outer.bytes == [0x80, 0x01] + [UInt8](repeating: 0xff, count: 9) + [
                1, 0xf8, 0x03, 1, 0x1a, 2, 0x0a, 0,
            ])
    }

    @Test func fieldsAreReadBack() throws {
        var inner = ProtobufWriter()
        inner.put(2, UInt64.max)
        var writer = ProtobufWriter()
        writer.put(1, Int32(7))
        writer.put(5, "first")
        writer.put(5, "last")
        writer.put(9, inner)
        // Fields of kinds that are not looked at: 64 and 32 bits.
        let bytes = [0x59, 1, 2, 3, 4, 5, 6, 7, 8, 0x65, 1, 2, 3, 4] + writer.bytes
        let reader = try #require(ProtobufReader(bytes))
        #expect(reader.number(1) == 7)
        #expect(reader.text(5) == "last")
        #expect(reader.message(9)?.number(2) == .max)
        #expect(reader.number(5) == nil)
        #expect(reader.text(1) == nil)
        #expect(reader.number(11) == nil)
        #expect(reader.number(2) == nil)
    }

    /// What is cut off is no message, and what is changed is read to its end and no further.
    @Test func whatIsNoMessageIsNone() {
        for bytes: [UInt8] in [
            [0x08], [0x08, 0x80], [0x12, 5, 1], [0x0b], [0x59, 1], [0x65, 1, 2, 3],
            [0x08] + [UInt8](repeating: 0x80, count: 11), [0x12] + [UInt8](repeating: 0xff, count: 9) + [1],
        ] {
            #expect(ProtobufReader(bytes) == nil, "\(bytes)")
        }
        var writer = ProtobufWriter()
        writer.put(1, UInt64(300))
        writer.put(2, "text")
        for place in writer.bytes.indices {
            for value in UInt8.min...UInt8.max {
                var changed = writer.bytes
                changed[place] = value
                _ = ProtobufReader(changed)?.text(2)
            }
        }
    }

    @Test func repliesAreRead() throws {
        let notification = try #require(
            CriuReply([0x08, 6, 0x10, 1, 0x2a, 7, 0x0a, 2, 0x68, 0x69, 0x10, 0xac, 0x02]))
        #expect(notification.moment == "hi")
        #expect(notification.pid == 300)
        let version = try #require(CriuReply([0x08, 10, 0x10, 1, 0x52, 6, 0x08, 3, 0x10, 16, 0x20, 1]))
        #expect(version.version == 31601)
        #expect(version.moment == nil)
        let failure = try #require(CriuReply([0x08, 1, 0x10, 0, 0x38, 52]))
        #expect(!failure.success)
        #expect(failure.errorNumber == 52)
        let features = try #require(CriuReply([0x08, 9, 0x10, 1, 0x42, 4, 0x08, 1, 0x10, 0]))
        #expect(features.tracksMemory)
        #expect(!features.hasLazyPages)
        // Without the task, without success, or of a task that nobody asked for.
        for bytes: [UInt8] in [[], [0x10, 1], [0x08, 1], [0x08, 99, 0x10, 1]] {
            #expect(CriuReply(bytes) == nil)
        }
    }
}
