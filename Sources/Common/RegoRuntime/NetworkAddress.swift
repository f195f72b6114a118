/// An IPv4 or IPv6 address.
struct NetworkAddress {
    /// Four or sixteen bytes, most significant first.
    var bytes: [UInt8]

    var isV4: Bool { bytes.count == 4 }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// From text; IPv4 numbers without leading zeros, no zones.
    init?(_ text: [UInt8]) {
        if text.contains(58) {
            guard let parsed = NetworkAddress.parseV6(text) else { return nil }
            bytes = parsed
        } else {
            guard let parsed = NetworkAddress.parseV4(text) else { return nil }
            bytes = parsed
        }
    }

    private static func parseV4(_ text: [UInt8]) -> [UInt8]? {
        let parts = text.split(separator: 46, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var out: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
            if part.count > 1, part.first == 48 { return nil }
            var value = 0
            for digit in part { value = value * 10 + Int(digit - 48) }
            guard value < 256 else { return nil }
            out.append(UInt8(value))
        }
        return out
    }

    private static func parseV6(_ text: [UInt8]) -> [UInt8]? {
        var groups: [UInt8] = []
        var gap: Int?
        var position = 0
        if text.starts(with: [58, 58]) {
            gap = 0
            position = 2
        }
        while position < text.count {
            let end = text[position...].firstIndex(of: 58) ?? text.count
            let part = Array(text[position..<end])
            if part.contains(46) {
                guard end == text.count, let v4 = parseV4(part) else { return nil }
                groups += v4
                break
            }
            guard (1...4).contains(part.count) else { return nil }
            var value = 0
            for letter in part {
                guard let digit = Builtins.hexValue(letter) else { return nil }
                value = value << 4 | Int(digit)
            }
            groups += [UInt8(value >> 8), UInt8(value & 255)]
            if end == text.count { break }
            position = end + 1
            if position == text.count { return nil }
            if text[position] == 58 {
                if gap != nil { return nil }
                gap = groups.count
                position += 1
            }
        }
        guard let gap else { return groups.count == 16 ? groups : nil }
        guard groups.count < 16 else { return nil }
        return groups[..<gap] + [UInt8](repeating: 0, count: 16 - groups.count) + groups[gap...]
    }

    /// As Go prints it: an IPv4 address inside IPv6 as IPv4, the longest run of zero groups as `::`.
    var text: [UInt8] {
        let short = unmapped
        if short.isV4 {
            var out: [UInt8] = []
            for (position, byte) in short.bytes.enumerated() {
                if position > 0 { out.append(46) }
                out.append(decimal: Int(byte))
            }
            return out
        }
        var groups: [Int] = []
        for position in 0..<8 {
            let high = Int(bytes[position * 2]) << 8
            groups.append(high | Int(bytes[position * 2 + 1]))
        }
        var best = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(best.count, 1) { best = start..<end }
            start = max(end, start + 1)
        }
        var out: [UInt8] = []
        var position = 0
        while position < 8 {
            if !best.isEmpty, position == best.lowerBound {
                out += [58, 58]
                position = best.upperBound
                continue
            }
            if position > 0, out.last != 58 { out.append(58) }
            out += BigInteger(groups[position]).text(base: 16)
            position += 1
        }
        return out
    }

    /// An IPv4 address that is written inside IPv6 (`::ffff:1.2.3.4`) as IPv4.
    var unmapped: NetworkAddress {
        guard bytes.count == 16, bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 255, bytes[11] == 255
        else {
            return self
        }
        return NetworkAddress(bytes: Array(bytes[12...]))
    }

    /// The address after this one; nil after the last.
    var next: NetworkAddress? {
        var result = bytes
        for position in result.indices.reversed() {
            result[position] &+= 1
            if result[position] != 0 { return NetworkAddress(bytes: result) }
        }
        return nil
    }

    static func < (left: NetworkAddress, right: NetworkAddress) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}

/// A block of addresses: `10.0.0.0/8`.
struct NetworkBlock {
    /// The first address.
    let first: NetworkAddress
    /// Bits of the address that are fixed.
    let prefix: Int

    /// From CIDR notation; bits beyond the prefix are cleared.
    init?(_ text: [UInt8]) {
        guard let slash = text.firstIndex(of: 47), let address = NetworkAddress(Array(text[..<slash])) else {
            return nil
        }
        let digits = text[(slash + 1)...]
        guard !digits.isEmpty, digits.count <= 3, digits.allSatisfy({ $0 >= 48 && $0 <= 57 }) else {
            return nil
        }
        var value = 0
        for digit in digits { value = value * 10 + Int(digit - 48) }
        guard value <= address.bytes.count * 8 else { return nil }
        if digits.count > 1, digits.first == 48 { return nil }
        self.init(address, value)
    }

    init(_ address: NetworkAddress, _ prefix: Int) {
        self.prefix = prefix
        first = NetworkAddress(bytes: NetworkBlock.masked(address.bytes, prefix, fill: 0))
    }

    private static func masked(_ bytes: [UInt8], _ prefix: Int, fill: UInt8) -> [UInt8] {
        var result = bytes
        for position in result.indices {
            let kept = max(0, min(8, prefix - position * 8))
            let mask: UInt8 = kept == 0 ? 0 : 255 << UInt8(8 - kept)
            result[position] = result[position] & mask | fill & ~mask
        }
        return result
    }

    /// The last address.
    var last: NetworkAddress { NetworkAddress(bytes: NetworkBlock.masked(first.bytes, prefix, fill: 255)) }

    func contains(_ address: NetworkAddress) -> Bool {
        let address = first.isV4 ? address.unmapped : address
        return address.bytes.count == first.bytes.count
            && NetworkBlock.masked(address.bytes, prefix, fill: 0) == first.bytes
    }

    var text: [UInt8] {
        var out = first.text
        out.append(47)
        out.append(decimal: prefix)
        return out
    }
}
