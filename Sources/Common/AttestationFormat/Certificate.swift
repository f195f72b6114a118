/// An X.509 certificate (RFC 5280), read as far as SEV-SNP chains need it. Own reader, because these chains use
/// RSASSA-PSS and serial number 0, which common libraries refuse.
public struct Certificate: Equatable, Sendable {
    /// One extension; a value's meaning depends on its identifier.
    package struct Extension: Equatable, Sendable {
        /// Names the kind of extension.
        package let identifier: ObjectIdentifier
        /// Whether a reader that does not know it has to refuse the certificate. RFC 5280 4.2.
        package let critical: Bool
        /// Contents of the extension's OCTET STRING.
        package let value: [UInt8]
    }

    /// The whole certificate, DER.
    public let encoding: [UInt8]
    /// The bytes that the issuer signed.
    package let signedPart: [UInt8]
    /// AlgorithmIdentifier of the signature, DER.
    package let signatureAlgorithm: [UInt8]
    /// The BIT STRING's bytes: RSA big-endian, or ECDSA's r and s in a SEQUENCE.
    package let signature: [UInt8]
    /// Big-endian contents of the serial number.
    public let serial: [UInt8]
    /// DER of the issuer's name.
    package let issuer: [UInt8]
    /// DER of the subject's name.
    package let subject: [UInt8]
    /// The last common name of the subject, empty when there is none.
    public let commonName: String
    /// The last common name of the issuer, empty when there is none.
    public let issuerCommonName: String
    /// Seconds since 1970.
    public let notBefore: Int64
    /// Seconds since 1970.
    public let notAfter: Int64
    /// SubjectPublicKeyInfo, DER.
    package let publicKey: [UInt8]
    /// Of SubjectPublicKeyInfo, without its parameters.
    package let publicKeyAlgorithm: ObjectIdentifier
    /// The curve of an elliptic-curve key.
    package let publicKeyCurve: ObjectIdentifier?
    /// In the certificate's order, at most `maximumExtensions`; the same identifier may come twice.
    package let extensions: [Extension]

    /// More extensions than any honest certificate has.
    package static let maximumExtensions = 64

    /// Reads one DER certificate with nothing after it.
    public init(parsing bytes: [UInt8]) throws(AttestationFormatError) {
        var outer = DERReader(bytes[...], of: "certificate")
        var whole = try outer.nested(DER.sequence)
        try outer.finish()
        let tbs = try whole.value(DER.sequence)
        signatureAlgorithm = [UInt8](try whole.value(DER.sequence).encoding)
        signature = try whole.wholeBitString()
        try whole.finish()
        encoding = bytes
        signedPart = [UInt8](tbs.encoding)

        var fields = DERReader(tbs.contents, of: "certificate fields")
        var version = try fields.nested(DER.context(0))
        guard try version.unsigned() == 2 else { throw .malformed(what: "certificate version, expected 3") }
        serial = [UInt8](try fields.value(DER.integer).contents)
        guard [UInt8](try fields.value(DER.sequence).encoding) == signatureAlgorithm else {
            throw .malformed(what: "certificate with two different signature algorithms")
        }
        issuer = [UInt8](try fields.value(DER.sequence).encoding)
        issuerCommonName = try Certificate.commonName(issuer)
        var validity = try fields.nested(DER.sequence)
        notBefore = try validity.time()
        notAfter = try validity.time()
        try validity.finish()
        subject = [UInt8](try fields.value(DER.sequence).encoding)
        commonName = try Certificate.commonName(subject)
        publicKey = [UInt8](try fields.value(DER.sequence).encoding)
        (publicKeyAlgorithm, publicKeyCurve) = try Certificate.keyAlgorithm(publicKey)
        // issuerUniqueID [1] and subjectUniqueID [2]: nobody uses them; skipped.
        while let tag = fields.nextTag, tag != DER.context(3) { try fields.value() }
        extensions = try Certificate.extensions(&fields)
        try fields.finish()
    }

    /// Reads a certificate in DER, or the first CERTIFICATE block of a PEM text.
    public init(derOrPEM bytes: [UInt8]) throws(AttestationFormatError) {
        guard PEM.isPEM(bytes) else {
            try self.init(parsing: bytes)
            return
        }
        for block in try PEM.parse(bytes) where block.label == "CERTIFICATE" {
            try self.init(parsing: block.contents)
            return
        }
        throw .malformed(what: "PEM text without a CERTIFICATE block")
    }

