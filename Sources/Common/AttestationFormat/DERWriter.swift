/// Writes DER: each function returns one whole value.
package enum DERWriter {
    /// Tag, minimal length, contents.
    package static func value(_ tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        var bytes = [tag]
        if contents.count < 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: contents.count))
        } else {
            var digits: [UInt8] = []
            var rest = contents.count
            while rest > 0 {
                digits.insert(UInt8(truncatingIfNeeded: rest), at: 0)
                rest >>= 8
            }
            bytes.append(0x80 | UInt8(truncatingIfNeeded: digits.count))
            bytes.append(contentsOf: digits)
        }
        return bytes + contents
    }

    /// A SEQUENCE of values that are encoded already.
    package static func sequence(_ parts: [[UInt8]]) -> [UInt8] {
        value(DER.sequence, parts.flatMap { $0 })
    }

    /// A non-negative INTEGER from its big-endian bytes.
    package static func integer(_ bigEndian: [UInt8]) -> [UInt8] {
        var digits = bigEndian.drop { $0 == 0 }
        if digits.isEmpty { digits = [0] }
        let sign: [UInt8] = (digits.first ?? 0) >= 0x80 ? [0] : []
        return value(DER.integer, sign + digits)
    }

    /// The same from a number, in the fewest bytes.
    package static func integer(_ number: UInt64) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.appendLittleEndian(number, count: 8)
        return integer([UInt8](bytes.reversed()))
    }

    /// An OBJECT IDENTIFIER.
    package static func objectIdentifier(_ identifier: ObjectIdentifier) -> [UInt8] {
        value(DER.objectIdentifier, identifier.contents)
    }

    /// An OCTET STRING.
    package static func octetString(_ bytes: [UInt8]) -> [UInt8] { value(DER.octetString, bytes) }

    /// A BIT STRING of whole bytes.
    package static func bitString(_ bytes: [UInt8]) -> [UInt8] { value(DER.bitString, [0] + bytes) }

    /// A string type by its tag, of the text's UTF-8; whether the type allows the characters is the caller's
    /// matter.
    package static func text(_ tag: UInt8, _ text: String) -> [UInt8] { value(tag, [UInt8](text.utf8)) }
}
