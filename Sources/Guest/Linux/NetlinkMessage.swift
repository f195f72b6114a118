/// Builds one rtnetlink request: header, fixed part, attributes, everything aligned to four bytes.
///
/// Numbers are in the machine's own byte order, as netlink(7) wants them.
package struct NetlinkMessage {
    /// The message so far; its length field is filled in by `finished`.
    private var bytes: [UInt8]

    /// Starts a message with the 16-byte header. `sequence` comes back in the answer.
    package init(type: UInt16, flags: UInt16, sequence: UInt32) {
        bytes = []
        append(UInt32(0))
        append(type)
        append(flags)
        append(sequence)
        append(UInt32(0))
    }

    /// The complete message.
    package var finished: [UInt8] {
        var message = bytes
        let length = UInt32(truncatingIfNeeded: message.count)
        withUnsafeBytes(of: length) { for (index, byte) in $0.enumerated() { message[index] = byte } }
        return message
    }

    /// Appends an integer of the fixed part.
    package mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }

    /// Appends an attribute with raw bytes.
    package mutating func attribute(_ type: UInt16, _ payload: [UInt8]) {
        append(UInt16(truncatingIfNeeded: 4 + payload.count))
        append(type)
        bytes.append(contentsOf: payload)
        while bytes.count % 4 != 0 { bytes.append(0) }
    }

    /// Appends an attribute with a 32-bit number.
    package mutating func attribute(_ type: UInt16, _ number: UInt32) {
        attribute(type, withUnsafeBytes(of: number) { Array($0) })
    }

    /// Appends an attribute with a NUL-terminated string.
    package mutating func attribute(_ type: UInt16, _ text: String) {
        attribute(type, Array(text.utf8) + [0])
    }
}

/// What the kernel answered to a request: its verdict, or an object.
package enum NetlinkReply: Equatable {
    /// An acknowledgement, or with a nonzero number a refusal (positive errno).
    case verdict(Int32)
    /// An object: message type, fixed part and attributes.
    case object(type: UInt16, payload: [UInt8])

    /// Reads the first message of a datagram; nil when it is malformed.
    package init?(_ datagram: [UInt8]) {
        guard datagram.count >= 16 else { return nil }
        let length = Int(datagram.number(at: 0, of: UInt32.self))
        guard length >= 16, length <= datagram.count else { return nil }
        let type = datagram.number(at: 4, of: UInt16.self)
        if type == 2 {
            guard length >= 20 else { return nil }
            let code = datagram.number(at: 16, of: Int32.self)
            guard code <= 0, code > Int32.min else { return nil }
            self = .verdict(-code)
        } else {
            self = .object(type: type, payload: Array(datagram[16..<length]))
        }
    }
}

extension NetlinkReply {
    /// All messages of a datagram; nil when one is malformed.
    package static func all(_ datagram: [UInt8]) -> [NetlinkReply]? {
        var replies: [NetlinkReply] = []
        var rest = datagram[...]
        while !rest.isEmpty {
            let bytes = Array(rest)
            guard let reply = NetlinkReply(bytes) else { return nil }
            replies.append(reply)
            let length = (Int(bytes.number(at: 0, of: UInt32.self)) + 3) & ~3
            rest = rest.dropFirst(length)
        }
        return replies
    }

    /// The attributes of an object from that offset on; what does not fit any more is left out.
    static func attributes(_ payload: [UInt8], from start: Int) -> [(type: UInt16, payload: [UInt8])] {
        var found: [(type: UInt16, payload: [UInt8])] = []
        var place = start
        while place + 4 <= payload.count {
            let length = Int(payload.number(at: place, of: UInt16.self))
            guard length >= 4, place + length <= payload.count else { break }
            let type = payload.number(at: place + 2, of: UInt16.self)
            found.append((type: type, payload: Array(payload[(place + 4)..<(place + length)])))
            place += (length + 3) & ~3
        }
        return found
    }
}

extension [UInt8] {
    /// The integer that starts at `offset`, in the machine's byte order. The caller has checked the bounds.
    fileprivate func number<Number: FixedWidthInteger>(at offset: Int, of: Number.Type) -> Number {
        withUnsafeBytes { $0.loadUnaligned(fromByteOffset: offset, as: Number.self) }
    }
}
