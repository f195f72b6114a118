internal import Foundation
internal import RegoRuntime

/// A key as RFC 7517 writes it, translated to DER.
struct JSONWebKey {
    private let members: [String: String]

    /// The keys of a JSON Web Key or set of such; `nil` when the text is neither.
    static func keys(_ text: String) -> [JSONWebKey]? {
        let object: Any
        do { object = try JSONSerialization.jsonObject(with: Data(text.utf8)) } catch { return nil }
        guard let document = object as? [String: Any] else { return nil }
        let list = document["keys"] as? [[String: Any]] ?? [document]
        let keys = list.map { JSONWebKey(members: $0.compactMapValues { $0 as? String }) }
        return keys.allSatisfy { $0.members["kty"] != nil } ? keys : nil
    }

    var isSymmetric: Bool { members["kty"] == "oct" }
    var id: String { members["kid"] ?? "" }

    private func bytes(_ name: String) -> [UInt8]? {
        guard let text = members[name] else { return nil }
        let digits = Array(text.utf8.prefix { $0 != UInt8(ascii: "=") })
        let (bytes, bad) = Base64.decode(digits, url: true, padded: false)
        return bad == nil ? bytes : nil
    }

    private static let rsa = DERWriter.identifier([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01])
    private static let elliptic = DERWriter.identifier([0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01])
    private static let ed25519 = DERWriter.identifier([0x2b, 0x65, 0x70])
    private static let curves: [String: [UInt8]] = [
        "P-256": [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07], "P-384": [0x2b, 0x81, 0x04, 0x00, 0x22],
        "P-521": [0x2b, 0x81, 0x04, 0x00, 0x23],
    ]

    /// SubjectPublicKeyInfo.
    var publicKey: [UInt8]? {
        switch members["kty"] {
        case "RSA":
            guard let modulus = bytes("n"), let exponent = bytes("e") else { return nil }
            let key = DERWriter.sequence(DERWriter.integer(modulus), DERWriter.integer(exponent))
            return DERWriter.sequence(
                DERWriter.sequence(Self.rsa, DERWriter.null), DERWriter.bitString(key))
        case "EC":
            guard let point, let curve else { return nil }
            return DERWriter.sequence(
                DERWriter.sequence(Self.elliptic, curve), DERWriter.bitString(point))
        case "OKP":
            guard members["crv"] == "Ed25519", let point = bytes("x") else { return nil }
            return DERWriter.sequence(DERWriter.sequence(Self.ed25519), DERWriter.bitString(point))
        default: return nil
        }
    }

    private var point: [UInt8]? {
        guard let x = bytes("x"), let y = bytes("y") else { return nil }
        return [4] + x + y
    }

    private var curve: [UInt8]? {
        members["crv"].flatMap { Self.curves[$0] }.map { DERWriter.identifier($0) }
    }

    /// PKCS #1, SEC 1 or PKCS #8, as the kind of key has it.
    var privateKey: [UInt8]? {
        let zero = DERWriter.integer([])
        switch members["kty"] {
        case "RSA":
            let parts = ["n", "e", "d", "p", "q", "dp", "dq", "qi"].compactMap { bytes($0) }
            guard parts.count == 8 else { return nil }
            return DERWriter.element(0x30, zero + parts.flatMap { DERWriter.integer($0) })
        case "EC":
            guard let secret = bytes("d"), let curve else { return nil }
            return DERWriter.sequence(
                DERWriter.integer([1]), DERWriter.octetString(secret), DERWriter.element(0xa0, curve))
        case "OKP":
            guard members["crv"] == "Ed25519", let secret = bytes("d") else { return nil }
            return DERWriter.sequence(
                zero, DERWriter.sequence(Self.ed25519), DERWriter.octetString(DERWriter.octetString(secret)))
        default: return nil
        }
    }
}
