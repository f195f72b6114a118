/// A JSON Web Token in its compact form (RFC 7519), taken apart.
struct JSONWebToken {
    /// Why a text is no token.
    struct Failure: Error {
        var reason: String
    }

    /// Of the header and payload: what is signed.
    let signed: [UInt8]
    let header: Value
    let payload: [UInt8]
    let signature: [UInt8]

    init(_ text: [UInt8], _ context: Context) throws(Failure) {
        let parts = text.split(separator: 46, omittingEmptySubsequences: false)
        if parts.count == 1 { throw Failure(reason: "encoded JWT had no period separators") }
        guard parts.count == 3 else {
            throw Failure(reason: "encoded JWT must have 3 sections, found \(parts.count)")
        }
        signed = Array(text.prefix(parts[0].count + parts[1].count + 1))
        let headerBytes = try JSONWebToken.decode(parts[0], "header")
        header = try JSONWebToken.object(headerBytes, context)
        if header["enc"].isDefined {
            throw Failure(reason: "JWT is a JWE object, which is not supported")
        }
        payload = try JSONWebToken.decode(parts[1], "payload")
        signature = try JSONWebToken.decode(parts[2], "signature")
    }

    private static func decode(_ text: ArraySlice<UInt8>, _ part: String) throws(Failure) -> [UInt8] {
        var bytes = Array(text)
        while bytes.last == 61 { bytes.removeLast() }
        let (decoded, bad) = Base64.decode(bytes, url: true, padded: false)
        if let bad {
            throw Failure(
                reason: "JWT \(part) had invalid encoding: illegal base64 data at input byte \(bad)")
        }
        return decoded
    }

    /// Of equal keys the last counts, as everywhere in JSON here.
    static func object(_ bytes: [UInt8], _ context: Context) throws(Failure) -> Value {
        let value: Value
        do throws(RegoError) {
            value = try Builtins.jsonUnmarshal(context, context.string(repairing: bytes))
        } catch {
            throw Failure(reason: error.message)
        }
        guard value.isObject else { throw Failure(reason: "JWT part is not a JSON object") }
        return value
    }

    /// Whether the payload is a token itself (RFC 7519, 7.2, step 8).
    var isNested: Bool {
        let kind = header["cty"].utf8.map { $0 >= 97 && $0 <= 122 ? $0 - 32 : $0 }
        return kind.elementsEqual("JWT".utf8)
    }

    /// The payload's text when it is a token, without quotes around it.
    var nested: [UInt8] {
        payload.count > 1 && payload.first == 34 && payload.last == 34
            ? Array(payload.dropFirst().dropLast()) : payload
    }

    /// The algorithm; empty when the header has none.
    var algorithm: String { header["alg"].string ?? "" }
    var keyID: String { header["kid"].string ?? "" }

    /// Tokens within tokens that are followed.
    static let deepest = 32

    /// The digest of `HS256` and its relatives.
    static func digest(of algorithm: String) -> Digest? {
        switch algorithm {
        case "HS256": return .sha256
        case "HS384": return .sha384
        case "HS512": return .sha512
        default: return nil
        }
    }

    static let asymmetric = [
        "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA",
    ]
}