    /// Reads all certificates of a PEM text, or the one of DER bytes.
    public static func all(derOrPEM bytes: [UInt8]) throws(AttestationFormatError) -> [Certificate] {
        guard PEM.isPEM(bytes) else { return [try Certificate(parsing: bytes)] }
        var certificates: [Certificate] = []
        for block in try PEM.parse(bytes) where block.label == "CERTIFICATE" {
            certificates.append(try Certificate(parsing: block.contents))
        }
        return certificates
    }
}

extension Certificate {
    /// The value of the one extension with this identifier; nil when there is none or more than one.
    package func extensionValue(_ identifier: ObjectIdentifier) -> [UInt8]? {
        let found = extensions.filter { $0.identifier == identifier }
        return found.count == 1 ? found[0].value : nil
    }

    /// Basic constraints say that this certificate may issue others. RFC 5280 4.2.1.9.
    package var isAuthority: Bool {
        guard let value = extensionValue(.basicConstraints) else { return false }
        var reader = DERReader(value[...], of: "basic constraints")
        do throws(AttestationFormatError) {
            var fields = try reader.nested(DER.sequence)
            return try fields.optional(DER.boolean)?.contents.first == 0xFF
        } catch {
            return false
        }
    }

    /// Key usage allows signing certificates. RFC 5280 4.2.1.3: bit 5; without the extension every use is allowed.
    package var maySignCertificates: Bool { keyUsage & 0x04 != 0 }
    /// Key usage allows signing revocation lists: bit 6; without the extension every use is allowed.
    package var maySignRevocationLists: Bool { keyUsage & 0x02 != 0 }

    private var keyUsage: UInt8 {
        guard extensions.contains(where: { $0.identifier == .keyUsage }) else { return 0xFF }
        guard let value = extensionValue(.keyUsage), value.count >= 4, value[0] == DER.bitString else {
            return 0
        }
        return value[3]
    }

    private static func commonName(_ name: [UInt8]) throws(AttestationFormatError) -> String {
        var outer = DERReader(name[...], of: "certificate name")
        var sets = try outer.nested(DER.sequence)
        var found = ""
        while !sets.isEmpty {
            var attributes = try sets.nested(DER.set)
            while !attributes.isEmpty {
                var attribute = try attributes.nested(DER.sequence)
                let type = try attribute.objectIdentifier()
                let value = try attribute.value()
                if type == .commonName { found = String(decoding: value.contents, as: UTF8.self) }
            }
        }
        return found
    }

    private static func keyAlgorithm(
        _ key: [UInt8]
    ) throws(AttestationFormatError) -> (ObjectIdentifier, ObjectIdentifier?) {
        var outer = DERReader(key[...], of: "certificate public key")
        var fields = try outer.nested(DER.sequence)
        var algorithm = try fields.nested(DER.sequence)
        let identifier = try algorithm.objectIdentifier()
        guard algorithm.nextTag == DER.objectIdentifier else { return (identifier, nil) }
        return (identifier, try algorithm.objectIdentifier())
    }

    /// The `[3]` field that ends a certificate's fields; none when the reader is at the end.
    package static func extensions(
        _ fields: inout DERReader
    ) throws(AttestationFormatError) -> [Extension] {
        guard !fields.isEmpty else { return [] }
        var wrapper = try fields.nested(DER.context(3))
        var list = try wrapper.nested(DER.sequence)
        try wrapper.finish()
        return try extensionList(&list)
    }

    /// The rest of a list of extensions, for certificates and revocation lists.
    package static func extensionList(
        _ list: inout DERReader
    ) throws(AttestationFormatError) -> [Extension] {
        var extensions: [Extension] = []
        while !list.isEmpty {
            guard extensions.count < maximumExtensions else {
                throw .tooMany(what: "certificate extensions", limit: maximumExtensions)
            }
            var item = try list.nested(DER.sequence)
            let identifier = try item.objectIdentifier()
            let critical = try item.optional(DER.boolean)?.contents.first == 0xFF
            let value = [UInt8](try item.value(DER.octetString).contents)
            try item.finish()
            extensions.append(Extension(identifier: identifier, critical: critical, value: value))
        }
        return extensions
    }
}
