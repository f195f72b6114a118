internal import CCrypto

/// Certificates, requests and keys as the JSON that Go's crypto/x509 gives.
enum CertificateJSON {
    /// What certificates and requests say alike.
    private struct Body {
        var version = 0
        var serial = "null"
        var issuer = ArraySlice<UInt8>()
        var subject = ArraySlice<UInt8>()
        var validity: (from: String, to: String) = ("", "")
        var key = ArraySlice<UInt8>()
        var extensions = CertificateExtensions()
    }

    static func certificate(_ bytes: ArraySlice<UInt8>) -> String? {
        var outer = DERReader(bytes)
        guard var parts = outer.next(0x30)?.inner, let inner = parts.next(0x30),
            let algorithm = parts.next(0x30), let signature = parts.next(0x03),
            let body = certificateBody(inner), let key = publicKey(body.key)
        else { return nil }
        let extensions = body.extensions
        var members: [(String, String)] = [
            ("Raw", JSONText.bytes(bytes)), ("RawTBSCertificate", JSONText.bytes(inner.whole)),
            ("RawSubjectPublicKeyInfo", JSONText.bytes(body.key)),
            ("RawSubject", JSONText.bytes(body.subject)), ("RawIssuer", JSONText.bytes(body.issuer)),
        ]
        members += signed(signature, algorithm, key)
        members += [
            ("Version", "\(body.version)"), ("SerialNumber", body.serial),
            ("Issuer", name(body.issuer)), ("Subject", name(body.subject)),
            ("NotBefore", YAMLText.quoted(body.validity.from)),
            ("NotAfter", YAMLText.quoted(body.validity.to)),
            ("KeyUsage", "\(extensions.keyUsage)"),
        ]
        members += extensions.members + extensions.certificateMembers
        return JSONText.object(members)
    }

    private static func certificateBody(_ element: DERReader.Element) -> Body? {
        var reader = element.inner
        var body = Body()
        body.version = 1
        if var version = reader.next(0xa0)?.inner {
            body.version = Int(version.next(0x02)?.content.last ?? 0) + 1
        }
        guard let serial = reader.next(0x02), reader.next(0x30) != nil, let issuer = reader.next(0x30),
            var validity = reader.next(0x30)?.inner, let from = validity.next(), let to = validity.next(),
            let subject = reader.next(0x30), let key = reader.next(0x30)
        else { return nil }
        body.serial = number(serial.content)
        body.issuer = issuer.whole
        body.validity = (from.time, to.time)
        body.subject = subject.whole
        body.key = key.whole
        while let part = reader.next() {
            if part.tag == 0xa3, let list = DERReader(part.content).first(0x30) {
                body.extensions = CertificateExtensions(list.inner)
            }
        }
        return body
    }

    /// The purposes that a certificate names; `nil` when it names none.
    static func purposes(_ bytes: ArraySlice<UInt8>) -> [Int]? {
        guard let inner = DERReader(bytes).first(0x30)?.inner.first(0x30) else { return nil }
        return certificateBody(inner)?.extensions.purposes
    }

    static func request(_ bytes: ArraySlice<UInt8>) -> String? {
        var outer = DERReader(bytes)
        guard var parts = outer.next(0x30)?.inner, outer.isAtEnd, let inner = parts.next(0x30),
            let algorithm = parts.next(0x30), let signature = parts.next(0x03)
        else { return nil }
        var reader = inner.inner
        guard let version = reader.next(0x02), let subject = reader.next(0x30), let info = reader.next(0x30),
            let key = publicKey(info.whole)
        else { return nil }
        var extensions = CertificateExtensions()
        if var attributes = reader.next(0xa0)?.inner {
            while var attribute = attributes.next(0x30)?.inner {
                // extensionRequest of PKCS #9
                guard attribute.next(0x06)?.identifier == [1, 2, 840, 113_549, 1, 9, 14],
                    let list = attribute.next(0x31).flatMap({ DERReader($0.content).first(0x30) })
                else { continue }
                extensions = CertificateExtensions(list.inner)
            }
        }
        var members: [(String, String)] = [
            ("Raw", JSONText.bytes(bytes)), ("RawTBSCertificateRequest", JSONText.bytes(inner.whole)),
            ("RawSubjectPublicKeyInfo", JSONText.bytes(info.whole)),
            ("RawSubject", JSONText.bytes(subject.whole)), ("Version", "\(version.content.last ?? 0)"),
        ]
        members += signed(signature, algorithm, key)
        members += [("Subject", name(subject.whole)), ("Attributes", "null")] + extensions.members
        return JSONText.object(members)
    }

    private static func signed(
        _ signature: DERReader.Element, _ algorithm: DERReader.Element, _ key: (kind: Int, json: String)
    ) -> [(String, String)] {
        [
            ("Signature", JSONText.bytes(signature.content.dropFirst())),
            ("SignatureAlgorithm", "\(signatureAlgorithm(algorithm))"),
            ("PublicKeyAlgorithm", "\(key.kind)"), ("PublicKey", key.json),
        ]
    }

    // MARK: Numbers and names

