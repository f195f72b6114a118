extension Builtins {
    /// `io.jwt.decode(token)`: `[header, payload, signature]`, nothing verified.
    public static func ioJwtDecode(_ context: Context, _ text: Value) throws(RegoError) -> Value {
        guard text.isString else { return try context.refuse("io.jwt.decode", [text], ["string"]) }
        try context.tick(text.length / 4 + 1)
        do throws(JSONWebToken.Failure) {
            var token = try JSONWebToken(Array(text.utf8), context)
            var depth = 0
            while token.isNested, depth < JSONWebToken.deepest {
                token = try JSONWebToken(token.nested, context)
                depth += 1
            }
            let payload = try JSONWebToken.object(token.payload, context)
            return context.array([token.header, payload, context.string(hexadecimal(token.signature))])
        } catch {
            return try context.builtinError("io.jwt.decode", error.reason)
        }
    }

    /// `io.jwt.verify_hs256(token, secret)` and all others: whether the signature is right.
    static func verifyToken(
        _ context: Context, _ name: StaticString, _ algorithm: String, _ text: Value, _ key: Value
    ) throws(RegoError) -> Value {
        guard text.isString, key.isString else {
            return try context.refuse(name, [text, key], ["string", "string"])
        }
        try context.tick(text.length + 1)
        do throws(JSONWebToken.Failure) {
            let token = try JSONWebToken(Array(text.utf8), context)
            return .boolean(try verify(context, token, algorithm, key))
        } catch {
            return try context.builtinError(name, error.reason)
        }
    }

    /// Whether a token's signature is right by an algorithm and key.
    static func verify(
        _ context: Context, _ token: JSONWebToken, _ algorithm: String, _ key: Value
    ) throws(JSONWebToken.Failure) -> Bool {
        if let digest = JSONWebToken.digest(of: algorithm) {
            return Digest.areEqual(digest.authenticate(token.signed, key: Array(key.utf8)), token.signature)
        }
        guard let service = context.services.verifySignature else {
            throw JSONWebToken.Failure(reason: "there is no cryptography for \(algorithm) here")
        }
        switch service(algorithm, key.string ?? "", token.keyID, token.signed, token.signature) {
        case .valid: return true
        case .invalid: return false
        case .failed(let reason): throw JSONWebToken.Failure(reason: reason)
        }
    }

    /// `io.jwt.encode_sign(header, payload, key)`
    public static func ioJwtEncodeSign(
        _ context: Context, _ header: Value, _ payload: Value, _ key: Value
    ) throws(RegoError) -> Value {
        guard header.isObject, payload.isObject, key.isObject else {
            return try context.refuse(
                "io.jwt.encode_sign", [header, payload, key], ["object", "object", "object"])
        }
        return try sign(context, "io.jwt.encode_sign", header.json, payload.json, key.json)
    }

    /// `io.jwt.encode_sign_raw(header, payload, key)`: the parts as JSON texts.
    public static func ioJwtEncodeSignRaw(
        _ context: Context, _ header: Value, _ payload: Value, _ key: Value
    ) throws(RegoError) -> Value {
        guard header.isString, payload.isString, key.isString else {
            return try context.refuse(
                "io.jwt.encode_sign_raw", [header, payload, key], ["string", "string", "string"])
        }
        return try sign(
            context, "io.jwt.encode_sign_raw", Array(header.utf8), Array(payload.utf8), Array(key.utf8))
    }

    private static func sign(
        _ context: Context, _ name: StaticString, _ header: [UInt8], _ payload: [UInt8], _ key: [UInt8]
    ) throws(RegoError) -> Value {
        try context.tick(header.count + payload.count + 1)
        do throws(JSONWebToken.Failure) {
            let algorithm = try signingAlgorithm(header, payload, context)
            let encoded = { (bytes: [UInt8]) -> [UInt8] in
                bytes.withUnsafeBytes { Base64.encode($0, url: true, padded: false) }
            }
            let message = encoded(header) + [46] + encoded(payload)
            let signature = try signature(context, algorithm, key, message)
            return context.string(message + [46] + encoded(signature))
        } catch {
            return try context.builtinError(name, error.reason)
        }
    }

    /// Checks a header and its payload; answers the algorithm.
    private static func signingAlgorithm(
        _ header: [UInt8], _ payload: [UInt8], _ context: Context
    ) throws(JSONWebToken.Failure) -> String {
        let prefix = "missing or invalid 'alg' header: "
        if header.isEmpty {
            throw JSONWebToken.Failure(reason: prefix + "cannot parse JSON: cannot parse empty string")
        }
        let document: Value
        do throws(RegoError) { document = try JSONReader.parse(header, context) } catch {
            // A bare word is no object that could have an algorithm; anything else is not JSON.
            let isWord = header.allSatisfy { $0 >= 97 && $0 <= 122 }
            throw JSONWebToken.Failure(
                reason: prefix
                    + (isWord ? "jwsbb: header \"alg\" not found" : "cannot parse JSON: \(error.message)"))
        }
        guard let algorithm = document["alg"].string else {
            throw JSONWebToken.Failure(reason: prefix + "jwsbb: header \"alg\" not found")
        }
        let kind = document["typ"].string ?? "JWT"
        if kind == "JWT" {
            var body = Value.undefined
            do throws(RegoError) { body = try JSONReader.parse(payload, context) } catch { body = .undefined }
            if body.isUndefined {
                throw JSONWebToken.Failure(reason: "type is JWT but payload is not JSON")
            }
        }
        guard JSONWebToken.digest(of: algorithm) != nil || JSONWebToken.asymmetric.contains(algorithm) else {
            throw JSONWebToken.Failure(reason: "unknown JWS algorithm: \(algorithm)")
        }
        return algorithm
    }

    private static func signature(
        _ context: Context, _ algorithm: String, _ key: [UInt8], _ message: [UInt8]
    ) throws(JSONWebToken.Failure) -> [UInt8] {
        guard let digest = JSONWebToken.digest(of: algorithm) else {
            guard let service = context.services.sign else {
                throw JSONWebToken.Failure(reason: "there is no cryptography for \(algorithm) here")
            }
            switch service(algorithm, String(decoding: key, as: UTF8.self), message) {
            case .signature(let bytes): return bytes
            case .failed(let reason): throw JSONWebToken.Failure(reason: reason)
            }
        }
        let document = try JSONWebToken.object(key, context)
        guard document["kty"].utf8.elementsEqual("oct".utf8), document["k"].isString else {
            throw JSONWebToken.Failure(reason: "failed to parse a JWK key: expected kty oct with k")
        }
        let (secret, bad) = Base64.decode(Array(document["k"].utf8), url: true, padded: false)
        if bad != nil { throw JSONWebToken.Failure(reason: "failed to parse a JWK key: k is not base64url") }
        return digest.authenticate(message, key: secret)
    }
}
