/// What comes back on a D-Bus connection: kind, whose answer it is, and the texts of its body.
struct DBusReply: Equatable {
    enum Kind: UInt8 {
        case call = 1
        case answer = 2
        case error = 3
        case signal = 4
    }

    let kind: Kind
    /// The serial number of the call that this answers; 0 for none.
    let serial: UInt32
    let member: String
    let errorName: String
    /// The strings and object paths of the body, in order, also one in a variant; reading ends at another type.
    let texts: [String]

    /// The length of the message that begins with these 16 bytes; nil for what is no message, or one that is too long.
    static func length(of start: [UInt8]) -> Int? {
        guard start.count >= 16, start[0] == UInt8(ascii: "l") else { return nil }
        let body = Int(number(start, 4))
        let fields = (Int(number(start, 12)) + 7) & ~7
        return body > 1 << 20 || fields > 1 << 20 ? nil : 16 + fields + body
    }

    /// Reads a whole message; nil when it is malformed.
    init?(_ bytes: [UInt8]) {
        guard let length = Self.length(of: bytes), length == bytes.count, let kind = Kind(rawValue: bytes[1])
        else { return nil }
        self.kind = kind
        let end = 16 + Int(Self.number(bytes, 12))
        var reader = DBusReader(bytes, from: 16, to: end)
        var (serial, member, errorName, signature) = (UInt32(0), "", "", "")
        while reader.place < end {
            reader.align(8)
            guard let code = reader.byte(), let type = reader.signature() else { return nil }
            switch type {
            case "u":
                guard let value = reader.number() else { return nil }
                if code == 5 { serial = value }
            case "s", "o":
                guard let value = reader.text() else { return nil }
                if code == 3 { member = value }
                if code == 4 { errorName = value }
            case "g":
                guard let value = reader.signature() else { return nil }
                if code == 8 { signature = value }
            default: return nil
            }
        }
        self.serial = serial
        self.member = member
        self.errorName = errorName
        texts = Self.texts(bytes, from: (end + 7) & ~7, signature)
    }

    private static func texts(_ bytes: [UInt8], from start: Int, _ signature: String) -> [String] {
        // The body's alignment counts from its own start, which is aligned to 8 itself.
        var reader = DBusReader(bytes, from: start, to: bytes.count)
        var found: [String] = []
        for type in signature.utf8 {
            switch type {
            case UInt8(ascii: "u"): if reader.number() == nil { return found }
            case UInt8(ascii: "s"), UInt8(ascii: "o"):
                guard let text = reader.text() else { return found }
                found.append(text)
            case UInt8(ascii: "v"):
                guard reader.signature() == "s", let text = reader.text() else { return found }
                found.append(text)
            default: return found
            }
        }
        return found
    }

    private static func number(_ bytes: [UInt8], _ place: Int) -> UInt32 {
        bytes[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }
}

/// Reads the wire format; nil at the end of what there is.
private struct DBusReader {
    private let bytes: [UInt8]
    private(set) var place: Int
    private let end: Int

    init(_ bytes: [UInt8], from place: Int, to end: Int) {
        self.bytes = bytes
        self.place = place
        self.end = min(end, bytes.count)
    }

    mutating func align(_ size: Int) { place = (place + size - 1) / size * size }

    mutating func byte() -> UInt8? {
        if place >= end { return nil }
        place += 1
        return bytes[place - 1]
    }

    mutating func number() -> UInt32? {
        align(4)
        if place + 4 > end { return nil }
        place += 4
        return bytes[(place - 4)..<place].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    mutating func text() -> String? {
        guard let length = number() else { return nil }
        return string(Int(length))
    }

    mutating func signature() -> String? {
        guard let length = byte() else { return nil }
        return string(Int(length))
    }

    private mutating func string(_ length: Int) -> String? {
        if length >= end - place { return nil }
        defer { place += length + 1 }
        return String(decoding: bytes[place..<place + length], as: UTF8.self)
    }
}
