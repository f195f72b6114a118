/// Distinguished Encoding Rules (X.690), as much as certificates need: definite minimal lengths, one-byte tags.
package enum DER {
    /// BOOLEAN; true is 0xFF and nothing else.
    package static let boolean: UInt8 = 0x01
    /// INTEGER, two's complement.
    package static let integer: UInt8 = 0x02
    /// BIT STRING; its first byte counts unused bits.
    package static let bitString: UInt8 = 0x03
    /// OCTET STRING.
    package static let octetString: UInt8 = 0x04
    /// OBJECT IDENTIFIER.
    package static let objectIdentifier: UInt8 = 0x06
    /// UTF8String.
    package static let utf8String: UInt8 = 0x0C
    /// PrintableString.
    package static let printableString: UInt8 = 0x13
    /// IA5String: ASCII.
    package static let ia5String: UInt8 = 0x16
    /// UTCTime: two digits of the year. RFC 5280 4.1.2.5.1.
    package static let utcTime: UInt8 = 0x17
    /// GeneralizedTime: four digits of the year. RFC 5280 4.1.2.5.2.
    package static let generalizedTime: UInt8 = 0x18
    /// SEQUENCE, constructed.
    package static let sequence: UInt8 = 0x30
    /// SET, constructed.
    package static let set: UInt8 = 0x31

    /// A context-specific constructed tag.
    package static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }

    /// One value: its tag, its contents, and all of its bytes.
    package struct Value {
        /// One byte: class, form and number.
        package let tag: UInt8
        /// Without tag and length; a view of the input.
        package let contents: ArraySlice<UInt8>
        /// Tag, length and contents as they stood.
        package let encoding: ArraySlice<UInt8>
    }
}

/// Reads DER values one after the other; nested values get a reader of their own over the contents.
package struct DERReader {
    private var rest: ArraySlice<UInt8>
    private let what: StaticString

    /// - Parameter what: the structure's name for errors.
    package init(_ bytes: ArraySlice<UInt8>, of what: StaticString) {
        rest = bytes
        self.what = what
    }

    /// Whether all has been read.
    package var isEmpty: Bool { rest.isEmpty }
    /// The next value's tag, nil at the end.
    package var nextTag: UInt8? { rest.first }

    /// The next value, whatever its tag.
    @discardableResult
    package mutating func value() throws(AttestationFormatError) -> DER.Value {
        let start = rest
        let tag = try byte()
        guard tag & 0x1F != 0x1F else { throw .malformed(what: what) }
        let length = try self.length()
        guard length <= rest.count else {
            throw .truncated(
                what: what, offset: start.count - rest.count, needed: length, available: rest.count)
        }
        let contents = rest.prefix(length)
        rest = rest.dropFirst(length)
        return DER.Value(
            tag: tag, contents: contents, encoding: start[start.startIndex..<contents.endIndex])
    }

    /// The next value, which must have this tag.
    package mutating func value(_ tag: UInt8) throws(AttestationFormatError) -> DER.Value {
        guard let found = nextTag else {
            throw .truncated(what: what, offset: 0, needed: 2, available: 0)
        }
        guard found == tag else { throw .unexpectedTag(what: what, expected: tag, found: found) }
        return try value()
    }

    /// The next value when it has this tag, nil (and nothing consumed) otherwise.
    package mutating func optional(_ tag: UInt8) throws(AttestationFormatError) -> DER.Value? {
        nextTag == tag ? try value() : nil
    }

    /// A reader over the contents of the next value, which must have this tag.
    package mutating func nested(_ tag: UInt8) throws(AttestationFormatError) -> DERReader {
        DERReader(try value(tag).contents, of: what)
    }

    /// Refuses bytes after the last field.
    package func finish() throws(AttestationFormatError) {
        guard rest.isEmpty else { throw .trailingBytes(what: what, count: rest.count) }
    }

    private mutating func byte() throws(AttestationFormatError) -> UInt8 {
        guard let first = rest.popFirst() else {
            throw .truncated(what: what, offset: 0, needed: 1, available: 0)
        }
        return first
    }

    private mutating func length() throws(AttestationFormatError) -> Int {
        let first = try byte()
        if first < 0x80 { return Int(first) }
        let count = Int(first & 0x7F)
        guard count >= 1, count <= 4 else { throw .badLength(what: what) }
        var length: UInt64 = 0
        for _ in 0..<count { length = length << 8 | UInt64(try byte()) }
        // Minimal: the long form only from 128 on, and no leading zero byte.
        guard length >= 0x80, length >> UInt64(8 * (count - 1)) != 0, length <= 0x7FFF_FFFF else {
            throw .badLength(what: what)
        }
        return Int(length)
    }
}

extension DERReader {
    /// A non-negative INTEGER that fits 64 bits.
    package mutating func unsigned() throws(AttestationFormatError) -> UInt64 {
        let contents = try value(DER.integer).contents
        guard let first = contents.first, first < 0x80, contents.count <= 9,
            contents.count < 9 || first == 0
        else { throw .malformed(what: what) }
        var number: UInt64 = 0
        for byte in contents { number = number << 8 | UInt64(byte) }
        return number
    }

    /// An OBJECT IDENTIFIER.
    package mutating func objectIdentifier() throws(AttestationFormatError) -> ObjectIdentifier {
        ObjectIdentifier(contents: [UInt8](try value(DER.objectIdentifier).contents))
    }

    /// A BIT STRING of whole bytes.
    package mutating func wholeBitString() throws(AttestationFormatError) -> [UInt8] {
        let contents = try value(DER.bitString).contents
        guard contents.first == 0 else { throw .malformed(what: what) }
        return [UInt8](contents.dropFirst())
    }

    /// A UTCTime or GeneralizedTime in the form certificates use (RFC 5280 4.1.2.5), as seconds since 1970.
    package mutating func time() throws(AttestationFormatError) -> Int64 {
        let value = try value()
        guard value.tag == DER.utcTime || value.tag == DER.generalizedTime,
            let seconds = DERTime.seconds(value.contents, generalized: value.tag == DER.generalizedTime)
        else { throw .malformed(what: what) }
        return seconds
    }
}
