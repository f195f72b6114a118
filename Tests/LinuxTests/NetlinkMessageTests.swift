import Testing

@testable import Linux

struct NetlinkMessageTests {
    /// RTM_GETLINK for "lo", byte for byte as rtnetlink(7) lays it out on a little-endian machine.
    @Test func aRequestIsLaidOut() {
        var message = NetlinkMessage(type: 18, flags: 1, sequence: 7)
        message.append(UInt8(0))
        message.append(UInt8(0))
        message.append(UInt16(0))
        message.append(Int32(0))
        message.append(UInt32(0))
        message.append(UInt32(0))
        message.attribute(3, "lo")
        #expect(
            message.finished == [
                40, 0, 0, 0, 18, 0, 1, 0, 7, 0, 0, 0, 0, 0, 0, 0,
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                7, 0, 3, 0, 0x6C, 0x6F, 0, 0,
            ])
    }

    /// The length counts the payload, the next attribute starts on a multiple of four.
    @Test(arguments: [(1, 5, 8), (2, 6, 8), (4, 8, 8), (5, 9, 12), (16, 20, 20)])
    func attributesArePadded(payload: Int, length: Int, total: Int) {
        var message = NetlinkMessage(type: 0, flags: 0, sequence: 0)
        message.attribute(1, [UInt8](repeating: 7, count: payload))
        let attribute = message.finished[16...]
        #expect(Int(attribute[16]) == length)
        #expect(attribute.count == total)
    }

    private func reply(length: UInt32, type: UInt16, body: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        withUnsafeBytes(of: length) { bytes += $0 }
        withUnsafeBytes(of: type) { bytes += $0 }
        return bytes + [UInt8](repeating: 0, count: 10) + body
    }

    @Test func acknowledgementsAndRefusals() {
        #expect(NetlinkReply(reply(length: 20, type: 2, body: [0, 0, 0, 0])) == .verdict(0))
        // -17, EEXIST.
        #expect(NetlinkReply(reply(length: 20, type: 2, body: [0xEF, 0xFF, 0xFF, 0xFF])) == .verdict(17))
    }

    @Test func objects() {
        #expect(
            NetlinkReply(reply(length: 18, type: 16, body: [1, 2, 3])) == .object(type: 16, payload: [1, 2]))
    }

    /// Too short, longer than the datagram, shorter than a header, a verdict without a number, impossible numbers.
    @Test func malformedRepliesAreRefused() {
        #expect(NetlinkReply([]) == nil)
        #expect(NetlinkReply([UInt8](repeating: 0, count: 15)) == nil)
        #expect(NetlinkReply(reply(length: 21, type: 2, body: [0, 0, 0, 0])) == nil)
        #expect(NetlinkReply(reply(length: 15, type: 2, body: [0, 0, 0, 0])) == nil)
        #expect(NetlinkReply(reply(length: 18, type: 2, body: [0, 0])) == nil)
        #expect(NetlinkReply(reply(length: 20, type: 2, body: [1, 0, 0, 0])) == nil)
        #expect(NetlinkReply(reply(length: 20, type: 2, body: [0, 0, 0, 0x80])) == nil)
    }
}
