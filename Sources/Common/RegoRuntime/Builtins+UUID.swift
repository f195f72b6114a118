/// The sixteen bytes of a UUID (RFC 4122).
struct UniqueIdentifier {
    var bytes: [UInt8] = []

    /// From one of the written forms: plain, `urn:uuid:`, in braces, or 32 digits.
    init?(_ text: UnsafeRawBufferPointer) {
        var written = Array(text)[...]
        switch written.count {
        case 36: break
        case 45:
            let prefix = written.prefix(9).map { $0 >= 65 && $0 <= 90 ? $0 | 32 : $0 }
            guard String(decoding: prefix, as: UTF8.self) == "urn:uuid:" else { return nil }
            written = written.dropFirst(9)
        case 38: written = written.dropFirst().dropLast()
        case 32: break
        default: return nil
        }
        let digits = Array(written)
        if digits.count == 36 {
            for dash in [8, 13, 18, 23] where digits[dash] != 45 { return nil }
        }
        var high: UInt8?
        for (position, letter) in digits.enumerated() {
            if digits.count == 36, [8, 13, 18, 23].contains(position) { continue }
            guard let value = Builtins.hexValue(letter) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
    }

    var version: Int { Int(bytes[6] >> 4) }

    var variant: String {
        switch bytes[8] {
        case 0x80...0xbf: return "RFC4122"
        case 0xc0...0xdf: return "Microsoft"
        case 0xe0...0xff: return "Future"
        default: return "Reserved"
        }
    }

    func number(_ range: Range<Int>) -> Int {
        var value = 0
        for position in range { value = value << 8 | Int(bytes[position]) }
        return value
    }

    /// The time of versions 1 and 2 in nanoseconds since 1970.
    var time: Int {
        let ticks = number(0..<4) | number(4..<6) << 32 | (number(6..<8) & 0xfff) << 48
        return (ticks &- 122_192_928_000_000_000) &* 100
    }
}

extension Builtins {
    /// `uuid.parse(text)`; undefined when it is none.
    public static func uuidParse(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("uuid.parse", [text], ["string"]) }
        guard let identifier = UniqueIdentifier(text.utf8) else { return .undefined }
        var builder = ObjectBuilder()
        func add(_ name: String, _ value: Value) { builder.insert(context.string(name), value, context) }
        add("version", .int(identifier.version))
        add("variant", context.string(identifier.variant))
        guard identifier.version == 1 || identifier.version == 2 else { return builder.finish(context) }
        add("time", .int(identifier.time))
        add("clocksequence", .int(identifier.number(8..<10) & 0x3fff))
        var node: [UInt8] = []
        for position in 10..<16 {
            if position > 10 { node.append(45) }
            identifier.bytes.withUnsafeBytes { bytes in
                node += hexText(UnsafeRawBufferPointer(rebasing: bytes[position..<position + 1]))
            }
        }
        add("nodeid", context.string(node))
        let scope = identifier.bytes[10] & 2 != 0 ? "local" : "global"
        add(
            "macvariables",
            context.string(scope + ":" + (identifier.bytes[10] & 1 != 0 ? "multicast" : "unicast")))
        if identifier.version == 2 {
            add("id", .int(identifier.number(0..<4)))
            let domains = ["Person", "Group", "Org"]
            let domain = Int(identifier.bytes[9])
            add("domain", context.string(domain < 3 ? domains[domain] : "Domain\(domain)"))
        }
        return builder.finish(context)
    }

    /// `uuid.rfc4122(name)`: a version 4 UUID, the same for the same name within one query.
    public static func uuidRfc4122(_ context: Context, _ name: Value) throws(RegoError) -> Value {
        guard name.isString else { return try context.refuse("uuid.rfc4122", [name], ["string"]) }
        let seed = context.services.querySeed()
        let low = Bytes.finish(Bytes.mix(seed, name.hash64))
        let high = Bytes.finish(Bytes.mix(low, seed))
        var out: [UInt8] = []
        for position in 0..<16 {
            if [4, 6, 8, 10].contains(position) { out.append(45) }
            let word = position < 8 ? low : high
            var byte = UInt8(truncatingIfNeeded: word >> UInt64(position % 8 * 8))
            if position == 6 { byte = byte & 0x0f | 0x40 }
            if position == 8 { byte = byte & 0x3f | 0x80 }
            out.append(JSONWriter.hexDigit(UInt32(byte >> 4)))
            out.append(JSONWriter.hexDigit(UInt32(byte & 15)))
        }
        return context.string(out)
    }
}
