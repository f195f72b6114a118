/// One 512-byte header block: the field layout of tar(5), with GNU's and POSIX's extensions.
struct TarHeader {
    static let size = 512

    let bytes: [UInt8]
    let offset: UInt64

    /// Checks checksum and format; nothing else.
    init(_ bytes: [UInt8], at offset: UInt64) throws(TarError) {
        self.bytes = bytes
        self.offset = offset
        let magic = Array(bytes[257..<263])
        isUstar = magic == Self.magics[0]
        let stored = try number(148, 8, "checksum")
        var unsigned: Int64 = 0
        var signed: Int64 = 0
        for (index, byte) in bytes.enumerated() {
            // The checksum counts its own field as blanks. Old archives summed signed bytes.
            let value = (148..<156).contains(index) ? 0x20 : byte
            unsigned += Int64(value)
            signed += Int64(Int8(bitPattern: value))
        }
        guard stored == unsigned || stored == signed else { throw .checksum(at: offset) }
        guard Self.magics.contains(magic) else { throw .magic(at: offset) }
    }

    /// POSIX, GNU, and none in the seventh edition.
    private static let magics = [
        Array("ustar\0".utf8), Array("ustar ".utf8), [UInt8](repeating: 0, count: 6),
    ]

    /// POSIX: the prefix field is part of the name. (GNU keeps other things there.)
    let isUstar: Bool

    var type: UInt8 { bytes[156] }

    /// The name, with the prefix field in front of it where the format has one.
    var name: ByteName {
        let name = text(0, 100)
        let prefix = isUstar ? text(345, 155) : ByteName([])
        return prefix.bytes.isEmpty ? name : ByteName(prefix.bytes + [0x2F] + name.bytes)
    }

    var linkName: ByteName { text(157, 100) }

    /// Bytes up to the first zero.
    func text(_ start: Int, _ length: Int) -> ByteName {
        ByteName(bytes[start..<start + length].prefix { $0 != 0 })
    }

    /// Octal digits with blanks or zeros around them, or GNU's base-256 (first bit set).
    func number(_ start: Int, _ length: Int, _ field: String) throws(TarError) -> Int64 {
        let digits = bytes[start..<start + length]
        guard let first = digits.first else { return 0 }
        if first & 0x80 != 0 { return try base256(digits, field) }
        let text = digits.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        let rest = digits.drop { $0 == 0x20 }.dropFirst(text.count)
        guard rest.allSatisfy({ $0 == 0 || $0 == 0x20 }) else { throw .number(field: field, at: offset) }
        var value: Int64 = 0
        for digit in text {
            guard (0x30...0x37).contains(digit), value < Int64.max >> 3 else {
                throw .number(field: field, at: offset)
            }
            value = value << 3 | Int64(digit - 0x30)
        }
        return value
    }

    private func base256(_ digits: ArraySlice<UInt8>, _ field: String) throws(TarError) -> Int64 {
        // 0x80 starts a non-negative number, 0xFF a negative one (two's complement).
        guard let first = digits.first, first == 0x80 || first == 0xFF else {
            throw .number(field: field, at: offset)
        }
        var value: Int64 = first == 0xFF ? -1 : 0
        for digit in digits.dropFirst() {
            guard value <= Int64.max >> 8, value >= Int64.min >> 8 else {
                throw .number(field: field, at: offset)
            }
            value = value << 8 | Int64(digit)
        }
        return value
    }

    /// A number that must not be negative and fit 32 bits.
    func unsigned(_ start: Int, _ length: Int, _ field: String) throws(TarError) -> UInt32 {
        guard let value = UInt32(exactly: try number(start, length, field)) else {
            throw .number(field: field, at: offset)
        }
        return value
    }
}
