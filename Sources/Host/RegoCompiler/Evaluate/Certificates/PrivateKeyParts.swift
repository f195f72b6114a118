/// The numbers of a private key (PKCS #1, SEC 1 or PKCS #8).
struct PrivateKeyParts {
    private enum Kind {
        /// Modulus, exponents, primes and what is computed from them, as PKCS #1 orders them.
        case rsa([ArraySlice<UInt8>])
        case elliptic(secret: ArraySlice<UInt8>, point: ArraySlice<UInt8>)
        case edwards(seed: ArraySlice<UInt8>)
    }

    private let kind: Kind

    init?(_ bytes: [UInt8]) {
        guard var reader = DERReader(bytes[...]).first(0x30)?.inner, reader.next(0x02) != nil else {
            return nil
        }
        switch reader.tag {
        case 0x02:
            guard let found = Self.rsa(reader) else { return nil }
            kind = found
        case 0x04:
            guard let found = Self.elliptic(reader) else { return nil }
            kind = found
        case 0x30:
            guard let algorithm = reader.next(0x30)?.inner.first(0x06)?.identifier,
                let inner = reader.next(0x04)?.content
            else { return nil }
            if algorithm == [1, 3, 101, 112] {
                guard let seed = DERReader(inner).first(0x04)?.content else { return nil }
                kind = .edwards(seed: seed)
                return
            }
            guard let made = PrivateKeyParts(Array(inner)) else { return nil }
            kind = made.kind
        default: return nil
        }
    }

    private static func rsa(_ reader: DERReader) -> Kind? {
        var reader = reader
        var numbers: [ArraySlice<UInt8>] = []
        while let number = reader.next(0x02) { numbers.append(number.content.drop { $0 == 0 }) }
        return numbers.count >= 8 ? .rsa(numbers) : nil
    }

    private static func elliptic(_ reader: DERReader) -> Kind? {
        var reader = reader
        guard let secret = reader.next(0x04)?.content else { return nil }
        var point = ArraySlice<UInt8>()
        while let part = reader.next() {
            if part.tag == 0xa1, let bits = DERReader(part.content).first(0x03) {
                point = bits.content.dropFirst(2)
            }
        }
        return .elliptic(secret: secret, point: point)
    }

    /// RFC 7517; only RSA keys have one here.
    var jsonWebKey: String? {
        guard case .rsa(let numbers) = kind else { return nil }
        let names = ["n", "e", "d", "p", "q", "dp", "dq", "qi"]
        return JSONText.object(
            [("kty", "\"RSA\"")] + zip(names, numbers).map { ($0, JSONText.bytes($1, url: true)) })
    }

    /// As Go writes keys.
    var json: String {
        func number(_ bytes: ArraySlice<UInt8>) -> String { CertificateJSON.number([0] + bytes) }
        switch kind {
        case .rsa(let numbers):
            return JSONText.object([
                ("N", number(numbers[0])), ("E", number(numbers[1])), ("D", number(numbers[2])),
                ("Primes", JSONText.array([number(numbers[3]), number(numbers[4])])),
                (
                    "Precomputed",
                    JSONText.object([
                        ("Dp", number(numbers[5])), ("Dq", number(numbers[6])),
                        ("Qinv", number(numbers[7])), ("CRTValues", "[]"),
                    ])
                ),
            ])
        case .elliptic(let secret, let point):
            return JSONText.object([
                ("Curve", "{}"), ("X", number(point.prefix(point.count / 2))),
                ("Y", number(point.suffix(point.count / 2))), ("D", number(secret)),
            ])
        case .edwards(let seed): return JSONText.bytes(seed)
        }
    }
}
