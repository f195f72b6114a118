/// A certificate revocation list (RFC 5280 section 5) of an AMD root.
public struct RevocationList: Equatable, Sendable {
    /// TBSCertList, DER: the bytes that the issuer signed.
    package let signedPart: [UInt8]
    /// AlgorithmIdentifier of the signature, DER; the same inside and outside of the signed part.
    package let signatureAlgorithm: [UInt8]
    /// The BIT STRING's bytes.
    package let signature: [UInt8]
    /// DER of the issuer's name.
    package let issuer: [UInt8]
    /// Seconds since 1970.
    public let thisUpdate: Int64
    /// Seconds since 1970; nil when the list does not say.
    public let nextUpdate: Int64?
    /// Serial numbers as the certificates spell them, big-endian.
    public let revokedSerials: [[UInt8]]
    /// The list's own number, nil when it has none.
    public let number: UInt64?

    /// More entries than any honest list of this chain has.
    package static let maximumEntries = 65536

    /// Reads one DER list with nothing after it.
    public init(parsing bytes: [UInt8]) throws(AttestationFormatError) {
        var outer = DERReader(bytes[...], of: "revocation list")
        var whole = try outer.nested(DER.sequence)
        try outer.finish()
        let tbs = try whole.value(DER.sequence)
        signatureAlgorithm = [UInt8](try whole.value(DER.sequence).encoding)
        signature = try whole.wholeBitString()
        try whole.finish()
        signedPart = [UInt8](tbs.encoding)

        var fields = DERReader(tbs.contents, of: "revocation list fields")
        guard try fields.unsigned() == 1 else {
            throw .malformed(what: "revocation list version, expected 2")
        }
        guard [UInt8](try fields.value(DER.sequence).encoding) == signatureAlgorithm else {
            throw .malformed(what: "revocation list with two different signature algorithms")
        }
        issuer = [UInt8](try fields.value(DER.sequence).encoding)
        thisUpdate = try fields.time()
        let hasNext = fields.nextTag == DER.utcTime || fields.nextTag == DER.generalizedTime
        nextUpdate = hasNext ? try fields.time() : nil
        revokedSerials = try RevocationList.serials(&fields)
        number = try RevocationList.number(&fields)
        try fields.finish()
    }

    private static func serials(_ fields: inout DERReader) throws(AttestationFormatError) -> [[UInt8]] {
        guard fields.nextTag == DER.sequence else { return [] }
        var entries = try fields.nested(DER.sequence)
        var serials: [[UInt8]] = []
        while !entries.isEmpty {
            guard serials.count < maximumEntries else {
                throw .tooMany(what: "revocation list entries", limit: maximumEntries)
            }
            var entry = try entries.nested(DER.sequence)
            serials.append([UInt8](try entry.value(DER.integer).contents))
        }
        return serials
    }

    private static func number(_ fields: inout DERReader) throws(AttestationFormatError) -> UInt64? {
        guard fields.nextTag == DER.context(0) else { return nil }
        var wrapper = try fields.nested(DER.context(0))
        var list = try wrapper.nested(DER.sequence)
        for item in try Certificate.extensionList(&list) where item.identifier == .crlNumber {
            var reader = DERReader(item.value[...], of: "revocation list number")
            return try reader.unsigned()
        }
        return nil
    }
}