    /// A whole number of any size, in decimal.
    static func number(_ bytes: ArraySlice<UInt8>) -> String {
        let magnitude = Array(bytes)
        guard let first = magnitude.first, let parsed = BN_bin2bn(magnitude, Int32(magnitude.count), nil)
        else {
            return "0"
        }
        defer { BN_free(parsed) }
        // Two's complement.
        if first >= 0x80, let power = BN_new() {
            defer { BN_free(power) }
            BN_set_bit(power, Int32(magnitude.count * 8))
            BN_sub(parsed, parsed, power)
        }
        guard let text = BN_bn2dec(parsed) else { return "0" }
        defer { CRYPTO_free(text, nil, 0) }
        return String(cString: text)
    }

    private static let attributes: [(arc: Int, name: String)] = [
        (6, "Country"), (10, "Organization"), (11, "OrganizationalUnit"), (7, "Locality"), (8, "Province"),
        (9, "StreetAddress"), (17, "PostalCode"),
    ]

    /// A distinguished name: lists by attribute, and all attributes in order.
    private static func name(_ bytes: ArraySlice<UInt8>) -> String {
        var lists: [Int: [String]] = [:]
        var all: [String] = []
        var sets = DERReader(bytes).first(0x30)?.inner
        while var entries = sets?.next(0x31)?.inner {
            while var entry = entries.next(0x30)?.inner {
                guard let type = entry.next(0x06)?.identifier, let value = entry.next()?.text else {
                    continue
                }
                all.append(
                    JSONText.object([
                        ("Type", JSONText.array(type.map { "\($0)" })), ("Value", YAMLText.quoted(value)),
                    ]))
                if type.count == 4, type.starts(with: [2, 5, 4]) {
                    lists[type[3], default: []].append(value)
                }
            }
        }
        var members = attributes.map { ($0.name, JSONText.texts(lists[$0.arc] ?? [])) }
        members += [
            ("SerialNumber", YAMLText.quoted(lists[5]?.last ?? "")),
            ("CommonName", YAMLText.quoted(lists[3]?.last ?? "")), ("Names", JSONText.list(all)),
            ("ExtraNames", "null"),
        ]
        return JSONText.object(members)
    }

    // MARK: Algorithms and keys

    private static let algorithms: [[Int]: Int] = [
        [1, 2, 840, 113_549, 1, 1, 4]: 2, [1, 2, 840, 113_549, 1, 1, 5]: 3,
        [1, 2, 840, 113_549, 1, 1, 11]: 4, [1, 2, 840, 113_549, 1, 1, 12]: 5,
        [1, 2, 840, 113_549, 1, 1, 13]: 6, [1, 2, 840, 10040, 4, 3]: 7,
        [2, 16, 840, 1, 101, 3, 4, 3, 2]: 8, [1, 2, 840, 10045, 4, 1]: 9, [1, 2, 840, 10045, 4, 3, 2]: 10,
        [1, 2, 840, 10045, 4, 3, 3]: 11, [1, 2, 840, 10045, 4, 3, 4]: 12, [1, 3, 101, 112]: 16,
    ]

    /// The number that Go has for an algorithm; 0 for those it does not know.
    private static func signatureAlgorithm(_ element: DERReader.Element) -> Int {
        var reader = element.inner
        let identifier = reader.next(0x06)?.identifier ?? []
        guard identifier == [1, 2, 840, 113_549, 1, 1, 10] else { return algorithms[identifier] ?? 0 }
        // RSASSA-PSS names its digest in the parameters.
        let digest = reader.next(0x30)?.inner.first(0xa0)?.inner.first(0x30)?.inner.first(0x06)?.identifier
        switch digest?.last {
        case 1: return 13
        case 2: return 14
        case 3: return 15
        default: return 0
        }
    }

    /// Kind and content of SubjectPublicKeyInfo.
    private static func publicKey(_ bytes: ArraySlice<UInt8>) -> (kind: Int, json: String)? {
        guard var reader = DERReader(bytes).first(0x30)?.inner,
            let algorithm = reader.next(0x30)?.inner.first(0x06)?.identifier, let key = reader.next(0x03)
        else { return nil }
        let content = key.content.dropFirst()
        switch algorithm {
        case [1, 2, 840, 113_549, 1, 1, 1]:
            guard var parts = DERReader(content).first(0x30)?.inner, let modulus = parts.next(0x02),
                let exponent = parts.next(0x02)
            else { return nil }
            return (
                1, JSONText.object([("N", number(modulus.content)), ("E", number(exponent.content))])
            )
        case [1, 2, 840, 10045, 2, 1]:
            guard content.first == 4, content.count % 2 == 1 else { return (3, "null") }
            let half = content.count / 2
            let point = content.dropFirst()
            return (
                3,
                JSONText.object([
                    ("Curve", "{}"), ("X", number([0] + point.prefix(half))),
                    ("Y", number([0] + point.suffix(half))),
                ])
            )
        case [1, 3, 101, 112]: return (4, JSONText.bytes(content))
        default: return (0, "null")
        }
    }
}

extension DERReader {
    /// The first element if it has that tag.
    func first(_ tag: UInt8) -> Element? {
        var copy = self
        return copy.next(tag)
    }
}
